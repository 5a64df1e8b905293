import type { IncomingHttpHeaders } from "node:http";
import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { ApiError, type Json, type Route } from "../../cloud";
import { invalidArgument } from "./errors";
import { camelCase, isObject } from "./messages";

/** Parameters that every Google API takes. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM: ReadonlySet<string> = new Set(
    "alt $alt fields $fields key $key prettyPrint $prettyPrint access_token oauth_token quotaUser $quotaUser callback $callback uploadType upload_protocol userProject $userProject $.xgafv $httpMethod".split(
        " ",
    ),
);

/**
 * The verb that a request asks for. Clients whose network cannot send every verb, such as Java's, post and name it elsewhere.
 * https://cloud.google.com/apis/docs/system-parameters
 */
export function methodOf(sent: string, query: URLSearchParams, headers: IncomingHttpHeaders): string {
    const named = headers["x-http-method-override"] ?? query.get("$httpMethod");
    return sent === "POST" && typeof named === "string" ? named.toUpperCase() : sent;
}

/** Sets a dotted path (`service.name`) in a request. */
export function setPath(target: Json, path: string[], value: unknown): void {
    const [name = "", ...rest] = path;
    if (rest.length === 0) {
        target[name] = value;
        return;
    }
    const below = target[name];
    const inner = isObject(below) ? below : {};
    target[name] = inner;
    setPath(inner, rest, value);
}

/**
 * Binds a URL's parameters to the fields of a request.
 * @throws ApiError INVALID_ARGUMENT on a name that is no field
 */
export function bindQuery(descriptor: DescMessage, query: URLSearchParams, request: Json): void {
    for (const name of new Set(query.keys())) {
        if (SYSTEM.has(name)) {
            continue;
        }
        const path: string[] = [];
        let message: DescMessage | undefined = descriptor;
        let field: DescField | undefined;
        for (const part of name.split(".")) {
            field = message?.fields.find((candidate) => candidate.jsonName === part || candidate.name === part);
            if (!field) {
                throw unbound(name);
            }
            path.push(field.jsonName);
            message = field.message;
        }
        const values = query.getAll(name).map((value) => (field ? convert(field, value) : value));
        setPath(request, path, field?.fieldKind === "list" ? values : values.at(-1));
    }
}

function unbound(name: string): Error {
    return invalidArgument(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
        name,
    );
}

const INTEGERS: unknown[] = [
    ScalarType.INT32,
    ScalarType.UINT32,
    ScalarType.SINT32,
    ScalarType.DOUBLE,
    ScalarType.FLOAT,
];

/** Flags as clients write them: Python's are `True` and `False`, and others count [K]. */
const FLAGS = new Map<string, boolean>([
    ["true", true],
    ["1", true],
    ["false", false],
    ["0", false],
]);

function convert(field: DescField, value: string): unknown {
    if (field.scalar === ScalarType.BOOL) {
        return FLAGS.get(value.toLowerCase()) ?? value;
    }
    // Rust's clients send the numbers of enums.
    const isNumber = field.enum ? /^-?\d+$/.test(value) : INTEGERS.includes(field.scalar) && value.trim() !== "";
    if (isNumber) {
        return Number(value);
    }
    return value;
}

/** What a `fields` parameter selects, by field name. `true` selects the whole value. */
type Selection = Map<string, Selection | true>;

/**
 * Google's partial responses: `services/name,nextPageToken`, `items(id,owner/email)`, `*`.
 * https://cloud.google.com/apis/docs/system-parameters
 */
export function selectFields(value: unknown, fields: string): unknown {
    return pick(value, parseSelection(fields));
}

function parseSelection(text: string): Selection {
    let position = 0;
    const list = (): Selection => {
        const selection: Selection = new Map();
        while (position < text.length && text[position] !== ")") {
            const [name, below] = path();
            const known = selection.get(name);
            selection.set(name, known instanceof Map && below !== true ? new Map([...known, ...below]) : below);
            if (text[position] === ",") {
                position += 1;
            }
        }
        position += 1;
        return selection;
    };
    const path = (): [string, Selection | true] => {
        const start = position;
        while (position < text.length && !",/()".includes(text[position] ?? "")) {
            position += 1;
        }
        const name = camelCase(text.slice(start, position));
        const next = text[position];
        if (next === "/") {
            position += 1;
            return [name, new Map([path()])];
        }
        if (next === "(") {
            position += 1;
            return [name, list()];
        }
        return [name, true];
    };
    return list();
}

function pick(value: unknown, selection: Selection | true): unknown {
    if (selection === true) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((item) => pick(item, selection));
    }
    if (!isObject(value)) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]) => {
            const below = selection.get(name) ?? selection.get("*");
            return below === undefined ? [] : [[name, pick(inner, below)]];
        }),
    );
}

/** @throws ApiError UNIMPLEMENTED naming a parameter that nothing reads */
export function checkParameters(
    { verb, path, parameters, hasParts, public: everyone }: Route,
    query: URLSearchParams,
): void {
    if (parameters === "any" || (everyone && !parameters)) {
        return;
    }
    const known = parameters ?? [];
    const unset = (value: string): boolean => !hasParts && (value === "" || FLAGS.get(value.toLowerCase()) === false);
    const unread = [...query].find(([name, value]) => !SYSTEM.has(name) && !known.includes(name) && !unset(value));
    if (unread) {
        throw new ApiError(
            "UNIMPLEMENTED",
            `parameter ${unread[0]} of ${verb} ${path} is not served by the sandbox; leave it out of the request`,
        );
    }
}
