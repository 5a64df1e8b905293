import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { startControl } from "../../../sandbox/control";
import { findRunning } from "../../../sandbox/control-client";

describe("the control API", () => {
    let sandbox: Sandbox;
    let control: Awaited<ReturnType<typeof startControl>>;
    let token: string;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        control = await startControl(sandbox);
        ({ token } = JSON.parse(readFileSync(join(sandbox.folder, "control.json"), "utf8")) as { token: string });
    });
    after(async () => {
        await control.close();
        await sandbox.close();
    });

    function status(headers: Record<string, string>): Promise<number> {
        return new Promise((resolve, reject) => {
            request(`${control.url}/v1/status`, { headers }, (response) => {
                response.resume().on("end", () => resolve(response.statusCode ?? 0));
            })
                .on("error", reject)
                .end();
        });
    }

    it("keeps its token in a file that only its owner reads", () => {
        assert.equal(statSync(join(sandbox.folder, "control.json")).mode & 0o777, 0o600);
    });

    it("lets in who shows the token, and nobody else", async () => {
        assert.equal(await status({ authorization: `Bearer ${token}` }), 200);
        assert.equal(await status({}), 403);
        assert.equal(await status({ authorization: `Bearer ${token.slice(1)}x` }), 403);
        assert.equal(await status({ authorization: "Bearer " }), 403);
    });

    it("serves no web page, even with the token", async () => {
        assert.equal(await status({ authorization: `Bearer ${token}`, origin: "https://evil.example" }), 403);
        assert.equal(await status({ authorization: `Bearer ${token}`, origin: "null" }), 403);
    });

    it("serves no name that was made to point here", async () => {
        assert.equal(await status({ authorization: `Bearer ${token}`, host: "evil.example" }), 403);
        assert.equal(await status({ authorization: `Bearer ${token}`, host: "127.0.0.1.evil.example:80" }), 403);
    });

    it("moves the clock, forward only", async () => {
        const client = (await findRunning(sandbox.folder))!;
        const before = sandbox.cloud.clock.now();
        await client.call("POST", "/v1/clock", { advanceMilliseconds: 7_200_000 });
        assert.ok(sandbox.cloud.clock.now() - before >= 7_200_000);
        await assert.rejects(client.call("POST", "/v1/clock", { advanceMilliseconds: -1 }), /only moves forward/);
        await assert.rejects(client.call("POST", "/v1/clock", {}), /advanceMilliseconds is missing/);
    });

    it("explains who may do what", async () => {
        const client = (await findRunning(sandbox.folder))!;
        const query = {
            permission: "run.services.list",
            resource: "//cloudresourcemanager.googleapis.com/projects/demo",
        };
        const owner = await client.call("POST", "/v1/explain", { ...query, member: "user:owner@example.com" });
        assert.equal(owner.allowed, true);
        const guest = await client.call("POST", "/v1/explain", { ...query, member: "user:guest@example.com" });
        assert.equal(guest.allowed, false);
        assert.match(String(guest.reason), /guest@example\.com/);
    });

    it("gives variables for a client as whom it asks, and names a mode that it does not know", async () => {
        const client = (await findRunning(sandbox.folder))!;
        const { variables } = (await client.call("POST", "/v1/environment", { mode: "endpoints" })) as {
            variables: Record<string, string>;
        };
        assert.match(variables.GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT ?? "", /run\.googleapis\.com\/v2\/$/);
        await assert.rejects(
            client.call("POST", "/v1/environment", { mode: "dns" }),
            /must be one of proxy, endpoints/,
        );
    });

    it("says what it has, to who asks for something else", async () => {
        const client = (await findRunning(sandbox.folder))!;
        await assert.rejects(client.call("GET", "/v1/nothing"), /has no GET \/v1\/nothing; it has GET \/v1\/status/);
    });
});
