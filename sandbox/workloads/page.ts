import type { IncomingMessage, ServerResponse } from "node:http";
import { decodeJwt } from "../tokens";

/** What answers for an image that the mapping does not name: a page that says who called. */
export function builtInPage(request: IncomingMessage, response: ServerResponse, env: Record<string, string>): void {
    const [, token = ""] = (request.headers["x-serverless-authorization"] ?? request.headers.authorization ?? "")
        .toString()
        .split(" ");
    const claims = decodeJwt(token)?.claims;
    const answer = {
        service: env.K_SERVICE,
        revision: env.K_REVISION,
        method: request.method,
        path: request.url,
        caller: claims?.email ?? claims?.sub ?? null,
        audience: claims?.aud ?? null,
        note: "no entry of sandbox.yaml is for this image: this is the sandbox's own page",
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`${JSON.stringify(answer, null, 2)}\n`);
}

/** The answer of an image that always fails. */
export function failingPage(_: IncomingMessage, response: ServerResponse): void {
    response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("this image answers 500\n");
}
