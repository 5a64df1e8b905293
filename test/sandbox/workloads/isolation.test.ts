import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Sandbox } from "../../../sandbox";
import { skip } from "../../support/skip";
import { until } from "../senders/scene";

const fixtures = join(__dirname, "fixtures");
const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const email = "runtime@demo.iam.gserviceaccount.com";
/** No variable with this in it may be seen by a workload. */
const REAL = "value-of-the-real-cloud";
const CLOUDS = [
    ...["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_API_KEY"],
    ...["CLOUDSDK_CONFIG", "CLOUDSDK_AUTH_ACCESS_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"],
    ...["AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET", "GITHUB_TOKEN", "GH_TOKEN", "VAULT_TOKEN", "VAULT_ADDR"],
    ...["KUBECONFIG", "PULUMI_ACCESS_TOKEN", "NPM_TOKEN", "DATABASE_URL", "SSH_AUTH_SOCK", "CLAUDE_KEY"],
];

interface Outcome {
    got?: unknown;
    refused?: string;
}

describe("a workload", () => {
    let folder: string;
    let sandbox: Sandbox;
    const environment = { ...process.env };
    const write = process.stderr.write.bind(process.stderr);

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "isolation-"));
        // The machine of somebody who is logged in to every cloud.
        mkdirSync(join(folder, ".config/gcloud"), { recursive: true });
        const key = { type: "authorized_user", client_id: REAL, client_secret: REAL, refresh_token: REAL };
        writeFileSync(join(folder, ".config/gcloud/application_default_credentials.json"), JSON.stringify(key));
        process.env.HOME = folder;
        for (const name of CLOUDS) {
            process.env[name] = REAL;
        }
        process.env.NAMED_IN_MAPPING = "seen";
        process.env.PROJECT_ROOT = process.cwd();
        writeFileSync(join(folder, "server.cjs"), SERVER);
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `services:
  - { image: "*/handler:*", handler: ${fixtures}/attacker.cjs, environment: [NAMED_IN_MAPPING, PROJECT_ROOT] }
  - { image: "*/command:*", command: [node, server.cjs, ${fixtures}/attacker.cjs], directory: ${folder}, environment: [NAMED_IN_MAPPING, PROJECT_ROOT] }
  - { image: "*/stuck:*", handler: ${fixtures}/attacker.cjs }
  - { image: "*/neighbour:*", handler: ${fixtures}/attacker.cjs }
hosts:
  - { host: api.example.com, handler: ${fixtures}/attacker.cjs }
`,
        );
        process.stderr.write = () => true;
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "runtime" },
        });
        for (const id of ["handler", "command", "neighbour", "stuck"]) {
            const limits = { cpu: "1000m", memory: "128Mi" };
            const template = {
                containers: [{ image: `a/${id}:1`, resources: { limits, cpuIdle: true } }],
                serviceAccount: email,
                timeout: id === "stuck" ? "1s" : "10s",
            };
            await sandbox.request("POST", `${services}?serviceId=${id}`, { body: { template } });
            const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
            await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
        }
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = write;
        process.env = environment;
        rmSync(folder, { recursive: true });
    });

    /** Workloads of each kind; the last answers for a host of somebody else's. */
    const kinds = ["handler", "command", "host"];
    async function urlOf(kind: string): Promise<string> {
        if (kind === "host") {
            return "https://api.example.com";
        }
        const { body } = await sandbox.request("GET", `${services}/${kind}`);
        return (body as { uri: string }).uri;
    }
    async function ask(kind: string, path: string): Promise<{ status: number; text: string }> {
        const { port } = sandbox.network;
        const url = `${(await urlOf(kind)).replace("https:", "http:")}/${path}`;
        return new Promise((resolve, reject) => {
            request({ port, host: "127.0.0.1", path: url, agent: false }, (incoming) => {
                let text = "";
                incoming.on("data", (part: Buffer) => (text += part.toString()));
                incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
            })
                .on("error", reject)
                .end();
        });
    }
    async function attempt(kind: string, what: string, to = ""): Promise<Outcome> {
        const { text } = await ask(kind, `${what}?to=${encodeURIComponent(to)}`);
        return JSON.parse(text) as Outcome;
    }

    for (const kind of kinds) {
        describe(`that is a ${kind}`, () => {
            it("sees no variable of this machine's clouds, and none that nobody named", async () => {
                const { got } = await attempt(kind, "environment");
                const env = got as Record<string, string>;
                assert.doesNotMatch(JSON.stringify(env), new RegExp(REAL));
                assert.ok(env.HTTPS_PROXY?.includes("127.0.0.1"));
                assert.notEqual(env.HOME, folder);
                assert.equal(env.NAMED_IN_MAPPING, kind === "host" ? undefined : "seen");
            });

            it("has the identity of its service at the metadata server, or none", async () => {
                if (kind === "host") {
                    assert.match(String((await attempt(kind, "who")).got), /only workloads have a metadata server/);
                    return;
                }
                assert.equal((await attempt(kind, "who")).got, email);
                const verified = sandbox.cloud.tokens.verifyAccessToken(String((await attempt(kind, "token")).got));
                assert.ok(verified.ok && verified.value.principal.kind === "serviceAccount");
                assert.equal(verified.value.principal.email, email);
            });

            for (const client of ["fetch", "https", "http", "http2"]) {
                it(`reaches what the sandbox serves by ${client}, and nothing else`, async () => {
                    const scheme = client === "http" ? "http:" : "https:";
                    const served = (await urlOf("neighbour")).replace("https:", scheme);
                    assert.deepEqual(await attempt(kind, client, served), { got: 200 });
                    const { refused } = await attempt(kind, client, `${scheme}//real.example.org/`);
                    assert.ok(refused, "it was not refused");
                    assert.ok(sandbox.refused().some(({ host }) => host === "real.example.org"));
                });
            }

            it("opens no connection to elsewhere, sends no datagram, and asks no name server", async () => {
                const host = "real.example.org";
                for (const [what, to] of [
                    ...["socket", "options", "esm", "tls"].flatMap((way) =>
                        [host, "192.0.2.1", "2001:db8::1"].map((one) => [way, one]),
                    ),
                    ...["lookup", "resolve", "resolver", "callback", "datagram"].map((way) => [way, host]),
                    ...["datagram", "connectedDatagram", "ownLookup"].map((way) => [way, "192.0.2.1"]),
                    ["connectedDatagram", "2001:db8::1"],
                    ["reverse", "192.0.2.1"],
                    ["listen", "192.0.2.1"],
                ] as [string, string][]) {
                    const { refused } = await attempt(kind, what, to);
                    assert.match(String(refused), /sandbox/, `${what} ${to}`);
                }
            });

            it("listens on loopback, whatever address it names", async () => {
                for (const to of ["", "0.0.0.0", "::", "127.0.0.1", "localhost"]) {
                    assert.match(String((await attempt(kind, "listen", to)).got), /^(127\.0\.0\.1|::1)$/, to);
                }
            });

            it("has children and threads that are no freer than it is, whatever their environment is", async () => {
                const text = `require("net").connect(443, "192.0.2.1").on("error", ({ message }) => console.log(message, require("os").homedir()))`;
                const ways = ["spawn", "execFile", "exec", "fork", "spawnSync", "execFileSync", "execSync"];
                for (const way of ["child", ...ways, "thread", "emptyThread", "sharedThread"]) {
                    const tell = `require("worker_threads").parentPort.postMessage(`;
                    const code = way.toLowerCase().endsWith("thread")
                        ? text.replace("console.log(message, require", `${tell}message + " " + require`)
                        : text;
                    const { got, refused } = await attempt(kind, way, code);
                    assert.match(String(got), /the sandbox does not serve 192\.0\.2\.1/, `${way}: ${refused ?? ""}`);
                    assert.ok(!String(got).includes(folder) || String(got).includes(join(sandbox.folder, "home")), way);
                }
            });
        });
    }

    it("is alone in its thread: it sends signals to no other process, and messages to nobody", async () => {
        assert.match(
            String((await attempt("handler", "signal", "ppid")).refused),
            /^EPERM: .*only to processes that it/,
        );
        assert.deepEqual(await attempt("handler", "parent"), {
            got: { parentPort: null, isMainThread: true, workerData: null },
        });
        assert.equal((await ask("handler", "")).status, 200);
    });

    it("sees no variable of any name that is not one of those that programs need", async () => {
        const name = fc.stringMatching(/^[A-Z][A-Z0-9]{2,9}(_[A-Z0-9]{2,9}){1,3}$/);
        const names = fc.sample(name, { numRuns: 300, seed: 21 });
        for (const one of names) {
            process.env[one] = REAL;
        }
        try {
            await sandbox.useMapping(join(folder, "sandbox.yaml"));
            for (const kind of kinds) {
                assert.doesNotMatch(JSON.stringify(await attempt(kind, "environment")), new RegExp(REAL), kind);
            }
        } finally {
            names.forEach((one) => Reflect.deleteProperty(process.env, one));
        }
    });

    it("cannot reach a server of this machine's other addresses", async function () {
        const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all);
        const outer = addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
        if (outer === undefined) {
            skip(this, "this machine has no address but loopback");
        }
        let connections = 0;
        const decoy: Server = createServer((socket) => {
            connections++;
            socket.destroy();
        });
        await new Promise<void>((resolve) => decoy.listen(0, outer, resolve));
        const url = `http://${outer}:${(decoy.address() as AddressInfo).port}/`;
        for (const kind of kinds) {
            assert.ok((await attempt(kind, "fetch", url)).refused, kind);
        }
        decoy.close();
        assert.equal(connections, 0);
    });

    const endings: [what: string, told: RegExp][] = [
        ["late", /ended by an error that nothing caught: Error: thrown late/],
        ["rejection", /ended by an error that nothing caught: Error: rejected/],
        ["emitter", /ended by an error that nothing caught: Error: emitted/],
        ["exit", /ended with exit code 3/],
        ["kill", /ended with exit code 1/],
        ["loop", /blocked its thread for 1 s, so it was ended/],
        ["heap", /ran out of memory, of which its service has 128 MiB/],
        ["buffers", /ran out of memory, of which its service has 128 MiB/],
        ["slowly", /ran out of memory, of which its service has 128 MiB/],
    ];
    for (const [what, told] of endings) {
        it(`ends alone by ${what}: 503, a line in its log, and the next request starts it again`, async () => {
            const served = async (kind: string): Promise<number> =>
                (JSON.parse((await ask(kind, "")).text) as { served: number }).served;
            // It has a shorter timeout, so that the test need not wait for long.
            const kind = what === "loop" ? "stuck" : "handler";
            await served(kind);
            const neighbour = await served("neighbour");
            assert.ok((await served(kind)) > 1);
            // Its timeout ends a request too: whoever is first answers.
            const { status } = await ask(kind, what);
            assert.ok(status === 503 || (status === 504 && what === "loop"), String(status));
            await until(() => sandbox.logs(kind).some(({ text }) => told.test(text)));
            assert.equal(await served(kind), 1);
            assert.equal(await served("neighbour"), neighbour + 1);
        });
    }
});

const SERVER = `require("node:http").createServer(require(process.argv[2])).listen(process.env.PORT);`;
