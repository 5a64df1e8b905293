export { type ClientMode } from "./client";
export type * from "./cloud";
export { ApiError } from "./cloud";
export { createCloud, defaultSettings, type CloudOptions, type OwnedCloud } from "./create";
export type { DeployedStack, DeployOptions, Program } from "./deploy";
export { type ChildEnvironment } from "./environment";
export type { LogLine } from "./workloads";
export { Sandbox, type AdminRequest, type SandboxOptions } from "./sandbox";
