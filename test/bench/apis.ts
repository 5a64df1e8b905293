import { spawn } from "node:child_process";
import { request } from "node:http";
import { connect as connectHttp2, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { toBinary, fromJson } from "@bufbuild/protobuf";
import { Sandbox } from "../../sandbox";
import { message } from "../../sandbox/apis/framework/descriptors";
import { createCloud } from "../../sandbox/create";
import { load } from "./load";

const { root, nodeArguments, environment } = createRequire(__filename)("../../scripts/sources.cjs") as {
    root: string;
    nodeArguments: string[];
    environment: NodeJS.ProcessEnv;
};

const HOST = "secretmanager.googleapis.com";
const SECRET = "projects/demo/secrets/key";
const CONNECTIONS = 16;
const MILLISECONDS = 3000;

export interface ApiFigures {
    /** From the start of a process to a sandbox that answers. */
    readyMilliseconds: number;
    restPerSecond: number;
    grpcPerSecond: number;
}

/** Measures how soon a sandbox is ready, and how many admin calls it answers through its proxy and TLS. */
export async function measureApis(): Promise<ApiFigures> {
    const times: number[] = [];
    // The first start fills Node's compile cache.
    for (let round = 0; round < 4; round += 1) {
        times.push(await startOnce());
    }
    const [, middle = Number.NaN] = times.slice(1).sort((a, b) => a - b);
    const sandbox = await Sandbox.start();
    try {
        const secrets = `https://${HOST}/v1/projects/demo/secrets`;
        await sandbox.request("POST", `${secrets}?secretId=key`, { body: { replication: { automatic: {} } } });
        const token = sandbox.environment().GOOGLE_OAUTH_ACCESS_TOKEN ?? "";
        const rest = await load({
            open: () => tunnel(sandbox, "http/1.1"),
            request: `GET /v1/${SECRET} HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
            connections: CONNECTIONS,
            milliseconds: MILLISECONDS,
        });
        return {
            readyMilliseconds: middle,
            restPerSecond: rest.requestsPerSecond,
            grpcPerSecond: await grpc(sandbox, token),
        };
    } finally {
        await sandbox.close();
    }
}

function startOnce(): Promise<number> {
    const program = `require("${root}/sandbox").Sandbox.start().then((s) => { console.log("ready"); return s.close(); });`;
    const began = performance.now();
    const child = spawn(process.execPath, [...nodeArguments, "-e", program], { cwd: root, env: environment });
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("exit", (code) => reject(new Error(`the sandbox ended with ${String(code)}`)));
        child.stdout.once("data", () => resolve(performance.now() - began));
    });
}

function tunnel(sandbox: Sandbox, protocol: string): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
        request({ port: sandbox.network.port, host: "127.0.0.1", method: "CONNECT", path: `${HOST}:443` })
            .on("connect", (_response, socket: Socket) => {
                const secure = connectTls(
                    { socket, servername: HOST, ca: sandbox.network.caPem, ALPNProtocols: [protocol] },
                    () => resolve(secure),
                );
                secure.on("error", reject);
            })
            .on("error", reject)
            .end();
    });
}

/** Unary calls, so many at once on one connection, as a client library makes them. */
async function grpc(sandbox: Sandbox, token: string): Promise<number> {
    const input = message("google.cloud.secretmanager.v1.GetSecretRequest");
    const bytes = toBinary(input, fromJson(input, { name: SECRET }));
    const frame = Buffer.concat([Buffer.alloc(5), bytes]);
    frame.writeUInt32BE(bytes.length, 1);
    const secure = await tunnel(sandbox, "h2");
    const session = connectHttp2(`https://${HOST}`, { createConnection: () => secure });
    // The first call loads the library.
    await unary(session, frame, token);
    const began = performance.now();
    let count = 0;
    const client = async (): Promise<void> => {
        while (performance.now() - began < MILLISECONDS) {
            await unary(session, frame, token);
            count += 1;
        }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
    session.close();
    return (count * 1000) / (performance.now() - began);
}

function unary(session: ClientHttp2Session, frame: Buffer, token: string): Promise<void> {
    return new Promise((resolve, reject) => {
        const stream = session.request({
            ":method": "POST",
            ":path": "/google.cloud.secretmanager.v1.SecretManagerService/GetSecret",
            "content-type": "application/grpc",
            te: "trailers",
            authorization: `Bearer ${token}`,
        });
        let status: unknown;
        stream.on("trailers", (trailers: IncomingHttpHeaders) => (status = trailers["grpc-status"]));
        stream.on("error", reject);
        stream.on("end", () => (status === "0" ? resolve() : reject(new Error(`gRPC status ${String(status)}`))));
        stream.resume();
        stream.end(frame);
    });
}

/** Decisions a second, with so many bindings, each on a resource of its own, and as many accounts. */
export function measureDecisions(bindings: number): number {
    const cloud = createCloud();
    try {
        const principal = { kind: "user", email: "caller@example.com" } as const;
        const member = "user:caller@example.com";
        const nameOf = (i: number): string =>
            `//run.googleapis.com/projects/demo/locations/europe-west1/services/s${i}`;
        for (let i = 0; i < bindings; i += 1) {
            cloud.iam.setPolicy(nameOf(i), { bindings: [{ role: "roles/run.invoker", members: [member] }] });
        }
        const began = performance.now();
        let count = 0;
        for (; performance.now() - began < 1000; count += 1) {
            const resource = nameOf(count % bindings);
            if (!cloud.iam.evaluate({ principal, permission: "run.routes.invoke", resource }).allowed) {
                throw new Error(`${resource} was denied`);
            }
        }
        return (count * 1000) / (performance.now() - began);
    } finally {
        cloud.close();
    }
}
