import { type HttpRequest, type HttpResponse, NetworkError } from "../../credentials";
import { timeoutOf, type Attempt, type Context } from "../attempt";
import { CONNECTION_PATIENCE_SECONDS, isSafe } from "../diagnosis";
import type { RequestProbe } from "../spec";
import { defined } from "../../common";

/** One request of a probe, without its token. */
export type Sent = Pick<HttpRequest, "method" | "headers" | "body" | "bytes" | "enough"> & { url?: string };

/** Sends a request to the receiver of a probe. If no answer comes, it is how the attempt ended. */
export type Exchange = (request: Sent) => Promise<HttpResponse | Attempt>;

/** Sends requests with the token of a probe. */
export function exchangeOf(probe: RequestProbe, context: Context, token: string | undefined): Exchange {
    return async ({ headers, ...request }) => {
        try {
            return await context.http.request({
                url: probe.url,
                ...request,
                headers: {
                    ...(token !== undefined && { [probe.tokenHeader ?? "authorization"]: `Bearer ${token}` }),
                    ...headers,
                },
                timeoutSeconds: timeoutOf(context),
                ...defined({ signal: context.signal }),
            });
        } catch (error) {
            if (!(error instanceof NetworkError)) {
                throw error;
            }
            const isHopeless = hopeless.includes(error.code);
            const diagnosis = { code: isHopeless ? "unreachable" : "no-answer", cause: error.message };
            // What was sent may have been done, although no answer came.
            const repeatable = isSafe(probe, context) || notSent.includes(error.code);
            return {
                ...{ outcome: repeatable ? "retry" : "failed", got: error.code, diagnosis },
                ...(isHopeless && { patienceSeconds: CONNECTION_PATIENCE_SECONDS }),
            };
        }
    };
}

/** The codes of errors that seldom go away by themselves: no DNS has the name of the host, or a proxy refuses it. */
const hopeless: readonly string[] = ["ENOTFOUND", "PROXY_REFUSED"];

/** The codes of errors that come before a request is sent. */
const notSent: readonly string[] = [
    ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"],
    ...["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_ABORTED", "PROXY_REFUSED"],
];
