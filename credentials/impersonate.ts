import { defined } from "../common";
import { json } from "./json";
import { type Minted, mintedIdToken } from "./cache";
import { CredentialError } from "./errors";
import { NetworkError } from "./errors";
import { cloudPlatform, memberOf, type Identity } from "./identity";
import type { QuotingHttp } from "./sent";
import { messageOf } from "../errors";

/** An account that signs tokens in its own name. */
interface SigningIdentity extends Identity {
    /** @param now the time, in milliseconds since 1970 */
    signedToken(audience: string, now: number): Promise<Minted>;
}

/** What the IAM Credentials API needs for each method, and the narrowest role that has it. */
const needs = {
    generateIdToken: {
        permission: "iam.serviceAccounts.getOpenIdToken",
        role: "roles/iam.serviceAccountOpenIdTokenCreator",
    },
    signJwt: {
        permission: "iam.serviceAccounts.signJwt",
        role: "roles/iam.serviceAccountTokenCreator",
    },
    generateAccessToken: {
        permission: "iam.serviceAccounts.getAccessToken",
        role: "roles/iam.serviceAccountTokenCreator",
    },
};

/**
 * Acts as `target` through the IAM Credentials API. `delegates` is the chain of accounts to it: each must be a token creator
 * on the next, and the last on the target.
 *
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts
 */
export function impersonate(
    http: QuotingHttp,
    base: Identity,
    target: string,
    delegates: readonly string[] = [],
): SigningIdentity {
    const call = async (method: keyof typeof needs, body: object): Promise<unknown> => {
        const { token } = await base.accessToken([cloudPlatform]);
        const answer = await http
            .request({
                method: "POST",
                url: `https://iamcredentials.${base.universe ?? "googleapis.com"}/v1/projects/-/serviceAccounts/${encodeURIComponent(target)}:${method}`,
                headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
                body: JSON.stringify({
                    ...body,
                    delegates: delegates.map((email) => `projects/-/serviceAccounts/${email}`),
                }),
            })
            .catch((error: unknown) => {
                if (!(error instanceof NetworkError)) {
                    throw error;
                }
                throw new CredentialError("unavailable", `cannot act as ${target}: ${http.quote(error.message)}`);
            });
        if (answer.status === 200) {
            return json.parse(answer.body);
        }
        throw await refusal(http, base, token, target, method, answer);
    };
    return {
        description: `${target}, impersonated by ${base.description}`,
        email: target,
        ...defined({ universe: base.universe }),
        accessToken: (scopes) =>
            readable(http, target, async () => {
                const answer = await call("generateAccessToken", { scope: scopes });
                return {
                    token: json.string(answer, "accessToken"),
                    expiresAt: Date.parse(json.string(answer, "expireTime")),
                };
            }),
        // Without includeEmail the token has no email claim, and IAM and IAP match callers by it.
        idToken: (audience) =>
            readable(http, target, async () =>
                mintedIdToken(json.string(await call("generateIdToken", { audience, includeEmail: true }), "token")),
            ),
        // https://cloud.google.com/api-gateway/docs/authenticate-service-account
        signedToken: (audience, now) =>
            readable(http, target, async () => {
                const iat = Math.floor(now / 1000);
                const claims = { iss: target, sub: target, email: target, aud: audience, iat, exp: iat + 3600 };
                return mintedIdToken(
                    json.string(await call("signJwt", { payload: JSON.stringify(claims) }), "signedJwt"),
                );
            }),
    };
}

/** A proxy on the way to Google may answer 200 with a page of its own. */
async function readable<T>(http: QuotingHttp, target: string, ask: () => Promise<T>): Promise<T> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof CredentialError) {
            throw error;
        }
        throw new CredentialError("unavailable", `cannot act as ${target}: ${http.quote(messageOf(error))}`);
    }
}

async function refusal(
    http: QuotingHttp,
    base: Identity,
    token: string,
    target: string,
    method: keyof typeof needs,
    answer: { status: number; body: string },
): Promise<CredentialError> {
    const { message, reason, consumer } = googleError(answer.body);
    const { permission, role } = needs[method];
    const said = `Google answered ${answer.status}: ${http.quote(message)}`;
    if (reason === "SERVICE_DISABLED" || reason === "accessNotConfigured") {
        return new CredentialError(
            "api-disabled",
            `cannot act as ${target}: the IAM Credentials API is disabled in the project; ${said}`,
            `gcloud services enable iamcredentials.googleapis.com${consumer === undefined || http.quote(consumer) !== consumer ? "" : ` --project=${consumer}`}`,
        );
    }
    if (answer.status === 403) {
        const member = await whoIs(http, base, token);
        return new CredentialError(
            "missing-role",
            `${member ?? base.description} lacks ${permission} on ${target} (or that account does not exist or is disabled): grant ${role} on the account, not on the project; ${said}`,
            `gcloud iam service-accounts add-iam-policy-binding ${target} --member=${member ?? "MEMBER"} --role=${role}`,
        );
    }
    if (answer.status === 404) {
        return new CredentialError("account-not-found", `service account ${target} does not exist; ${said}`);
    }
    if (answer.status === 429 || answer.status >= 500) {
        return new CredentialError("unavailable", `cannot act as ${target} now; ${said}`);
    }
    return new CredentialError("refused", `cannot act as ${target} by ${base.description}; ${said}`);
}

/** Asks Google for the member whose token it is; undefined if Google does not say. */
export async function whoIs(http: QuotingHttp, base: Identity, token: string): Promise<string | undefined> {
    if (base.email !== undefined) {
        return memberOf(base.email);
    }
    // Tokens of another universe go to no host of this one.
    if (base.universe !== undefined) {
        return undefined;
    }
    try {
        const url = "https://openidconnect.googleapis.com/v1/userinfo";
        const answer = await http.request({ url, headers: { authorization: `Bearer ${token}` }, timeoutSeconds: 10 });
        const email = json.string(JSON.parse(answer.body), "email");
        return http.quote(email) === email ? memberOf(email) : undefined;
    } catch {
        return undefined;
    }
}

/** The error in the body of an answer of a Google API. https://google.aip.dev/193 */
export interface GoogleError {
    message: string;
    status?: string;
    /** Machine-readable, such as `SERVICE_DISABLED`. */
    reason?: string;
    /** The project that an API is disabled in, by its number or its ID. */
    consumer?: string;
}

/** The message and the machine-readable reason of a Google API's error body. */
export function googleError(body: string): GoogleError {
    try {
        const error = json.object(json.object(JSON.parse(body))["error"]);
        const details = (Array.isArray(error["details"]) ? (error["details"] as unknown[]) : []).map((detail) =>
            json.object(detail),
        );
        const reason = details.map((detail) => detail["reason"]).find((value) => typeof value === "string");
        const [, consumer] =
            details
                .map(({ metadata }) => /^\{.*"consumer":"projects\/([\w:.-]+)"/.exec(JSON.stringify(metadata ?? {})))
                .find((match) => match !== null) ?? [];
        return {
            message: typeof error["message"] === "string" ? error["message"] : "no message",
            ...(typeof error["status"] === "string" && { status: error["status"] }),
            ...defined({ reason, consumer }),
        };
    } catch {
        return { message: body.slice(0, 200) };
    }
}
