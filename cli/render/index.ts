export { type Destination, destinationsOf, parseDestination, writeTo } from "./destinations";
export { renderDiff } from "./diff";
export { createDisplay, type DisplayOptions } from "./display";
export type { EngineEventLine } from "./json-events";
export type { PreviewDigest } from "./json-preview";
export { createJsonDisplay } from "./json";
export { heading, quiet, terminal, type Terminal } from "./terminal";
export { shortType } from "./operation-words";
