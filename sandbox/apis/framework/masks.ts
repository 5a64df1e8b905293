import type { DescMessage } from "@bufbuild/protobuf";
import type { Json } from "../../cloud";
import { invalidArgument } from "./errors";
import { camelCase } from "./messages";

/**
 * Refuses an update's mask that names what is no field of the resource beside it.
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
        // Some clients begin with the resource's own name.
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
    // What is below the key of a map is not known here.
    return field.fieldKind !== "message" || exists(field.message, below);
}
