import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from "jose";
import type { Cloud, Principal } from "../../cloud";
import { evaluateExpression } from "../../iam";
import { cloudPlatform, isScope } from "../../tokens";
import type { ApiDefinition, Call, Json } from "../framework";
import { pools, providers, type Provider } from "../iam";
import { formOf, refuse } from "./oauth2";
import { InvokeError } from "../../../errors";

const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
const accessTokenType = "urn:ietf:params:oauth:token-type:access_token";
const jwtTypes = ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token"];
const lifetime = 3600;
const day = 24 * 3600;
const providerName =
    /^(?:https:)?\/\/iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)\/providers\/([^/]+)$/;

/** A refusal of a credential, in OAuth's form. The texts are from reports of Google's [K]. */
class Refused extends InvokeError {
    constructor(
        readonly code: string,
        message: string,
    ) {
        super(message);
    }
}

interface Target {
    provider: Provider;
    /** `//iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL`. */
    pool: string;
    audiences: string[];
}

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
    unverified: ["the wording of refused exchanges"],
};

/** @throws Refused if there is no such provider, or it or its pool is disabled or deleted */
function targetOf(audience: string, cloud: Cloud): Target {
    const { project, projectNumber } = cloud.settings;
    if (!/^(https:)?\/\/iam\.googleapis\.com\/(projects|locations)\/./.test(audience)) {
        throw new Refused(
            "invalid_request",
            `Invalid value for "audience": "${audience}" is not the full name of an identity provider, such as //iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`,
        );
    }
    const [, named = "", poolId = "", providerId = ""] = providerName.exec(audience) ?? [];
    const place = `locations/global/workloadIdentityPools/${poolId}`;
    const pool = pools.find(cloud, `projects/${named === projectNumber ? project : named}/${place}`);
    const provider = pool && providers.find(cloud, `${pool.name}/providers/${providerId}`);
    if (!provider || [pool, provider].some(({ state, disabled }) => state !== "ACTIVE" || disabled)) {
        throw new Refused(
            "invalid_target",
            `The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn't exist.`,
        );
    }
    const full = `//iam.googleapis.com/projects/${projectNumber}/${place}`;
    const own = `${full}/providers/${providerId}`;
    const { allowedAudiences = [] } = provider.oidc ?? {};
    return { provider, pool: full, audiences: allowedAudiences.length > 0 ? allowedAudiences : [own, `https:${own}`] };
}

/**
 * The keys of an issuer: those in the provider's settings, or else the sandbox's own, because nothing leaves it. It signs in the
 * name of such an issuer, as `issueToken` does.
 */
function keysOf({ oidc }: Provider, cloud: Cloud): JSONWebKeySet {
    return oidc?.jwksJson === undefined ? cloud.tokens.jwks() : (JSON.parse(oidc.jwksJson) as JSONWebKeySet);
}

/** @throws Refused if the credential is not one of the provider's issuer, for the provider, now */
async function verifiedClaims(token: string, { provider, audiences }: Target, cloud: Cloud): Promise<Json> {
    try {
        const { payload } = await jwtVerify(token, createLocalJWKSet(keysOf(provider, cloud)), {
            algorithms: ["RS256", "ES256"],
            issuer: provider.oidc?.issuerUri ?? "",
            audience: audiences,
            currentDate: new Date(cloud.clock.now()),
            clockTolerance: 60,
            requiredClaims: ["exp", "iat", "sub"],
        });
        if (Number(payload.exp) - Number(payload.iat) > day) {
            throw new Refused("invalid_grant", "The ID Token's lifetime is longer than 24 hours.");
        }
        return payload;
    } catch (error) {
        if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") {
            throw new Refused(
                "invalid_grant",
                `The audience in ID Token [${String(error.payload.aud)}] does not match the expected audience ${audiences.join(" or ")}.`,
            );
        }
        if (error instanceof errors.JOSEError) {
            throw new Refused("invalid_grant", `Error connecting to the given credential: ${error.message}.`);
        }
        throw error;
    }
}

/** The principal of some claims, by the provider's mapping. @throws Refused if there is none */
function principalOf(assertion: Json, { provider, pool }: Target): Principal {
    const mapped = Object.fromEntries(
        Object.entries(provider.attributeMapping ?? {}).map(([key, expression]) => [
            key,
            evaluateExpression(expression, { assertion }),
        ]),
    );
    const subject = mapped["google.subject"];
    if (typeof subject !== "string" || subject === "" || subject.length > 127) {
        throw new Refused("invalid_request", "The mapped attribute 'google.subject' must be a text of 1 to 127 bytes");
    }
    const own: Json = Object.fromEntries(
        Object.entries(mapped).flatMap(([key, value]) =>
            key.startsWith("attribute.") ? [[key.slice("attribute.".length), value]] : [],
        ),
    );
    const context = { assertion, attribute: own, google: { subject, groups: mapped["google.groups"] ?? [] } };
    if (provider.attributeCondition && evaluateExpression(provider.attributeCondition, context) !== true) {
        throw new Refused("unauthorized_client", "The given credential is rejected by the attribute condition.");
    }
    const groups = mapped["google.groups"];
    return {
        kind: "federated",
        subject: `principal:${pool}/subject/${subject}`,
        sets: [
            `principalSet:${pool}/*`,
            ...(Array.isArray(groups) ? groups.map((group) => `principalSet:${pool}/group/${String(group)}`) : []),
            ...Object.entries(own).flatMap(([key, value]) =>
                typeof value === "string" ? [`principalSet:${pool}/attribute.${key}/${value}`] : [],
            ),
        ],
    };
}

async function exchangeToken(form: Record<string, string>, call: Call): Promise<Json> {
    const { cloud } = call;
    if (form.grant_type !== exchange) {
        throw new Refused("unsupported_grant_type", `grant_type must be ${exchange}`);
    }
    if (form.requested_token_type !== accessTokenType) {
        throw new Refused("invalid_request", `requested_token_type must be ${accessTokenType}`);
    }
    if (!jwtTypes.includes(form.subject_token_type ?? "")) {
        throw new Refused(
            "invalid_request",
            `the sandbox exchanges ${jwtTypes.join(" and ")}, not subject_token_type ${form.subject_token_type ?? ""}`,
        );
    }
    const target = targetOf(form.audience ?? "", cloud);
    const other = (["aws", "saml", "x509"] as const).find((kind) => target.provider[kind] !== undefined);
    if (other !== undefined) {
        throw new Refused(
            "invalid_request",
            `the sandbox exchanges credentials of OpenID Connect only, and this provider is for ${other}; deploy it, and try the calls with a provider of oidc`,
        );
    }
    const claims = await verifiedClaims(form.subject_token ?? "", target, cloud);
    const scopes = (form.scope ?? cloudPlatform).split(" ");
    const wrong = scopes.find((scope) => !isScope(scope));
    if (wrong !== undefined) {
        throw new Refused("invalid_scope", `"${wrong}" is no OAuth scope`);
    }
    const principal = principalOf(claims, target);
    call.identified(principal);
    return {
        access_token: cloud.tokens.mintAccessToken(principal, scopes, lifetime),
        issued_token_type: accessTokenType,
        token_type: "Bearer",
        expires_in: lifetime,
    };
}
