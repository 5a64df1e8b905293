import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedWorkflow,
    Ingress,
    InvokableService,
} from "../../index";
import { openStack, type Stack } from "../../engine";
import { enter } from "../support/enter";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";

const location = "europe-west1";
const image = "demo/inbox:1";

/** Two services, of which one invokes the other, and a caller of each kind. What each check rests on is in `restsOn`. */
function program(): Promise<Record<string, unknown>> {
    const stock = new InvokableService("stock", { image, location, ingress: Ingress.All });
    const front = new InvokableService("front", { image, location, ingress: Ingress.All, invokes: { stock } });
    new AuthenticatedWorkflow("fulfil", {
        location,
        source: new pulumi.asset.StringAsset(
            "main: { steps: [{ ask: { call: http.get, args: { url: '${sys.get_env(\"FRONT_URL\")}' } } }] }",
        ),
        targets: { front },
        smokeCheck: { argument: {} },
    });
    new AuthenticatedSchedule("nightly", { location, schedule: "0 3 * * *", target: stock, body: "{}" });
    new AuthenticatedQueue("work", { location, target: stock });
    new AuthenticatedPush("placed", { target: stock });
    return Promise.resolve({});
}

/** The components whose checks rest on the resources of a component. */
const restsOn: Record<string, string[]> = {
    stock: ["stock", "front", "fulfil", "nightly", "work", "placed"],
    front: ["front", "fulfil"],
    fulfil: ["fulfil"],
    nightly: ["nightly"],
    work: ["work"],
    placed: ["placed"],
};

interface Kept {
    urn: string;
    type: string;
    id: string;
    parent: string;
    outputs: Record<string, unknown>;
}

/** The REST URL of a resource, by its type. A binding has none: it is in the policy of another resource. */
const hosts: Record<string, string> = {
    "gcp:cloudrunv2/service:Service": "https://run.googleapis.com/v2/",
    "gcp:serviceaccount/account:Account": "https://iam.googleapis.com/v1/",
    "gcp:workflows/workflow:Workflow": "https://workflows.googleapis.com/v1/",
    "gcp:cloudscheduler/job:Job": "https://cloudscheduler.googleapis.com/v1/",
    "gcp:cloudtasks/queue:Queue": "https://cloudtasks.googleapis.com/v2/",
    "gcp:pubsub/topic:Topic": "https://pubsub.googleapis.com/v1/",
    "gcp:pubsub/subscription:Subscription": "https://pubsub.googleapis.com/v1/",
};

