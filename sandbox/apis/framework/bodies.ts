import type { Json } from "../../cloud";
import { messageOf } from "../../../errors";
import { invalidArgument } from "./errors";
import { isObject } from "./messages";
import { selectFields } from "./query";

export interface RestAnswer {
    status: number;
    headers: Record<string, string>;
    body: string | Buffer;
}

/** @throws ApiError INVALID_ARGUMENT for an answer in another format than JSON */
export function checkAlt(query: URLSearchParams): void {
    const alt = query.get("alt") ?? query.get("$alt") ?? "json";
    if (!alt.startsWith("json")) {
        throw invalidArgument(`the sandbox answers alt=json only, not alt=${alt}`, "alt");
    }
}

/** What a client wants of an answer, by the parameter `fields`. */
export function select(answer: Json, query: URLSearchParams): unknown {
    const fields = query.get("fields") ?? query.get("$fields");
    return fields === null ? answer : selectFields(answer, fields);
}

/** @throws ApiError INVALID_ARGUMENT if the body is no JSON object; `{}` if there is none */
export function parseBody(body: Buffer): Json {
    if (body.length === 0) {
        return {};
    }
    let value: unknown;
    try {
        value = JSON.parse(body.toString("utf8"));
    } catch (error) {
        throw invalidArgument(`Invalid JSON payload received. ${messageOf(error)}`);
    }
    if (value === null) {
        return {};
    }
    if (!isObject(value)) {
        throw invalidArgument("Invalid JSON payload received. Root element must be a message.");
    }
    return value;
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): RestAnswer {
    return {
        status,
        headers: { "content-type": "application/json; charset=UTF-8", ...headers },
        body: `${JSON.stringify(body, null, 2)}\n`,
    };
}
