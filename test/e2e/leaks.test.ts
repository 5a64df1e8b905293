import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createRunDoor } from "../../sandbox/ingress/run";
import type { Expectation, RequestProbe } from "../../smoke";
import { command } from "../support/command";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";
/** What no output may hold: JWTs and parts of them, access tokens, and what follows Bearer. */
const token = /eyJ|ya29|bearer +[\w.~+/=-]{16,}/i;
const forged = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln ya29.secret Bearer abcdefghijklmnopqrstuvwxyz";

/** Every way to fail that a receiver has: it answers with what it was sent, and with more. */
const failures = [200, 302, 400, 401, 403, 404, 429, 500, 503, 0];

describe("the command's output", () => {
    let world: Sandboxed;
    let folder: string;
    let spec: string;
    let env: Record<string, string>;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "leaks-"));
        world = await startSandboxed({ propagationMilliseconds: 0 });
        const { cloud } = world.sandbox;
        const door = createRunDoor(cloud, (_, request, response) => {
            const status = Number(/\/(\d+)$/.exec(request.url ?? "")?.[1]);
            if (status === 0) {
                return void request.socket.destroy();
            }
            const echo = `${request.headers.authorization ?? ""} ${forged}`;
            response
                .writeHead(status, { "x-echo": echo, location: `https://${forged.slice(0, 40)}.example/` })
                .end(echo);
        });
        cloud.hosts.serve("*.a.run.app", door);
        const template = { containers: [{ image: "demo/x:1" }] };
        const ingress = "INGRESS_TRAFFIC_ALL";
        await world.admin("POST", `${location}/services?serviceId=front`, { template, ingress });
        const url = String((await world.admin("GET", `${location}/services/front`))["uri"]);
        const prober = await world.account("prober");
        await world.grant(accountUrl(prober), "roles/iam.serviceAccountOpenIdTokenCreator", "user:owner@example.com");
        await world.grant(`${location}/services/front`, "roles/run.invoker", `serviceAccount:${prober}`);
        const resource = `${location}/services/front`;
        const credential = { kind: "idToken" as const, serviceAccount: prober, audience: url };
        const expect: Expectation = {
            result: { a: 1 },
            matches: "never",
            headers: { "x-echo": "none" },
            identity: "a@b",
        };
        const probes = failures.flatMap((status): RequestProbe[] => {
            const request = { kind: "request" as const, url: `${url}/${status}`, credential, resource };
            return [
                { ...request, name: `allowed ${status}`, outcome: "allowed", expect },
                { ...request, name: `denied ${status}`, outcome: "denied" },
            ];
        });
        const elsewhere = { ...credential, audience: `${url}/path` };
        const wrong = [
            { ...probes[0], name: "audience", credential: elsewhere },
            { ...probes[0], name: "nobody", credential: { ...credential, serviceAccount: `no-${prober}` } },
            { kind: "workflow", name: "workflow", workflow: "projects/demo/locations/europe-west1/workflows/none" },
            { kind: "schedule", name: "schedule", job: "projects/demo/locations/europe-west1/jobs/none" },
            {
                kind: "message",
                name: "message",
                topic: "projects/demo/topics/none",
                subscription: "projects/demo/subscriptions/none",
            },
        ];
        const content = { version: 1, name: "front", project: "demo", fingerprint: {}, probes: [...probes, ...wrong] };
        spec = path.join(folder, "spec.json");
        writeFileSync(spec, JSON.stringify(content));
        const own = Object.entries(world.sandbox.environment());
        env = Object.fromEntries(own.flatMap(([name, value]) => (value ? [[name, value]] : [])));
    });
    after(async () => {
        await world.close();
        rmSync(folder, { recursive: true });
    });

    const verify = (args: string[], more: Record<string, string> = {}) =>
        command(folder, ["verify", "--deadline", "1s", ...args], { env: { ...env, ...more } });

    for (const format of ["table", "json", "junit", "github"]) {
        it(`holds no token as ${format}, whatever fails, and neither does its progress`, async () => {
            const { code, text } = await verify(["--spec", spec, "--format", format], { GCP_INVOKE_DEBUG: "1" });
            assert.equal(code, 1);
            for (const status of failures) {
                assert.ok(text.includes(`allowed ${status}`), text);
            }
            assert.doesNotMatch(text, token);
        });
    }

    it("holds none if the command ends by an error, also with its stack", async () => {
        const broken = path.join(folder, "broken.json");
        for (const content of [`{"version": 1, "x": "${forged}`, JSON.stringify({ version: forged, name: forged })]) {
            writeFileSync(broken, content);
            for (const debug of ["", "1"]) {
                const { code, text } = await verify(["--spec", broken], { GCP_INVOKE_DEBUG: debug });
                assert.equal(code, 1);
                assert.match(text, /error:/);
                assert.doesNotMatch(text, token);
            }
        }
    });

    it("holds none in an unexpected crash", async () => {
        const crash = path.join(folder, "crash.cjs");
        for (const how of [`throw new Error(text)`, `Promise.reject(new Error(text))`, `Promise.reject(text)`]) {
            // The command has begun once it handles what nobody catches. It does not matter how long after that it crashes.
            const begun = `process.listenerCount("uncaughtException") > 0`;
            writeFileSync(
                crash,
                `const text = ${JSON.stringify(forged)};
const timer = setInterval(() => {
    if (${begun}) {
        clearInterval(timer);
        setTimeout(() => { ${how}; }, 500);
    }
}, 10);`,
            );
            const { code, text } = await verify(["--spec", spec, "--watch", "1h"], {
                NODE_OPTIONS: `--require=${crash} --trace-uncaught`,
            });
            assert.equal(code, 1);
            assert.match(text, /error: .*\[token\]/s);
            assert.doesNotMatch(text, token);
        }
    });
});
