import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Sandbox } from "../../sandbox";
import { tunnelTo } from "../sandbox/support/over";
import { BALANCER, makeReceivers } from "./receivers";

const fixture = join(__dirname, "../sandbox/workloads/fixtures/protocols/web.cjs");
const NAMES = ["a service, web", "a gateway", "an application behind IAP, web", "a load balancer, web"];
/** `FUZZ_CONNECTIONS=5000` for a night. */
const CONNECTIONS = Number(process.env["FUZZ_CONNECTIONS"] ?? 60);
const SOCKET = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: eA==\r\n";

/** Requests by their kind, from their headers and a size. What ends with no blank line is no request. */
const KINDS: Record<string, (headers: string, size: number) => string> = {
    get: (headers) => `GET / HTTP/1.1\r\n${headers}\r\n`,
    old: (headers) => `GET / HTTP/1.0\r\n${headers}\r\n`,
    post: (headers, size) => `POST / HTTP/1.1\r\n${headers}content-length: ${size}\r\n\r\n${"a".repeat(size)}`,
    "cut off": (headers, size) =>
        `POST / HTTP/1.1\r\n${headers}content-length: ${size + 50}\r\n\r\n${"a".repeat(size)}`,
    chunked: (headers) => `POST / HTTP/1.1\r\n${headers}transfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    "bad chunk": (headers) => `POST / HTTP/1.1\r\n${headers}transfer-encoding: chunked\r\n\r\nzz\r\n`,
    "two lengths": (headers) =>
        `POST / HTTP/1.1\r\n${headers}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${KINDS["get"]?.("", 0) ?? ""}`,
    asking: (headers, size) =>
        `POST / HTTP/1.1\r\n${headers}expect: 100-continue\r\ncontent-length: ${size}\r\n\r\n${"a".repeat(size)}`,
    socket: (headers) => `GET / HTTP/1.1\r\n${headers}${SOCKET}\r\n`,
    h2c: (headers) => `POST / HTTP/1.1\r\n${headers}connection: upgrade\r\nupgrade: h2c\r\ncontent-length: 1\r\n\r\na`,
    large: (headers) => `GET / HTTP/1.1\r\n${headers}x: ${"x".repeat(80_000)}\r\n\r\n`,
    preface: () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    garbage: (_headers, size) => `\0\x01${"z".repeat(size)}\r\n\r\n`,
};

describe("connections on which anything is sent", function () {
    this.timeout(300_000);
    let sandbox: Sandbox;
    let folder: string;
    let doors: { host: string; authorization: string }[];
    const silent = process.stderr.write.bind(process.stderr);
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "pipelined-"));
        const rules = ["web", "grpc"].map((id) => `  - { image: ${id}, command: [node, "${fixture}"] }\n`);
        writeFileSync(join(folder, "sandbox.yaml"), `services:\n${rules.join("")}`);
        process.stderr.write = () => true;
        const declaredHosts = [`web.${BALANCER}`, `grpc.${BALANCER}`];
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml"), declaredHosts });
        const receivers = await makeReceivers(sandbox);
        doors = NAMES.map((wanted) => {
            const { url, calls } = receivers.find(({ name }) => name === wanted) ?? { url: "", calls: [] };
            return { host: new URL(url).host, authorization: calls[0]?.authorization ?? "" };
        });
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = silent;
        rmSync(folder, { recursive: true });
    });

    it("reach a program as often as their tokens say at most, and end no sandbox", async () => {
        let reached = 0;
        const connections = fc.record({
            door: fc.nat(NAMES.length - 1),
            requests: fc.array(fc.tuple(fc.constantFrom(...Object.keys(KINDS)), fc.boolean(), fc.nat(3000)), {
                minLength: 1,
                maxLength: 5,
            }),
            cuts: fc.array(fc.nat(100), { maxLength: 4 }),
            end: fc.constantFrom("waits", "ends", "goes"),
        });
        await fc.assert(
            fc.asyncProperty(connections, async ({ door, requests, cuts, end }) => {
                const { host, authorization } = doors[door] ?? { host: "", authorization: "" };
                const text = requests.map(([kind, hasToken, size]) => {
                    const headers = `host: ${host}\r\n${hasToken ? `authorization: ${authorization}\r\n` : ""}`;
                    return KINDS[kind]?.(headers, size) ?? "";
                });
                const bytes = Buffer.from(text.join(""), "latin1");
                const socket = await tunnelTo(sandbox.network, host, "http/1.1");
                let got = "";
                socket.on("data", (data: Buffer) => (got += data.toString("latin1"))).on("error", () => undefined);
                const places = cuts.map((cut) => Math.floor((bytes.length * cut) / 100)).sort((a, b) => a - b);
                for (const [i, to] of [...places, bytes.length].entries()) {
                    socket.write(bytes.subarray(places[i - 1] ?? 0, to));
                }
                if (end === "ends") {
                    socket.end();
                } else if (end === "goes") {
                    socket.destroy();
                }
                const closed = new Promise((resolve) => socket.once("close", resolve));
                await Promise.race([closed, sleep(end === "waits" ? 100 : 30)]);
                socket.destroy();
                const answers = got.match(/plain [A-Z]+ |SIGNATURE_REMOVED_BY_GOOGLE|no token/g)?.length ?? 0;
                assert.ok(answers <= requests.filter(([, hasToken]) => hasToken).length, got.slice(0, 500));
                reached += answers;
            }),
            { numRuns: CONNECTIONS },
        );
        assert.ok(reached > 0);
    });
});
