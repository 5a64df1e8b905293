import type { Severity } from "../../syntax";

/** What is wrong, what to change, and how severe it is if that is not the rule's own severity. */
export type Said = readonly [what: string, fix: string, severity?: Severity];
