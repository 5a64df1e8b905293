import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Sandbox as RunningSandbox } from "../../../sandbox";
import type { Report, SmokeSpec } from "../../../smoke";
import { createHttp } from "../../../credentials";
import { InvokeError } from "../../../errors";
import { UserError } from "../../errors";
import { lazy } from "../lazy";
import type { Allowed } from "./allowed";
import { mutantsOf } from "./mutants";
import { reportOf, type MutationReport } from "./report";
import { type Checks, type MutantResult, runMutants } from "./run";

/** What is mutated, and how it is told. */
export interface MutateOptions {
    /** The folder of the program. */
    directory: string;
    stack: string;
    config: Record<string, string>;
    /** What answers for images: the path of a `sandbox.yaml`. */
    mapping?: string;
    /** Survivors that are known. */
    allowed: readonly Allowed[];
    onResult?: (result: MutantResult) => void;
}

/** How long a check of a mutant waits, in seconds of the sandbox's clock. No grant is late there. */
const DEADLINE_SECONDS = 20;

/**
 * Deploys a program to a sandbox of its own, and runs its checks on each of its mutants.
 * @throws UserError if the program cannot be deployed, or has no checks
 */
export async function mutate(options: MutateOptions): Promise<MutationReport> {
    const { directory, stack, config, mapping, allowed, onResult } = options;
    const { Sandbox } = lazy.sandbox();
    const sandbox = await Sandbox.start(mapping === undefined ? {} : { mapping });
    try {
        const { store, iam } = sandbox.cloud;
        const project = `//cloudresourcemanager.googleapis.com/projects/${sandbox.project}`;
        // What a project grants from the start is written down with its first change.
        iam.setPolicy(project, iam.getPolicy(project));
        const before = store.snapshot();
        const deployed = await sandbox.up(directory, { stack, config });
        if (deployed.result === "failed") {
            const errors = deployed.diagnostics.filter(({ severity }) => severity === "error");
            throw new UserError(
                `the program in ${directory} is not deployed: ${errors.map(({ message }) => message).join("\n")}`,
            );
        }
        const { revealOutputs } = lazy.engine();
        const resources = deployed.resources.map((resource) => ({
            ...resource,
            inputs: revealOutputs(resource.inputs),
            outputs: revealOutputs(resource.outputs),
        }));
        const specs = lazy.smoke().specsOfState({ resources });
        if (specs.length === 0) {
            throw new UserError(`the program in ${directory} has no smoke checks, so that every mutant would survive`, {
                fix: "give a component a smokeCheck, or leave gcp-invoke:smoke at enforce",
            });
        }
        const mutants = mutantsOf(before, store.snapshot());
        return reportOf(await runMutants(store, mutants, checksOf(sandbox, specs), onResult), allowed);
    } finally {
        await sandbox.close();
    }
}

/**
 * How long a pause of a check lasts in real time, in milliseconds. What runs meanwhile needs real time: an execution, or a
 * service that starts. A mutant must not be killed because a check gave up too early.
 */
const SHORT_PAUSE = 50;
const LONG_PAUSE = 500;

/** Ends a check whose outcome is known. */
class Failure extends InvokeError {
    readonly code = "mutant-killed";

    constructor(readonly probe: string) {
        super(`${probe} failed`);
    }
}

/** Runs the checks in this process, in the time of the sandbox. */
function checksOf(sandbox: RunningSandbox, specs: readonly SmokeSpec[]): Checks {
    const { clock } = sandbox.cloud;
    const env = sandbox.environment();
    const grants = lazy.smoke().declaredGrants(specs);
    const http = createHttp({ env, ca: readFileSync(env["NODE_EXTRA_CA_CERTS"] ?? "", "utf8") });
    return {
        async run(stopAtFailure) {
            const reports: Report[] = [];
            for (const spec of specs) {
                const stop = new AbortController();
                const checked = lazy.smoke().verifySpecs([spec], {
                    http,
                    // The callers that one component declares may be those of another component's target.
                    declared: () => ({ grants, pending: 0 }),
                    credentials: { env },
                    deadlineSeconds: DEADLINE_SECONDS,
                    signal: stop.signal,
                    onProgress: (_, { verdict, probe }) => {
                        if (stopAtFailure && verdict === "failed") {
                            stop.abort(new Failure(probe));
                        }
                    },
                    clock: {
                        now: () => clock.now(),
                        sleep: async (milliseconds) => {
                            clock.advance(milliseconds);
                            await delay(milliseconds < 1000 ? SHORT_PAUSE : LONG_PAUSE);
                        },
                    },
                });
                try {
                    reports.push(...(await checked));
                } catch (error) {
                    if (error instanceof Failure) {
                        return { reports, failure: error.probe };
                    }
                    throw error;
                }
            }
            return { reports };
        },
    };
}
