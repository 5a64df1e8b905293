import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import type { Json } from "../../cloud";
import { invalidArgument } from "./errors";
import { isObject } from "./messages";

/** Parameters that every Google API takes. https://cloud.google.com/apis/docs/system-parameters */
const SYSTEM = new Set(
    "alt $alt fields $fields key $key prettyPrint $prettyPrint access_token oauth_token quotaUser $quotaUser callback $callback uploadType upload_protocol userProject $userProject $.xgafv $httpMethod".split(
        " ",
    ),
);

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

function convert(field: DescField, value: string): unknown {
    if (field.scalar === ScalarType.BOOL) {
        return value === "true" ? true : value === "false" ? false : value;
    }
    if (INTEGERS.includes(field.scalar) && value.trim() !== "") {
        return Number(value);
    }
    return value;
}
