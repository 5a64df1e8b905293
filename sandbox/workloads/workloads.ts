import { fetch as undiciFetch, ProxyAgent } from "undici";
import { type RunService, shortName } from "../apis";
import { WorkloadError, type Cloud, type Origin } from "../cloud";
import { childEnvironment } from "../environment";
import { findAccount } from "../iam";
import type { Backend } from "../ingress";
import { refuse } from "../ingress";
import { startMetadataServer, type MetadataServer } from "../metadata";
import { commandWorkload } from "./command";
import { containerCommand } from "./container";
import { forwardWorkload } from "./forward";
import { forget, handlerWorkload } from "./handler";
import { createLogs, type Logs } from "./logs";
import { emptyMapping, matches, type Mapping, type Rule } from "./mapping";
import { type Output, printingAsBefore, watchOutput } from "./output";
import { builtInPage } from "./page";
import { functionOf, sourceOf, unpack } from "./source";
import { variablesOf } from "./variables";
import type { Runner } from "./runner";
import type { Workload, WorkloadContext } from "./workload";
import { messageOf } from "../../errors";

/** The way into the sandbox for what runs in it. */
interface WorkloadNetwork {
    proxyFor(origin: Origin): string;
    caPem: string;
    caFile: string;
}

/** What answers behind the front doors. */
export interface Workloads {
    /** Answers for a Cloud Run service. */
    readonly run: Backend;
    /** What answers for an external host: the handler of a rule, as a workload without a service. */
    host(rule: Rule): Workload;
    /** What they print. */
    readonly logs: Logs;
    /** Ends what runs; from now on another mapping says what answers, with its code as it is now. */
    remap(mapping: Mapping): Promise<void>;
    /** Gives workloads their way into the sandbox. Before that, they answer and cannot call. */
    connect(network: WorkloadNetwork): void;
    /** Ends programs, metadata servers and connections. */
    close(): Promise<void>;
}

