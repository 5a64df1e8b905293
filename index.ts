/// <reference lib="es2023" />
/** Authenticated service-to-service invocation on Google Cloud, as Pulumi components. */
export * from "./components";
