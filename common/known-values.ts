import { didYouMean } from "./did-you-mean";
import { REGIONS } from "./regions";

/** Values that a user names beside those that this version knows, such as a region that is new. */
export interface NewValues {
    /** @default - none */
    regions?: readonly string[];
    /** @default - none */
    runtimes?: readonly string[];
}

/**
 * The runtimes of functions, those that are deprecated among them.
 * https://cloud.google.com/run/docs/runtimes/function-runtimes https://cloud.google.com/functions/1stgendocs/runtime-support
 */
export const RUNTIMES: readonly string[] = [
    ...["10", "12", "14", "16", "18", "20", "22", "24", "26"].map((version) => `nodejs${version}`),
    ...["37", "38", "39", "310", "311", "312", "313", "314"].map((version) => `python${version}`),
    ...["111", "113", "116", "118", "119", "120", "121", "122", "123", "124", "125", "126"].map((v) => `go${v}`),
    ...["11", "17", "21", "25"].map((version) => `java${version}`),
    ...["26", "27", "30", "32", "33", "34"].map((version) => `ruby${version}`),
    ...["74", "81", "82", "83", "84"].map((version) => `php${version}`),
    ...["3", "6", "8", "10"].map((version) => `dotnet${version}`),
];

/** What is wrong with the name of a region, and the nearest that there is; undefined if there is such a region. */
export function unknownRegion(name: string, more: readonly string[] = []): string | undefined {
    return problem(name, "region", [...REGIONS, ...more]);
}

/** What is wrong with the name of a runtime of functions, and the nearest that there is. */
export function unknownRuntime(name: string, more: readonly string[] = []): string | undefined {
    return problem(name, "runtime", [...RUNTIMES, ...more]);
}

/** As {@link unknownRegion}, with the way out for a sandbox. */
export function regionProblem(name: string, { regions }: NewValues = {}): string | undefined {
    return withWayOut(unknownRegion(name, regions), name, "regions");
}

/** As {@link unknownRuntime}, with the way out for a sandbox. */
export function runtimeProblem(name: string, { runtimes }: NewValues = {}): string | undefined {
    return withWayOut(unknownRuntime(name, runtimes), name, "runtimes");
}

function problem(name: string, word: string, known: readonly string[]): string | undefined {
    return known.includes(name) ? undefined : `"${name}" is no ${word} that is known${didYouMean(name, known)}`;
}

const withWayOut = (found: string | undefined, name: string, key: string): string | undefined =>
    found && `${found}${found.endsWith("?") ? "" : ";"} if it is new, name it in sandbox.yaml: ${key}: [${name}]`;
