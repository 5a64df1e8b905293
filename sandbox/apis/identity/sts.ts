import { cloudPlatform, isScope } from "../../tokens";
import type { ApiDefinition, Call, Json } from "../framework";
import {
    awsAssertion,
    oidcAssertion,
    principalOf,
    Refused,
    samlAssertion,
    targetOf,
    type Target,
    x509Assertion,
} from "./exchange";
import { formOf, refuse } from "./oauth2";

const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
const accessTokenType = "urn:ietf:params:oauth:token-type:access_token";
const lifetime = 3600;
type Kind = "oidc" | "aws" | "saml" | "x509";
/** https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
const KINDS = new Map<string, Kind>([
    ["urn:ietf:params:oauth:token-type:jwt", "oidc"],
    ["urn:ietf:params:oauth:token-type:id_token", "oidc"],
    ["urn:ietf:params:aws:token-type:aws4_request", "aws"],
    ["urn:ietf:params:oauth:token-type:saml2", "saml"],
    ["urn:ietf:params:oauth:token-type:mtls", "x509"],
]);

/** The fields of JSON can be in snake case, as in forms, or in camel case. */
const snake = (form: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
        Object.entries(form).map(([key, value]) => [
            key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
            value,
        ]),
    );

/** `sts.googleapis.com`: other issuers' credentials for Google's. https://cloud.google.com/iam/docs/reference/sts/rest */
export const stsApi: ApiDefinition = {
    host: "sts.googleapis.com",
    otherHosts: ["sts.mtls.googleapis.com"],
    routes: [
        {
            verb: "POST",
            path: "/v1/token",
            permission: undefined,
            audits: "sts.identityProviders.checkLogging",
            audited: "google.identity.sts.v1.SecurityTokenService.ExchangeToken",
            resource: (request) =>
                /\/\/iam\.googleapis\.com\/.+/.exec(snake(formOf(request)).audience ?? "")?.[0] ?? "",
            public: true,
            async handle(request, call) {
                try {
                    return await exchangeToken(snake(formOf(request)), call);
                } catch (error) {
                    if (error instanceof Refused) {
                        return refuse(error.code, error.message);
                    }
                    throw error;
                }
            },
        },
    ],
    unverified: ["the wording of refused exchanges", "which recipient an assertion of SAML may name"],
};

async function exchangeToken(form: Record<string, string>, call: Call): Promise<Json> {
    const { cloud } = call;
    if (form.grant_type !== exchange) {
        throw new Refused("unsupported_grant_type", `grant_type must be ${exchange}`);
    }
    if (form.requested_token_type !== accessTokenType) {
        throw new Refused("invalid_request", `requested_token_type must be ${accessTokenType}`);
    }
    const type = form.subject_token_type ?? "";
    const kind = KINDS.get(type);
    if (kind === undefined) {
        throw new Refused("invalid_request", `subject_token_type "${type}" is none of ${[...KINDS.keys()].join(", ")}`);
    }
    const target = targetOf(form.audience ?? "", cloud);
    if (target.provider[kind] === undefined) {
        const own = (["oidc", "aws", "saml", "x509"] as const).find((other) => target.provider[other] !== undefined);
        throw new Refused(
            "invalid_request",
            `subject_token_type "${type}" is for a provider of ${kind}, and this provider is for ${own ?? "no credentials"}`,
        );
    }
    const assertion = await assertionOf(kind, form.subject_token ?? "", target, call);
    const scopes = (form.scope ?? cloudPlatform).split(" ");
    const wrong = scopes.find((scope) => !isScope(scope));
    if (wrong !== undefined) {
        throw new Refused("invalid_scope", `"${wrong}" is no OAuth scope`);
    }
    const principal = principalOf(assertion, target);
    call.identified(principal);
    return {
        access_token: cloud.tokens.mintAccessToken(principal, scopes, lifetime),
        issued_token_type: accessTokenType,
        token_type: "Bearer",
        expires_in: lifetime,
    };
}

/** What a credential says of who shows it. @throws Refused if the provider does not take it */
async function assertionOf(kind: Kind, token: string, target: Target, { cloud, origin }: Call): Promise<Json> {
    switch (kind) {
        case "oidc":
            return oidcAssertion(token, target, cloud);
        case "aws":
            return awsAssertion(token, target, cloud);
        case "x509":
            return x509Assertion(token, target, cloud, origin);
        case "saml":
            return samlAssertion(token, target, cloud);
    }
}
