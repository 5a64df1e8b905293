import { strict as assert } from "node:assert";
import { createSocket, type Socket } from "node:dgram";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";
import { command } from "../support/command";
import { skip } from "../support/skip";
import { zip } from "../support/zip";

/** No value with this in it may be seen. */
const REAL = "value-of-the-real-cloud";
const PREFIXES = ["GOOGLE", "CLOUDSDK", "GCLOUD", "AWS", "AZURE", "ARM", "VAULT"];
const PARTS = [
    "APPLICATION_CREDENTIALS",
    "ACCESS_TOKEN",
    "ACCESS_KEY_ID",
    "CLIENT_SECRET",
    "TOKEN",
    "PROFILE",
    "CONFIG",
];
const VARIABLES = [
    ...PREFIXES.flatMap((prefix) => PARTS.map((part) => `${prefix}_${part}`)),
    ...["GOOGLE_CREDENTIALS", "GOOGLE_API_KEY", "CLOUDSDK_AUTH_ACCESS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "KUBECONFIG"],
    ...["VAULT_ADDR", "AWS_SESSION_TOKEN", "AZURE_FEDERATED_TOKEN_FILE", "PULUMI_ACCESS_TOKEN"],
];

interface Outcome {
    got?: unknown;
    refused?: string;
}
type Attempt = [what: string, to: string];

const attacker = join(__dirname, "workloads/fixtures/attacker.cjs");
const { attempt } = createRequire(__filename)(attacker) as { attempt: (what: string, to: string) => Promise<Outcome> };
const location = "projects/demo/locations/europe-west1";
const run = `https://run.googleapis.com/v2/${location}`;
const everybody = { policy: { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] } };

