import type { Span } from "../../syntax";
import type { CallSite, Runs } from "./call-site";
import type { Receiver } from "../receivers";

/**
 * The headers in which a kind of receiver looks for a credential, the one that it prefers first.
 * - Cloud Run, and with it functions of the 2nd generation, checks `X-Serverless-Authorization` alone if both are
 *   there, takes the signature off the token that it checked, and hands `Authorization` on as it is:
 *   https://docs.cloud.google.com/run/docs/authenticating/service-to-service#acquire-token
 * - IAP, which a service of Cloud Run can have too, checks `Proxy-Authorization` if it is there, and hands
 *   `Authorization` on to the application:
 *   https://docs.cloud.google.com/iap/docs/authentication-howto
 * - Google APIs take an API key too: https://docs.cloud.google.com/docs/authentication/api-keys-use; so do API Gateway
 *   and Endpoints: https://docs.cloud.google.com/api-gateway/docs/authenticate-api-keys
 *
 * The `auth` of a call sets `Authorization` (https://docs.cloud.google.com/workflows/docs/authenticate-from-workflow);
 * what Workflows does with a second one that the call writes itself, no documentation says.
 */
const preferred: Record<Receiver["kind"], readonly string[]> = {
    run: ["x-serverless-authorization", "authorization", "proxy-authorization"],
    function: ["x-serverless-authorization", "authorization"],
    iap: ["proxy-authorization", "authorization"],
    "api-gateway": ["authorization", "x-api-key"],
    endpoints: ["authorization", "x-api-key"],
    "app-engine": ["proxy-authorization", "authorization"],
    "google-api": ["authorization", "x-goog-api-key"],
    private: ["authorization", "x-serverless-authorization", "proxy-authorization", "x-goog-api-key"],
    external: ["authorization", "x-serverless-authorization", "proxy-authorization", "x-goog-api-key"],
    unknown: ["authorization", "x-serverless-authorization", "proxy-authorization", "x-goog-api-key"],
};

/** The name, in lower case, of the header or parameter in which this receiver finds a credential that the call may send. */
export function credentialSent(site: CallSite, receiver: Receiver): string | undefined {
    const sent = preferred[receiver.kind].find((name) => maySend(site, name));
    return sent ?? (takesParameter(receiver) && site.keyParameter !== "none" ? "key" : undefined);
}

/** Whether every run sends this receiver a credential in a header or a parameter. */
export function alwaysSendsCredential(site: CallSite, receiver: Receiver): boolean {
    return (
        preferred[receiver.kind].some((name) => runsWithHeader(site, name) === "all") ||
        (takesParameter(receiver) && site.keyParameter === "all")
    );
}

function takesParameter({ kind }: Receiver): boolean {
    return !["run", "function", "iap", "app-engine"].includes(kind);
}

/**
 * The runs in which a header of that name is sent, in any case, as far as the names are known. If one path to the call
 * writes `Authorization` and another `authorization`, these are "some": which of the two a run has is not followed.
 */
export function runsWithHeader({ headers }: CallSite, name: string): Runs {
    const runs = [...headers.sent].filter(([each]) => each.toLowerCase() === name.toLowerCase());
    return runs.some(([, each]) => each === "all") ? "all" : runs.length > 0 ? "some" : "none";
}

/** Whether a run may send a header of that name, as far as the names are known. */
export function maySend(site: CallSite, name: string): boolean {
    return runsWithHeader(site, name) !== "none";
}

/** The place of a header for messages: its entry, or the headers. */
export function headerSpan(site: CallSite, name: string): Span {
    const headers = site.entries.find(({ key }) => key === "headers");
    const written = headers?.value.kind === "map" ? headers.value.entries : [];
    const entry = written.find(({ key }) => key.toLowerCase() === name);
    return entry?.keySpan ?? headers?.value.span ?? site.urlSpan;
}

/** Whether a map `auth` is among the headers by mistake, most often because of wrong indentation. */
export function hasAuthInHeaders({ entries }: CallSite): boolean {
    const headers = entries.find(({ key }) => key === "headers")?.value;
    const auth = headers?.kind === "map" ? headers.entries.find(({ key }) => key === "auth") : undefined;
    return auth?.value.kind === "map" && auth.value.entries.some(({ key }) => key === "type");
}
