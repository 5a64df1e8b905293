import { defined, makePrivateFolder } from "../common";
import { isDeepStrictEqual } from "node:util";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientOptions, type Clients, createClients } from "./client";
import { SandboxError, type Decision, type Principal } from "./cloud";
import { createCloud, type OwnedCloud } from "./create";
import { type DeployedStack, openInSandbox, type DeployOptions, type Program } from "./deploy";
import { createFaults, type Faults, memberToClient, memberToPrincipal } from "./control";
import { CLIENT_TOKEN, childEnvironment, type ChildEnvironment } from "./environment";
import { hostDoor, registerIngress } from "./ingress";
import { registerMetadataHosts } from "./metadata";
import { Operations } from "./operations";
import { startNetwork, type Network } from "./net";
import { type AdminRequest, checkOptions, type SandboxOptions, takeNewValues, withMapping } from "./options";
import { type ExecutionRecord, registerSenders, type Senders } from "./senders";
import { createWorkloads, emptyMapping, loadMapping, setGroups, withAllowedHosts } from "./workloads";
import type { LogLine, Mapping, Workloads } from "./workloads";

/**
 * A local Google Cloud. Several sandboxes can run at the same time; they share nothing.
 *
 * @example
 * await using sandbox = await Sandbox.start({ project: "demo" });
 * spawn("pulumi", ["up"], { env: { ...process.env, ...sandbox.environment() } });
 */
export class Sandbox implements AsyncDisposable {
    private readonly operations = new Operations();
    private closed: Promise<void> | undefined;

    private constructor(
        /** Its parts: IAM, tokens, clock, store, decisions. */
        readonly cloud: OwnedCloud,
        readonly network: Network,
        private readonly workloads: Workloads,
        private readonly mapping: Mapping,
        private readonly senders: Senders,
        /** The faults that the sandbox simulates. */
        readonly faults: Faults,
        /** The folder of its files. */
        readonly folder: string,
        private readonly clients: Clients,
        private readonly release: () => void,
    ) {}

    /** @throws Error if an option is wrong, the port is taken, the machine has no such address, or the state cannot be read */
    static async start(options: SandboxOptions = {}): Promise<Sandbox> {
        checkOptions(options);
        const { stateDir, port, listenBeyondLoopback, mapping: mappingFile, allowedHosts = [], ...rest } = options;
        const mapping = withAllowedHosts(mappingFile ? loadMapping(mappingFile) : emptyMapping, allowedHosts);
        const folder = makePrivateFolder(stateDir ?? mkdtempSync(join(tmpdir(), "gcp-invoke-")));
        const cloud = createCloud({
            ...withMapping(rest, mapping),
            ...(stateDir !== undefined && { stateFile: join(folder, "sandbox.json") }),
        });
        const release = (): void => {
            try {
                cloud.close();
            } finally {
                if (stateDir === undefined) {
                    rmSync(folder, { recursive: true, force: true });
                }
            }
        };
        const faults = createFaults(cloud);
        cloud.refusesMinting = (email) => faults.refusesMinting(email);
        const caFile = join(folder, "ca.pem");
        const workloads = createWorkloads(cloud, mapping);
        const senders = registerSenders(cloud);
        registerIngress(cloud, workloads.run);
        registerMetadataHosts(cloud);
        try {
            for (const rule of mapping.hosts) {
                const workload = workloads.host(rule);
                cloud.hosts.serve(
                    rule.pattern,
                    hostDoor(cloud, (request, response) => workload.answer(request, response), rule),
                );
            }
            setGroups(cloud, mapping);
            const network = await startNetwork({
                hosts: faults.before(cloud.hosts),
                caFile,
                declaredHosts: cloud.settings.declaredHosts,
                ...defined({ port, listenBeyondLoopback }),
            });
            workloads.connect({ proxyFor: (origin) => network.proxyFor(origin), caPem: network.caPem, caFile });
            senders.connect(network);
            const clients = createClients({ cloud, folder, proxyUrl: network.url, ...network });
            return new Sandbox(cloud, network, workloads, mapping, senders, faults, folder, clients, release);
        } catch (error) {
            await workloads.close();
            release();
            throw error;
        }
    }

    get project(): string {
        return this.cloud.settings.project;
    }

    /**
     * The variables for a child process that should reach this sandbox and no other cloud. A variable that is `undefined`
     * must be removed. They contain an access token of the sandbox, so never log them.
     * @param member the member as whom the process acts; the owner by default
     * @throws Error if the service account does not exist
     */
    environment(member: string = this.cloud.settings.owner): ChildEnvironment {
        const client = memberToClient(this.cloud, member);
        const principal: Principal = "arn" in client ? { kind: "anonymous" } : client;
        return childEnvironment({
            proxy: this.network.url,
            caFile: join(this.folder, "ca.pem"),
            project: this.project,
            accessToken: this.cloud.tokens.mintAccessToken(principal, CLIENT_TOKEN.scopes, CLIENT_TOKEN.seconds),
        });
    }