describe("every kind of a user's code in a sandbox", function () {
    this.timeout(180_000);
    const environment = { ...process.env };
    const write = process.stderr.write.bind(process.stderr);
    let folder: string;
    let sandbox: Sandbox;
    let decoy: Server;
    let datagrams: Socket;
    /** The connections and datagrams that have left loopback. */
    let left: string[] = [];
    let attempts: Attempt[];

    before(async function () {
        const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all);
        const outer = addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
        if (outer === undefined) {
            skip(this, "this machine has no address but loopback");
        }
        folder = mkdtempSync(join(tmpdir(), "every-kind-"));
        mkdirSync(join(folder, ".config/gcloud"), { recursive: true });
        const credentials = JSON.stringify({ type: "authorized_user", client_secret: REAL, refresh_token: REAL });
        writeFileSync(join(folder, ".config/gcloud/application_default_credentials.json"), credentials);
        VARIABLES.forEach((name) => (process.env[name] = REAL));
        process.env["HOME"] = folder;
        decoy = createServer((socket) => {
            left.push(`TCP from ${socket.remoteAddress ?? ""}`);
            socket.destroy();
        });
        await new Promise<void>((resolve) => decoy.listen(0, outer, resolve));
        const { port } = decoy.address() as AddressInfo;
        datagrams = createSocket("udp4").on("message", () => left.push("UDP"));
        await new Promise<void>((resolve) => datagrams.bind(port, outer, resolve));
        const code = `require("net").connect(${port}, "${outer}").on("error", () => 0).on("connect", () => 0); const seen = JSON.stringify(process.env)`;
        attempts = [
            ["environment", ""],
            ["home", ""],
            ["reach", `${outer}:${port}`],
            ["fetch", `http://${outer}:${port}/`],
            ["http", `http://${outer}:${port}/`],
            ["https", `https://${outer}:${port}/`],
            ...["child", "spawn", "fork"].map((way): Attempt => [way, `${code}; console.log(seen)`]),
            ["emptyThread", `${code}; require("worker_threads").parentPort.postMessage(seen)`],
        ];
        const asProgram = JSON.stringify([process.execPath, attacker, "attempts", JSON.stringify(attempts)]);
        writeFileSync(
            join(folder, "server.cjs"),
            `require("node:http").createServer(require("${attacker}")).listen(process.env.PORT);`,
        );
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `services:
  - { image: "*/handler:*", handler: "${attacker}" }
  - { image: "*/command:*", command: [node, server.cjs] }
jobs:
  - { image: "*/job:*", command: ${asProgram} }
hosts:
  - { host: api.example.com, handler: "${attacker}" }
`,
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
    });
    after(async () => {
        process.stderr.write = write;
        process.env = environment;
        if (folder) {
            await sandbox.close();
            decoy.close();
            datagrams.close();
            rmSync(folder, { recursive: true });
        }
    });

    async function call(method: string, url: string, body?: unknown, headers?: Record<string, string>) {
        const answer = await sandbox.request(method, url, { body, ...(headers && { headers }) });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body as Record<string, unknown>;
    }

    async function ask(uri: string): Promise<Outcome[]> {
        const outcomes: Outcome[] = [];
        for (const [what, to] of attempts) {
            const path = `${uri.replace("https:", "http:")}/${what}?to=${encodeURIComponent(to)}`;
            const text = await new Promise<string>((resolve, reject) => {
                request({ port: sandbox.network.port, host: "127.0.0.1", path, agent: false }, (answer) => {
                    let all = "";
                    answer.on("data", (part: Buffer) => (all += part.toString())).on("end", () => resolve(all));
                })
                    .on("error", reject)
                    .end();
            });
            outcomes.push(JSON.parse(text) as Outcome);
        }
        return outcomes;
    }

    async function service(id: string): Promise<Outcome[]> {
        await call("POST", `${run}/services?serviceId=${id}`, { template: { containers: [{ image: `a/${id}:1` }] } });
        await call("POST", `${run}/services/${id}:setIamPolicy`, everybody);
        return ask(String((await call("GET", `${run}/services/${id}`))["uri"]));
    }

    function printed(text: string): Outcome[] {
        const [, outcomes] = /OUTCOMES (\[.*\])$/m.exec(text) ?? [];
        assert.ok(outcomes !== undefined, text);
        return JSON.parse(outcomes) as Outcome[];
    }

    const kinds: Record<string, () => Promise<Outcome[]>> = {
        "a handler": () => service("handler"),
        "a command": () => service("command"),
        "the handler of a host": () => ask("https://api.example.com"),
        async "the source of a function"() {
            const index = `require("@google-cloud/functions-framework").http("hello", require(process.env.ATTACKER));`;
            await call("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "sources" });
            const media = "https://storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=a.zip";
            const bytes = zip({ "index.js": index, "package.json": "{}" });
            await call("POST", media, bytes, { "content-type": "application/zip" });
            const source = { storageSource: { bucket: "sources", object: "a.zip" } };
            await call("POST", `https://cloudfunctions.googleapis.com/v2/${location}/functions?functionId=f`, {
                buildConfig: { runtime: "nodejs22", entryPoint: "hello", source },
                serviceConfig: { environmentVariables: { ATTACKER: attacker } },
            });
            await call("POST", `${run}/services/f:setIamPolicy`, everybody);
            return ask(String((await call("GET", `${run}/services/f`))["uri"]));
        },
        async "a job"() {
            const template = { template: { taskCount: 1, template: { containers: [{ image: "a/job:1" }] } } };
            await call("POST", `${run}/jobs?jobId=job`, template);
            await call("POST", `${run}/jobs/job:run`, {});
            const line = (): string | undefined =>
                sandbox.logs("job").find(({ text }) => text.startsWith("OUTCOMES"))?.text;
            while (line() === undefined) {
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            return printed(line() ?? "");
        },
        async "a program that is a function"() {
            const outcomes: Outcome[] = [];
            const { result, diagnostics } = await sandbox.up(async () => {
                // The preview ran it too.
                outcomes.length = 0;
                for (const [what, to] of attempts) {
                    outcomes.push(await attempt(what, to));
                }
            });
            assert.equal(result, "succeeded", JSON.stringify(diagnostics));
            return outcomes;
        },
        async "a program in a directory"() {
            const directory = join(__dirname, "fixtures/attacking-program");
            const config = { attempts: JSON.stringify(attempts), attacker };
            const { result, outputs, diagnostics } = await sandbox.up(directory, { config });
            assert.equal(result, "succeeded", JSON.stringify(diagnostics));
            return Object.values(outputs).flatMap((text) => JSON.parse(String(text)) as Outcome[]);
        },
    };

    for (const [kind, outcomesOf] of Object.entries(kinds)) {
        it(`sees no variable and no credential of a real cloud, and stays on loopback: ${kind}`, async () => {
            left = [];
            const outcomes = await outcomesOf();
            assert.ok(outcomes.length >= attempts.length);
            const isProgram = kind.startsWith("a program");
            outcomes.forEach((outcome, at) => {
                const [what = ""] = attempts[at % attempts.length] ?? [];
                const told = `${what}: ${JSON.stringify(outcome).slice(0, 500)}`;
                if (["reach", "fetch", "http", "https"].includes(what)) {
                    assert.ok(outcome.refused, told);
                } else if (!(isProgram && what === "home")) {
                    // A program is run by its user, whose home it may read; what it should not see is the environment.
                    assert.ok(outcome.got !== undefined, told);
                    assert.ok(!JSON.stringify(outcome).includes(REAL), told);
                }
            });
            assert.deepEqual(left, []);
        });
    }

    it("is what exec documents: no variable of Google's clouds, and nowhere by clients that know proxies", async () => {
        left = [];
        const clients: Attempt[] = attempts.filter(([what]) => ["environment", "fetch"].includes(what));
        const state = join(folder, "state");
        const args = ["sandbox", "exec", "--", process.execPath, attacker, "attempts", JSON.stringify(clients)];
        const { text } = await command(state, args);
        const [{ got } = {}, ...asked] = printed(text);
        const seen = Object.entries(got as Record<string, string>).filter(([, value]) => value === REAL);
        assert.deepEqual(
            seen.filter(([name]) => /^(GOOGLE|GCLOUD|CLOUDSDK)_.*(CREDENTIALS|TOKEN|SECRET|_KEY)/.test(name)),
            [],
        );
        assert.ok(asked.length === 1 && asked.every(({ refused, got: status }) => refused ?? status === 403), text);
        assert.deepEqual(left, []);
    });

    it("is tried against a listener that counts", async () => {
        left = [];
        assert.ok((await attempt("reach", attempts.find(([what]) => what === "reach")?.[1] ?? "")).got);
        assert.ok(left.length >= 2, left.join());
    });
});
