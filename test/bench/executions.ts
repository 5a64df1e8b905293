import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { Sandbox } from "../../sandbox";
import { compileWorkflow, execute, fromPlain, type Host, parseWorkflow } from "../../workflow";
import { load, plain } from "./load";

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

/** What a child tells of its sandbox, and how it is asked. */
interface Ready {
    port: number;
    ca: string;
    token: string;
}
type Ask = { inProcess: number } | "cpu";

/** Measures one part after the other; each has its own process, which was warmed up before. */
export async function measureExecutionParts(executions = 1500): Promise<ExecutionParts> {
    const language = await languageAlone(20_000);
    const state = mkdtempSync(join(tmpdir(), "bench-executions-"));
    const memory = fork(__filename, [], { serialization: "json" });
    const kept = fork(__filename, [state], { serialization: "json" });
    try {
        const [inMemory, withState] = [await message<Ready>(memory), await message<Ready>(kept)];
        const api = await inProcess(memory, executions);
        const journal = await inProcess(kept, executions);
        const head = `Host: ${HOST}\r\nAuthorization: Bearer ${withState.token}\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
        const direct = await through(
            kept,
            executions,
            plain(withState.port),
            `POST http://${HOST}${PATH} HTTP/1.1\r\n${head}`,
        );
        const secure = await through(kept, executions, tunnel(withState), `POST ${PATH} HTTP/1.1\r\n${head}`);
        if (inMemory.port === withState.port) {
            throw new Error("both sandboxes have one port");
        }
        return {
            language,
            api: api - language,
            journal: journal - api,
            proxy: direct.cpu - journal,
            tls: secure.cpu - direct.cpu,
            whole: secure.cpu,
            perSecond: secure.perSecond,
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
    await ask(child, { inProcess: executions });
    const before = await ask(child, "cpu");
    await ask(child, { inProcess: executions });
    return ((await ask(child, "cpu")) - before) / executions;
}

async function through(
    child: ChildProcess,
    requests: number,
    open: () => Promise<Socket>,
    request: string,
): Promise<{ cpu: number; perSecond: number }> {
    const options = { open, request, connections: 4, milliseconds: 60_000 };
    await load({ ...options, requests });
    const before = await ask(child, "cpu");
    const { requestsPerSecond } = await load({ ...options, requests });
    return { cpu: ((await ask(child, "cpu")) - before) / requests, perSecond: requestsPerSecond };
}

function ask(child: ChildProcess, what: Ask): Promise<number> {
    const answer = message<number>(child);
    child.send(what);
    return answer;
}

function message<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        child.once("message", (value) => resolve(value as T));
        child.once("exit", (code) => reject(new Error(`a sandbox of the bench ended with exit code ${String(code)}`)));
    });
}

/** A tunnel through the proxy, with TLS in it. */
function tunnel({ port, ca }: Ready): () => Promise<Socket> {
    return () =>
        new Promise((resolve, reject) => {
            const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () =>
                socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nHost: ${HOST}:443\r\n\r\n`),
            );
            socket.once("error", reject);
            socket.once("data", () => {
                const secure = connectTls({ socket, servername: HOST, ca, ALPNProtocols: ["http/1.1"] }, () =>
                    resolve(secure),
                );
                secure.once("error", reject);
            });
        });
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
