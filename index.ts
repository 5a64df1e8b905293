// Run for a program in another language, Pulumi compiles this in that program's folder, where it finds no tsconfig.json.
/// <reference lib="es2023" />
/** Authenticated service-to-service invocation on Google Cloud, as Pulumi components. */
export * from "./components";
export { InvokeError } from "./errors";
