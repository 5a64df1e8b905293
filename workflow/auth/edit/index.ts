/** Edits of a source that read as if its author had written them. */
export {
    append,
    applyEdits,
    type Edit,
    Edited,
    insertAfter,
    insertStep,
    removeEntries,
    replaceEntry,
    replaceScalar,
    writeOut,
} from "./edit";
export { mapOf, type Meant, type NewEntry, valueOf, type WritableEntry } from "./entry";
export { valueRange } from "./style";
