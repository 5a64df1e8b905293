import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { type EngineEvent, openStack, revealOutputs, type Stack } from "../../engine";
import { Sandbox } from "../../sandbox";

const location = "europe-west1";

/** A service by the older API, federated identities, keys of accounts, authoritative grants, and functions that read them. */
function program(revision: string): Record<string, unknown> {
    const account = new gcp.serviceaccount.Account("caller", { accountId: "caller" });
    const member = pulumi.interpolate`serviceAccount:${account.email}`;
    const key = new gcp.serviceaccount.Key("key", { serviceAccountId: account.name });
    const service = new gcp.cloudrun.Service("old", {
        location,
        metadata: { annotations: { "run.googleapis.com/ingress": "all" } },
        template: {
            metadata: { annotations: { "autoscaling.knative.dev/maxScale": revision } },
            spec: {
                serviceAccountName: account.email,
                containers: [{ image: "example/old", envs: [{ name: "REVISION", value: revision }] }],
            },
        },
        traffics: [{ percent: 100, latestRevision: true }],
    });
    new gcp.cloudrun.IamMember("old-member", { location, service: service.name, role: "roles/run.invoker", member });
    const pool = new gcp.iam.WorkloadIdentityPool("pool", {
        workloadIdentityPoolId: "builds",
        displayName: `Builds ${revision}`,
    });
    const provider = new gcp.iam.WorkloadIdentityPoolProvider("provider", {
        workloadIdentityPoolId: pool.workloadIdentityPoolId,
        workloadIdentityPoolProviderId: "github",
        attributeMapping: { "google.subject": "assertion.sub", "attribute.ref": `assertion.ref + '${revision}'` },
        oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
    });
    new gcp.serviceaccount.IAMBinding("users", {
        serviceAccountId: account.name,
        role: "roles/iam.workloadIdentityUser",
        members: [pulumi.interpolate`principalSet://iam.googleapis.com/${pool.name}/attribute.ref/main`],
    });
    new gcp.projects.IAMBinding("invokers", { project: "demo", role: "roles/workflows.invoker", members: [member] });
    const bucket = new gcp.storage.Bucket("bucket", {
        location: "EU",
        lifecycleRules: [{ action: { type: "Delete" }, condition: { age: Number(revision) } }],
    });
    const read = gcp.cloudrun.getServiceOutput({ location, name: service.name });
    return {
        key: key.privateKey,
        url: service.statuses.apply(([status]) => status?.url),
        readUrl: read.statuses.apply(([status]) => status?.url),
        image: read.templates.apply(([template]) => template?.specs[0]?.containers[0]?.image),
        provider: provider.name,
        bucket: gcp.storage.getBucketOutput({ name: bucket.name }).location,
        compute: gcp.compute.getDefaultServiceAccountOutput({}).email,
        projects: gcp.projects.getProjectOutput({ filter: "id:demo" }).projects.apply(([one]) => one?.projectId),
    };
}

