/** What the parts of the sandbox know of one another: interfaces, and how a part refuses. */
export type * from "./cloud";
export * from "./errors";
export type * from "./hosts";
export type * from "./iam";
export * from "./message";
export * from "./signals";
export type * from "./tokens";
