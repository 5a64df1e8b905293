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
