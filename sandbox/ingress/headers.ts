import type { IncomingMessage } from "node:http";

/** Takes a header away, from both forms that handlers read. */
export function dropHeader({ headers, rawHeaders }: IncomingMessage, name: string): void {
    Reflect.deleteProperty(headers, name);
    for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
        if (rawHeaders[i]?.toLowerCase() === name) {
            rawHeaders.splice(i, 2);
        }
    }
}

/** Puts a header in the place of all of its name. */
export function setHeader(request: IncomingMessage, name: string, value: string): void {
    dropHeader(request, name);
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
}

/** Node keeps the first of repeated headers and drops the rest, so a request with two may hide one of them. */
export function isRepeated({ rawHeaders }: IncomingMessage, name: string): boolean {
    return rawHeaders.filter((each, i) => i % 2 === 0 && each.toLowerCase() === name).length > 1;
}

/** What a backend believes, because only a front door writes it after it has verified the caller. */
const OF_DOORS = /^(x-goog-authenticated-user-.*|x-goog-iap-.*|x-serverless-authorization|x-forwarded-.*|forwarded)$/;
/** The one of them that a client may send. The door verifies it, or takes it away. */
export const FOR_THE_DOOR = "x-serverless-authorization";

/**
 * Takes away the headers by which a client would pose as the front door. Programs that get headers as variables (CGI,
 * WSGI, PHP) read `X_Forwarded_For` as `X-Forwarded-For`, so every spelling that becomes the same variable goes too.
 */
export function dropForged(request: IncomingMessage): void {
    for (const name of Object.keys(request.headers)) {
        if (name !== FOR_THE_DOOR && OF_DOORS.test(name.replaceAll(/[^a-z\d]/g, "-"))) {
            dropHeader(request, name);
        }
    }
}
