import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, get, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { Sandbox } from "../../sandbox";
import { skip } from "../support/skip";

const attacker = join(__dirname, "workloads/fixtures/attacker.cjs");
const { attempt } = createRequire(__filename)(attacker) as { attempt: (what: string, to: string) => Promise<Outcome> };
const directory = join(__dirname, "fixtures/attacking-program");

interface Outcome {
    got?: unknown;
    refused?: string;
}
type Attempt = [what: string, to: string];

/** No variable with this in it may be seen by a program. */
const REAL = "value-of-the-real-cloud";
const CLOUDS = ["GOOGLE", "CLOUDSDK", "AWS", "AZURE", "ARM", "VAULT", "GITHUB", "GH", "GCP", "CI_JOB", "KUBECONFIG"];
const names = fc
    .tuple(fc.constantFrom(...CLOUDS), fc.stringMatching(/^[A-Z]{2,9}(_[A-Z]{2,9}){0,2}$/))
    .map((parts) => parts.join("_"))
    .filter((name) => !/_(REGION|ZONE|LOCATION)$/.test(name));

const host = "real.example.org";
const refused: Attempt[] = [
    ...["https", "fetch"].map((client): Attempt => [client, `https://${host}/`]),
    ["http", `http://${host}/`],
    ["http2", `https://${host}/`],
    ...["socket", "options", "esm", "tls"].flatMap((way) =>
        [host, "192.0.2.1", "2001:db8::1"].map((to): Attempt => [way, to]),
    ),
    ...["lookup", "resolve", "resolver", "callback", "datagram"].map((way): Attempt => [way, host]),
    ["datagram", "192.0.2.1"],
    ["reverse", "192.0.2.1"],
    ["listen", "192.0.2.1"],
];
const listening: Attempt[] = ["", "0.0.0.0", "::", "127.0.0.1", "localhost"].map((to) => ["listen", to]);
const connects = (tell: string): string =>
    `require("net").connect(443, "192.0.2.1").on("error", ({ message }) => ${tell}(JSON.stringify(process.env) + message))`;
const descendants: Attempt[] = [
    ["child", connects("console.log")],
    ["thread", connects(`require("worker_threads").parentPort.postMessage`)],
];
const served = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";