/** @param mapping what answers for which image */
export function createWorkloads(cloud: Cloud, mapping: Mapping = emptyMapping): Workloads {
    let network: WorkloadNetwork | undefined;
    let current = mapping;
    const logs = createLogs(
        () => cloud.clock.now(),
        ({ service, text }) => printingAsBefore(() => process.stderr.write(`${shortName(service)}: ${text}\n`)),
    );
    let release: (() => void) | undefined;
    function outputOf(name: string): Output {
        release ??= watchOutput();
        return { stdout: logs.writer(name, "stdout"), stderr: logs.writer(name, "stderr") };
    }
    /** By service; a new revision takes the place of the last. */
    const running = new Map<string, { revision: string; workload: Promise<Workload> }>();
    const closers: (() => Promise<void>)[] = [];

    function workloadOf(service: RunService): Promise<Workload> {
        const revision = String(service.latestReadyRevision);
        const known = running.get(service.name);
        if (known?.revision === revision) {
            return known.workload;
        }
        const workload = start(service, revision);
        running.set(service.name, { revision, workload });
        void known?.workload.then((old) => old.close()).catch(() => undefined);
        // What fails to start is tried again with the next request, as Cloud Run does.
        workload.catch(() => running.delete(service.name));
        return workload;
    }

    async function start(service: RunService, revision: string): Promise<Workload> {
        const name = functionOf(service);
        const image = service.template?.containers?.[0]?.image ?? "";
        const rule =
            name === undefined
                ? current.services.find(({ pattern }) => matches(pattern, image))
                : current.functions.find(({ pattern }) => [name, shortName(name)].some((one) => matches(pattern, one)));
        const env = await variablesOf(cloud, service, revision);
        if (rule !== undefined && rule.runner.kind !== "handler") {
            return program(service, rule.runner, `${rule.at}: ${service.name}`, env);
        }
        const context = contextOf(service, env);
        if (rule?.runner.kind === "handler") {
            return handlerWorkload(rule.runner.path, rule.at, context, outputOf(service.name));
        }
        const source = name === undefined ? undefined : sourceOf(cloud, name);
        if (name !== undefined && source) {
            const unpacked = unpack(name, source);
            const runner = { kind: "command" as const, ...unpacked };
            const running = await program(service, runner, name, { ...env, ...unpacked.env });
            return { ...running, close: () => running.close().finally(() => unpacked.remove()) };
        }
        // Where others are mapped, one that is not is likely a slip; without any mapping the page is what is wanted.
        const [other] = name === undefined ? current.services : current.functions;
        if (other) {
            const what = name === undefined ? `image ${image}` : `function ${shortName(name)}`;
            logs.writer(
                service.name,
                "stderr",
            )(
                `nothing in sandbox.yaml is mapped to the ${what}, so a page that says who called answers; add it there (${other.at} is an example), or mend the name in the program\n`,
            );
        }
        return {
            answer: (request, response) => builtInPage(request, response, context),
            close: () => Promise.resolve(),
        };
    }

    /** A process of its own, with a metadata server that speaks for it alone. */
    async function program(
        service: RunService,
        runner: Exclude<Runner, { kind: "handler" }>,
        name: string,
        own: Record<string, string>,
    ): Promise<Workload> {
        if (runner.kind === "forward") {
            throw new WorkloadError(`${name}: only hosts can be forwarded`);
        }
        const way = network;
        if (!way) {
            throw new WorkloadError(`${name}: a program needs the sandbox's network, and this sandbox has none`);
        }
        const metadata = await metadataOf(service);
        const env = { ...outside(way, service), ...own, ...metadata.env };
        const seconds = startSeconds(service);
        const running = commandWorkload({
            prepare: (port) =>
                runner.kind === "container"
                    ? containerCommand(service, runner.image, port, env, way.caFile)
                    : { command: runner.command, env },
            directory: runner.kind === "container" ? process.cwd() : runner.directory,
            name,
            ...(seconds !== undefined && { startSeconds: seconds }),
            print: (stream) => logs.writer(service.name, stream),
        });
        return { ...running, close: () => Promise.all([running.close(), metadata.close()]).then(() => undefined) };
    }

    function contextOf(service: RunService, env: Record<string, string>): WorkloadContext {
        let dispatcher: ProxyAgent | undefined;
        const asWorkload = (input: string | URL, init?: object): Promise<unknown> => {
            if (!network) {
                throw new WorkloadError("this sandbox has no network: its workloads cannot call others");
            }
            if (!dispatcher) {
                const agent = new ProxyAgent({
                    uri: network.proxyFor(originOf(service)),
                    requestTls: { ca: network.caPem },
                });
                dispatcher = agent;
                closers.push(() => agent.destroy());
            }
            return undiciFetch(input, { ...init, dispatcher });
        };
        // undici's own classes and Node's are the same by their shape only.
        const print = logs.writer(service.name, "stdout");
        return { env, fetch: asWorkload as typeof globalThis.fetch, log: (text) => print(`${text}\n`) };
    }

    function outside(to: WorkloadNetwork, service: RunService): Record<string, string | undefined> {
        const settings = childEnvironment({
            proxy: to.proxyFor(originOf(service)),
            caFile: to.caFile,
            project: service.name.split("/")[1] ?? "",
            accessToken: "",
        });
        // A workload has no token given: it asks its metadata server, as on Google Cloud.
        return {
            ...settings,
            GOOGLE_OAUTH_ACCESS_TOKEN: undefined,
            CLOUDSDK_AUTH_ACCESS_TOKEN: undefined,
            NO_GCE_CHECK: undefined,
        };
    }

    function metadataOf(service: RunService): Promise<MetadataServer> {
        const [, project = "", , region = ""] = service.name.split("/");
        const email = service.template?.serviceAccount ?? "";
        return startMetadataServer(cloud, { project, region, account: () => findAccount(cloud.store, email) });
    }

    async function endAll(): Promise<void> {
        const started = await Promise.allSettled([...running.values()].map(({ workload }) => workload));
        running.clear();
        await Promise.all([
            ...started.map((one) => (one.status === "fulfilled" ? one.value.close() : undefined)),
            ...closers.splice(0).map((close) => close()),
        ]);
    }

    return {
        logs,
        async remap(mapping) {
            await endAll();
            current = mapping;
            for (const { runner } of [...mapping.services, ...mapping.functions]) {
                if (runner.kind === "handler") {
                    forget(runner.path);
                }
            }
        },
        run(service, request, response) {
            workloadOf(service).then(
                (workload) => workload.answer(request, response),
                (error: unknown) => {
                    logs.writer(service.name, "stderr")(`${messageOf(error)}\n`);
                    refuse(request, response, 503);
                },
            );
        },
        connect(to) {
            network = to;
        },
        host(rule) {
            const output = outputOf(rule.pattern);
            if (rule.runner.kind === "forward") {
                return forwardWorkload(rule.runner.origin, output.stdout);
            }
            if (rule.runner.kind !== "handler") {
                throw new WorkloadError(`${rule.at}: a host is answered by a handler`);
            }
            const context = {
                env: {},
                fetch: globalThis.fetch,
                log: (text: string) => output.stdout(`${text}\n`),
            };
            return handlerWorkload(rule.runner.path, rule.at, context, output);
        },
        close: () => endAll().finally(() => release?.()),
    };
}

/**
 * What the service's startup probe allows, where it has one.
 * https://cloud.google.com/run/docs/configuring/healthchecks#startup-probes
 */
function startSeconds(service: RunService): number | undefined {
    const probe = service.template?.containers?.[0]?.startupProbe as
        { initialDelaySeconds?: number; periodSeconds?: number; failureThreshold?: number } | undefined;
    if (!probe) {
        return undefined;
    }
    const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe;
    return initialDelaySeconds + periodSeconds * failureThreshold;
}

function originOf(service: RunService): Origin {
    const vpc = service.template?.vpcAccess as { egress?: string } | undefined;
    return {
        kind: "workload",
        project: service.name.split("/")[1] ?? "",
        resource: service.name,
        vpc: vpc?.egress === "ALL_TRAFFIC",
        ...(service.template?.serviceAccount !== undefined && { account: service.template.serviceAccount }),
    };
}
