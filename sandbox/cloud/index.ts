/** The interfaces by which the parts of the sandbox know one another, and the errors that they throw. */
export * from "./break-off";
export type * from "./cloud";
export * from "./errors";
export * from "./hosts";
export type * from "./iam";
export * from "./message";
export * from "./signals";
export type * from "./tokens";
