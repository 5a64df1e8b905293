export * from "./auth";
export * from "./expression";
export * from "./syntax";
