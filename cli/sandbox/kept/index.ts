/** What happened in the sandboxes of a state folder: kept as it happens, for commands that come later. */
export { CUT_LINE, type Keeper, keepAll, KeptFile, olderOf } from "./keep";
export { keptStatus, readAll, readKept, readRefused, type Status } from "./read";
