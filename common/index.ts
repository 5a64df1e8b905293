/** Small helpers that every folder may use. They depend on no other folder but `errors`. */
export { cacheFolder } from "./cache-folder";
export { defined, type Defined } from "./defined";
export { DENIED_AUDIENCE } from "./denied-audience";
export { didYouMean, editDistance } from "./did-you-mean";
export { isEveryone } from "./everyone";
export { isSetByGoogle, saysWhoCalls, tokenHeaders } from "./headers";
export { Heap } from "./heap";
export { LineFile } from "./line-file";
export {
    binary,
    functionCpu,
    functionMemoryProblem,
    type InstanceSize,
    sizeProblem,
    type SizeProblem,
    totalCpus,
    fromProvider,
    type InstanceTemplate,
    templateProblem,
    type TemplateProblem,
} from "./cloud-run";
export { INSIDE_SOURCE } from "./inside-source";
export { addTo, groupBy } from "./lists";
export { type NewValues, regionProblem, RUNTIMES, runtimeProblem, unknownRegion, unknownRuntime } from "./known-values";
export { isObject } from "./objects";
export { hasOwnKeys, type OpenApiOperation, openApiOperations, passesPreflights } from "./openapi";
export { compilePattern } from "./pattern";
export {
    FileError,
    fileNameOf,
    makeFolder,
    makePrivateFolder,
    openPrivateFile,
    readPrivateFile,
    readPrivateJson,
    writePrivateFile,
} from "./private-files";
export { RecentMap } from "./recent-map";
export { redact, redactJson, redactLines, withoutTexts } from "./redact";
export { REGIONS } from "./regions";
export { untagged } from "./run-host";
export { Semaphore } from "./semaphore";
export { type Timer, Timers } from "./timers";
export { matchesWildcards } from "./wildcards";
export { zip } from "./zip";
