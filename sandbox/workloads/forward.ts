import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { passOn, refuseOrBreakOff, refuseUpgrade } from "./break-off";
import { headersInside } from "./headers";
import type { ForwardRunner } from "./runner";
import type { Workload } from "./workload";

/** The headers that HTTP itself needs to carry a request and its answer. None of them holds a credential. */
const OF_HTTP = new Set([
    ...["accept", "accept-encoding", "accept-language"],
    ...["content-encoding", "content-language", "content-length", "content-type", "transfer-encoding"],
]);

/**
 * Passes requests on to a real host: method, path and body. It passes only those headers and query parameters that
 * `sandbox.yaml` names, because any other may be a credential. Nothing else in a sandbox leaves the machine.
 */
export function forwardWorkload(runner: ForwardRunner, print: (text: string) => void): Workload {
    const { origin } = runner;
    const { protocol, hostname, port, host } = new URL(origin);
    const open = protocol === "https:" ? requestHttps : requestHttp;
    return {
        answer(request, response) {
            const { path, query, headers, leftOut } = allowedParts(request, runner);
            const outgoing = open(
                { hostname, port, path: path + query, method: request.method, headers: { ...headers, host } },
                (answer) => passOn(answer, request, response),
            );
            const rest = leftOut === "" ? "" : `, without ${leftOut}, which sandbox.yaml does not name`;
            print(`passed to ${origin}: ${request.method ?? ""} ${path}${rest}\n`);
            refuseUpgrade(outgoing, request, response);
            outgoing.on("error", (error) => {
                print(`${origin} cannot be reached: ${error.message}\n`);
                refuseOrBreakOff(request, response);
            });
            response.on("close", () => outgoing.destroy());
            request.pipe(outgoing);
        },
        close: () => Promise.resolve(),
    };
}

interface AllowedParts {
    path: string;
    /** With its question mark, or empty. */
    query: string;
    headers: IncomingHttpHeaders;
    /** How many headers and parameters are left out, in words. It says no names, because a name may itself be a secret. */
    leftOut: string;
}

function allowedParts(request: IncomingMessage, { headers: named, query: parameters }: ForwardRunner): AllowedParts {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const given = [...new URLSearchParams(mark === -1 ? "" : url.slice(mark))];
    const allowed = given.filter(([name]) => parameters.includes(name));
    const query = new URLSearchParams(allowed).toString();
    const headers: IncomingHttpHeaders = {};
    let dropped = 0;
    for (const [name, value] of Object.entries(headersInside(request))) {
        if (OF_HTTP.has(name) || named.includes(name)) {
            headers[name] = value;
        } else if (name !== "host") {
            dropped++;
        }
    }
    return {
        path: mark === -1 ? url : url.slice(0, mark),
        query: query === "" ? "" : `?${query}`,
        headers,
        leftOut: [counted(dropped, "header"), counted(given.length - allowed.length, "query parameter")]
            .filter((words) => words !== "")
            .join(" and "),
    };
}

function counted(count: number, what: string): string {
    return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}
