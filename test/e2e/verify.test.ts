import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createHttp } from "../../credentials";
import { formatReport, type Report, specsOfState, verifySpecs } from "../../smoke";
import type { Session } from "../../cli/sandbox/session";
import type { Sandbox } from "../../sandbox";
import { type Copy, copyOf, run } from "../support/quickstart";

/** What `gcp-invoke verify` does with the state of a stack, from this process. */
async function verified(copy: Copy, { sandbox }: Session<Sandbox>): Promise<Report[]> {
    const env = sandbox.environment();
    const http = createHttp({ env, ca: readFileSync(env["NODE_EXTRA_CA_CERTS"] ?? "", "utf8") });
    const stacks = join(copy.state, "stacks");
    const [file = ""] = readdirSync(stacks).filter((name) => name.endsWith(".json"));
    const state: unknown = JSON.parse(readFileSync(join(stacks, file), "utf8"));
    try {
        return await verifySpecs(specsOfState(state), { http, credentials: { env }, deadlineSeconds: 20 });
    } finally {
        await http.close();
    }
}

interface Policy {
    bindings: { role: string; members: string[] }[];
}

/** Takes a grant away by hand, and returns what puts it back. */
async function revoke({ sandbox }: Session<Sandbox>, service: string, member: RegExp): Promise<() => Promise<unknown>> {
    const services = `https://run.googleapis.com/v2/projects/${sandbox.project}/locations/europe-west1/services`;
    const all = (await sandbox.request("GET", services)).body as { services: { name: string }[] };
    const name = all.services.map((each) => each.name).find((each) => each.includes(`/${service}`)) ?? "";
    const url = `https://run.googleapis.com/v2/${name}`;
    const { body } = await sandbox.request("GET", `${url}:getIamPolicy`);
    const policy = body as Policy;
    const set = (bindings: Policy["bindings"]) =>
        sandbox.request("POST", `${url}:setIamPolicy`, { body: { policy: { ...policy, etag: undefined, bindings } } });
    const without = policy.bindings.map((binding) => ({
        ...binding,
        members: binding.members.filter((name) => !member.test(name)),
    }));
    assert.notDeepEqual(without, policy.bindings, JSON.stringify(policy));
    await set(without);
    return () => set(policy.bindings);
}

describe("verify on what the quickstart deployed", () => {
    let copy: Copy;
    before(() => (copy = copyOf("quickstart")));
    after(() => copy.remove());

    it("is green, red without any one grant and says which, and green again when it is back", async function () {
        this.timeout(120_000);
        let steps = 0;
        const deployed = await run(copy, "up", {
            async after(session) {
                const green = await verified(copy, session);
                assert.ok(
                    green.length > 0 && green.every(({ verdict }) => verdict === "passed"),
                    green.map((report) => formatReport(report)).join("\n"),
                );
                for (const [service, member, component] of [
                    ["orders", /fulfil/, "fulfil"],
                    ["stock", /fulfil/, "fulfil"],
                    ["front", /probe/, "front"],
                ] as const) {
                    const restore = await revoke(session, service, member);
                    const red = await verified(copy, session);
                    const failed = red.filter(({ verdict }) => verdict === "failed");
                    assert.deepEqual(
                        failed.map(({ name }) => name),
                        [component],
                        red.map((report) => formatReport(report)).join("\n"),
                    );
                    const causes = failed.flatMap(({ probes }) => probes.map(({ diagnosis }) => diagnosis));
                    const missing = new RegExp(
                        `lacks run\\.routes\\.invoke on ${service}\\S*: the policy has no binding`,
                    );
                    assert.ok(
                        causes.some((each) => each?.code === "grant-missing" && missing.test(each.cause)),
                        JSON.stringify(causes),
                    );
                    await restore();
                    assert.ok((await verified(copy, session)).every(({ verdict }) => verdict === "passed"));
                    steps += 1;
                }
            },
        });
        assert.equal(steps, 3, deployed.text);
    });
});
