/** Errors and settings that every component uses. */
export { argumentError, SmokeCheckFailed, SourceError, TargetError, userError } from "./errors";
export { memoized, memoizedPerProgram } from "./memo";
export {
    knownProject,
    providerIdentity,
    type ProviderIdentity,
    reportFolder,
    smokeMode,
    type SmokeMode,
} from "./settings";