describe("types of older APIs, of federated identities, and authoritative grants", () => {
    let sandbox: Sandbox;
    let state = "";
    let events: EngineEvent[] = [];
    before(async () => {
        state = mkdtempSync(join(tmpdir(), "engine-older-"));
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(async () => {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    });

    const open = (body: () => unknown, stack = "dev"): Promise<Stack> => {
        events = [];
        return openStack({
            program: () => Promise.resolve(body() as Record<string, unknown> | undefined),
            stack,
            stateDirectory: state,
            config: { "gcp:project": "demo", "gcp:region": location },
            request: (method, url, given) => sandbox.request(method, url, { body: given }),
            onEvent: (event) => events.push(event),
        });
    };
    const steps = (): string[] =>
        events
            .flatMap((event) =>
                event.type === "step" && event.phase === "done" && event.step.operation !== "same"
                    ? [`${event.step.operation} ${event.step.name}`]
                    : [],
            )
            .sort();
    const bindingOf = async (role: string): Promise<string[]> => {
        const url = "https://cloudresourcemanager.googleapis.com/v1/projects/demo:getIamPolicy";
        const { body } = await sandbox.request("POST", url, { body: {} });
        const { bindings = [] } = body as { bindings?: { role: string; members: string[] }[] };
        return bindings.find((binding) => binding.role === role)?.members ?? [];
    };

    it("are created, and read by the provider's functions", async () => {
        const result = await (await open(() => program("2"))).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
        const outputs = revealOutputs(result.outputs);
        const credentials = JSON.parse(Buffer.from(outputs["key"] as string, "base64").toString()) as Record<
            string,
            string
        >;
        assert.equal(credentials["client_email"], "caller@demo.iam.gserviceaccount.com");
        assert.match(JSON.stringify(outputs["url"]), /^"https:\/\/old-.*\.run\.app"$/);
        assert.equal(outputs["readUrl"], outputs["url"]);
        assert.equal(outputs["image"], "example/old");
        assert.equal(outputs["bucket"], "EU");
        assert.match(JSON.stringify(outputs["compute"]), /-compute@developer\.gserviceaccount\.com/);
        assert.equal(outputs["projects"], "demo");
    });

    it("are named by a function of the provider that does not find them", async () => {
        const { project, ...asked } = { project: "demo", location, name: "nowhere" };
        const found = `locations/${location}/namespaces/${project}/services/${asked.name}`;
        const message = new RegExp(`${found} does not exist; correct its name, or create it first`);
        const reads = () => assert.rejects(gcp.cloudrun.getService(asked), message);
        assert.deepEqual((await (await open(reads, "missing")).up({ preview: false })).diagnostics, []);
    });

    it("are left as they are, also after a refresh, and updated where the program has changed", async () => {
        const stack = await open(() => program("2"));
        await stack.up({ preview: false });
        assert.deepEqual(steps(), []);
        assert.equal((await stack.refresh()).changes.update, undefined);
        events = [];
        await stack.up({ preview: false });
        assert.deepEqual(steps(), []);
        const next = await open(() => program("3"));
        assert.deepEqual((await next.up({ preview: false })).diagnostics, []);
        assert.deepEqual(steps(), ["update bucket", "update old", "update pool", "update provider"]);
    });

    it("take a role from all others, and grants of one member leave them", async () => {
        const role = "roles/workflows.viewer";
        const binding = (members: string[]) =>
            open(() => void new gcp.projects.IAMBinding("b", { project: "demo", role, members }), "binding");
        const ann = () =>
            open(
                () => void new gcp.projects.IAMMember("m", { project: "demo", role, member: "user:ann@example.com" }),
                "member",
            );
        await (await ann()).up({ preview: false });
        await (await binding(["user:bob@example.com"])).up({ preview: false });
        assert.deepEqual(await bindingOf(role), ["user:bob@example.com"]);
        await (await ann()).up({ preview: false, refresh: true });
        assert.deepEqual(await bindingOf(role), ["user:bob@example.com", "user:ann@example.com"]);
        // A refresh sees what others have granted, and the next update takes it away again.
        await (await binding(["user:bob@example.com"])).up({ preview: false, refresh: true });
        assert.deepEqual(await bindingOf(role), ["user:bob@example.com"]);
        await (await binding(["user:bob@example.com"])).destroy();
        assert.deepEqual(await bindingOf(role), []);
    });

    it("leave nothing but the policy that a program sets as a whole", async () => {
        const role = "roles/owner";
        const owner = (await bindingOf(role))[0] ?? "";
        const set = (members: string[]) =>
            open(
                () =>
                    void new gcp.projects.IAMPolicy("p", {
                        project: "demo",
                        policyData: gcp.organizations.getIAMPolicyOutput({ bindings: [{ role, members }] }).policyData,
                    }),
                "policy",
            );
        assert.deepEqual((await (await set([owner])).up({ preview: false })).diagnostics, []);
        assert.deepEqual(await bindingOf("roles/workflows.invoker"), []);
        assert.deepEqual(await bindingOf(role), [owner]);
    });

    it("are destroyed", async () => {
        const stack = await open(() => program("3"));
        const result = await stack.destroy();
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(stack.resources, []);
    });
});
