import type { Cloud, Principal } from "../../cloud";
import { accountPrincipal, digits, findAccount } from "../../iam";
import { cloudPlatform, decodeJwt, isScope, livesTooLong, signatureHolds, timeProblem } from "../../tokens";
import { RouteAnswer, type ApiDefinition, type Json, type Route, type RouteRequest } from "../framework";

/** The client IDs of `gcloud` and of application default credentials, whose ID tokens Cloud Run accepts. */
export const gcloudClients = [
    "32555940559.apps.googleusercontent.com",
    "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com",
];

const lifetime = 3600;
const tokenUrls = [
    "https://oauth2.googleapis.com/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://accounts.google.com/o/oauth2/token",
];

type Form = Record<string, string>;

const grants: Record<string, (form: Form, cloud: Cloud) => Json | RouteAnswer> = {
    "urn:ietf:params:oauth:grant-type:jwt-bearer": exchangeAssertion,
    refresh_token: redeem,
};

const tokenRoute = (path: string): Route => ({
    verb: "POST",
    path,
    permission: undefined,
    public: true,
    handle(request, { cloud }) {
        const form = formOf(request);
        const grant = grants[form.grant_type ?? ""];
        return grant
            ? grant(form, cloud)
            : refuse("unsupported_grant_type", `Invalid grant_type: ${form.grant_type ?? ""}`);
    },
});

const infoRoutes = (path: string): Route[] =>
    (["GET", "POST"] as const).map((verb) => ({
        verb,
        path,
        permission: undefined,
        public: true,
        handle: (request, { cloud }) => tokenInfo(request, cloud),
    }));

/** `oauth2.googleapis.com`: the token endpoint, `tokeninfo` and `revoke`. */
export const oauth2Api: ApiDefinition = {
    host: "oauth2.googleapis.com",
    routes: [
        tokenRoute("/token"),
        ...infoRoutes("/tokeninfo"),
        {
            verb: "POST",
            path: "/revoke",
            permission: undefined,
            public: true,
            handle: (request, { cloud }) =>
                cloud.tokens.revoke(formOf(request).token ?? "")
                    ? {}
                    : refuse("invalid_token", "Token expired or revoked"),
        },
    ],
    unverified: ["the wording for a disabled account at the token endpoint"],
};

/** The paths of older clients on `www.googleapis.com` and `accounts.google.com`. */
export const olderTokenRoutes: Record<string, Route[]> = {
    "www.googleapis.com": [
        tokenRoute("/oauth2/v4/token"),
        ...infoRoutes("/oauth2/v1/tokeninfo"),
        ...infoRoutes("/oauth2/v3/tokeninfo"),
    ],
    "accounts.google.com": [tokenRoute("/o/oauth2/token")],
};

/** An error as OAuth words it. https://datatracker.ietf.org/doc/html/rfc6749#section-5.2 */
export function refuse(error: string, description: string, status = 400): RouteAnswer {
    return new RouteAnswer(status, { error, error_description: description });
}

/** The fields of a body, which clients send as a form or as JSON. */
export function formOf(request: RouteRequest): Form {
    const json = request.headers["content-type"]?.startsWith("application/json") ?? false;
    const entries = json ? Object.entries(request.json) : [...new URLSearchParams(request.body.toString())];
    return Object.fromEntries([...request.query, ...entries].map(([key, value]) => [key, String(value)]));
}

