import type { DescMessage } from "@bufbuild/protobuf";
import type { Json } from "../../../cloud";
import { fieldsOf } from "./fields";
import { compileFilter } from "./filter";
import { compileOrder } from "./order";

/**
 * The items of a list that its request asks for, in the order that it asks for.
 * @param message what the items are
 * @throws ApiError INVALID_ARGUMENT if the filter or the order cannot be read, or names what the message does not have
 */
export function selected<Item extends Json>(message: DescMessage, items: readonly Item[], request: Json): Item[] {
    const { filter, orderBy } = request;
    const fields = fieldsOf(message);
    const matches = compileFilter(typeof filter === "string" ? filter : "", fields);
    return items.filter(matches).sort(compileOrder(typeof orderBy === "string" ? orderBy : "", fields));
}
