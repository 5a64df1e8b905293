import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { Agent, request as forward } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect, createServer } from "node:net";
import { refuse } from "../../ingress";
import { passOn, refuseOrBreakOff, refuseUpgrade } from "../break-off";
import { startGroup } from "../group";
import { headersInside, isGrpc } from "../headers";
import { refuseLargeAnswer } from "../limits";
import type { Printers } from "../logs";
import { Http2Program } from "./http2";
import { portsOf } from "./ports";
import { passUpgrade } from "./upgrade";
import { endWithThisProcess } from "../reaper";
import type { Workload } from "../workload";
import { asksForWebSocket } from "../../../common/upgrades";
import { messageOf } from "../../../errors";
import { breakOff, WorkloadError } from "../../cloud";

/** How long a program may take to start. Cloud Run gives a container four minutes; a program on this machine needs less. */
const START_SECONDS = 60;

/** How many of the last characters that a program printed are added to the reason why it cannot start. */
const LAST_WORDS = 600;

/** How long a client waits for its answer while a program that has closed its port may be about to end. */
const GOING_MILLISECONDS = 2000;

/** What to start. It can depend on the port, which is chosen just before the start. */
export interface Started {
    command: string[];
    /** The whole environment, except the port. */
    env: NodeJS.ProcessEnv;
    /** A command that ends what outlives the program. */
    removal?: string[];
}

/**
 * A program of its own, started with the first request, that listens on the port in the variable `PORT`.
 * https://cloud.google.com/run/docs/container-contract
 */
export function commandWorkload(options: {
    prepare: (port: number) => Started;
    directory: string;
    /** The name of the program in messages. */
    name: string;
    /** How long it may take until it listens. @default 60 */
    startSeconds?: number;
    /** Whether the program speaks HTTP/2 without TLS, and no HTTP/1.1. @default false */
    http2?: boolean;
    /** Is called with everything that the program prints. */
    print: Printers;
    /** Is called when the program listens, or with the reason why it cannot start. */
    started?: (problem?: string) => void;
}): Workload {
    const agent = new Agent({ keepAlive: true });
    const http2 = new Http2Program();

    function pass(request: IncomingMessage, response: ServerResponse, { port, child }: Listening): void {
        // A crash ends connections before the process is known to be gone: the next request must reach the next process.
        const lost = (): void => void settled(port, child).then(() => refuseOrBreakOff(request, response));
        if (options.http2 === true || isGrpc(request)) {
            http2.pass(request, response, port, lost);
        } else if (asksForWebSocket(request)) {
            passUpgrade(request, response, port);
        } else {
            pipe(request, response, { port, agent, lost });
        }
    }
    let end = (): Promise<void> => Promise.resolve();
    let started: Promise<Listening> | undefined;
    let closed = false;

    async function start(): Promise<Listening> {
        const port = await freePort();
        if (closed) {
            throw new WorkloadError(`${options.name}: the sandbox is closed`);
        }
        const { command, env, removal } = options.prepare(port);
        const group = startGroup(command, { cwd: options.directory, env: { ...env, PORT: String(port) } });
        const { child: own } = group;
        const forget = removal ? endWithThisProcess({ command: removal }) : undefined;
        end = async () => {
            await group.end();
            await (removal && run(removal));
            forget?.();
        };
        const { stdout, stderr } = options.print;
        own.stdout.setEncoding("utf8").on("data", stdout).on("close", stdout.end);
        let lastWords = "";
        own.stderr.setEncoding("utf8").on("data", (piece: string) => {
            lastWords = (lastWords + piece).slice(-LAST_WORDS);
            stderr(piece);
        });
        own.stderr.on("close", stderr.end);
        const failed = new Promise<never>((_resolve, reject) => {
            own.once("error", (error: NodeJS.ErrnoException) => {
                const missing = `there is no program ${command[0] ?? ""} on this machine; install it, or map the service to another`;
                reject(new WorkloadError(`${options.name}: ${error.code === "ENOENT" ? missing : error.message}`));
            });
            own.once("exit", (code, signal) => {
                // The next request starts it again, as Cloud Run does.
                started = undefined;
                reject(
                    new WorkloadError(`${options.name}: the program ended with ${signal ?? `exit code ${code ?? 0}`}`),
                );
            });
        });
        failed.catch(() => undefined);
        const seconds = options.startSeconds ?? START_SECONDS;
        await Promise.race([listening(port, options.name, seconds, own), failed]).catch(async (error: unknown) => {
            // A program that never listens is ended, as on Cloud Run. The next request starts it again.
            await end();
            if (!closed) {
                options.started?.([messageOf(error), lastWords.trim()].filter((text) => text !== "").join(": "));
            }
            throw error;
        });
        options.started?.();
        return { port, child: own };
    }

    return {
        answer(request, response) {
            started ??= start();
            started.then(
                (program) => {
                    try {
                        pass(request, response, program);
                    } catch (error) {
                        // HTTP/2 allows methods and paths that HTTP/1.1 does not.
                        options.print.stderr(`a request cannot be passed on: ${messageOf(error)}\n`);
                        refuseOrBreakOff(request, response);
                    }
                },
                (error: unknown) => {
                    started = undefined;
                    options.print.stderr(`${messageOf(error)}\n`);
                    refuse(request, response, 503);
                },
            );
        },
        async close() {
            closed = true;
            agent.destroy();
            http2.close();
            await end();
        },
    };
}

