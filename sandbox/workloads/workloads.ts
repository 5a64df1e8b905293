import { matchesWildcards } from "../../common";
import { messageOf } from "../../errors";
import { type RunService, servedRevisions, services, setReady, setServing, shortName } from "../apis";
import { WorkloadError, type Cloud } from "../cloud";
import { FAILING_IMAGE } from "../failing-image";
import type { Backend } from "../ingress";
import { refuse } from "../ingress";
import { runJobs } from "./jobs";
import { logPrinted } from "./cloud-log";
import { limitRequest } from "./limits";
import { createLogs, type Logs } from "./logs";
import { emptyMapping, type Mapping, type Rule } from "./mapping";
import { builtInPage, failingPage } from "./page";
import { functionOf, sourceOf, unpack } from "./source";
import { servingFirst } from "./service";
import { startHost, startService, type WorkloadNetwork } from "./start";
import { readSecretFiles, variablesOf } from "./settings";
import { runWorkerPools } from "./worker-pools";
import type { Workload } from "./workload";

/** All workloads that answer behind the front doors. */
export interface Workloads {
    /** Answers for a Cloud Run service. */
    readonly run: Backend;
    /** What answers for an external host: the handler of a rule, as a workload without a service. */
    host(rule: Rule): Workload;
    /** What the workloads print. */
    readonly logs: Logs;
    /** Ends all that runs. From now on another mapping says what answers, and code is read again. */
    remap(mapping: Mapping): Promise<void>;
    /** Gives workloads the network of the sandbox. None can be started before that. */
    connect(network: WorkloadNetwork): void;
    /** Ends threads, programs, metadata servers and connections. Nothing is started afterwards. */
    close(): Promise<void>;
}

/** @param mapping says what answers for which image */
export function createWorkloads(cloud: Cloud, mapping: Mapping = emptyMapping): Workloads {
    let network: WorkloadNetwork | undefined;
    let current = mapping;
    let closed = false;
    const logs = createLogs(() => cloud.clock.now());
    logs.onLine(({ service, text }) => process.stderr.write(`${shortName(service)}: ${text}\n`));
    logs.onLine((line) => logPrinted(cloud, line));
    /** By service and revision. A new revision ends those that no longer get requests. */
    const running = new Map<string, Map<string, Promise<Workload>>>();
    const hosts: Workload[] = [];
    const jobs = runJobs({ cloud, rules: () => current.jobs, network: way, logs });
    const pools = runWorkerPools({ cloud, rules: () => current.workerPools, network: way, logs });

    function way(): WorkloadNetwork {
        if (!network || closed) {
            throw new WorkloadError(closed ? "the sandbox is closed" : "this sandbox has no network for its workloads");
        }
        return network;
    }

    function workloadOf(service: RunService): Promise<Workload> {
        const revision = String(service.latestReadyRevision);
        const revisions = running.get(service.name) ?? new Map<string, Promise<Workload>>();
        running.set(service.name, revisions);
        const known = revisions.get(revision);
        if (known) {
            return known;
        }
        const workload = start(service, revision);
        const kept = services.find(cloud, service.name);
        const served = kept ? servedRevisions(kept) : [];
        for (const [other, old] of [...revisions].filter(([name]) => !served.includes(name))) {
            revisions.delete(other);
            void old.then((ended) => ended.close()).catch(() => undefined);
        }
        revisions.set(revision, workload);
        // If a workload fails to start, the next request starts it again, as on Cloud Run.
        workload.catch(() => revisions.delete(revision));
        return workload;
    }

    /** Keeps with the service, or the function, whether its revision has started, as Google does. */
    const starting =
        (service: RunService) =>
        (problem?: string): void =>
            service.name.includes("/functions/")
                ? setServing(cloud, service.name, problem)
                : setReady(cloud, service, problem);

    async function start(deployed: RunService, revision: string): Promise<Workload> {
        const service = servingFirst(deployed);
        const name = functionOf(service);
        const image = service.template?.containers?.[0]?.image ?? "";
        const rule =
            name === undefined
                ? current.services.find(({ pattern }) => matchesWildcards(pattern, image))
                : current.functions.find(({ pattern }) =>
                      [name, shortName(name)].some((one) => matchesWildcards(pattern, one)),
                  );
        if (image === FAILING_IMAGE) {
            return { answer: failingPage, close: () => Promise.resolve() };
        }
        const env = await variablesOf(cloud, service, revision);
        if (rule) {
            return startService(
                { service, runner: rule.runner, at: rule.at, env, started: starting(service) },
                cloud,
                way(),
                logs,
            );
        }
        const source = name === undefined ? undefined : sourceOf(cloud, name);
        if (name !== undefined && source) {
            return startSource(service, name, source, env);
        }
        // A revision whose secrets cannot be read does not start, whatever answers for it.
        await readSecretFiles(cloud, service);
        // If other images are mapped, somebody may have forgotten this one. Without any mapping, the page is what users want.
        const [example] = name === undefined ? current.services : current.functions;
        if (example) {
            const what = name === undefined ? `image ${image}` : `function ${shortName(name)}`;
            logs.printers(service.name).stderr(
                `nothing in sandbox.yaml is mapped to the ${what}, so a page that says who called answers; add it there (${example.at} is an example), or correct the name in the program\n`,
            );
        }
        return {
            answer: (request, response) => builtInPage(request, response, env),
            close: () => Promise.resolve(),
        };
    }

    /** The source of a function, as it was uploaded. */
    async function startSource(
        service: RunService,
        name: string,
        source: NonNullable<ReturnType<typeof sourceOf>>,
        env: Record<string, string>,
    ): Promise<Workload> {
        const unpacked = unpack(name, source);
        const runner = { kind: "command" as const, ...unpacked };
        const ownAndFramework = { ...env, ...unpacked.env };
        const wanted = { service, runner, at: name, env: ownAndFramework, started: starting(service) };
        const workload = await startService(wanted, cloud, way(), logs);
        return { ...workload, close: () => workload.close().finally(() => unpacked.remove()) };
    }

    /** Has the code of handlers read again at once, so that the next request does not wait for it. */
    function startAgain(names: string[]): void {
        for (const service of names.flatMap((name) => services.find(cloud, name) ?? [])) {
            // If one cannot start, the next request tells why.
            workloadOf(service).then(
                (workload) => workload.start?.(),
                () => undefined,
            );
        }
    }

    async function endAll(): Promise<void> {
        const started = await Promise.allSettled([...running.values()].flatMap((revisions) => [...revisions.values()]));
        running.clear();
        await Promise.all([
            ...started.map((one) => (one.status === "fulfilled" ? one.value.close() : undefined)),
            ...hosts.map((host) => host.close()),
            jobs.end(),
            pools.end(),
        ]);
    }

    return {
        logs,
        async remap(next) {
            const names = [...running.keys()];
            await endAll();
            current = next;
            pools.start();
            startAgain(names);
        },
        run(service, request, response) {
            if (!limitRequest(service, request, response)) {
                return;
            }
            workloadOf(service).then(
                (workload) => workload.answer(request, response),
                (error: unknown) => {
                    logs.printers(service.name).stderr(`${messageOf(error)}\n`);
                    refuse(request, response, 503);
                },
            );
        },
        connect(to) {
            network = to;
            pools.start();
        },
        host(rule) {
            const host = startHost(rule, cloud, way, logs);
            hosts.push(host);
            return host;
        },
        close() {
            closed = true;
            jobs.close();
            pools.close();
            return endAll();
        },
    };
}
