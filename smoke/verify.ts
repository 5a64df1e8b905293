import { Semaphore } from "../common";
import { createHttp } from "../credentials";
import type { Progress, Report } from "./smoke-report";
import { declaredGrants } from "./callers";
import { runSmokeCheck, type SmokeOptions } from "./run";
import type { SmokeSpec } from "./spec";

/** Options of {@link verifySpecs}. */
export interface VerifyOptions extends Omit<SmokeOptions, "onProgress"> {
    /** Runs only the probes with this text in their own name or in the name of their component. @default - all probes */
    only?: string;
    /** Is called whenever a probe starts, waits or ends, with the name of its component. @default - nothing is called */
    onProgress?: (component: string, progress: Progress) => void;
}

/** How many specs run at the same time. The time of the others begins when it is their turn. */
const SPECS_AT_ONCE = 16;

/**
 * Runs several specs at the same time, and returns a report for each in their order. A spec of which no probe is left is left out.
 * @throws SpecError if a spec cannot be run
 * @example const reports = await verifySpecs(specsOfState(state), { only: "orders" });
 */
export async function verifySpecs(specs: readonly SmokeSpec[], options: VerifyOptions = {}): Promise<Report[]> {
    const { only, onProgress, ...shared } = options;
    const grants = declaredGrants(specs);
    const semaphore = new Semaphore(SPECS_AT_ONCE);
    const http = options.http ?? createHttp(options.credentials?.env ? { env: options.credentials.env } : {});
    try {
        return await Promise.all(
            specs
                .map((spec) => narrow(spec, only))
                .filter(({ probes }) => probes.length > 0)
                .map((spec) =>
                    semaphore.run(() =>
                        runSmokeCheck(spec, {
                            declared: () => ({ grants, pending: 0 }),
                            ...shared,
                            http,
                            ...(onProgress && { onProgress: (progress) => onProgress(spec.name, progress) }),
                        }),
                    ),
                ),
        );
    } finally {
        if (options.http === undefined) {
            await http.close();
        }
    }
}

function narrow(spec: SmokeSpec, only: string | undefined): SmokeSpec {
    if (only === undefined || spec.name.includes(only)) {
        return spec;
    }
    return { ...spec, probes: spec.probes.filter(({ name }) => name.includes(only)) };
}
