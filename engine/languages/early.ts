import { startEarly } from "../processes";
import type { Project } from "../project";
import { launchOf } from "./launch";

/** A program that a command is about to run. */
export interface EarlyProgram {
    project: Project;
    /** The variables of the program as far as they are known; `undefined` takes one of this process away. */
    environment: Record<string, string | undefined>;
    /** Where compiled code is kept. */
    cacheDirectory: string;
    /** How many of its runs begin together, at most 2. */
    runs: number;
}

/**
 * Starts the processes of a program before there is a cloud for it: they load the SDK, and wait. A stack that is opened with
 * `reserve` runs the program in them if they turn out to fit, and otherwise in others.
 */
export function prepareProgram({ project, environment, cacheDirectory, runs }: EarlyProgram): void {
    if (project.runtime.name !== "nodejs" && project.runtime.name !== "yaml") {
        return;
    }
    const nothing = { stack: "", dryRun: false, parallel: 1, address: "", config: {}, typesChecked: false };
    try {
        const { node } = launchOf({ ...nothing, project, environment, cacheDirectory, onOutput: () => undefined });
        if (node !== undefined) {
            const variables = { NODE_COMPILE_CACHE: cacheDirectory, ...process.env, ...environment };
            startEarly(node, variables, cacheDirectory, runs);
        }
    } catch {
        // What is wrong is told when the program is to run.
    }
}
