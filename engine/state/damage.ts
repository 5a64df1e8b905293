import { StateError } from "../errors";
import { isObject } from "../values";
import { VERSIONS } from "./format";
import type { JournalEntry } from "./journal";
import type { PendingOperation, ResourceState } from "./state";

/** What a state file holds. @throws StateError if it is of another version, or is not a state */
export function contentsOf(state: unknown): { resources: ResourceState[]; pending: PendingOperation[] } {
    const { version, deployment } = isObject(state) ? state : {};
    if (typeof version !== "number" || !isObject(deployment)) {
        throw new StateError("it has no version and deployment");
    }
    if (!VERSIONS.includes(version)) {
        throw new StateError(`it is of version ${version}, and versions ${VERSIONS.join(" and ")} are known here`);
    }
    const { resources = [], pending_operations: pending = [] } = deployment;
    if (!Array.isArray(resources) || !resources.every(isResource)) {
        throw new StateError("its resources are no list of resources");
    }
    if (!Array.isArray(pending) || !pending.every(isPending)) {
        throw new StateError("its pending operations are no list of operations");
    }
    return { resources: resources as unknown as ResourceState[], pending: pending as unknown as PendingOperation[] };
}

/** A line of a journal. @throws StateError if it is none */
export function entryOf(line: unknown): JournalEntry {
    const entry = isObject(line) ? line : {};
    const { set, condemn, forget, bury, id, begin, end } = entry;
    const known =
        "set" in entry
            ? isResource(set) && (condemn === undefined || isResource(condemn))
            : isResource(condemn) ||
              typeof forget === "string" ||
              (typeof bury === "string" && typeof id === "string") ||
              isPending(begin) ||
              typeof end === "string";
    if (!known) {
        throw new StateError("it is no change of a state");
    }
    return line as JournalEntry;
}

function isResource(value: unknown): value is ResourceState {
    return isObject(value) && typeof value["urn"] === "string" && typeof value["type"] === "string";
}

function isPending(value: unknown): value is PendingOperation {
    return isObject(value) && typeof value["type"] === "string" && isResource(value["resource"]);
}
