import type { ServerResponse } from "node:http";
import type { RunService } from "../apis";
import { breakOff } from "./break-off";

const DEFAULT_SECONDS = 300;

/**
 * Ends a request that takes longer than its service lets it: with 504, or, if the answer has begun, by breaking it off. The
 * workload runs on. https://cloud.google.com/run/docs/configuring/request-timeout
 */
export function endLate({ template }: RunService, response: ServerResponse): void {
    const seconds = Number.parseFloat(template?.timeout ?? "") || DEFAULT_SECONDS;
    const timer = setTimeout(() => {
        if (response.headersSent) {
            breakOff(response);
        } else {
            // The words are those of the proxy in front of Cloud Run, from reports [K].
            response.writeHead(504, { "content-type": "text/plain" }).end("upstream request timeout");
        }
    }, seconds * 1000);
    response.once("close", () => clearTimeout(timer));
}
