import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Command } from "commander";
import { call } from "../../../cli/commands/call";
import { register, verify, type VerifyFlags } from "../../../cli/commands/verify";
import { terminal } from "../../../cli/render";
import { Crypter } from "../../../engine/state";
import type { Report, SmokeSpec } from "../../../smoke";
import { assertPrinted } from "../../support/printed";

const leaking = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln ya29.secret";

describe("gcp-invoke verify", () => {
    let folder: string;
    let server: Server;
    let url: string;
    let status = 403;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "verify-"));
        // A receiver that says back whatever tokens it knows, to see that none gets through to an output.
        server = createServer((_, response) => response.writeHead(status).end(JSON.stringify({ leaking })));
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
        server.closeAllConnections();
        server.close();
        rmSync(folder, { recursive: true });
    });
    beforeEach(() => (status = 403));

    const spec = (): SmokeSpec => ({
        version: 1,
        name: "front",
        project: "demo",
        fingerprint: {},
        probes: [
            { kind: "request", name: "anonymous → front", url, credential: { kind: "none" }, outcome: "denied" },
            {
                kind: "request",
                name: "open → front",
                url,
                credential: { kind: "none" },
                outcome: "allowed",
                expect: { status: 403, matches: "leaking" },
            },
            {
                kind: "request",
                name: "inside",
                url,
                credential: { kind: "broken" },
                outcome: "denied",
                ingress: "internal",
            },
        ],
    });
    let files = 0;
    const write = (content: unknown) => {
        const file = path.join(folder, `${(files += 1)}.json`);
        writeFileSync(file, JSON.stringify(content));
        return file;
    };
    const state = (...inputs: unknown[]) => ({
        version: 3,
        deployment: {
            resources: [
                { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", type: "pulumi:pulumi:Stack" },
                ...inputs.map((input) => ({ urn: "urn:x", type: "pulumi:index:Stash", inputs: { input } })),
            ],
        },
    });
    const run = async (flags: Partial<VerifyFlags>) => {
        let text = "";
        const out = { ...terminal(process.stdout, { NO_COLOR: "1" }), write: (part: string) => void (text += part) };
        const code = await verify(".", { deadline: 1, ...flags }, out);
        assert.doesNotMatch(text, /eyJ|ya29/);
        return { code, text };
    };

    it("runs the specs of a file, and of a stack's state, and exits 0 when nothing failed", async () => {
        for (const flags of [
            { spec: write(spec()) },
            { spec: write([spec()]) },
            { state: write(state(spec(), { other: 1 })) },
        ]) {
            const { code, text } = await run(flags);
            assert.equal(code, 0);
            assert.match(text, /smoke check of front \(demo\): 2 passed, 0 failed, 1 not tried/);
            assert.match(text, /- inside: not tried: the receiver has internal ingress/);
        }
    });

    it("exits 1 when a probe failed, and shows why", async () => {
        status = 200;
        const { code, text } = await run({ spec: write(spec()) });
        assert.equal(code, 1);
        assert.match(text, /✗ anonymous → front: the receiver answered 200 to a caller that must be denied/);
    });

    it("prints JSON, JUnit and GitHub annotations that say the same", async () => {
        status = 500;
        const file = write(spec());
        const json = await run({ spec: file, format: [{ format: "json" }] });
        assertPrinted("verify", JSON.parse(json.text));
        const { reports } = JSON.parse(json.text) as { reports: Report[] };
        assert.deepEqual(
            reports[0]?.probes.map(({ verdict }) => verdict),
            ["failed", "failed", "not-tried"],
        );
        const junit = (await run({ spec: file, format: [{ format: "junit" }] })).text;
        assert.match(junit, /<testsuite name="front" tests="7" failures="2" skipped="5"/);
        assert.match(junit, /<failure message="the receiver answered 500, which is an outage and no denial/);
        const github = (await run({ spec: file, format: [{ format: "github" }] })).text;
        assert.equal(github.match(/^::error title=front%3A /gm)?.length, 2);
        assert.equal(
            github.match(/^::notice /gm)?.length,
            5,
            "what was not tried, and the denials that no probe tries",
        );
    });

    it("writes each format to the file that it names, and runs only its part of the checks", async () => {
        status = 200;
        const named = (name: string) => ({ ...spec(), name });
        const file = write([named("one"), named("two"), named("three")]);
        const places = { markdown: path.join(folder, "r.md"), html: path.join(folder, "r.html") };
        const format: VerifyFlags["format"] = [
            { format: "log" },
            { format: "markdown", file: places.markdown },
            { format: "html", file: places.html },
        ];
        const { code, text } = await run({ spec: file, shard: { index: 1, count: 2 }, format });
        assert.equal(code, 1);
        const checks = text.split("\n").flatMap((line) => /"check":"(\w+)"/.exec(line)?.[1] ?? []);
        assert.deepEqual([...new Set(checks)], ["one", "three"]);
        assert.match(readFileSync(places.markdown, "utf8"), /Smoke check of three \(demo\): 0 passed, 2 failed/);
        assert.match(readFileSync(places.html, "utf8"), /<h2 class="failed">/);
        for (const output of Object.values(places)) {
            assert.doesNotMatch(readFileSync(output, "utf8"), /eyJ|ya29/);
        }
        const empty = await run({ spec: write(spec()), shard: { index: 2, count: 2 } });
        assert.deepEqual([empty.code, empty.text], [0, ""]);
        const lost = [{ format: "junit", file: path.join(folder, "none", "r.xml") }] as const;
        await assert.rejects(
            run({ spec: file, format: [...lost] }),
            /cannot write the report to .*r\.xml: there is no such file/,
        );
    });

    it("runs only what --only names", async () => {
        const { text } = await run({ spec: write(spec()), only: "anonymous" });
        assert.match(text, /1 passed, 0 failed in/);
        await assert.rejects(run({ spec: write(spec()), only: "nothing" }), /no probe's name contains "nothing"/);
    });

    it("repeats the checks with --watch, and reports each round", async () => {
        const rounds: string[] = [];
        const out = {
            ...terminal(process.stdout, { NO_COLOR: "1" }),
            write(part: string) {
                rounds.push(/\d+ passed, \d+ failed/.exec(part)?.[0] ?? part);
                status = 200;
                if (rounds.length === 3) {
                    throw new Error("enough");
                }
            },
        };
        const flags = { deadline: 1, watch: 0.01, spec: write(spec()) } as const;
        await assert.rejects(verify(".", flags, out), /enough/);
        assert.deepEqual(rounds, ["2 passed, 0 failed", "0 passed, 2 failed", "0 passed, 2 failed"]);
    });

    it("waits as long as after a deploy with --allow-slow, and a minute without", async () => {
        const waited = async (flags: object): Promise<number> => {
            const timeouts: number[] = [];
            const slow = createServer((_, response) => response.writeHead(503).end());
            await new Promise<void>((done) => slow.listen(0, "127.0.0.1", done));
            const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
            const [first] = spec().probes;
            const probes = [{ ...first, url: address }];
            const file = write({ ...spec(), probes, deadlineSeconds: 2 });
            const began = Date.now();
            const out = { ...terminal(process.stdout, {}), write: () => timeouts.push(Date.now() - began) };
            try {
                assert.equal(await verify(".", { format: [{ format: "json" }], spec: file, ...flags }, out), 1);
            } finally {
                slow.close();
            }
            return Math.round((timeouts[0] ?? 0) / 1000);
        };
        // The spec's own two seconds are what counts, and a deadline that is given before either.
        assert.equal(await waited({ allowSlow: true }), 2);
        assert.equal(await waited({ allowSlow: true, deadline: 1 }), 1);
    });

    it("says what is wrong with a file", async () => {
        const refused: [unknown, RegExp][] = [
            [{}, /is no smoke spec/],
            [{ ...spec(), version: 2 }, /has version 2; this gcp-invoke reads version 1/],
            [{ ...spec(), probes: [{ kind: "ping", name: "x" }] }, /kind "ping"; known are workflow, request, policy/],
            [{ ...spec(), probes: [spec().probes[0], spec().probes[0]] }, /without a name of its own/],
        ];
        for (const [content, message] of refused) {
            await assert.rejects(run({ spec: write(content) }), message);
        }
        await assert.rejects(run({ state: write(state({ other: 1 })) }), /keeps no smoke spec/);
        await assert.rejects(run({ spec: path.join(folder, "none.json") }), /cannot read .*none\.json/);
    });

    it("reads a spec with a secret in it if the state shows secrets, and says so if it does not", async () => {
        const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
        const kept = (input: unknown) => {
            const content = state(input);
            for (const resource of content.deployment.resources) {
                resource.urn += "::front-smoke";
            }
            return write(content);
        };
        const [first, ...rest] = spec().probes;
        for (const [plain, hidden] of [
            [
                { ...mark, plaintext: JSON.stringify(spec()) },
                { ...mark, ciphertext: "AAA=" },
            ],
            [
                { ...spec(), probes: [{ ...first, name: { ...mark, plaintext: '"secret"' } }, ...rest] },
                { ...spec(), probes: [{ ...first, body: { ...mark, ciphertext: "AAA=" } }, ...rest] },
            ],
        ]) {
            assert.equal((await run({ state: kept(plain) })).code, 0);
            await assert.rejects(run({ state: kept(hidden) }), /is encrypted: pulumi stack export --show-secrets/);
        }
    });

    it("reads a spec with a secret in it from a state of the engine, whose key lies beside it", async () => {
        const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
        const stacks = mkdtempSync(path.join(folder, "stacks-"));
        const crypter = await Crypter.ofFile(path.join(stacks, "key.json"));
        const [first, ...rest] = spec().probes;
        const name = { ...mark, ciphertext: crypter.encrypt('"quietly"') };
        const content = state({ ...spec(), probes: [{ ...first, name }, ...rest] });
        for (const resource of content.deployment.resources) {
            resource.urn += "::front-smoke";
        }
        const file = path.join(stacks, "shop.dev.json");
        writeFileSync(file, JSON.stringify(content));
        const { code, text } = await run({ state: file });
        assert.equal(code, 0, text);
        assert.match(text, /quietly/);
        rmSync(path.join(stacks, "key.json"));
        await assert.rejects(run({ state: file }), /is encrypted: pulumi stack export --show-secrets/);
        await Crypter.ofFile(path.join(stacks, "key.json"));
        await assert.rejects(run({ state: file }), /shop\.dev\.json/);
    });

    it("cuts no line if it does not write to a screen", async () => {
        status = 403;
        const long = spec();
        const probe = long.probes[0];
        if (probe) {
            probe.name = `anonymous → ${"a-long-name-".repeat(12)}`;
        }
        assert.doesNotMatch((await run({ spec: write(long) })).text, /…/);
    });

    it("refuses a command line that cannot be understood", () => {
        for (const args of [
            ["--format", "xml"],
            ["--watch", "often"],
            ["--concurrency", "0"],
        ]) {
            const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
            register(program);
            const command = program.commands[0]?.exitOverride();
            assert.throws(() => command?.parse(args, { from: "user" }), { exitCode: 1 });
        }
    });

    describe("gcp-invoke call", () => {
        const calling = async (address: string, flags: object = {}) => {
            let [out, log] = ["", ""];
            const code = await call(
                address,
                { header: [], ...flags },
                { write: (part) => (out += part) },
                { write: (part) => (log += part) },
                { env: { CLOUDSDK_CONFIG: folder, NO_GCE_CHECK: "true" }, accessToken: "ya29.given" },
            );
            assert.doesNotMatch(log, /eyJ|ya29/);
            return { code, out, log };
        };

        it("prints the body, exits 1 on a refusal, and says what the receiver wants", async () => {
            const refused = await calling(url, { anonymous: true });
            assert.equal(refused.code, 1);
            assert.match(refused.log, /^403 in \d+ ms\n127\.0\.0\.1:\d+: 403: the receiver wants an ID token/);
            assert.match(refused.out, /leaking/);
            status = 200;
            assert.equal((await calling(url, { anonymous: true })).code, 0);
        });

        it("refuses to send a token in clear text, and what is no URL", async () => {
            await assert.rejects(calling("http://orders.example.com/"), /in clear text; use https/);
            await assert.rejects(calling("orders"), /is no URL/);
            await assert.rejects(calling(url, { anonymous: true, header: ["x"] }), /has no name/);
        });
    });
});
