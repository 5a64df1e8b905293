import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { matchesWildcards } from "../../common";
import { messageOf } from "../../errors";
import { instancesOf, shortName, type WorkerPool, workerPools } from "../apis";
import type { Cloud } from "../cloud";
import { machineEnvironment } from "./environment";
import { printOutput, type ProcessGroup, startGroup } from "./group";
import type { Logs, Printers } from "./logs";
import type { Rule } from "./mapping";
import { leftOut, ownVariables, readSecretFiles, writeSecretFiles } from "./settings";
import { metadataOf, surroundingsOf, type WorkloadNetwork } from "./start";

/** The most instances of a worker pool that run on this machine, even if the pool asks for more. */
const INSTANCES_AT_ONCE = 8;
/** How long an instance that has ended waits until it is started again: twice as long after each time, up to the second. */
const RESTART_MILLISECONDS = [500, 30_000] as const;

/** What worker pools need in order to run. */
interface WorkerPoolsOptions {
    cloud: Cloud;
    rules: () => readonly Rule[];
    network: () => WorkloadNetwork;
    logs: Logs;
}

/** Runs the instances of worker pools, each as a process of its own, with the identity of the pool. */
export interface WorkerPools {
    /** Starts the instances of all pools that the sandbox keeps. */
    start(): void;
    /** Ends all instances. */
    end(): Promise<void>;
    /** Listens to no more changes of pools. */
    close(): void;
}

/** A revision of a pool that runs. */
interface Running {
    revision: string;
    /** Starts or ends instances until there are so many. */
    scale(instances: number): Promise<void>;
}

/** https://cloud.google.com/run/docs/deploy-worker-pools */
export function runWorkerPools({ cloud, rules, network, logs }: WorkerPoolsOptions): WorkerPools {
    const running = new Map<string, Running>();
    /** The changes of a pool are carried out one after the other. */
    const changes = new Map<string, Promise<void>>();
    let stopped = true;

    function change(name: string): void {
        const done = (changes.get(name) ?? Promise.resolve())
            .then(() => adapt(name))
            .catch((error: unknown) => logs.printers(name).stderr(`${messageOf(error)}\n`))
            .finally(() => changes.get(name) === done && changes.delete(name));
        changes.set(name, done);
    }

    async function adapt(name: string): Promise<void> {
        const pool = stopped ? undefined : workerPools.find(cloud, name);
        const known = running.get(name);
        if (known !== undefined && known.revision !== pool?.latestReadyRevision) {
            running.delete(name);
            await known.scale(0);
        }
        if (pool === undefined) {
            return;
        }
        const one = running.get(name) ?? startRevision(pool);
        if (one !== undefined) {
            running.set(name, one);
            await one.scale(instancesOf(pool));
        }
    }

    function startRevision(pool: WorkerPool): Running | undefined {
        const image = pool.template?.containers?.[0]?.image ?? "";
        const print = logs.printers(pool.name);
        const rule = rules().find(({ pattern }) => matchesWildcards(pattern, image));
        if (rule === undefined) {
            print.stderr(
                `nothing in sandbox.yaml is mapped to the worker pool's image ${image}, so it does not run; add it below workerPools\n`,
            );
            return undefined;
        }
        const missing = leftOut(pool, true);
        if (missing.length > 0) {
            print.stderr(`the sandbox runs one container of ${pool.name}, without ${missing.join(", ")}\n`);
        }
        const instances: { end(): Promise<void> }[] = [];
        return {
            revision: pool.latestReadyRevision ?? "",
            async scale(wanted) {
                const count = Math.min(wanted, INSTANCES_AT_ONCE);
                if (count < wanted) {
                    print.stderr(`the sandbox runs ${count} of the ${wanted} instances of ${pool.name}\n`);
                }
                await Promise.all(instances.splice(count).map((instance) => instance.end()));
                while (instances.length < count) {
                    instances.push(keepRunning(pool, rule, print));
                }
            },
        };
    }

    /** Runs one instance, and starts it again each time it ends, as Cloud Run does. */
    function keepRunning(pool: WorkerPool, rule: Rule, print: Printers): { end(): Promise<void> } {
        const ending = new AbortController();
        const isWanted = (): boolean => !ending.signal.aborted;
        let group: ProcessGroup | undefined;
        const run = async (): Promise<void> => {
            const [shortest, longest] = RESTART_MILLISECONDS;
            for (let pause: number = shortest; isWanted(); pause = Math.min(2 * pause, longest)) {
                const why = await runOnce(pool, rule, print, (started) => {
                    group = started;
                    return isWanted();
                }).catch(messageOf);
                if (isWanted()) {
                    print.stderr(`an instance of ${pool.name} ended: ${why}; it is started again\n`);
                    // The signal ends the pause.
                    await sleep(pause, undefined, ending).catch(() => undefined);
                }
            }
        };
        const done = run();
        return {
            async end() {
                ending.abort();
                await group?.end();
                await done;
            },
        };
    }

    /**
     * @param started Gets the processes; it says whether the instance is still wanted.
     * @returns why the instance has ended
     */
    async function runOnce(
        pool: WorkerPool,
        { runner, at }: Rule,
        print: Printers,
        started: (group: ProcessGroup) => boolean,
    ): Promise<string> {
        // A mapping of worker pools holds commands only.
        if (runner.kind !== "command") {
            return `${at} names no command`;
        }
        const way = network();
        const variables = {
            ...(await ownVariables(cloud, pool)),
            CLOUD_RUN_WORKER_POOL: shortName(pool.name),
            CLOUD_RUN_WORKER_POOL_REVISION: shortName(pool.latestReadyRevision ?? ""),
        };
        const secrets = await readSecretFiles(cloud, pool);
        const metadata = await metadataOf(pool, cloud);
        const files = writeSecretFiles(dirname(way.caFile), secrets);
        try {
            const own = files?.variablesHere(variables) ?? variables;
            const options = { ...surroundingsOf(way, pool), metadata: metadata.env, own };
            const group = startGroup([...runner.command, ...(pool.template?.containers?.[0]?.args ?? [])], {
                cwd: runner.directory,
                env: machineEnvironment(options, runner.environment),
            });
            const { child } = group;
            printOutput(child, print);
            const ended = new Promise<string>((resolve) => {
                child.once("error", ({ message }) => resolve(`${at}: ${message}`));
                child.once("close", (code, signal) => resolve(signal ?? `exit code ${code ?? 0}`));
            });
            if (!started(group)) {
                await group.end();
            }
            return await ended;
        } finally {
            await metadata.close();
            files?.remove();
        }
    }

    const stopListening = cloud.signals.on((signal) => {
        if (signal.kind === "worker-pool") {
            change(signal.name);
        }
    });
    return {
        start() {
            stopped = false;
            cloud.store.list(workerPools.collection).forEach(([name]) => change(name));
        },
        async end() {
            stopped = true;
            new Set([...running.keys(), ...changes.keys()]).forEach(change);
            await Promise.all(changes.values());
        },
        close: stopListening,
    };
}
