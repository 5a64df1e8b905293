import type { DescMessage } from "@bufbuild/protobuf";
import type { Json } from "../../../cloud";
import { invalidArgument } from "../errors";
import { camelCase } from "../messages";

/**
 * Refuses an update mask that names a field which the resource in the same request does not have.
 * @throws ApiError INVALID_ARGUMENT
 */
export function checkMask(input: DescMessage, request: Json): void {
    const mask = input.fields.find(({ message }) => message?.typeName === "google.protobuf.FieldMask");
    const asked = mask && request[mask.jsonName];
    const resource = input.fields.find((field) => field !== mask && field.fieldKind === "message");
    if (typeof asked !== "string" || asked === "" || asked === "*" || !resource?.message) {
        return;
    }
    for (const path of asked.split(",")) {
        const [first = "", ...rest] = path.split(".");
        // Some clients begin paths with the name of the resource's field.
        const known = camelCase(first) === resource.jsonName ? rest : [first, ...rest];
        if (!exists(resource.message, known)) {
            const snake = path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
            throw invalidArgument(
                `Invalid value at 'update_mask' (type.googleapis.com/google.protobuf.FieldMask): no field '${snake}' in ${resource.message.typeName}`,
                "update_mask",
            );
        }
    }
}

function exists(message: DescMessage, path: string[]): boolean {
    const [name, ...below] = path;
    if (name === undefined) {
        return true;
    }
    const field = message.fields.find(({ jsonName }) => jsonName === camelCase(name));
    if (!field) {
        return false;
    }
    // The definitions do not say which keys a map can have.
    return field.fieldKind !== "message" || exists(field.message, below);
}
