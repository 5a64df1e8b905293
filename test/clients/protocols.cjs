// What clients in Node and curl get at each address of a sandbox, as `receivers.ts` lists them: WebSockets (ws), events
// (eventsource), fetch over HTTP/2 (undici), gRPC of each kind (@grpc/grpc-js) and curl. The authority is found in the environment,
// and so is the proxy but for ws, which reads none. Run by scripts/clients.cjs.
const { spawn } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const load = createRequire(process.env.CLIENTS_FOLDER);
const { receivers, refusals } = JSON.parse(readFileSync(process.env.RECEIVERS, "utf8"));
const { HTTPS_PROXY } = process.env;

const { EnvHttpProxyAgent, fetch } = load("undici");
const dispatcher = new EnvHttpProxyAgent({ allowH2: true });
const { EventSource } = load("eventsource");
const WebSocket = load("ws");
const { HttpsProxyAgent } = load("https-proxy-agent");
const { Client, credentials, Metadata } = load("@grpc/grpc-js");

const headersOf = ({ authorization }) => (authorization === undefined ? {} : { authorization });

/** The status that curl gets over a version of HTTP. It ends streams after a second. */
function curl(...args) {
    return ({ url }, call) => {
        const headers = Object.entries(headersOf(call)).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
        const format = ["-s", "-o", "/dev/null", "-w", "%{http_code} %{http_version}"];
        const child = spawn("curl", [...format, "--max-time", "20", ...args, ...headers, url]);
        let text = "";
        child.stdout.on("data", (part) => (text += part));
        return new Promise((done) =>
            child
                .on("error", () => done("no curl"))
                .on("close", () => {
                    const [status, version] = text.split(" ");
                    const wanted = args.includes("--http2") ? "2" : "1.1";
                    done(version === wanted ? Number(status) : `HTTP/${version} in place of ${wanted}`);
                }),
        );
    };
}

const same = (bytes) => bytes;
/** The code of a call of gRPC. Only a code of 0 comes with the message that was sent. */
function grpc(method) {
    return ({ url }, call) => {
        const client = new Client(`${new URL(url).host}:443`, credentials.createSsl());
        const metadata = new Metadata();
        Object.entries(headersOf(call)).forEach(([name, value]) => metadata.set(name, value));
        return new Promise((done) => {
            let got = "";
            const end = ({ code }) => {
                client.close();
                done(code === 0 && got === "" ? "OK without an answer" : code);
            };
            const one = (_error, value) => (got += value === undefined ? "" : "answered");
            const path = method === "Check" ? "/grpc.health.v1.Health/Check" : `/echo.Echo/${method}`;
            const sent = Buffer.from(method === "Check" ? "" : "a");
            const deadline = { deadline: Date.now() + 20_000 };
            const stream = {
                Check: () => client.makeUnaryRequest(path, same, same, sent, metadata, deadline, one),
                Unary: () => client.makeUnaryRequest(path, same, same, sent, metadata, deadline, one),
                Server: () => client.makeServerStreamRequest(path, same, same, sent, metadata, deadline),
                Client: () => client.makeClientStreamRequest(path, same, same, metadata, deadline, one),
                Both: () => client.makeBidiStreamRequest(path, same, same, metadata, deadline),
            }[method]();
            stream.on("status", end).on("error", () => undefined);
            if (method === "Server" || method === "Both") {
                stream.on("data", (part) => (got += part));
            }
            if (method === "Client" || method === "Both") {
                stream.write(sent);
                stream.end();
            }
        });
    };
}

const CLIENTS = {
    web: {
        "fetch of undici": async ({ url }, call) => {
            const answer = await fetch(url, { dispatcher, headers: headersOf(call), redirect: "manual" });
            await answer.text();
            return answer.status;
        },
        eventsource: ({ url }, call) => {
            const own = (to, init) =>
                fetch(to, {
                    ...init,
                    dispatcher,
                    redirect: "manual",
                    headers: { ...init.headers, ...headersOf(call) },
                });
            const source = new EventSource(`${url}/events`, { fetch: own });
            return new Promise((done) => {
                const end = (status) => {
                    source.close();
                    done(status);
                };
                source.addEventListener("open", () => end(200));
                source.addEventListener("error", ({ code }) => end(code));
            });
        },
        ws: ({ url }, call) => {
            const agent = new HttpsProxyAgent(HTTPS_PROXY);
            const socket = new WebSocket(url.replace("https:", "wss:"), { agent, headers: headersOf(call) });
            return new Promise((done) => {
                socket.on("unexpected-response", (_request, answer) => {
                    done(answer.statusCode);
                    answer.destroy();
                });
                socket.on("error", ({ message }) => done(message));
                socket.once("message", () => {
                    socket.send("hello");
                    socket.once("message", (data) => {
                        socket.close(4001, "done");
                        socket.once("close", (code) => done(String(data) === "hello" && code === 4001 ? 200 : code));
                    });
                });
            });
        },
        "curl over HTTP/1.1": curl("--http1.1"),
        "curl over HTTP/2": curl("--http2"),
    },
    grpc: Object.fromEntries(
        ["Check", "Unary", "Server", "Client", "Both"].map((kind) => [`gRPC, ${kind}`, grpc(kind)]),
    ),
};

async function main() {
    let failed = 0;
    for (const receiver of receivers) {
        for (const [name, client] of Object.entries(CLIENTS[receiver.speaks])) {
            const wrong = [];
            for (const call of receiver.calls) {
                const got = await client(receiver, call).catch((error) => String(error));
                const wanted = receiver.speaks === "grpc" ? refusals[call.status] : call.status;
                if (got !== wanted) {
                    wrong.push(`${call.caller} got ${got} in place of ${wanted}`);
                }
            }
            const what = `${name} at ${receiver.name}`;
            console.log(wrong.length === 0 ? `ok ${what}` : `failed ${what}: ${wrong.join("; ")}`);
            failed += wrong.length;
        }
    }
    return failed === 0 ? 0 : 1;
}

main().then((code) => process.exit(code));
