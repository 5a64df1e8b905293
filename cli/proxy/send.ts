import type { Http } from "../../credentials";

/** What a request of a client is sent on as. */
export interface SentOn {
    method: string;
    url: URL;
    headers: Record<string, string>;
    body?: ReadableStream<Uint8Array> | string;
    signal: AbortSignal;
}

/** The header that Cloud Run checks first. https://cloud.google.com/run/docs/authenticating/service-to-service */
const FOR_CLOUD_RUN = "x-serverless-authorization";

/**
 * Sends a request to the receiver with a token that is valid now. If the client uses `Authorization` itself, the token goes into
 * the header that Cloud Run checks first.
 */
export async function sendOn(http: Http, token: () => Promise<string>, request: SentOn): Promise<Response> {
    const { url, headers, body, method, signal } = request;
    return http.fetch(url.href, {
        ...{ method, signal, headers: await withToken(headers, token) },
        ...(body !== undefined && { body, duplex: "half" }),
    });
}

/** The headers of a request, with a token that is valid now. */
export async function withToken(
    headers: Record<string, string>,
    token: () => Promise<string>,
): Promise<Record<string, string>> {
    const header = headers["authorization"] === undefined ? "authorization" : FOR_CLOUD_RUN;
    return { ...headers, [header]: `Bearer ${await token()}` };
}
