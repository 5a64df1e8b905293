import { defined } from "../../common";
import type { PendingOperation, ResourceState, Snapshot } from "./state";

/** One change of a state, as a line of the journal. The keys are those of the file, which other versions read too. */
export type JournalEntry =
    /** A resource as it now is, and the resource that it replaced and that must still be deleted. */
    | { set: ResourceState; condemn?: ResourceState }
    /** The URN of a resource that the stack no longer has. */
    | { forget: string }
    /** A replaced resource that must still be deleted. */
    | { condemn: ResourceState }
    /** The URN and the id of a replaced resource that is deleted now. */
    | { bury: string; id: string }
    /** An operation whose outcome is lost if the engine is killed. */
    | { begin: PendingOperation }
    /** The URN of a resource whose operation has ended. */
    | { end: string };

/** Changes a state by one entry. */
export function applyEntry({ resources, pendingDeletes, pending }: Snapshot, entry: JournalEntry): void {
    const endOperation = (urn: string): void => {
        removeFirst(pending, ({ resource }) => resource.urn === urn);
    };
    if ("set" in entry) {
        // A resource that is set again moves to the end, behind the resources that it now depends on.
        resources.delete(entry.set.urn);
        resources.set(entry.set.urn, entry.set);
        if (entry.condemn !== undefined) {
            pendingDeletes.push(entry.condemn);
        }
        endOperation(entry.set.urn);
    } else if ("forget" in entry) {
        resources.delete(entry.forget);
        endOperation(entry.forget);
    } else if ("condemn" in entry) {
        pendingDeletes.push(entry.condemn);
    } else if ("bury" in entry) {
        removeFirst(pendingDeletes, ({ urn, id = "" }) => urn === entry.bury && id === entry.id);
        endOperation(entry.bury);
    } else if ("begin" in entry) {
        pending.push(entry.begin);
    } else {
        endOperation(entry.end);
    }
}

/** A copy of an entry with every resource in it changed. */
export function mapEntry(entry: JournalEntry, change: (resource: ResourceState) => ResourceState): JournalEntry {
    if ("set" in entry) {
        return { set: change(entry.set), ...defined({ condemn: entry.condemn && change(entry.condemn) }) };
    }
    if ("condemn" in entry) {
        return { condemn: change(entry.condemn) };
    }
    return "begin" in entry ? { begin: { ...entry.begin, resource: change(entry.begin.resource) } } : entry;
}

function removeFirst<T>(list: T[], matches: (member: T) => boolean): void {
    const index = list.findIndex(matches);
    if (index >= 0) {
        list.splice(index, 1);
    }
}
