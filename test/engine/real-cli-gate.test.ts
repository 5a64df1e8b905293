import assert from "node:assert/strict";
import { join } from "node:path";
import { Sandbox } from "../../sandbox";
import { type Copy, copyOf } from "../support/quickstart";
import { skip } from "../support/skip";
import { RealCli, whyNoRealCli } from "./real-cli";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const config = { "gcp:project": "demo" };

interface Policy {
    bindings?: { role: string; members: string[] }[];
}

/** This needs the Pulumi CLI and its gcp plugin. It is slow, as the real provider waits. */
describe("the gates of the quickstart, with the real Pulumi CLI", function () {
    this.timeout(1_200_000);
    let copy: Copy;
    let sandbox: Sandbox;
    let cli: RealCli;
    before(async function () {
        const reason = whyNoRealCli();
        if (reason !== undefined) {
            skip(this, reason);
        }
        copy = copyOf("quickstart");
        sandbox = await Sandbox.start({ project: "demo", mapping: join(copy.directory, "sandbox.yaml") });
        cli = new RealCli(copy.directory, sandbox, "dev", "sandbox", true);
        await cli.init();
    });
    after(async () => {
        // Nothing was started where the suite was skipped.
        (cli as RealCli | undefined)?.close();
        await (sandbox as Sandbox | undefined)?.close();
        (copy as Copy | undefined)?.remove();
    });

    const checked = (text: string) => [
        ...new Set([...text.matchAll(/smoke check of (\w+) \(demo\): (?:.*) (\d+) failed/g)].map(([, name]) => name)),
    ];
    async function change(url: string, method: "GET" | "POST", edit: (policy: Policy) => Policy["bindings"]) {
        const policy = (await sandbox.request(method, `${url}:getIamPolicy`, method === "GET" ? {} : { body: {} }))
            .body as Policy;
        const bindings = edit(policy) ?? [];
        await sandbox.request("POST", `${url}:setIamPolicy`, { body: { policy: { ...policy, bindings } } });
    }
    /** Takes away what fulfil was granted on a service, as somebody could do by hand. */
    async function takeAway(label: string): Promise<void> {
        const all = (await sandbox.request("GET", services)).body as { services: { name: string }[] };
        const found = all.services.find(({ name }) => name.includes(`/services/${label}-`));
        assert.ok(found);
        await change(`https://run.googleapis.com/v2/${found.name}`, "GET", () => []);
    }

    it("run once, and not again where nothing changed", async () => {
        const first = await cli.operate("up", config);
        assert.equal(first.code, 0, first.text);
        assert.deepEqual(checked(first.text).sort(), ["front", "fulfil", "orders", "stock"]);
        const again = await cli.operate("up", config);
        assert.deepEqual([again.code, checked(again.text)], [0, []], again.text);
    });

    it("run in the update that makes a grant again, which was taken away outside, and not after it", async () => {
        await takeAway("orders");
        const { code, text, changes } = await cli.operate("up", config, "--refresh");
        assert.equal(code, 0, text);
        assert.deepEqual(checked(text), ["fulfil"]);
        // The grant, the time of the last change, and the gate.
        assert.deepEqual([changes["create"], changes["update"]], [1, 2], text);
        const third = await cli.operate("up", config, "--refresh");
        assert.deepEqual([third.code, checked(third.text)], [0, []], third.text);
        assert.deepEqual(Object.keys(third.changes), ["same"], third.text);
    });

    it("stay red in further updates until what they found is right", async () => {
        const members = ["user:stranger@example.com"];
        await takeAway("stock");
        await change(project, "POST", ({ bindings = [] }) => [
            ...bindings,
            { role: "roles/workflows.invoker", members },
        ]);
        for (const flags of [["--refresh"], []]) {
            const red = await cli.operate("up", config, ...flags);
            assert.notEqual(red.code, 0, red.text);
            assert.match(red.text, /user:stranger@example\.com → roles\/workflows\.invoker on project demo → fulfil/);
        }
        await change(project, "POST", ({ bindings = [] }) =>
            bindings.filter((binding) => !binding.members.includes("user:stranger@example.com")),
        );
        const green = await cli.operate("up", config);
        assert.deepEqual([green.code, checked(green.text)], [0, ["fulfil"]], green.text);
        const last = await cli.operate("up", config);
        assert.deepEqual(Object.keys(last.changes), ["same"], last.text);
    });
});