/**
 * A JWT that an account's key signed, for an ID token (`target_audience`) or an access token (`scope`).
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
function exchangeAssertion({ assertion = "" }: Form, cloud: Cloud): Json | RouteAnswer {
    const jwt = decodeJwt(assertion);
    if (!jwt) {
        return refuse("invalid_grant", "Bad Request");
    }
    const { iss, sub, aud, scope, target_audience: target } = jwt.claims;
    const account = typeof iss === "string" ? findAccount(cloud.store, iss) : undefined;
    if (!account) {
        return refuse("invalid_grant", "Invalid grant: account not found");
    }
    // Google's own client library for Node names no key in its assertions.
    const keys = cloud.tokens.accountKeyCandidates(account.email, jwt.header.kid);
    if (!keys.some((key) => signatureHolds(jwt, key))) {
        return refuse("invalid_grant", "Invalid JWT Signature.");
    }
    if (!tokenUrls.includes(String(aud))) {
        return refuse(
            "invalid_grant",
            `Invalid JWT: Failed audience check. The right audience is ${tokenUrls[0] ?? ""}`,
        );
    }
    if (timeProblem(jwt.claims, Math.floor(cloud.clock.now() / 1000)) !== undefined || livesTooLong(jwt.claims)) {
        return refuse(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
        );
    }
    // The wording for a disabled account is not verified [K].
    if (account.disabled) {
        return refuse("invalid_grant", "Invalid grant: account is disabled");
    }
    if (typeof target === "string") {
        return { id_token: cloud.tokens.mintIdToken(account, target) };
    }
    if (sub !== undefined && sub !== iss) {
        return refuse(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.",
            401,
        );
    }
    if (typeof scope !== "string" || scope === "" || !scope.split(/ +/).every(isScope)) {
        return refuse("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }
    const principal = accountPrincipal(account);
    return accessToken(principal, scope.split(" "), cloud);
}

function accessToken(principal: Principal, scopes: string[], cloud: Cloud): Json {
    return {
        access_token: cloud.tokens.mintAccessToken(principal, scopes, lifetime),
        expires_in: lifetime - 1,
        token_type: "Bearer",
    };
}

function redeem({ refresh_token: token = "", client_id: client = "", scope }: Form, cloud: Cloud): Json | RouteAnswer {
    const principal = cloud.tokens.findRefreshToken(token);
    if (principal?.kind !== "user") {
        return refuse("invalid_grant", "Bad Request");
    }
    const scopes = scope?.split(" ") ?? ["openid", "https://www.googleapis.com/auth/userinfo.email", cloudPlatform];
    return {
        ...accessToken(principal, scopes, cloud),
        scope: scopes.join(" "),
        ...(scopes.includes("openid") ? { id_token: userIdToken(principal.email, client, cloud) } : {}),
    };
}

/** The ID token that `gcloud auth print-identity-token` prints. Its audience is gcloud's own client, never a service. */
function userIdToken(email: string, client: string, cloud: Cloud): string {
    const iat = Math.floor(cloud.clock.now() / 1000);
    return cloud.tokens.sign({
        iss: "https://accounts.google.com",
        azp: client,
        aud: client,
        sub: digits(email),
        hd: email.split("@")[1],
        email,
        email_verified: true,
        iat,
        exp: iat + lifetime,
    });
}

/** https://developers.google.com/identity/sign-in/web/backend-auth#calling-the-tokeninfo-endpoint */
function tokenInfo(request: RouteRequest, cloud: Cloud): Json | RouteAnswer {
    const { access_token: access, id_token: id } = formOf(request);
    if (id !== undefined) {
        const verified = cloud.tokens.verifyIdToken(id);
        if (!verified.ok) {
            return refuse("invalid_token", "Invalid Value");
        }
        const strings = Object.entries(verified.value).map(([key, value]): [string, string] => [key, String(value)]);
        return { ...Object.fromEntries(strings), ...decodeJwt(id)?.header };
    }
    const verified = cloud.tokens.verifyAccessToken(access ?? "");
    if (!verified.ok) {
        return refuse("invalid_token", "Invalid Value");
    }
    const { principal, scopes, expiresAt } = verified.value;
    const subject = subjectOf(principal);
    return {
        azp: subject.sub,
        aud: subject.sub,
        ...subject,
        scope: scopes.join(" "),
        exp: String(Math.floor(expiresAt / 1000)),
        expires_in: String(Math.floor((expiresAt - cloud.clock.now()) / 1000)),
        access_type: "online",
    };
}

/** Who a principal is, as `userinfo` and `tokeninfo` tell. */
export function subjectOf(principal: Principal): { sub: string; email?: string; email_verified?: string } {
    switch (principal.kind) {
        case "serviceAccount":
            return { sub: principal.uniqueId, email: principal.email, email_verified: "true" };
        case "user":
            return { sub: digits(principal.email), email: principal.email, email_verified: "true" };
        case "federated":
            return { sub: principal.subject };
        case "anonymous":
            return { sub: "" };
    }
}
