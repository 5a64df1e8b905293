export * from "./expression";
export * from "./syntax";
