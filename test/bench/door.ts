import { fork, type ChildProcess } from "node:child_process";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Sandbox } from "../../sandbox";
import { deployDoor, type DoorService } from "./door-service";
import { load, plain, type Load } from "./load";

/** The front door beside a bare server that verifies the same token on each request, each in a process of its own. */
export interface DoorFigures {
    /** Through the proxy, with TLS, as clients come. */
    door: Load;
    /** The same without TLS, as Google's senders come: what the door itself costs. */
    plain: Load;
    bare: Load;
    /** The median of the rounds' ratios of requests a second, without TLS on both sides: the aim is 0.6 at least. */
    ratio: number;
    /** The same with TLS, which the bare server does not do. */
    ratioWithTls: number;
}

/** What a child process that runs a sandbox tells of it. */
interface Ready extends DoorService {
    port: number;
    ca: string;
    jwk: Record<string, unknown>;
}

/** Measures in rounds, so that all sides share the machine's moods. */
export async function measureDoor(rounds = 5, milliseconds = 1500, connections = 16): Promise<DoorFigures> {
    const sandbox = fork(__filename, [], { serialization: "json" });
    const ready = await message<Ready>(sandbox);
    const bare = fork(join(__dirname, "bare-server.ts"), [JSON.stringify(ready.jwk)]);
    const barePort = await message<number>(bare);
    const headers = `Host: ${ready.host}\r\nAuthorization: Bearer ${ready.token}\r\n\r\n`;
    const options = { connections, milliseconds };
    const measure = {
        door: () => load({ ...options, open: tunnel(ready), request: `GET / HTTP/1.1\r\n${headers}` }),
        plain: () =>
            load({ ...options, open: plain(ready.port), request: `GET http://${ready.host}/ HTTP/1.1\r\n${headers}` }),
        bare: () => load({ ...options, open: plain(barePort), request: `GET / HTTP/1.1\r\n${headers}` }),
    };
    try {
        const measured: { door: Load; plain: Load; bare: Load }[] = [];
        // The first round warms the machines up.
        for (let round = 0; round <= rounds; round++) {
            measured.push({ bare: await measure.bare(), plain: await measure.plain(), door: await measure.door() });
        }
        const warm = measured.slice(1);
        const median = (of: (round: (typeof warm)[number]) => number): number =>
            warm.map(of).sort((a, b) => a - b)[Math.floor(warm.length / 2)] ?? Number.NaN;
        const [middle] = warm
            .sort((a, b) => a.plain.requestsPerSecond - b.plain.requestsPerSecond)
            .slice(warm.length >> 1);
        if (!middle) {
            throw new Error("there were no rounds");
        }
        return {
            ...middle,
            ratio: median((round) => round.plain.requestsPerSecond / round.bare.requestsPerSecond),
            ratioWithTls: median((round) => round.door.requestsPerSecond / round.bare.requestsPerSecond),
        };
    } finally {
        sandbox.kill();
        bare.kill();
    }
}

/** How a sandbox does under many clients for a long time. */
export interface SustainedFigures {
    door: Load;
    bare: Load;
    /** MiB that the sandbox holds after a collection of garbage, every two seconds. */
    memory: number[];
}

/** How often memory is measured, in milliseconds. A collection of garbage stops everything else. */
export const MEASURED_EVERY = 2000;

/** @throws Error at the first answer that is not 200 */
export async function measureSustained(clients: number, milliseconds: number): Promise<SustainedFigures> {
    const sandbox = fork(__filename, [], { serialization: "json" });
    const ready = await message<Ready>(sandbox);
    const bare = fork(join(__dirname, "bare-server.ts"), [JSON.stringify(ready.jwk)]);
    const barePort = await message<number>(bare);
    const headers = `Host: ${ready.host}\r\nAuthorization: Bearer ${ready.token}\r\n\r\n`;
    const memory: number[] = [];
    sandbox.on("message", (bytes) => memory.push(Number(bytes) / 1_048_576));
    const timer = setInterval(() => sandbox.send("memory"), MEASURED_EVERY);
    try {
        const request = `GET http://${ready.host}/ HTTP/1.1\r\n${headers}`;
        const door = await load({ connections: clients, milliseconds, open: plain(ready.port), request });
        clearInterval(timer);
        const other = { connections: clients, milliseconds: milliseconds / 4, open: plain(barePort) };
        return { door, bare: await load({ ...other, request: `GET / HTTP/1.1\r\n${headers}` }), memory };
    } finally {
        clearInterval(timer);
        sandbox.kill();
        bare.kill();
    }
}

function message<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        child.once("message", (value) => resolve(value as T));
        child.once("exit", (code) => reject(new Error(`a server of the bench ended with exit code ${String(code)}`)));
    });
}

/** A tunnel through the proxy, with TLS in it. */
function tunnel({ port, ca, host }: Ready): () => Promise<Socket> {
    return () =>
        new Promise((resolve, reject) => {
            const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () =>
                socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`),
            );
            socket.once("error", reject);
            socket.once("data", () => {
                const secure = connectTls({ socket, servername: host, ca, ALPNProtocols: ["http/1.1"] }, () =>
                    resolve(secure),
                );
                secure.once("error", reject);
            });
        });
}

/** The child: a sandbox with a service that answers what the bare server answers. */
async function serve(): Promise<void> {
    const sandbox = await Sandbox.start({ project: "demo", mapping: join(__dirname, "door.yaml") });
    const service = await deployDoor((method, url, body) => sandbox.request(method, url, { body }));
    const [jwk = {}] = sandbox.cloud.tokens.jwks().keys;
    const { port, caPem: ca } = sandbox.network;
    process.send?.({ port, ca, jwk, ...service } satisfies Ready);
    process.once("disconnect", () => process.exit(0));
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    process.on("message", () => {
        collect();
        const { heapUsed, external } = process.memoryUsage();
        process.send?.(heapUsed + external);
    });
}

if (process.send && require.main === module) {
    void serve();
}
