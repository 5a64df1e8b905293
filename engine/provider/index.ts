/** The providers: Google Cloud's, the engine's own, and those that a program brings along. */
export { builtInProvider } from "./builtin";
export { dynamicProvider, type DynamicProvider } from "./dynamic";
export { gcpProvider } from "./gcp";
export { CloudError } from "./http";
export { keptAnyProvider } from "./kept-any";
export { localProviders } from "./local";
export { type Parameterization, parameterizationInputs, Parameterizations, ProviderPlugins } from "./plugins";
export type { ResourceRules } from "./resource-rules";
export { call, connect, type Done } from "./plugin-process";
export {
    type CheckFailure,
    type CloudRequest,
    type Diff,
    InitFailed,
    type IsHeld,
    type Provider,
    type Subject,
} from "./types";
