import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { RunService } from "../apis";
import { asksForWebSocket } from "../../common/upgrades";
import { breakOff, endAfter } from "../cloud";
import { refuse } from "../ingress";
import { hasBody, isGrpc } from "./headers";
import { speaksHttp2 } from "./service";

const DEFAULT_SECONDS = 300;
const MEBIBYTE = 2 ** 20;

/** How large an answer may be that says its length. */
const largestAnswers = new WeakMap<ServerResponse, number>();

/**
 * Holds a request to what Cloud Run lets it take: to the time of its service, and to 32 MiB for each body where the container speaks
 * HTTP/1.1. Functions of the first generation have 10 MB. https://docs.cloud.google.com/run/quotas
 * @returns whether the request goes on; if not, it has been answered
 */
export function limitRequest(service: RunService, request: IncomingMessage, response: ServerResponse): boolean {
    endLate(service, response);
    const body = hasBody(request);
    if (body) {
        // Who answers without having read it leaves the rest, which would stop the next request on the connection.
        response.once("finish", () => drop(request));
    }
    if (speaksHttp2(service) || isGrpc(request) || asksForWebSocket(request)) {
        return true;
    }
    const largest = (service.name.includes("/functions/") ? 10 : 32) * MEBIBYTE;
    largestAnswers.set(response, largest);
    if (Number(request.headers["content-length"] ?? 0) > largest) {
        refuse(request, response, 413);
        return false;
    }
    if (body) {
        countBody(request, largest, () => {
            if (response.headersSent) {
                breakOff(response);
                return;
            }
            drop(request);
            refuse(request, response, 413);
        });
    }
    return true;
}

/**
 * Answers in place of an answer that is larger than Cloud Run passes on. One that comes in chunks may have any size. The words are
 * from reports [K]. https://docs.cloud.google.com/run/quotas
 * @returns whether it was too large
 */
export function refuseLargeAnswer(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    headers: IncomingHttpHeaders,
): boolean {
    const { "content-length": length, "transfer-encoding": framing } = headers;
    const told = request.method !== "HEAD" && status !== 204 && status !== 304 && framing === undefined;
    if (!told || !(Number(length) > (largestAnswers.get(response) ?? Infinity))) {
        return false;
    }
    response.writeHead(500, { "content-type": "text/html", "content-length": 0 }).end();
    return true;
}

/**
 * Ends a request that takes longer than its service lets it: with 504, or, if the answer has begun, by breaking it off. The
 * workload runs on. https://cloud.google.com/run/docs/configuring/request-timeout
 */
function endLate({ template }: RunService, response: ServerResponse): void {
    const seconds = Number.parseFloat(template?.timeout ?? "") || DEFAULT_SECONDS;
    endAfter(response, seconds, () => {
        // The words are those of the proxy in front of Cloud Run, from reports [K].
        response.writeHead(504, { "content-type": "text/plain" }).end("upstream request timeout");
    });
}

/** Takes what a client still sends, and drops it, so that it reads the answer. */
function drop(request: IncomingMessage): void {
    request.unpipe();
    request.removeAllListeners("data").resume();
}

/** Counts a body as it arrives. What comes after its limit is dropped. */
function countBody(request: IncomingMessage, largest: number, exceeded: () => void): void {
    const push = request.push.bind(request);
    let size = 0;
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
        const before = size;
        size += chunk?.length ?? 0;
        if (chunk === null || size <= largest) {
            return push(chunk, encoding);
        }
        if (before <= largest) {
            exceeded();
        }
        return true;
    };
}
