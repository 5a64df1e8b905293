import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request as requestHttp, type IncomingMessage } from "node:http";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials, Metadata, status as grpcStatus } from "@grpc/grpc-js";
import { fetch, ProxyAgent, WebSocket as UndiciWebSocket } from "undici";
import { Sandbox } from "../../sandbox";
import { tunnelTo } from "../sandbox/support/over";
import { WebSocket } from "../sandbox/workloads/protocols/web-socket";
import { enter } from "../support/enter";
import { BALANCER, GRPC_CODES, makeReceivers, OF_RUN, type Statuses, type Receiver } from "./receivers";

const fixtures = join(__dirname, "../sandbox/workloads/fixtures/protocols");
/** What only the programs behind the doors answer. */
const ANSWER = /^plain |^data: |^SIGNATURE_REMOVED_BY_GOOGLE$|^no token$/;

/** What a client got: a status, and whether anything came from the program. */
interface Got {
    status: number;
    reached: boolean;
}

describe("clients of every protocol at every kind of address", function () {
    this.timeout(120_000);
    let sandbox: Sandbox;
    let leave: () => void;
    let folder: string;
    let receivers: Receiver[];
    let dispatcher: ProxyAgent;
    const silent = process.stderr.write.bind(process.stderr);
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "receivers-"));
        const rules = ["web", "grpc"].map(
            (id) => `  - { image: ${id}, command: [node, "${join(fixtures, `${id}.cjs`)}"] }\n`,
        );
        writeFileSync(join(folder, "sandbox.yaml"), `services:\n${rules.join("")}`);
        process.stderr.write = () => true;
        const declaredHosts = [`web.${BALANCER}`, `grpc.${BALANCER}`];
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml"), declaredHosts });
        leave = enter(sandbox);
        receivers = await makeReceivers(sandbox);
        dispatcher = new ProxyAgent({
            ...{ uri: sandbox.network.url, allowH2: true },
            requestTls: { ca: sandbox.network.caPem },
        });
    });
    after(async () => {
        await dispatcher.destroy();
        leave();
        await sandbox.close();
        process.stderr.write = silent;
        rmSync(folder, { recursive: true });
    });

    type Headers = { authorization?: string };
    const http1 = async (url: string, path: string, headers: Headers): Promise<Got> => {
        const { host } = new URL(url);
        const socket = await tunnelTo(sandbox.network, host, "http/1.1");
        const ask = requestHttp({ createConnection: () => socket, path, headers: { host, ...headers } });
        ask.on("error", () => undefined).end();
        const [answer] = (await once(ask, "response")) as [IncomingMessage];
        const type = answer.headers["content-type"] ?? "";
        if (answer.statusCode === 200 && type.startsWith("text/event-stream")) {
            socket.destroy();
            return { status: 200, reached: true };
        }
        let body = "";
        for await (const part of answer) {
            body += String(part);
        }
        socket.destroy();
        return { status: answer.statusCode ?? 0, reached: ANSWER.test(body) };
    };
    const http2 = async (url: string, path: string, headers: Headers): Promise<Got> => {
        const { host, origin } = new URL(url);
        const socket = await tunnelTo(sandbox.network, host, "h2");
        const session = connectHttp2(origin, { createConnection: () => socket });
        const stream = session.request({ ":path": path, ...headers });
        const [given] = (await once(stream, "response")) as [IncomingHttpHeaders];
        let body = "";
        if (given["content-type"] === "text/event-stream") {
            body = "data: begun";
        } else {
            for await (const part of stream) {
                body += String(part);
            }
        }
        session.destroy();
        return { status: Number(given[":status"]), reached: ANSWER.test(body) };
    };
    const PROTOCOLS: Record<string, (url: string, headers: Headers) => Promise<Got>> = {
        "HTTP/1.1": (url, headers) => http1(url, "/", headers),
        "HTTP/2": (url, headers) => http2(url, "/", headers),
        "events over HTTP/1.1": (url, headers) => http1(url, "/events", headers),
        "events over HTTP/2": (url, headers) => http2(url, "/events", headers),
        fetch: async (url, headers) => {
            const answer = await fetch(`${url}/`, { dispatcher, headers: { ...headers }, redirect: "manual" });
            return { status: answer.status, reached: ANSWER.test(await answer.text()) };
        },
        "a WebSocket": async (url, headers) => {
            const { host } = new URL(url);
            const socket = await tunnelTo(sandbox.network, host, "http/1.1");
            const client = new WebSocket(url.replace("https:", "wss:"), {
                ...{ createConnection: () => socket, headers },
            });
            return new Promise((resolve) => {
                client.once("error", (error: Error) => {
                    resolve({ status: Number(/(\d+)$/.exec(error.message)?.[1]), reached: false });
                });
                client.once("message", (data: Buffer) => {
                    client.close();
                    resolve({ status: 200, reached: ANSWER.test(data.toString()) });
                });
            });
        },
    };
    const same = (bytes: Buffer): Buffer => bytes;
    async function grpc(url: string, { authorization }: Headers): Promise<{ code: grpcStatus; reached: boolean }> {
        const client = new Client(
            `${new URL(url).host}:443`,
            credentials.createSsl(Buffer.from(sandbox.network.caPem)),
        );
        const metadata = new Metadata();
        if (authorization !== undefined) {
            metadata.set("authorization", authorization);
        }
        return new Promise((resolve) => {
            const stream = client.makeBidiStreamRequest("/echo.Echo/Both", same, same, metadata);
            let reached = false;
            stream.on("data", () => (reached = true)).on("error", () => undefined);
            stream.on("status", ({ code }: { code: grpcStatus }) => {
                client.close();
                resolve({ code, reached });
            });
            stream.write(Buffer.from("a"));
            stream.end();
        });
    }

    /** The wrong decision about a request, if there is one. */
    const wrongDecision = (from: number, allowed: boolean): string[] => {
        const found = sandbox.decisions(from).map((decision) => decision.allowed);
        return found.length > 0 && found.every((each) => each === allowed) ? [] : [`decided ${String(found)}`];
    };

    for (const protocol of Object.keys(PROTOCOLS)) {
        it(`let in whom the documents say, and answer all others as documented: ${protocol}`, async () => {
            const wrong: string[] = [];
            let refused = 0;
            for (const { name, url, calls } of receivers.filter(({ speaks }) => speaks === "web")) {
                for (const { caller, status, ...headers } of calls) {
                    const from = sandbox.decisions().at(-1)?.id ?? 0;
                    const got = await PROTOCOLS[protocol]?.(url, headers);
                    const said = `${name}, ${caller}: `;
                    if (got?.status !== status || got.reached !== (status === 200)) {
                        wrong.push(`${said}${JSON.stringify(got)} in place of ${status}`);
                    }
                    // The gateway has let its caller in before the service behind it refuses the gateway.
                    if (!name.startsWith("a gateway whose") || caller !== "granted") {
                        wrong.push(...wrongDecision(from, status === 200).map((problem) => `${said}${problem}`));
                    }
                    refused += status === 200 ? 0 : 1;
                }
            }
            assert.deepEqual(wrong, []);
            assert.ok(refused > 40);
        });
    }

    /** The address and the token of the caller that is let in. */
    const granted = (wanted: string): { url: string; headers: Headers } => {
        const { url, calls } = receivers.find(({ name }) => name === wanted) ?? { url: "", calls: [] };
        const { authorization = "" } = calls.find(({ caller }) => caller === "granted") ?? {};
        return { url, headers: { authorization } };
    };

    it("get 504 from a gateway whose backend takes longer than its deadline, or an answer that is broken off", async () => {
        const { url, headers } = granted("a gateway with a deadline");
        const answer = await fetch(`${url}/never`, { dispatcher, headers: { ...headers } });
        assert.deepEqual(
            [answer.status, await answer.json()],
            [504, { code: 504, message: "upstream request timeout" }],
        );
        const events = await fetch(`${url}/events`, { dispatcher, headers: { ...headers } });
        assert.equal(events.status, 200);
        await assert.rejects(events.text());
        assert.equal((await fetch(url, { dispatcher, headers: { ...headers } })).status, 200);
    });

    for (const protocol of ["HTTP/1.1", "HTTP/2"]) {
        it(`may send headers of 48 kB, and to a gateway none beyond 60 kB: ${protocol}`, async () => {
            const send = (name: string, size: number): Promise<Got | undefined> | undefined => {
                const { url, headers } = granted(name);
                return PROTOCOLS[protocol]?.(url, { ...headers, "x-large": "x".repeat(size) } as Headers);
            };
            assert.equal((await send("a gateway", 61_000))?.status, 431);
            for (const name of [
                "a gateway",
                "a service, web",
                "a load balancer, web",
                "an application behind IAP, web",
            ]) {
                assert.deepEqual(await send(name, 48_000), { status: 200, reached: true }, name);
            }
        });
    }

    it("let in whom the documents say, and answer all others as documented: gRPC", async () => {
        const wrong: string[] = [];
        for (const { name, url, calls } of receivers.filter(({ speaks }) => speaks === "grpc")) {
            for (const { caller, status, ...headers } of calls) {
                const { code, reached } = await grpc(url, headers);
                if (code !== GRPC_CODES[status] || reached !== (status === 200)) {
                    wrong.push(`${name}, ${caller}: ${grpcStatus[code]} in place of ${status}`);
                }
            }
        }
        assert.deepEqual(wrong, []);
    });

    it("reach a private service from the inside alone, and are asked for a token there too", async () => {
        const { url, calls } = receivers.find(({ name }) => name === "a private service, web") ?? {
            url: "",
            calls: [],
        };
        const inside = new ProxyAgent({
            uri: sandbox.network.proxyFor({ kind: "google", service: "workflows", project: "demo" }),
            requestTls: { ca: sandbox.network.caPem },
        });
        for (const { caller, status, ...headers } of calls) {
            const wanted = caller === "granted" ? 200 : OF_RUN[caller as keyof Statuses];
            const answer = await fetch(url, { dispatcher: inside, headers: { ...headers } });
            assert.deepEqual([status, answer.status], [404, wanted], caller);
            assert.equal(ANSWER.test(await answer.text()), wanted === 200, caller);
            const socket = new UndiciWebSocket(url.replace("https:", "wss:"), {
                dispatcher: inside,
                headers: { ...headers },
            });
            const said = await new Promise((resolve) => {
                socket.addEventListener("message", ({ data }) => resolve(data));
                socket.addEventListener("error", () => resolve("refused"));
            });
            socket.close();
            assert.equal(said, wanted === 200 ? "SIGNATURE_REMOVED_BY_GOOGLE" : "refused", caller);
        }
        await inside.destroy();
    });

    it("are let in and refused on one connection as the grant comes and goes", async () => {
        const { url, headers } = granted("a service, web");
        const service = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/at-web";
        const { host } = new URL(url);
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const socket = await tunnelTo(sandbox.network, host, "http/1.1");
        agent.createConnection = () => socket;
        const other = await tunnelTo(sandbox.network, host, "h2");
        const session = connectHttp2(url, { createConnection: () => other });
        const statuses = async (): Promise<unknown[]> => {
            const ask = requestHttp({ agent, host, headers: { host, ...headers } }).end();
            const [answer] = (await once(ask, "response")) as [IncomingMessage];
            await once(answer.resume(), "end");
            const stream = session.request({ ...headers });
            const [given] = (await once(stream, "response")) as [IncomingHttpHeaders];
            await once(stream.resume(), "end");
            return [answer.statusCode, given[":status"]];
        };
        const set = (...members: string[]) =>
            sandbox.request("POST", `${service}:setIamPolicy`, {
                body: { policy: { bindings: members.map((one) => ({ role: "roles/run.invoker", members: [one] })) } },
            });
        const member = "serviceAccount:granted@demo.iam.gserviceaccount.com";
        for (const [members, status] of [
            [[member], 200],
            [[], 403],
            [[member], 200],
        ] as const) {
            await set(...members);
            assert.deepEqual(await statuses(), [status, status]);
        }
        assert.equal(socket.destroyed, false);
        session.destroy();
        agent.destroy();
    });

    it("keep an open stream when its token expires, and open no other", async () => {
        const open = receivers.filter(
            ({ speaks, calls, name }) => speaks === "web" && calls[0]?.status === 200 && !name.includes("deadline"),
        );
        assert.ok(open.length > 4);
        const sockets = await Promise.all(
            open.map(async ({ name, url }) => {
                const { host } = new URL(url);
                const socket = await tunnelTo(sandbox.network, host, "http/1.1");
                const { headers } = granted(name);
                const options = { createConnection: () => socket, headers };
                const client = new WebSocket(url.replace("https:", "wss:"), options);
                await new Promise<void>((resolve) => client.once("message", () => resolve()));
                return { name, url, headers, client };
            }),
        );
        sandbox.cloud.clock.advance(2 * 3_600_000);
        for (const { name, url, headers, client } of sockets) {
            client.send("still");
            const said = await new Promise((resolve) =>
                client.once("message", (data: Buffer) => resolve(String(data))),
            );
            assert.equal(said, "still", name);
            client.close();
            for (const [protocol, ask] of Object.entries(PROTOCOLS)) {
                assert.deepEqual(await ask(url, headers), { status: 401, reached: false }, `${name}, ${protocol}`);
            }
        }
    });
});
