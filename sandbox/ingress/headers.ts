import type { IncomingMessage } from "node:http";

/** Removes a header from both forms of headers that handlers read. */
export function dropHeader({ headers, rawHeaders }: IncomingMessage, name: string): void {
    Reflect.deleteProperty(headers, name);
    for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
        if (rawHeaders[i]?.toLowerCase() === name) {
            rawHeaders.splice(i, 2);
        }
    }
}

/** Replaces all headers of a name by one. */
export function setHeader(request: IncomingMessage, name: string, value: string): void {
    dropHeader(request, name);
    request.headers[name] = value;
    request.rawHeaders.push(name, value);
}

/** Whether a request has a header more than once. Node keeps only the first one, so that the others would not be seen. */
export function isRepeated({ rawHeaders }: IncomingMessage, name: string): boolean {
    return rawHeaders.filter((each, i) => i % 2 === 0 && each.toLowerCase() === name).length > 1;
}

/** Headers that a backend trusts, because only a front door writes them, after it has verified the caller. */
const OF_DOORS = /^(x-goog-authenticated-user-.*|x-goog-iap-.*|x-serverless-authorization|x-forwarded-.*|forwarded)$/;
/** The only one of them that a client may send. The door verifies it, or removes it. */
export const FOR_THE_DOOR = "x-serverless-authorization";

/** What a door in front of another one has written into a request, which the second one keeps. */
const written = new WeakMap<IncomingMessage, Set<string>>();

/** Sets a header that clients may not send, for the door behind this one. */
export function writeByDoor(request: IncomingMessage, name: string, value: string): void {
    setHeader(request, name, value);
    written.set(request, (written.get(request) ?? new Set()).add(name));
}

/**
 * Removes the headers by which a client could pretend to be the front door. Programs that get headers as variables (CGI,
 * WSGI, PHP) read `X_Forwarded_For` as `X-Forwarded-For`, so every spelling that becomes the same variable is removed too.
 */
export function dropForged(request: IncomingMessage): void {
    for (const name of Object.keys(request.headers)) {
        if (
            name !== FOR_THE_DOOR &&
            !written.get(request)?.has(name) &&
            OF_DOORS.test(name.replaceAll(/[^a-z\d]/g, "-"))
        ) {
            dropHeader(request, name);
        }
    }
}