describe("what is created, replaced or changed by an update", () => {
    let world: Sandboxed;
    let stack: Stack;
    let folder: string;
    let leave: () => void;
    /** What is done before a request of the engine is answered. */
    let onRequest: (method: string, url: string) => void = () => undefined;
    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "rechecked-"));
        const mapping = path.join(folder, "sandbox.yaml");
        writeFileSync(mapping, JSON.stringify({ services: [{ image: "*", handler: "./handler.cjs" }] }));
        writeFileSync(path.join(folder, "handler.cjs"), "module.exports = (request, response) => response.end();");
        world = await startSandboxed({ mapping });
        leave = enter(world.sandbox);
        stack = await open();
        await up();
    });
    after(async () => {
        leave();
        await world.close();
        rmSync(folder, { recursive: true, force: true });
    });

    const open = (): Promise<Stack> =>
        openStack({
            program,
            config: { "gcp:project": "demo" },
            stateDirectory: folder,
            request: (method, url, body, headers) => {
                onRequest(method, url);
                return world.sandbox.request(method, url, { body, ...(headers && { headers }) });
            },
        });

    /** Updates, and returns the names of the components whose checks ran. */
    async function up(refresh = false): Promise<string[]> {
        const { result, diagnostics } = await stack.up({ refresh, preview: false });
        const said = diagnostics.map(({ message }) => message);
        assert.equal(result, "succeeded", said.join("\n"));
        return said.flatMap((message) => /^smoke check of (\S+) /.exec(message)?.[1] ?? []).sort();
    }

    const made = (): Kept[] =>
        (stack.export().deployment["resources"] as Kept[]).filter(({ type }) => type.startsWith("gcp:"));

    /** Takes a resource away behind the back of the engine. */
    async function remove({ type, id, outputs, urn }: Kept): Promise<void> {
        const host = hosts[type];
        if (host !== undefined) {
            await world.admin("DELETE", host + id);
            return;
        }
        assert.match(type, /ServiceIamMember$/, urn);
        const name = String(outputs["name"]);
        const resource = name.startsWith("projects/") ? name : `projects/demo/locations/${location}/services/${name}`;
        await world.revoke(
            `https://run.googleapis.com/v2/${resource}`,
            String(outputs["role"]),
            String(outputs["member"]),
        );
    }

    const find = (urn: string): Kept => {
        // A resource that was made again may have another name.
        const kept = made().find((each) => each.urn === urn);
        assert.ok(kept, urn);
        return kept;
    };
    const grantOf = (name: string): string =>
        find(made().find(({ urn }) => urn.endsWith(`::${name}`))?.urn ?? name).urn;

    it("is checked in that update by each gate that rests on it, and by no other", async () => {
        assert.deepEqual(await up(true), []);
        const all = made();
        const oneOfEach = all.filter(({ type }, index) => all.findIndex((other) => other.type === type) === index);
        assert.equal(oneOfEach.length, Object.keys(hosts).length + 1);
        for (const { urn, type, parent } of [...oneOfEach, ...all.filter((each) => each.type.endsWith("IamMember"))]) {
            await remove(find(urn));
            const expected = restsOn[parent.slice(parent.lastIndexOf("::") + 2)] ?? [];
            const checked = await up(true);
            // What was removed may have taken others with it: the grants on a service, the subscription of a topic.
            const compared = type.endsWith("IamMember") ? checked : checked.filter((name) => expected.includes(name));
            assert.deepEqual(compared, [...expected].sort(), `${urn}: ${checked.join(", ")}`);
        }
        assert.deepEqual(await up(true), []);
    });

    it("holds the update until the grant that is made again has arrived", async () => {
        const { cloud } = world.sandbox;
        await remove(find(grantOf("fulfil-front")));
        cloud.iam.propagationMilliseconds = 120_000;
        const stop = cloud.decisions.onDecision(({ allowed, principal }) => {
            if (!allowed && principal.startsWith("serviceAccount:fulfil")) {
                stop();
                cloud.clock.advance(120_000);
            }
        });
        const { result, diagnostics } = await stack.up({ refresh: true, preview: false });
        cloud.iam.propagationMilliseconds = 0;
        const said = diagnostics.map(({ message }) => message).join("\n");
        assert.equal(result, "succeeded", said);
        assert.match(said, /fulfil → front .*SUCCEEDED \(2 tries\)/);
    });

    for (const name of ["fulfil-front", "stock-account", "work", "front"]) {
        it(`is checked by the next update where the one that made ${name} again broke off`, async () => {
            const { urn, parent } = find(grantOf(name));
            await remove(find(urn));
            const cancel = new AbortController();
            onRequest = (method) => {
                if (method !== "GET" && !cancel.signal.aborted) {
                    cancel.abort();
                }
            };
            const broken = await stack.up({ refresh: true, preview: false, signal: cancel.signal });
            onRequest = () => undefined;
            assert.equal(broken.result, "failed");
            assert.deepEqual(
                broken.diagnostics.filter(({ message }) => message.startsWith("smoke check of")),
                [],
            );
            find(urn);
            stack = await open();
            const expected = restsOn[parent.slice(parent.lastIndexOf("::") + 2)] ?? [];
            const checked = await up();
            assert.deepEqual(
                expected.filter((each) => !checked.includes(each)),
                [],
                checked.join(", "),
            );
            assert.deepEqual(await up(true), []);
        });
    }
});
