import { sign } from "node:crypto";
import { ApiError, type Cloud, type Principal } from "../../cloud";
import { type AccountPrincipal, accountPrincipal, findAccount } from "../../iam";
import { encodeJwt, isScope } from "../../tokens";
import { errorInfo, invalidArgument, type ApiDefinition, type Call, type Methods } from "../framework";
import { accountName, accountType } from "../iam";

type Named = { name: string; delegates?: string[] };

const longest = 3600;

const methods: Methods<"google.iam.credentials.v1.IAMCredentials"> = {
    GenerateAccessToken: {
        permission: undefined,
        audits: "iam.serviceAccounts.getAccessToken",
        handle({ scope, lifetime, ...named }, call) {
            if (scope.length === 0) {
                throw invalidArgument("scope must name at least one scope", "scope");
            }
            const wrong = scope.find((each) => !isScope(each));
            if (wrong !== undefined) {
                // Google says only that an argument is invalid: https://github.com/google-github-actions/auth/issues/144
                throw invalidArgument(
                    `Request contains an invalid argument: "${wrong}" is no OAuth scope; for a token that a service checks, call generateIdToken with it as audience`,
                    "scope",
                );
            }
            const seconds = lifetimeSeconds(lifetime);
            const account = impersonate(named, "iam.serviceAccounts.getAccessToken", call);
            return {
                accessToken: call.cloud.tokens.mintAccessToken(account, scope, seconds),
                // In whole seconds, because the client for Python cannot read fractions.
                expireTime: `${new Date(call.cloud.clock.now() + seconds * 1000).toISOString().slice(0, 19)}Z`,
            };
        },
    },
    GenerateIdToken: {
        permission: undefined,
        audits: "iam.serviceAccounts.getOpenIdToken",
        handle({ audience, includeEmail = false, ...named }, call) {
            if (audience === "") {
                throw invalidArgument("audience must not be empty", "audience");
            }
            const account = impersonate(named, "iam.serviceAccounts.getOpenIdToken", call);
            return { token: call.cloud.tokens.mintIdToken(account, audience, { includeEmail }) };
        },
    },
    SignBlob: {
        permission: undefined,
        audits: "iam.serviceAccounts.signBlob",
        handle({ payload, ...named }, call) {
            const account = impersonate(named, "iam.serviceAccounts.signBlob", call);
            const key = call.cloud.tokens.systemKey(account);
            const signed = sign("sha256", Buffer.from(payload, "base64"), key.privateKey);
            return { keyId: key.id, signedBlob: signed.toString("base64") };
        },
    },
    SignJwt: {
        permission: undefined,
        audits: "iam.serviceAccounts.signJwt",
        handle({ payload, ...named }, call) {
            const account = impersonate(named, "iam.serviceAccounts.signJwt", call);
            const key = call.cloud.tokens.systemKey(account);
            return { keyId: key.id, signedJwt: encodeJwt(claimsOf(payload, call.cloud), key.id, key.privateKey) };
        },
    },
};

/** `iamcredentials.googleapis.com`: short-lived credentials of service accounts, for those who may. */
export const iamCredentialsApi: ApiDefinition = {
    host: "iamcredentials.googleapis.com",
    otherHosts: ["iamcredentials.mtls.googleapis.com"],
    // Not in the proto; google-auth for Python asks for this scope alone when it impersonates with ID tokens:
    // https://github.com/googleapis/google-auth-library-python/blob/main/google/auth/iam.py
    scopes: ["https://www.googleapis.com/auth/iam"],
    services: { "google.iam.credentials.v1.IAMCredentials": methods },
    routes: [
        {
            // The Python client asks before each impersonation; an empty list means no boundary.
            verb: "GET",
            path: "/v1/projects/{project}/serviceAccounts/{account}/allowedLocations",
            permission: undefined,
            handle: () => ({ locations: [], encodedLocations: "0x0" }),
        },
    ],
    unverified: ["the answer if the credentials of a disabled account are requested"],
};

/**
 * Checks that the caller may impersonate the account: each account in the chain the next one, and the last one the target.
 * https://cloud.google.com/iam/docs/create-short-lived-credentials-delegated
 * @throws ApiError PERMISSION_DENIED at the first link that does not hold
 */
function impersonate({ name, delegates = [] }: Named, permission: string, call: Call): AccountPrincipal {
    if (!name.startsWith("projects/-/")) {
        throw invalidArgument(`Invalid resource name ${name}: the project must be -, the wildcard`, "name");
    }
    let principal: Principal = call.principal;
    for (const [index, link] of [...delegates, name].entries()) {
        const last = index === delegates.length;
        const needed = last ? permission : "iam.serviceAccounts.implicitDelegation";
        const resource = `//iam.googleapis.com/${accountName(link, call.cloud)}`;
        const decision = call.cloud.iam.check({
            principal,
            permission: needed,
            resource,
            resourceType: accountType,
            request: `${call.method.split(".").at(-1) ?? ""} as ${link.split("/").at(-1) ?? ""}`,
        });
        const account = findAccount(call.cloud.store, link.split("/").at(-1) ?? "");
        if (!decision.allowed || !account) {
            throw new ApiError(
                "PERMISSION_DENIED",
                `Permission '${needed}' denied on resource (or it may not exist).`,
                [
                    errorInfo("IAM_PERMISSION_DENIED", "iam.googleapis.com", { permission: needed }),
                    {
                        "@type": "type.googleapis.com/google.rpc.DebugInfo",
                        detail: account ? decision.reason : `${link} does not exist`,
                    },
                ],
            );
        }
        // Google's answer for a disabled account is not verified [K].
        if (account.disabled) {
            throw new ApiError("PERMISSION_DENIED", `Service account ${account.email} is disabled.`);
        }
        if (call.cloud.refusesMinting?.(account.email)) {
            throw new ApiError("UNAVAILABLE", `a fault of the sandbox refuses tokens of ${account.email}`);
        }
        principal = accountPrincipal(account);
    }
    return principal as AccountPrincipal;
}

function lifetimeSeconds(lifetime = `${longest}s`): number {
    const seconds = Number(lifetime.replace(/s$/, ""));
    if (!(seconds > 0 && seconds <= longest)) {
        throw invalidArgument(`lifetime must be more than 0s and at most ${longest}s, not ${lifetime}`, "lifetime");
    }
    return seconds;
}

/** @throws ApiError INVALID_ARGUMENT if the payload is no JSON object, or expires later than 12 hours from now */
function claimsOf(payload: string, cloud: Cloud): Record<string, unknown> {
    let claims: unknown;
    try {
        claims = JSON.parse(payload);
    } catch {
        claims = undefined;
    }
    if (typeof claims !== "object" || claims === null || Array.isArray(claims)) {
        throw invalidArgument("payload must be the text of a JSON object", "payload");
    }
    const { exp } = claims as { exp?: unknown };
    if (typeof exp === "number" && exp > cloud.clock.now() / 1000 + 12 * 3600) {
        throw invalidArgument("The exp claim must be no more than 12 hours in the future", "payload");
    }
    return claims as Record<string, unknown>;
}
