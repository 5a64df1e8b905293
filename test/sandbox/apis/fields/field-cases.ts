import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { isObject, type Json } from "../../../../sandbox/apis";
import { behavior } from "../../../../sandbox/apis/framework/descriptors";

/** A field of a request, by the fields that lead to it. */
export type FieldPath = readonly DescField[];

/**
 * Each field of a message, and of the messages in it. Fields of a message that was met before are not listed again, and
 * those that only the server sets are not listed, because Google ignores them.
 */
export function fieldsOf(message: DescMessage): FieldPath[] {
    const met = new Set<string>();
    const below = (current: DescMessage, path: FieldPath): FieldPath[] => {
        met.add(current.typeName);
        return current.fields
            .filter((field) => path.length === 0 || !behavior(field).outputOnly)
            .flatMap((field) => {
                const here = [...path, field];
                const { message: inner } = field;
                const isOpen = inner && !inner.typeName.startsWith("google.protobuf.") && inner.fields.length > 0;
                if (!isOpen) {
                    return [here];
                }
                return met.has(inner.typeName) || field.fieldKind === "map" ? [here] : below(inner, here);
            });
    };
    return below(message, []);
}

/** The request with a field set, and the messages on the way to it where they were missing. */
export function withField(request: Json, path: FieldPath): Json {
    const changed = structuredClone(request);
    let current = changed;
    const [first, second] = path;
    const mask = first?.parent.fields.find(isMask);
    if (mask && first && first !== mask && second) {
        changed[mask.jsonName] = second.jsonName;
    }
    path.forEach((field, depth) => {
        for (const sibling of field.oneof?.fields ?? []) {
            if (sibling !== field) {
                Reflect.deleteProperty(current, sibling.jsonName);
            }
        }
        if (depth === path.length - 1) {
            current[field.jsonName] ??= field === mask ? aFieldOf(field.parent) : valueOf(field);
            return;
        }
        const known = current[field.jsonName];
        const inner: unknown = (Array.isArray(known) ? known[0] : known) ?? messageOf(field.message);
        const next = isObject(inner) ? inner : {};
        current[field.jsonName] = field.fieldKind === "list" ? [next] : next;
        current = next;
    });
    return changed;
}

function isMask({ message }: DescField): boolean {
    return message?.typeName === "google.protobuf.FieldMask";
}

/** A field that an update can name. */
function aFieldOf(request: DescMessage): string {
    const resource = request.fields.find(({ message }) => message?.typeName.startsWith("google.protobuf.") === false);
    const field = resource?.message?.fields.find((each) => each.name !== "name" && !behavior(each).outputOnly);
    return field?.jsonName ?? "labels";
}

function messageOf(message: DescMessage | undefined): unknown {
    return message ? structuredClone(WELL_KNOWN[message.typeName] ?? requiredOf(message)) : {};
}

/** What a message must have. */
export function requiredOf(message: DescMessage): Json {
    return Object.fromEntries(
        message.fields
            .filter((field) => behavior(field).required)
            .map((field) => [field.jsonName, isMask(field) ? aFieldOf(message) : valueOf(field)]),
    );
}

const ACCOUNT = { serviceAccountEmail: "runtime@demo.iam.gserviceaccount.com" };

/** Messages that need more than their definition says. */
const WELL_KNOWN: Record<string, unknown> = {
    "google.type.Expr": { expression: "true" },
    "google.cloud.run.v2.Probe": { httpGet: {} },
    "google.cloud.run.v2.VolumeMount": { name: "one", mountPath: "/one" },
    "google.cloud.tasks.v2.OAuthToken": ACCOUNT,
    "google.cloud.tasks.v2.OidcToken": ACCOUNT,
    "google.protobuf.Timestamp": "2030-01-01T00:00:00Z",
    "google.protobuf.Duration": "30s",
    "google.protobuf.Struct": { a: "b" },
    "google.protobuf.Value": "a",
    "google.protobuf.BoolValue": true,
    "google.protobuf.StringValue": "a",
    "google.protobuf.Int32Value": 1,
    "google.protobuf.Int64Value": "1",
    "google.protobuf.DoubleValue": 1,
    "google.protobuf.Any": { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1s" },
    "google.protobuf.Empty": {},
};

export function valueOf(field: DescField): unknown {
    const one = field.message ? messageOf(field.message) : field.enum ? field.enum.values[1]?.name : scalarOf(field);
    if (field.fieldKind === "map") {
        return { one };
    }
    return field.fieldKind === "list" ? [one] : one;
}

function scalarOf({ scalar }: DescField): unknown {
    switch (scalar) {
        case ScalarType.STRING:
            return "one";
        case ScalarType.BYTES:
            return "eA==";
        case ScalarType.BOOL:
            return true;
        case ScalarType.INT64:
        case ScalarType.UINT64:
            return "1";
        default:
            return 1;
    }
}
