import { createHttp } from "../credentials";
import type { Progress, Report } from "./smoke-report";
import { runSmokeCheck, type SmokeOptions } from "./run";
import type { SmokeSpec } from "./spec";

export interface VerifyOptions extends Omit<SmokeOptions, "onProgress"> {
    /** Only the probes whose component or own name contains this. */
    only?: string;
    onProgress?: (component: string, progress: Progress) => void;
}

/** Runs several specs at once, in the order given: one report each. A spec without a probe left is left out. */
export async function verifySpecs(specs: readonly SmokeSpec[], options: VerifyOptions = {}): Promise<Report[]> {
    const { only, onProgress, ...shared } = options;
    const http = options.http ?? createHttp(options.credentials?.env ? { env: options.credentials.env } : {});
    try {
        return await Promise.all(
            specs
                .map((spec) => narrow(spec, only))
                .filter(({ probes }) => probes.length > 0)
                .map((spec) =>
                    runSmokeCheck(spec, {
                        ...shared,
                        http,
                        ...(onProgress && { onProgress: (progress) => onProgress(spec.name, progress) }),
                    }),
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
