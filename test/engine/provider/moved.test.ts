import assert from "node:assert/strict";

import * as gcp from "@pulumi/gcp";

import { gcpProvider } from "../../../engine/provider/gcp";
import { resourceSchema } from "../../../engine/provider/schema";
import { allTokens, tierOf } from "../../../engine/provider/tiers";
import type { Subject } from "../../../engine/provider/types";
import type { Properties } from "../../../engine/values/values";
import { Sandbox } from "../../../sandbox";
import { FakeCloud } from "../fake-cloud";
import { inputsOf } from "./generated-inputs";

/** Types whose names are unique without a project, or whose id is their name alone: they stay where they are. */
const STAYS = ["gcp:endpoints/service:Service", "gcp:logging/metric:Metric", "gcp:storage/bucket:Bucket"];

const config = { project: "first", region: "europe-west1" };

/** Every type that takes a setting of its provider, with inputs that do not have that setting. */
function typesWith(key: string): { token: string; inputs: Properties }[] {
    return allTokens().flatMap((token) => {
        const schema = resourceSchema(token);
        const setting = schema?.inputs[key];
        if (schema === undefined || setting === undefined || setting.required || tierOf(token) === "refused") {
            return [];
        }
        const named = Object.entries(schema.inputs).filter(
            ([name, { type }]) => type.kind === "string" && /^(name|location|\w*[iI]d|\w*Name)$/.test(name),
        );
        const all = { ...inputsOf(schema.inputs, 1), ...Object.fromEntries(named.map(([name]) => [name, "text-1"])) };
        const { [key]: _, project: __, ...inputs } = all;
        return [{ token, inputs }];
    });
}

/** Sends every request for a resource that exists, with another provider. Returns how it differs, and the URLs. */
async function move(token: string, inputs: Properties, setting: "project" | "region", key: string) {
    const cloud = new FakeCloud();
    const provider = gcpProvider(cloud.request);
    const subject: Subject = { type: token, name: "x", urn: `urn:pulumi:dev::p::${token}::x`, config };
    const moved: Subject = { ...subject, config: { ...config, [setting]: "second" } };
    const id = provider.identify?.(subject, inputs) ?? "x";
    const old = { id, inputs, outputs: { ...inputs, project: "first", [key]: config[setting] } };
    assert.deepEqual((await provider.diff(subject, old, inputs)).detailed, [], `${token} with its own provider`);
    const { detailed } = await provider.diff(moved, old, inputs);
    for (const there of [old, { ...old, inputs: { ...inputs } }]) {
        await provider.read(moved, id, there).catch(() => undefined);
        await provider.update(moved, there, { ...inputs, description: "new" }, false).catch(() => undefined);
        await provider.delete(moved, there).catch(() => undefined);
    }
    return { detailed, urls: cloud.requests.map(({ url }) => url) };
}

describe("a resource whose provider gets another project or region", () => {
    for (const [key, setting] of [
        ["project", "project"],
        ["region", "region"],
        ["location", "region"],
    ] as const) {
        it(`is replaced or stays, and no request goes to where it is not: every type with ${key}`, async () => {
            const types = typesWith(key);
            let asked = 0;
            for (const { token, inputs } of types) {
                const { detailed, urls } = await move(token, inputs, setting, key);
                assert.ok(!urls.some((url) => url.includes("second")), `${token}: ${urls.join(" ")}`);
                assert.ok(
                    detailed.every(({ path, replaces }) => path === key && replaces),
                    `${token}: ${JSON.stringify(detailed)}`,
                );
                if (key === "project") {
                    assert.equal(detailed.length, STAYS.includes(token) ? 0 : 1, token);
                }
                asked += urls.some((url) => url.includes(config[setting])) ? 1 : 0;
            }
            assert.ok(types.length > 0 && asked > 0, `${asked} of ${types.length}`);
        });
    }
});

describe("a resource whose provider names its project by the number", () => {
    it("stays, and is replaced if the number is that of another project", async () => {
        const cloud = new FakeCloud();
        cloud.intercept = (_, url) =>
            url.endsWith("/v1/projects/first") || url.includes("/v1/projects/first?")
                ? { status: 200, body: { projectId: "first", projectNumber: "11" } }
                : undefined;
        const provider = gcpProvider(cloud.request);
        const type = "gcp:cloudtasks/queue:Queue";
        const inputs = { name: "q", location: "europe-west1" };
        const old = {
            id: "projects/first/locations/europe-west1/queues/q",
            inputs,
            outputs: { ...inputs, project: "first" },
        };
        const paths = async (project: string): Promise<string[]> => {
            const subject: Subject = { type, name: "q", urn: `urn:pulumi:dev::p::${type}::q`, config: { project } };
            return (await provider.diff(subject, old, inputs)).detailed.map(({ path }) => path);
        };
        assert.deepEqual([await paths("first"), await paths("11"), await paths("12")], [[], [], ["project"]]);
    });
});

describe("a stack whose resources get a provider of another project", () => {
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo", projects: ["demo", "other"] });
    });
    after(() => sandbox.close());

    const member = "user:ann@example.com";
    const program =
        (project: string, labels: Record<string, string> = {}) =>
        () => {
            const provider = new gcp.Provider(`in-${project}`, { project });
            const topic = new gcp.pubsub.Topic("orders", { name: "orders", labels }, { provider });
            const service = new gcp.cloudrunv2.Service(
                "api",
                {
                    name: "api",
                    location: "europe-west1",
                    deletionProtection: false,
                    template: { containers: [{ image: "i" }] },
                },
                { provider },
            );
            new gcp.cloudrunv2.ServiceIamMember(
                "caller",
                { name: service.name, location: "europe-west1", role: "roles/run.invoker", member },
                { provider },
            );
            return Promise.resolve({ topic: topic.id, service: service.id });
        };
    const status = async (url: string): Promise<number> => (await sandbox.request("GET", url)).status;
    const topic = (project: string): string => `https://pubsub.googleapis.com/v1/projects/${project}/topics/orders`;
    const api = (project: string): string =>
        `https://run.googleapis.com/v2/projects/${project}/locations/europe-west1/services/api`;
    const granted = async (project: string): Promise<boolean> =>
        JSON.stringify((await sandbox.request("GET", `${api(project)}:getIamPolicy`)).body).includes(member);

    it("moves them with their grants, and leaves nothing behind", async () => {
        assert.deepEqual((await sandbox.up(program("demo"), { stack: "moves" })).diagnostics, []);
        assert.deepEqual([await status(api("demo")), await granted("demo")], [200, true]);
        const moved = await sandbox.up(program("other"), { stack: "moves" });
        assert.deepEqual(moved.diagnostics, []);
        assert.equal(moved.outputs["topic"], "projects/other/topics/orders");
        assert.deepEqual([await status(api("demo")), await status(topic("demo"))], [404, 404]);
        assert.deepEqual(
            [await status(api("other")), await status(topic("other")), await granted("other")],
            [200, 200, true],
        );
        const again = await sandbox.up(program("other"), { stack: "moves" });
        assert.deepEqual(Object.keys(again.changes), ["same"]);
    });

    it("does not change what another stack has under the same name there", async () => {
        const first = await sandbox.up(program("demo", { mine: "yes" }), { stack: "guest" });
        assert.deepEqual(first.diagnostics, []);
        const refused = await sandbox.up(program("other", { mine: "yes" }), { stack: "guest" });
        assert.match(refused.diagnostics.map(({ message }) => message).join(), /409/);
        const { body } = await sandbox.request("GET", topic("other"));
        assert.doesNotMatch(JSON.stringify(body), /mine/);
    });
});
