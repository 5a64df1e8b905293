export * from "./auth";
export * from "./expression";
export * from "./syntax";
export * from "./run";
export * from "./validate";
