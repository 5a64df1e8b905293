import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { type EngineEvent, openStack, type Stack } from "../../engine";
import { stateName } from "../../engine/state-name";
import { Sandbox } from "../../sandbox";
import { writeAsRefreshed } from "./as-refreshed";

const location = "us-central1";
const caller = "serviceAccount:caller@demo.iam.gserviceaccount.com";

/** What each grant names its resource by, as a program writes it. */
const iap = {
    name: "projects/demo/iap_web",
    accessSettings: { reauthSettings: { method: "LOGIN", maxAge: "3600s", policyType: "DEFAULT" } },
};
const policy = (member: string, role: string): { member: string; role: string } => ({ member, role });

/** Resources that others name, and a grant of each kind by short names. `second` gives each grant twice. */
function grants({ member = caller, second = false, first = true } = {}): void {
    const account = new gcp.serviceaccount.Account("caller", { accountId: "caller" });
    const after = { dependsOn: [account] };
    const topic = new gcp.pubsub.Topic("t", { name: "tee" });
    const service = new gcp.cloudrunv2.Service("svc", {
        name: "svc",
        location,
        deletionProtection: false,
        template: { serviceAccount: account.email, containers: [{ image: "example/api" }] },
    });
    new gcp.pubsub.Subscription("sub", { name: "sub", topic: "tee" }, { dependsOn: [topic] });
    new gcp.secretmanager.Secret("sec", { secretId: "sec", replication: { auto: {} } });
    new gcp.storage.Bucket("bucket", { name: "demo-bucket", location: "EU" });
    new gcp.cloudtasks.Queue("queue", { name: "queue", location });
    new gcp.artifactregistry.Repository("images", { repositoryId: "images", location, format: "DOCKER" });
    new gcp.workflows.Workflow("flow", {
        name: "flow",
        region: location,
        serviceAccount: account.email,
        deletionProtection: false,
        sourceContents: "main: { steps: [{ done: { return: 1 } }] }",
    });
    new gcp.iap.Settings("iap", iap);
    const all = { dependsOn: [account, service, topic] };
    for (const suffix of [...(first ? [""] : []), ...(second ? ["-again"] : [])]) {
        new gcp.projects.IAMMember(
            `project${suffix}`,
            { project: "demo", ...policy(member, "roles/workflows.invoker") },
            after,
        );
        new gcp.cloudrunv2.ServiceIamMember(
            `run${suffix}`,
            { location, name: "svc", ...policy(member, "roles/run.invoker") },
            all,
        );
        new gcp.iap.WebCloudRunServiceIamMember(
            `iap-run${suffix}`,
            { location, cloudRunServiceName: "svc", ...policy(member, "roles/iap.httpsResourceAccessor") },
            all,
        );
        new gcp.pubsub.TopicIAMMember(
            `topic${suffix}`,
            { topic: "tee", ...policy(member, "roles/pubsub.publisher") },
            all,
        );
    }
}

describe("a stack that the real provider has refreshed", () => {
    let sandbox: Sandbox;
    let directory: string;
    let steps: string[] = [];
    beforeEach(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        directory = mkdtempSync(join(tmpdir(), "refreshed-"));
    });
    afterEach(async () => {
        await sandbox.close();
        rmSync(directory, { recursive: true, force: true });
    });

    const open = async (options: Parameters<typeof grants>[0]): Promise<Stack> => {
        steps = [];
        return await openStack({
            program: () => {
                grants(options);
                return Promise.resolve();
            },
            stateDirectory: directory,
            config: { "gcp:project": "demo", "gcp:region": location },
            request: (method, url, body) => sandbox.request(method, url, { body }),
            onEvent: (event: EngineEvent) => {
                if (event.type === "step" && event.phase === "done" && event.step.operation !== "same") {
                    steps.push(`${event.step.operation} ${event.step.name}`);
                }
            },
        });
    };
    const asRefreshed = (number: string): string[] =>
        writeAsRefreshed(join(directory, stateName("inline", "dev")), { project: "demo", number, location });
    const up = async (options?: Parameters<typeof grants>[0]): Promise<void> => {
        const result = await (await open(options)).up({ preview: false });
        assert.deepEqual(result.diagnostics, []);
    };
    const post = async (url: string): Promise<string> =>
        JSON.stringify((await sandbox.request("POST", url, { body: {} })).body);
    /** Where the caller still has its role. */
    const held = async (): Promise<string[]> => {
        const policies: Record<string, string> = {
            project: await post("https://cloudresourcemanager.googleapis.com/v1/projects/demo:getIamPolicy"),
            run: await get(
                `https://run.googleapis.com/v2/projects/demo/locations/${location}/services/svc:getIamPolicy`,
            ),
            "iap-run": await post(
                `https://iap.googleapis.com/v1/projects/demo/iap_web/cloud_run-${location}/services/svc:getIamPolicy`,
            ),
            topic: await get("https://pubsub.googleapis.com/v1/projects/demo/topics/tee:getIamPolicy"),
        };
        return Object.entries(policies).flatMap(([name, text]) => (text.includes(caller) ? [name] : []));
    };
    const get = async (url: string): Promise<string> => JSON.stringify((await sandbox.request("GET", url)).body);
    const everywhere = ["project", "run", "iap-run", "topic"];

    it("is unchanged, and loses no grant and no setting", async () => {
        await up();
        const project = await sandbox.request("GET", "https://cloudresourcemanager.googleapis.com/v1/projects/demo");
        const { projectNumber } = project.body as { projectNumber: string };
        assert.deepEqual(asRefreshed(projectNumber), ["flow", "iap", "iap-run", "run", "sub", "topic"]);
        await up();
        assert.deepEqual(steps, []);
        assert.deepEqual(await held(), everywhere);
        await (await open({})).refresh();
        await up();
        assert.deepEqual(steps, []);
        const settings = await get(`https://iap.googleapis.com/v1/projects/demo/iap_web:iapSettings`);
        assert.match(settings, /"maxAge":"3600s"/);
        await (await open({})).destroy();
        assert.deepEqual(await held(), []);
    });

    it("keeps a grant that is replaced by an equal one, and a grant that two resources of the stack give", async () => {
        await up({ second: true });
        await up({ member: caller.replace("serviceAccount:caller", "serviceAccount:Caller"), second: true });
        assert.deepEqual(steps, []);
        await up({ first: false, second: true });
        assert.deepEqual(steps.sort(), ["delete iap-run", "delete project", "delete run", "delete topic"]);
        assert.deepEqual(await held(), everywhere);
        await up({ first: false });
        assert.deepEqual(await held(), []);
        await up({ second: true });
        await (await open({})).destroy();
        assert.deepEqual(await held(), []);
    });

    it("removes a grant whose member was written in another case", async () => {
        await up();
        await up({ member: caller.toUpperCase().replace("SERVICEACCOUNT", "serviceAccount") });
        assert.deepEqual(steps, []);
        await up({ first: false });
        assert.deepEqual(await held(), []);
    });

    it("replaces a grant by one to another member, and removes the role of the first member", async () => {
        await up();
        asRefreshed("0");
        await up({ member: "user:somebody@example.com" });
        assert.equal(steps.filter((step) => step.startsWith("create-replacement")).length, 5);
        assert.deepEqual(await held(), []);
        await (await open({})).destroy();
    });
});
