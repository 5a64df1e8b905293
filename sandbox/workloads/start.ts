import { dirname } from "node:path";
import type { RunService } from "../apis";
import { WorkloadError, type Cloud, type Origin } from "../cloud";
import { findAccount } from "../iam";
import { CLIENT_REGION, startMetadataServer, type MetadataServer } from "../metadata";
import { commandWorkload } from "./program";
import { containerCommand } from "./container";
import { type EnvironmentOptions, givenEnvironment, machineEnvironment } from "./environment";
import { forwardWorkload } from "./forward";
import type { Logs, Printers } from "./logs";
import type { Rule } from "./mapping";
import type { Runner } from "./runner";
import {
    type Deployed,
    memoryMegabytes,
    originOf,
    projectOf,
    speaksHttp2,
    startSeconds,
    stuckSeconds,
} from "./service";
import { leftOut, readSecretFiles, type SecretFiles, writeSecretFiles } from "./settings";
import { handlerWorkload } from "./thread";
import type { Workload } from "./workload";

/** The network through which a workload reaches the sandbox. */
export interface WorkloadNetwork {
    proxyFor(origin: Origin): string;
    caPem: string;
    caFile: string;
}

/** What the environment of a workload says of where it is: its project, and how it reaches the sandbox. */
export const surroundingsOf = (
    network: WorkloadNetwork,
    deployed: Deployed,
): Pick<EnvironmentOptions, "proxy" | "caFile" | "project"> => ({
    proxy: network.proxyFor(originOf(deployed)),
    caFile: network.caFile,
    project: projectOf(deployed),
});

/** What to run as a service. */
export interface ServiceToStart {
    service: RunService;
    runner: Runner;
    /** The place in the mapping that names it, for messages. */
    at: string;
    /** The service's own variables, and those that Cloud Run sets. */
    env: Record<string, string>;
    /** Is called when it has started, or with the reason why it cannot start. */
    started: (problem?: string) => void;
}

/** The memory and the time of a handler for an external API, because no service says them. */
const HOST_LIMITS = { memoryMegabytes: 512, stuckSeconds: 10 };

/** Runs a service as the mapping says, with a metadata server of its own. */
export async function startService(
    { service, runner, at, env, started }: ServiceToStart,
    cloud: Cloud,
    network: WorkloadNetwork,
    logs: Logs,
): Promise<Workload> {
    if (runner.kind === "forward") {
        throw new WorkloadError(`${at}: ${service.name}: only hosts can be forwarded`);
    }
    const { caFile, caPem: ca } = network;
    const files = writeSecretFiles(dirname(caFile), await readSecretFiles(cloud, service));
    const isContainer = runner.kind === "container";
    const own = files === undefined || isContainer ? env : files.variablesHere(env);
    const metadata = await metadataOf(service, cloud);
    const options: EnvironmentOptions = { ...surroundingsOf(network, service), metadata: metadata.env, own };
    const print = logs.printers(service.name);
    tellDifferences(service, { isContainer, isHandler: runner.kind === "handler" }, files, print);
    const workload =
        runner.kind === "handler"
            ? handlerWorkload({
                  path: runner.path,
                  at,
                  proxy: options.proxy,
                  ca,
                  env: machineEnvironment(options, runner.environment),
                  memoryMegabytes: memoryMegabytes(service),
                  stuckSeconds: stuckSeconds(service),
                  print,
                  started,
              })
            : commandOf({ service, runner, at, env: own, started }, runner, options, print, files);
    return {
        answer: (request, response) => workload.answer(request, response),
        start: () => workload.start?.(),
        close: () => Promise.all([workload.close(), metadata.close()]).then(() => files?.remove()),
    };
}

/** Says once for each revision what is different from Cloud Run, by name. */
function tellDifferences(
    service: RunService,
    { isContainer, isHandler }: { isContainer: boolean; isHandler: boolean },
    files: SecretFiles | undefined,
    print: Printers,
): void {
    if (isHandler && speaksHttp2(service)) {
        print.stderr(
            `${service.name} speaks HTTP/2, and a handler gets every request in HTTP/1.1, which cannot carry gRPC; name a command for its image in sandbox.yaml\n`,
        );
    }
    const missing = leftOut(service, isContainer);
    if (missing.length > 0) {
        print.stderr(`the sandbox runs one container of ${service.name}, without ${missing.join(", ")}\n`);
    }
    if (files !== undefined && !isContainer) {
        const folders = files.folders.join(", ");
        print.stderr(
            `the secrets in ${folders} are below the folder that the variable GCP_INVOKE_ROOT names, because a program on this ` +
                "machine has no file system of its own; variables whose values are their paths are changed to that folder\n",
        );
    }
}

function commandOf(
    { service, at, started }: ServiceToStart,
    runner: Extract<Runner, { kind: "command" | "container" }>,
    options: EnvironmentOptions,
    print: Printers,
    files: SecretFiles | undefined,
): Workload {
    const seconds = startSeconds(service);
    return commandWorkload({
        prepare: (port) => {
            if (runner.kind === "command") {
                return { command: runner.command, env: machineEnvironment(options, runner.environment) };
            }
            const given = givenEnvironment(options);
            const { env, ...container } = containerCommand(
                service,
                runner.image,
                port,
                given,
                options.caFile,
                process.platform,
                files,
            );
            // Docker itself is a program of this machine's user. The container sees only the variables that are named to it.
            return { ...container, env: { ...process.env, ...env } };
        },
        directory: runner.kind === "container" ? process.cwd() : runner.directory,
        name: `${at}: ${service.name}`,
        http2: speaksHttp2(service),
        ...(seconds !== undefined && { startSeconds: seconds }),
        print,
        started,
    });
}

/** Runs what answers for an external host. It stands for an API of others, so it has no identity in this cloud. */
export function startHost(
    { pattern, runner, at }: Rule,
    cloud: Cloud,
    network: () => WorkloadNetwork,
    logs: Logs,
): Workload {
    const print = logs.printers(pattern);
    if (runner.kind === "forward") {
        return forwardWorkload(runner, print.stdout);
    }
    if (runner.kind !== "handler") {
        throw new WorkloadError(`${at}: only a handler can answer for a host`);
    }
    let workload: Workload | undefined;
    const start = (): Workload => {
        const way = network();
        const { caFile, caPem: ca } = way;
        const proxy = way.proxyFor({ kind: "outside" });
        const options = { proxy, caFile, project: cloud.settings.project, own: {} };
        const env = machineEnvironment(options, runner.environment);
        return handlerWorkload({ path: runner.path, at, proxy, ca, env, ...HOST_LIMITS, print });
    };
    return {
        answer: (request, response) => (workload ??= start()).answer(request, response),
        close: () => workload?.close() ?? Promise.resolve(),
    };
}

/** A metadata server that gives out the identity of this service alone. */
export function metadataOf(service: Deployed, cloud: Cloud): Promise<MetadataServer> {
    const [, project = "", , region = CLIENT_REGION] = service.name.split("/");
    const email = service.template?.serviceAccount ?? "";
    return startMetadataServer(cloud, { project, region, account: () => findAccount(cloud.store, email) });
}
