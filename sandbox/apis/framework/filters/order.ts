import { invalidArgument } from "../errors";
import { compare } from "./comparison";
import { readersAsFields, type FieldReaders, type Fields } from "./fields";

/**
 * `startTime desc, state` as a comparison. https://google.aip.dev/132#ordering
 * @throws ApiError INVALID_ARGUMENT on an unknown field
 */
export function compileOrder<Item>(
    orderBy: string,
    fields: FieldReaders<Item> | Fields<Item>,
): (a: Item, b: Item) => number {
    const known = asFields(fields);
    const keys = orderBy
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) => {
            const [, name = "", direction] = /^([\w.]+)(?:\s+(asc|desc))?$/i.exec(part) ?? [];
            const field = known.find(name.split("."));
            if (!field || field.kind === "message" || field.kind === "map") {
                throw invalidArgument(
                    `Invalid order_by "${part}": fields are ${known.names.join(", ")}, each with asc or desc`,
                    "order_by",
                );
            }
            return { field, sign: direction?.toLowerCase() === "desc" ? -1 : 1 };
        });
    return (a, b) => {
        for (const { field, sign } of keys) {
            const order = compare(field, field.read(a)[0] ?? "", field.read(b)[0] ?? "");
            if (order !== 0) {
                return sign * order;
            }
        }
        return 0;
    };
}

export function asFields<Item>(fields: FieldReaders<Item> | Fields<Item>): Fields<Item> {
    return isFields(fields) ? fields : readersAsFields(fields);
}

function isFields<Item>(fields: FieldReaders<Item> | Fields<Item>): fields is Fields<Item> {
    return Array.isArray(fields.names);
}
