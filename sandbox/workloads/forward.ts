import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { refuse } from "../ingress";
import { breakOff } from "./break-off";
import { withoutHops } from "./headers";
import type { Workload } from "./workload";

/** What could be a credential: of a sandbox it is worth nothing outside, and a real one was not meant for this way. */
const CREDENTIALS =
    /^(authorization|proxy-authorization|x-serverless-authorization|cookie|x-goog-(api-key|iap-.*|iam-.*))$/;

/**
 * Passes what clients send to a real host, without their credentials. The only thing in a sandbox that leaves the machine:
 * a `sandbox.yaml` has to say so.
 * @param origin where it goes: `https://api.example.com`
 */
export function forwardWorkload(origin: string, print: (text: string) => void): Workload {
    const { protocol, hostname, port, host } = new URL(origin);
    const open = protocol === "https:" ? requestHttps : requestHttp;
    return {
        answer(request, response) {
            const path = withoutToken(request.url ?? "/");
            const outgoing = open(
                { hostname, port, path, method: request.method, headers: { ...bare(request), host } },
                (answer) => {
                    response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
                    answer.pipe(response);
                },
            );
            print(`passed to ${origin}: ${request.method ?? ""} ${path.replace(/\?.*$/s, "")}\n`);
            outgoing.on("error", (error) => {
                print(`${origin} cannot be reached: ${error.message}\n`);
                if (response.headersSent) {
                    breakOff(response);
                } else {
                    refuse(request, response, 503);
                }
            });
            response.on("close", () => outgoing.destroy());
            request.pipe(outgoing);
        },
        close: () => Promise.resolve(),
    };
}

function bare(request: IncomingMessage): ReturnType<typeof withoutHops> {
    return Object.fromEntries(
        Object.entries(withoutHops(request.headers)).filter(([name]) => name !== "host" && !CREDENTIALS.test(name)),
    );
}

/** Google's APIs take an access token in the query as well. */
function withoutToken(path: string): string {
    const url = new URL(path, "http://unused");
    for (const name of ["access_token", "key"]) {
        url.searchParams.delete(name);
    }
    return url.pathname + url.search;
}
