import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { Sandbox } from "../../sandbox";
import { compileWorkflow, execute, fromPlain, type Host, parseWorkflow } from "../../workflow";
import { load } from "./load";

/** What a tiny execution costs the sandbox, by what takes part. Milliseconds of CPU, and executions a second. */
export interface ExecutionParts {
    /** The interpreter alone. */
    language: number;
    /** What the API adds: the request, IAM, the history and the store, in memory. */
    api: number;
    /** What the journal of a sandbox with a state folder adds. */
    journal: number;
    /** What HTTP and the proxy add. */
    proxy: number;
    /** What TLS adds. */
    tls: number;
    /** All of it: a client that comes through the proxy with TLS to a sandbox with a state folder. */
    whole: number;
    perSecond: number;
}

const LOCATION = "projects/demo/locations/europe-west1";
const SOURCE = "main: {params: [a], steps: [{done: {return: '${a.n + 1}'}}]}";
const HOST = "workflowexecutions.googleapis.com";
const PATH = `/v1/${LOCATION}/workflows/bench/executions`;
const BODY = JSON.stringify({ argument: '{"n":1}' });

/** Milliseconds of CPU for each request, and requests a second. */
interface Through {
    cpu: number;
    perSecond: number;
}

/** What a child tells of its sandbox, and how it is asked. */
interface Ready {
    port: number;
    ca: string;
    token: string;
}
type Ask = { inProcess: number } | "cpu";

/**
 * Measures the parts in turns, each in a process of its own that was warmed up before. Of each part the cheapest turn counts:
 * what else the machine does makes turns dearer, and none cheaper.
 */
export async function measureExecutionParts(turns = 6, executions = 1000): Promise<ExecutionParts> {
    const state = mkdtempSync(join(tmpdir(), "bench-executions-"));
    const memory = fork(__filename, [], { serialization: "json" });
    const kept = fork(__filename, [state], { serialization: "json" });
    try {
        const [, ready] = [await message<Ready>(memory), await message<Ready>(kept)];
        const request = `POST ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${ready.token}\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
        const measured: { api: number; journal: number; direct: Through; secure: Through }[] = [];
        for (let turn = 0; turn <= turns; turn++) {
            measured.push({
                api: await inProcess(memory, executions),
                journal: await inProcess(kept, executions),
                direct: await through(kept, executions, tunnel(ready), request),
                secure: await through(kept, executions, secureTunnel(ready), request),
            });
        }
        // The first turn is the one that warms up.
        const counted = measured.slice(1);
        const least = (of: (turn: (typeof measured)[number]) => number): number => Math.min(...counted.map(of));
        const language = await languageAlone(20_000);
        const api = least((turn) => turn.api);
        const journal = least((turn) => turn.journal);
        const direct = least((turn) => turn.direct.cpu);
        const whole = least((turn) => turn.secure.cpu);
        return {
            language,
            api: api - language,
            journal: journal - api,
            proxy: direct - journal,
            tls: whole - direct,
            whole,
            perSecond: Math.max(...counted.map((turn) => turn.secure.perSecond)),
        };
    } finally {
        memory.kill();
        kept.kill();
        rmSync(state, { recursive: true, force: true });
    }
}

async function languageAlone(count: number): Promise<number> {
    const { program } = parseWorkflow(SOURCE, { file: "bench.yaml" });
    if (program === undefined) {
        throw new Error("the bench's workflow cannot be read");
    }
    const workflow = compileWorkflow(program);
    const host = { now: () => 0 } as unknown as Host;
    const many = async (runs: number): Promise<void> => {
        for (let index = 0; index < runs; index++) {
            await execute(workflow, { host, argument: fromPlain({ n: index }) });
        }
    };
    await many(count / 10);
    const before = cpu();
    await many(count);
    return (cpu() - before) / count;
}

async function inProcess(child: ChildProcess, executions: number): Promise<number> {
    const before = await ask(child, "cpu");
    await ask(child, { inProcess: executions });
    return ((await ask(child, "cpu")) - before) / executions;
}

async function through(
    child: ChildProcess,
    requests: number,
    open: () => Promise<Socket>,
    request: string,
): Promise<Through> {
    const before = await ask(child, "cpu");
    const { requestsPerSecond } = await load({ open, request, requests, connections: 4, milliseconds: 60_000 });
    return { cpu: ((await ask(child, "cpu")) - before) / requests, perSecond: requestsPerSecond };
}

function ask(child: ChildProcess, what: Ask): Promise<number> {
    const answer = message<number>(child);
    child.send(what);
    return answer;
}

function message<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        const ended = (code: number | null): void =>
            reject(new Error(`a sandbox of the bench ended with exit code ${String(code)}`));
        child.once("exit", ended);
        child.once("message", (value) => {
            child.off("exit", ended);
            resolve(value as T);
        });
    });
}

/** A tunnel through the proxy, for plain HTTP. */
function tunnel({ port }: Ready, to = 80): () => Promise<Socket> {
    return () =>
        new Promise((resolve, reject) => {
            const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () =>
                socket.write(`CONNECT ${HOST}:${to} HTTP/1.1\r\nHost: ${HOST}:${to}\r\n\r\n`),
            );
            socket.once("error", reject);
            socket.once("data", () => resolve(socket));
        });
}

/** The same with TLS in it. */
function secureTunnel(ready: Ready): () => Promise<Socket> {
    return async () => {
        const socket = await tunnel(ready, 443)();
        return await new Promise((resolve, reject) => {
            const options = { socket, servername: HOST, ca: ready.ca, ALPNProtocols: ["http/1.1"] };
            const secure = connectTls(options, () => resolve(secure));
            secure.once("error", reject);
        });
    };
}

/** Milliseconds of CPU that this process has used. */
function cpu(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
}

/** The child: a sandbox with a workflow, and with a state folder if it is given one. */
async function serve(stateDir: string | undefined): Promise<void> {
    const sandbox = await Sandbox.start({ project: "demo", ...(stateDir !== undefined && { stateDir }) });
    await sandbox.request("POST", `https://workflows.googleapis.com/v1/${LOCATION}/workflows?workflowId=bench`, {
        body: { sourceContents: SOURCE },
    });
    process.on("message", (what: Ask) => {
        void (async () => {
            for (let left = what === "cpu" ? 0 : what.inProcess; left > 0; left--) {
                const { status, body } = await sandbox.request("POST", `https://${HOST}${PATH}`, {
                    body: JSON.parse(BODY) as object,
                });
                if (status !== 200) {
                    throw new Error(JSON.stringify(body));
                }
                // The execution runs when its client has the answer.
                await new Promise((resolve) => setImmediate(resolve));
            }
            process.send?.(cpu());
        })();
    });
    const owner = { kind: "user", email: "owner@example.com" } as const;
    const scopes = ["https://www.googleapis.com/auth/cloud-platform"];
    const token = sandbox.cloud.tokens.mintAccessToken(owner, scopes, 3600);
    const { port, caPem: ca } = sandbox.network;
    process.send?.({ port, ca, token } satisfies Ready);
    process.once("disconnect", () => process.exit(0));
}

if (process.send && require.main === module) {
    void serve(process.argv[2]);
}
