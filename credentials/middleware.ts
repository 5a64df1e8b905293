import type { IncomingMessage, ServerResponse } from "node:http";
import { TokenRejected } from "./errors";
import {
    checkVerifyOptions,
    verifyIapAssertion,
    verifyIdToken,
    type VerifiedClaims,
    type VerifyIdTokenOptions,
} from "./verify";

/** A request that was let in, with who called. */
export type AuthenticatedRequest = IncomingMessage & { caller?: VerifiedClaims };

/** Which requests a server accepts. */
export interface RequireIdTokenOptions extends VerifyIdTokenOptions {
    /** Whether to read IAP's assertion instead of a bearer token. The audience is then the protected resource. @default - false */
    iap?: boolean;
}

/** Statuses other than 401: the caller is known and not allowed, or the receiver cannot decide. */
const statuses: Record<string, number> = { "email-not-allowed": 403, "keys-unavailable": 503 };

/**
 * Lets in only callers with a right token, and puts its claims into `request.caller`: a handler for Express, Connect and
 * a bare `node:http` server. For Fastify see {@link requireIdTokenHook}.
 *
 * @throws OptionError immediately if an option is not of its type
 * @example
 * app.use(requireIdToken({ audience: "https://orders.example.com", emails: ["fulfil@p.iam.gserviceaccount.com"] }));
 */
export function requireIdToken(options: RequireIdTokenOptions) {
    checkVerifyOptions(options);
    return (request: AuthenticatedRequest, response: ServerResponse, next: (error?: unknown) => void): void => {
        authenticate(request, options).then(
            (claims) => {
                request.caller = claims;
                next();
            },
            (error: unknown) => {
                if (error instanceof TokenRejected) {
                    refuse(response, error);
                } else {
                    next(error);
                }
            },
        );
    };
}

/**
 * The same as a Fastify hook.
 *
 * @throws OptionError
 * @example
 * fastify.addHook("onRequest", requireIdTokenHook({ audience: "https://orders.example.com" }));
 */
export function requireIdTokenHook(options: RequireIdTokenOptions) {
    checkVerifyOptions(options);
    return async (
        request: { raw: AuthenticatedRequest },
        reply: { code(status: number): { send(body: object): unknown } },
    ): Promise<unknown> => {
        try {
            request.raw.caller = await authenticate(request.raw, options);
            return undefined;
        } catch (error) {
            if (!(error instanceof TokenRejected)) {
                throw error;
            }
            return reply.code(statuses[error.code] ?? 401).send({ error: error.code, message: error.message });
        }
    };
}

async function authenticate(request: IncomingMessage, options: RequireIdTokenOptions): Promise<VerifiedClaims> {
    if (options.iap === true) {
        return verifyIapAssertion(onlyHeader(request, "x-goog-iap-jwt-assertion"), options);
    }
    const [, token = ""] = /^bearer +(\S+)$/i.exec(onlyHeader(request, "authorization")) ?? [];
    return verifyIdToken(token, options);
}

/** A header's value. Node keeps the first of two, and a program behind this receiver may take the other. */
function onlyHeader(request: IncomingMessage, name: string): string {
    // A request that a test or a framework makes has no raw headers.
    const raw = "rawHeaders" in request ? request.rawHeaders : [];
    const times = raw.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;
    if (times > 1) {
        throw new TokenRejected("malformed", `the request has the header ${name} ${times} times`);
    }
    const value = request.headers[name];
    return typeof value === "string" ? value : "";
}

function refuse(response: ServerResponse, { code, message }: TokenRejected): void {
    response.writeHead(statuses[code] ?? 401, {
        "content-type": "application/json",
        "www-authenticate": code === "missing" ? "Bearer" : 'Bearer error="invalid_token"',
    });
    response.end(JSON.stringify({ error: code, message }));
}