    /**
     * As {@link environment}, for clients of any language: with the trust store of the JVM, and with credentials: a file for a user,
     * a metadata server that ends with the sandbox for a service account, and variables for a role of AWS.
     * @throws Error if the service account does not exist, or the place is none
     */
    async clientEnvironment(options: ClientOptions = {}): Promise<ChildEnvironment> {
        const { as = this.cloud.settings.owner } = options;
        const own = await this.clients.variables(memberToClient(this.cloud, as), { ...options, as });
        return { ...this.environment(as), ...own };
    }

    /**
     * Calls an API in process: it is authorized and recorded like any call, but needs no TLS and no token.
     * @param url as Google documents it: `https://run.googleapis.com/v2/projects/…`
     * @throws Error if no API of the sandbox has that host
     */
    async request(method: string, url: string, options: AdminRequest = {}): Promise<{ status: number; body: unknown }> {
        const { principal = this.cloud.settings.owner, ...rest } = options;
        const answer = this.cloud.apis.request(method, url, {
            ...rest,
            principal: memberToPrincipal(this.cloud, principal),
        });
        if (!answer) {
            throw new SandboxError(`no API of the sandbox answers at ${new URL(url).hostname}`);
        }
        return this.operations.answer(answer);
    }

    /**
     * Deploys a Pulumi program, unmodified and without the Pulumi CLI: the program of a directory runs in a process of
     * its own, a function runs in this process. Several deployments can run at the same time, each on a stack of its own.
     * Both see the variables of this process except those of clouds, act as the owner, and reach this sandbox and loopback
     * only; what modules read or opened before a function began stays what it was (docs/testing.md).
     *
     * @example
     * const stack = await sandbox.up("./infrastructure", { config: { "gcp:region": "europe-west1" } });
     * assert.equal(stack.result, "succeeded");
     * await fetch(`${stack.outputs.url}`);
     * await stack.destroy();
     * @throws Error if the project cannot be read; a failed update does not throw
     */
    async up(program: Program, options: DeployOptions = {}): Promise<DeployedStack> {
        const stack = await openInSandbox(
            {
                project: this.project,
                folder: this.folder,
                environment: () => this.clientEnvironment(),
                way: { proxy: this.network.url, ca: this.network.caPem },
                request: (method, url, body, headers) =>
                    this.request(method, url, { body, ...(headers && { headers }) }),
                operations: this.operations,
                resources: this.mapping.resources,
            },
            program,
            options,
        );
        return await stack.up(options.signal && { signal: options.signal });
    }

    /**
     * Uses another `sandbox.yaml` to find what answers for services and functions. Running workloads are ended, and start
     * again: handlers of services at once, all others with the next request.
     * @throws Error if the file has a mistake, or names a host that the sandbox did not start with
     */
    async useMapping(file: string): Promise<void> {
        const mapping = loadMapping(file);
        const known = this.mapping.hosts.map(({ at: _, ...rule }) => rule);
        const added = mapping.hosts.find(({ at: _, ...rule }) => !known.some((one) => isDeepStrictEqual(one, rule)));
        const name = added?.pattern ?? mapping.domains.find((one) => !this.mapping.domains.includes(one));
        if (name !== undefined) {
            throw new SandboxError(
                `${added?.at ?? file}: the running sandbox was started without the host ${name}, whose certificate it lacks`,
                { fix: `stop it and start it with \`gcp-invoke sandbox serve --mapping ${file}\`` },
            );
        }
        setGroups(this.cloud, mapping);
        takeNewValues(this.cloud.settings, mapping);
        await this.workloads.remap(mapping);
    }

    /**
     * The latest 10,000 decisions, the oldest first.
     * @param after returns only decisions with a higher id
     */
    decisions(after = 0): Decision[] {
        return this.cloud.decisions.list().filter(({ id }) => id > after);
    }

    /** The hosts that clients asked for and the sandbox does not serve. Such requests would have left the machine. */
    refused(): { host: string; count: number }[] {
        return this.cloud.hosts.refused();
    }

    /**
     * The latest 10,000 lines that services and functions printed, the oldest first.
     * @param service as its API names it, or the last part of that; all by default
     * @param after returns only lines with a higher id
     */
    logs(service?: string, after?: number): LogLine[] {
        return this.workloads.logs.list(service, after);
    }

    /** Calls the listener with each line that a service or function prints, as it comes. */
    onLog(listener: (line: LogLine) => void): void {
        this.workloads.logs.onLine(listener);
    }

    /** Calls the listener with each execution that ends, if it began after this call. */
    onExecution(listener: (record: ExecutionRecord) => void): void {
        this.senders.executions.recorder.on(listener);
    }

    /** Cancels deployments that are under way, saves the state and stops. All promises settle; nothing listens any more. */
    close(): Promise<void> {
        this.closed ??= this.end();
        return this.closed;
    }

    private async end(): Promise<void> {
        await this.operations.close();
        await this.clients.close();
        await this.senders.close();
        await this.network.close();
        await this.workloads.close();
        this.release();
    }

    [Symbol.asyncDispose](): Promise<void> {
        return this.close();
    }
}
