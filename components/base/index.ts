/** Errors and settings that every component uses. */
export { madeBy, onChange, watched } from "./changes";
export { argumentError, checkOneOf, checkPath, SmokeCheckFailed, SourceError, TargetError, userError } from "./errors";
export { existingPlace, withExistingPlace } from "./existing-place";
export { hookName } from "./hook-name";
export { curlCommand, jsonWord } from "./invoke-command";
export { returned } from "./returned";
export { secretTexts, withoutSecrets } from "./secret-texts";
export { warnOfUnknown } from "./known-values";
export { log } from "./log";
export { memoized, memoizedPerProgram, shareBetweenComponents } from "./memo";
export { targetData } from "./target-data";
export { type Door, doorsOf, inEachRegion, regionOf } from "./regions";
export { componentsMade, originOf, withOrigin } from "./origin";
export {
    callersMode,
    insideMode,
    knownProject,
    providerIdentity,
    type ProviderIdentity,
    reportFolder,
    smokeMode,
    type SmokeMode,
} from "./settings";
export { configuredUniverse, inPublicUniverse } from "./universe";
export { urnOf } from "./urn";
export { value } from "./value";
export { type Editable, type Kept, refuseTransform, type Transform, transformed } from "./transform";
