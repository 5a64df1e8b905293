export { InvokeError } from "../errors";
export * from "./auth";
export * from "./expression";
export * from "./syntax";
export * from "./run";
export * from "./validate";
export * as build from "./build";