function run([program = "", ...args]: string[]): Promise<void> {
    return new Promise((resolve) => {
        spawn(program, args, { stdio: "ignore" })
            .on("error", () => resolve())
            .on("exit", () => resolve());
    });
}

/** A program that listens. */
interface Listening {
    port: number;
    child: ChildProcess;
}

function pipe(
    request: IncomingMessage,
    response: ServerResponse,
    { port, agent, lost }: { port: number; agent: Agent; lost: () => void },
): void {
    const headers = headersInside(request);
    const upstream = forward(
        { host: "127.0.0.1", port, agent, method: request.method, path: request.url, headers },
        (answer) => {
            if (refuseLargeAnswer(request, response, answer.statusCode ?? 502, answer.headers)) {
                answer.destroy();
            } else {
                passOn(answer, request, response);
            }
        },
    );
    refuseUpgrade(upstream, request, response);
    upstream.on("error", () => {
        if (response.headersSent) {
            breakOff(response);
        } else {
            lost();
        }
    });
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
}

/** A port below the range from which systems choose ports, so that no other program gets it before this one listens. */
async function freePort(): Promise<number> {
    for (;;) {
        const port = randomInt(20_000, 32_000);
        const server = createServer();
        const free = await new Promise<boolean>((resolve) => {
            server.once("error", () => resolve(false));
            server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
        });
        if (free) {
            return port;
        }
    }
}

/** After a connection to a program broke, waits until it is known whether the program has ended. */
async function settled(port: number, child: ChildProcess): Promise<void> {
    // A program that ends may close its connections before its port, or after it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await opened(port, child, GOING_MILLISECONDS);
}

/** Waits until a port is open, but no longer than its program runs. @returns whether the port is open */
async function opened(port: number, child: ChildProcess, milliseconds: number): Promise<boolean> {
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
        const open = await new Promise<boolean>((resolve) => {
            const socket = connect(port, "127.0.0.1", () => resolve(true));
            socket.once("error", () => resolve(false));
            socket.once("connect", () => socket.destroy());
        });
        if (open) {
            return true;
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return false;
}

async function listening(port: number, name: string, seconds: number, child: ChildProcess): Promise<void> {
    if (await opened(port, child, seconds * 1000)) {
        return;
    }
    const otherPorts = portsOf(child.pid).filter((other) => other !== port);
    const instead = otherPorts.length > 0 ? `; it listens on ${otherPorts.join(", ")} instead` : "";
    throw new WorkloadError(
        `${name}: the program failed to start and listen on the port in PORT (${port}) within ${seconds} s${instead}`,
        { fix: "listen on that port at 127.0.0.1 or 0.0.0.0" },
    );
}