describe("the code of a Pulumi program", function () {
    this.timeout(120_000);
    const environment = { ...process.env };
    let home: string;
    let outer: string | undefined;
    before(() => {
        home = mkdtempSync(join(tmpdir(), "isolated-programs-"));
        mkdirSync(join(home, ".config/gcloud"), { recursive: true });
        const key = { type: "authorized_user", client_id: REAL, client_secret: REAL, refresh_token: REAL };
        writeFileSync(join(home, ".config/gcloud/application_default_credentials.json"), JSON.stringify(key));
        for (const name of [...fc.sample(names, { numRuns: 200, seed: 21 }), "GOOGLE_APPLICATION_CREDENTIALS"]) {
            process.env[name] = REAL;
        }
        Object.assign(process.env, { HOME: home, PROJECT_ROOT: process.cwd(), NO_CLOUD: "kept" });
        const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all);
        outer = addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
    });
    after(() => {
        process.env = environment;
        rmSync(home, { recursive: true });
    });

    /** What came of the attempts, by the kind of the code. */
    async function ofFunction(sandbox: Sandbox, attempts: Attempt[]): Promise<Map<string, Outcome[]>> {
        const outcomes = new Map<string, Outcome[]>();
        const all = async (): Promise<Outcome[]> => {
            const found: Outcome[] = [];
            for (const [what, to] of attempts) {
                found.push(await attempt(what, to));
            }
            return found;
        };
        const { result, diagnostics } = await sandbox.up(async () => {
            outcomes.set("function", await all());
            const hook = new pulumi.ResourceHook("attack", async () => void outcomes.set("hook of it", await all()));
            const stash = new pulumi.Stash("hooked", { input: Math.random() }, { hooks: { beforeCreate: [hook] } });
            stash.urn.apply(async () => void outcomes.set("apply of it", await all()));
        });
        assert.equal(result, "succeeded", JSON.stringify(diagnostics));
        assert.equal(outcomes.size, 3);
        return outcomes;
    }

    async function ofDirectory(sandbox: Sandbox, attempts: Attempt[]): Promise<Map<string, Outcome[]>> {
        const config = { attempts: JSON.stringify(attempts), attacker };
        const { result, outputs, diagnostics } = await sandbox.up(directory, { config });
        assert.equal(result, "succeeded", JSON.stringify(diagnostics));
        const entries = Object.entries(outputs).map(([kind, text]): [string, Outcome[]] => [
            kind,
            JSON.parse(String(text)) as Outcome[],
        ]);
        assert.equal(entries.length, 3);
        return new Map(entries);
    }

    for (const [form, run] of Object.entries({ ofFunction, ofDirectory })) {
        it(`sees the sandbox and loopback, and no other cloud: each kind of it in a program ${form}`, async () => {
            await using sandbox = await Sandbox.start();
            const attempts: Attempt[] = [
                ["environment", ""],
                ["token", ""],
                ...["fetch", "https", "http2"].map((client): Attempt => [client, served]),
                ...listening,
                ...descendants,
                ...refused,
            ];
            for (const [kind, outcomes] of await run(sandbox, attempts)) {
                const of = (what: string): Outcome[] => outcomes.filter((_, at) => attempts[at]?.[0] === what);
                const [{ got: seen } = {}] = of("environment");
                assert.equal((seen as Record<string, string>)["NO_CLOUD"], "kept", kind);
                assert.doesNotMatch(JSON.stringify(outcomes), new RegExp(REAL), kind);
                const verified = sandbox.cloud.tokens.verifyAccessToken(String(of("token")[0]?.got));
                assert.ok(verified.ok, `${kind}: ${JSON.stringify(of("token"))}`);
                for (const client of ["fetch", "https", "http2"]) {
                    // The clients send no token, or name no path: the API refuses them, and not the network.
                    assert.ok(
                        [401, 403, 404].includes(Number(of(client)[0]?.got)),
                        `${kind}: ${JSON.stringify(of(client))}`,
                    );
                }
                for (const { got } of of("listen").slice(0, listening.length)) {
                    assert.match(String(got), /^(127\.0\.0\.1|::1)$/, kind);
                }
                for (const { got } of [...of("child"), ...of("thread")]) {
                    assert.match(String(got), /the sandbox does not serve 192\.0\.2\.1/, kind);
                    assert.match(String(got), /"NO_CLOUD":"kept"/, kind);
                }
                outcomes.slice(-refused.length).forEach((outcome, at) => {
                    assert.ok(outcome.refused, `${kind}: ${String(refused[at])}: ${JSON.stringify(outcome)}`);
                });
            }
            assert.ok(sandbox.refused().some((one) => one.host === host));
        });
    }

    it("gets no connection that the code outside has opened, and leaves that code as it was", async function () {
        if (outer === undefined) {
            skip(this, "this machine has no address but loopback");
        }
        const decoy: Server = createServer((_, response) => response.end("real"));
        let requests = 0;
        decoy.on("request", () => requests++);
        await new Promise<void>((resolve) => decoy.listen(0, outer, resolve));
        const url = `http://${outer}:${(decoy.address() as AddressInfo).port}/`;
        const agent = new Agent({ keepAlive: true });
        const byAgent = (): Promise<string> =>
            new Promise((resolve, reject) => {
                get(url, { agent }, (answer) => answer.on("data", String).on("end", () => resolve("real"))).on(
                    "error",
                    ({ message }) => reject(new Error(message)),
                );
            });
        const outside = async (): Promise<void> => {
            assert.equal(await (await fetch(url)).text(), "real");
            assert.equal(await byAgent(), "real");
            assert.equal(process.env["GOOGLE_APPLICATION_CREDENTIALS"], REAL);
            assert.equal(process.env["SET_INSIDE"], undefined);
            const server = createServer().listen(0);
            assert.doesNotMatch((server.address() as AddressInfo).address, /^127/);
            server.close();
        };
        await using sandbox = await Sandbox.start();
        await outside();
        await sandbox.up(async () => {
            process.env["SET_INSIDE"] = "yes";
            await assert.rejects(fetch(url));
            await assert.rejects(byAgent(), /the sandbox does not serve/);
            assert.equal(process.env["SET_INSIDE"], "yes");
            Object.assign(process.env, { SET_INSIDE: 1 });
            assert.equal(process.env["SET_INSIDE"], "1");
            delete process.env["SET_INSIDE"];
            assert.equal("SET_INSIDE" in process.env, false);
        });
        const before = requests;
        let running = (): void => undefined;
        const runs = new Promise<void>((resolve) => (running = resolve));
        let goOn = (): void => undefined;
        const mayEnd = new Promise<void>((resolve) => (goOn = resolve));
        const up = sandbox.up(async () => {
            running();
            await mayEnd;
            await assert.rejects(fetch(url));
        });
        await runs;
        await outside();
        goOn();
        // A program that was refused something and caught it has not failed; the preview and the update ran it.
        assert.equal((await up).result, "succeeded");
        assert.equal(requests, before + 2);
        agent.destroy();
        decoy.closeAllConnections();
        decoy.close();
    });

    it("has the variables, the identity and the way of its own sandbox where two run at once", async () => {
        await using one = await Sandbox.start({ project: "project-one" });
        await using other = await Sandbox.start({ project: "project-two" });
        let here = 0;
        let both = (): void => undefined;
        const met = new Promise<void>((resolve) => (both = resolve));
        const run = async (sandbox: Sandbox): Promise<void> => {
            const { result, outputs } = await sandbox.up(async () => {
                process.env["OWN"] = sandbox.project;
                here += 1;
                if (here === 2) {
                    both();
                }
                await met;
                const token = await attempt("token", "");
                const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${sandbox.project}`;
                const headers = { authorization: `Bearer ${String(token.got)}` };
                return { status: (await fetch(url, { headers })).status, own: process.env["OWN"], token: token.got };
            });
            assert.equal(result, "succeeded");
            assert.deepEqual([outputs["status"], outputs["own"]], [200, sandbox.project]);
            assert.ok(sandbox.cloud.tokens.verifyAccessToken(String(outputs["token"])).ok);
        };
        await Promise.all([run(one), run(other)]);
        assert.equal(process.env["OWN"], undefined);
    });
});
