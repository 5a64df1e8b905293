import type { IncomingMessage } from "node:http";
import { isObject } from "../common";
import { ControlError } from "./cloud";

/**
 * The JSON object in a request's body; an empty body stands for an empty object.
 * @param longest - how many bytes it may have
 * @throws ControlError if it is longer, or no JSON object; its text quotes nothing of the body, which may hold a secret
 */
export async function readJson(request: IncomingMessage, longest: number): Promise<Record<string, unknown>> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > longest) {
            throw new ControlError(`the body is larger than ${longest} bytes`);
        }
        chunks.push(chunk);
    }
    const value = size === 0 ? {} : parsed(Buffer.concat(chunks).toString());
    if (!isObject(value)) {
        throw new ControlError("the body is no JSON object");
    }
    return value;
}

/** Without Node's own error, which quotes the body. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
