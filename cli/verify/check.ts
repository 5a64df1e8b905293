import {
    declaredGrants,
    type Progress,
    type Report,
    type SmokeSpec,
    verifySpecs,
    type VerifyOptions,
} from "../../smoke";

/** The deadline where all grants are expected to have arrived: a check right after a deploy waits longer. */
export const SETTLED_SECONDS = 60;

/**
 * Runs checks of a stack again.
 *
 * @param all - all checks of the stack: the callers that they declare are expected
 * @throws SpecError if a spec cannot be run
 */
export function checkAgain(
    specs: readonly SmokeSpec[],
    all: readonly SmokeSpec[],
    options: VerifyOptions,
): Promise<Report[]> {
    const grants = declaredGrants(all);
    return verifySpecs(specs, {
        declared: () => ({ grants, pending: 0 }),
        onProgress: tellWaiting,
        ...options,
    });
}

/** Progress is for people, and stdout may be read by a program. */
function tellWaiting(component: string, { probe, state, message = "", retryInSeconds = 0 }: Progress): void {
    if (state === "waiting") {
        process.stderr.write(`${component}: ${probe}: ${message}; next try in ${Math.ceil(retryInSeconds)} s\n`);
    }
}
