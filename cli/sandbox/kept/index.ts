/** What happened in the sandboxes of a state folder: kept as it happens, for commands that come later. */
export { type Keeper, keepAll, KeptFile } from "./keep";
export { keptStatus, readAll, readKept, readRefused } from "./read";
