import { spawn, type ChildProcess } from "node:child_process";
import { Agent, request as forward } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { connect, createServer, type AddressInfo } from "node:net";
import { refuse } from "../ingress/pages";
import type { Workload } from "./workload";

/** Cloud Run gives a container four minutes; a program on this machine needs less. */
const startSeconds = 60;

/**
 * A program of its own, started with the first request, that listens on the port that it is told in `PORT`.
 * https://cloud.google.com/run/docs/container-contract
 */
export function commandWorkload(options: {
    command: string[];
    directory: string;
    /** What it is called in messages. */
    name: string;
    env: Record<string, string | undefined>;
    /** Takes what the program prints. */
    print: (stream: "stdout" | "stderr") => (piece: string) => void;
}): Workload {
    const agent = new Agent({ keepAlive: true });
    let child: ChildProcess | undefined;
    let started: Promise<number> | undefined;

    async function start(): Promise<number> {
        const port = await freePort();
        const [program = "", ...args] = options.command;
        const own = spawn(program, args, {
            cwd: options.directory,
            env: { ...process.env, ...options.env, PORT: String(port) },
            stdio: ["ignore", "pipe", "pipe"],
        });
        own.stdout.setEncoding("utf8").on("data", options.print("stdout"));
        own.stderr.setEncoding("utf8").on("data", options.print("stderr"));
        child = own;
        const ended = new Promise<never>((_resolve, reject) => {
            own.once("error", (error) => reject(new Error(`${options.name}: ${error.message}`)));
            own.once("exit", (code, signal) => {
                // The next request starts it again, as Cloud Run does.
                started = undefined;
                reject(new Error(`${options.name}: the program ended with ${signal ?? `exit code ${code ?? 0}`}`));
            });
        });
        ended.catch(() => undefined);
        await Promise.race([listening(port, options.name), ended]);
        return port;
    }

    return {
        answer(request, response) {
            started ??= start();
            started.then(
                (port) => pipe(request, response, port, agent),
                (error: unknown) => {
                    started = undefined;
                    options.print("stderr")(`${error instanceof Error ? error.message : String(error)}\n`);
                    refuse(request, response, 503);
                },
            );
        },
        async close() {
            agent.destroy();
            const running = child;
            if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
            const ended = new Promise((resolve) => running.once("exit", resolve));
            running.kill("SIGTERM");
            // Cloud Run gives ten seconds to end; a test suite is not made to wait so long.
            const timer = setTimeout(() => running.kill("SIGKILL"), 2000);
            await ended;
            clearTimeout(timer);
        },
    };
}

function pipe(request: IncomingMessage, response: ServerResponse, port: number, agent: Agent): void {
    const headers = withoutHops(request.headers);
    const upstream = forward(
        { host: "127.0.0.1", port, agent, method: request.method, path: request.url, headers },
        (answer) => {
            response.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
            answer.pipe(response);
        },
    );
    upstream.on("error", () => (response.headersSent ? response.destroy() : refuse(request, response, 503)));
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
}

const hops = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

/** Without the pseudo-headers of HTTP/2, and the headers that belong to one connection. */
function withoutHops(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
    return Object.fromEntries(
        Object.entries(headers).filter(([name]) => !name.startsWith(":") && !hops.includes(name)),
    );
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => resolve(port));
        });
    });
}

async function listening(port: number, name: string): Promise<void> {
    const deadline = Date.now() + startSeconds * 1000;
    while (Date.now() < deadline) {
        const open = await new Promise<boolean>((resolve) => {
            const socket = connect(port, "127.0.0.1", () => resolve(true));
            socket.once("error", () => resolve(false));
            socket.once("connect", () => socket.destroy());
        });
        if (open) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(
        `${name}: the program does not listen on the port in PORT (${port}) after ${startSeconds} s; listen on it at 127.0.0.1 or 0.0.0.0`,
    );
}
