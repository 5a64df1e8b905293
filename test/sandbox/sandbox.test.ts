import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Sandbox } from "../../sandbox";

const SECRETS = "https://secretmanager.googleapis.com/v1/projects/demo/secrets";
const automatic = { body: { replication: { automatic: {} } } };

describe("a sandbox", () => {
    let stateDir: string;
    beforeEach(() => (stateDir = mkdtempSync(join(tmpdir(), "sandbox-"))));
    afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

    /** What a program with nothing but the environment gets from a Google API. */
    async function inChild(sandbox: Sandbox, url: string, member?: string): Promise<string> {
        const program = `fetch(${JSON.stringify(url)}, { headers: { authorization: "Bearer " + process.env.GOOGLE_OAUTH_ACCESS_TOKEN } }).then(async (r) => console.log(r.status, JSON.stringify(await r.json())), (e) => console.log(String(e.cause ?? e)))`;
        const env = { ...process.env, ...sandbox.environment(member), NODE_OPTIONS: "" };
        const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { env });
        return stdout.trim();
    }

    it("is all of Google Cloud that a child process sees", async () => {
        await using sandbox = await Sandbox.start({ stateDir });
        assert.match(
            await inChild(sandbox, "https://cloudresourcemanager.googleapis.com/v1/projects/demo"),
            /^200 .*"projectId":"demo"/,
        );
        assert.match(
            await inChild(
                sandbox,
                "https://cloudresourcemanager.googleapis.com/v1/projects/demo",
                "user:other@example.com",
            ),
            /^403 .*resourcemanager\.projects\.get/,
        );
        assert.doesNotMatch(await inChild(sandbox, "https://elsewhere.example/"), /^200/);
        assert.deepEqual(sandbox.cloud.hosts.refused(), [{ host: "elsewhere.example", count: 1 }]);
    });

    it("takes away what could bring a real credential in", async () => {
        await using sandbox = await Sandbox.start();
        const environment = sandbox.environment();
        for (const name of ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS", "CLOUDSDK_CONFIG"]) {
            assert.ok(name in environment && environment[name] === undefined, name);
        }
        assert.throws(() => sandbox.environment("serviceAccount:none@demo.iam.gserviceaccount.com"), /none@demo/);
    });

    it("has what it had after a restart, and no token in any of its files", async () => {
        {
            await using sandbox = await Sandbox.start({ stateDir });
            const made = await sandbox.request("POST", `${SECRETS}?secretId=key`, automatic);
            assert.equal(made.status, 200);
            await inChild(sandbox, `${SECRETS}/key`);
            sandbox.cloud.clock.advance(3_600_000);
        }
        for (const file of readdirSync(stateDir)) {
            assert.doesNotMatch(readFileSync(join(stateDir, file), "utf8"), /ya29|eyJ|PRIVATE KEY/, file);
            assert.equal(statSync(join(stateDir, file)).mode & 0o077, 0, file);
        }
        await using again = await Sandbox.start({ stateDir });
        assert.equal((await again.request("GET", `${SECRETS}/key`)).status, 200);
        assert.ok(again.cloud.clock.now() > Date.now() + 3_000_000, "the clock went back");
    });

    it("shares nothing with another one", async () => {
        await using one = await Sandbox.start();
        await using two = await Sandbox.start();
        await one.request("POST", `${SECRETS}?secretId=key`, automatic);
        assert.equal((await one.request("GET", `${SECRETS}/key`)).status, 200);
        assert.equal((await two.request("GET", `${SECRETS}/key`)).status, 404);
        const { GOOGLE_OAUTH_ACCESS_TOKEN: token = "" } = one.environment();
        assert.equal(one.cloud.tokens.verifyAccessToken(token).ok, true);
        assert.equal(two.cloud.tokens.verifyAccessToken(token).ok, false);
    });

    it("says which host has no API, and which port is taken", async () => {
        await using sandbox = await Sandbox.start();
        await assert.rejects(
            sandbox.request("GET", "https://bigtable.googleapis.com/v2/x"),
            /bigtable\.googleapis\.com/,
        );
        await assert.rejects(Sandbox.start({ port: sandbox.network.port }), /is taken by another program/);
    });
});
