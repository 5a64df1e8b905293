import { NetworkError, type Http, type HttpRequest, type HttpResponse } from "../../credentials";

export interface FakeAnswer {
    status?: number;
    body?: unknown;
    headers?: Record<string, string>;
}

/** Answers for one address; undefined passes on to the next. */
export type FakeRoute = (
    request: Required<Pick<HttpRequest, "method" | "url">> & HttpRequest,
) => FakeAnswer | undefined;

/**
 * A Google Cloud of a few lines for unit tests: routes by prefix of the address, and a record of all that was sent.
 * What no route answers is a network error, as in an outage.
 */
export function fakeGoogle() {
    const routes: [prefix: string, route: FakeRoute][] = [];
    const requests: HttpRequest[] = [];
    const http: Http = {
        request(request) {
            requests.push(request);
            const full = { ...request, method: request.method ?? "GET" };
            for (const [, route] of routes.filter(([start]) => request.url.startsWith(start))) {
                const answer = route(full);
                if (answer) {
                    return Promise.resolve(response(answer));
                }
            }
            return Promise.reject(new NetworkError(`no answer from ${new URL(request.url).host}`, "ECONNREFUSED"));
        },
        fetch: async (input, init) => {
            const sent = init?.body;
            const body = typeof sent === "string" || sent instanceof URLSearchParams ? { body: sent.toString() } : {};
            const answer = await http.request({
                method: init?.method ?? "GET",
                url: input instanceof Request ? input.url : String(input),
                headers: Object.fromEntries(new Headers(init?.headers).entries()),
                ...body,
            });
            return new Response(answer.body, { status: answer.status, headers: answer.headers });
        },
        close: () => Promise.resolve(),
    };
    return {
        http,
        requests,
        /** Later routes come first. */
        on(prefix: string, route: FakeRoute | FakeAnswer) {
            routes.unshift([prefix, typeof route === "function" ? route : () => route]);
        },
        /** The policy of a resource, by its REST URL; a function is asked at each read. */
        policy(resource: string, bindings: Bindings | (() => Bindings)) {
            this.on(`${resource}:getIamPolicy`, () => ({
                body: { bindings: typeof bindings === "function" ? bindings() : bindings },
            }));
        },
        sentTo: (prefix: string) => requests.filter(({ url }) => url.startsWith(prefix)),
    };
}

type Bindings = { role: string; members: string[]; condition?: { expression: string } }[];

function response({ status = 200, body = "", headers = {} }: FakeAnswer): HttpResponse {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const type = typeof body === "string" ? "text/plain" : "application/json";
    return { status, headers: { "content-type": type, ...headers }, body: text, milliseconds: 1 };
}

/** A refusal as Google's APIs word it. */
export function apiError(code: number, status: string, message: string, reason?: string): FakeAnswer {
    const details = reason === undefined ? [] : [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason }];
    return { status: code, body: { error: { code, status, message, details } } };
}

/** A token that has the shape of a JWT and is worth nothing. */
export function unsignedToken(claims: Record<string, unknown>): string {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.c2ln`;
}
