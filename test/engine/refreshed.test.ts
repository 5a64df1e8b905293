import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import { type EngineEvent, openStack, type Stack } from "../../engine";
import { alignedInputs } from "../../engine/provider/equivalence";
import { iamTargets } from "../../engine/provider/iam/targets";
import { same } from "../../engine/values/differences";
import type { Properties } from "../../engine/values/values";
import { Sandbox } from "../../sandbox";

const location = "us-central1";
const caller = "serviceAccount:caller@demo.iam.gserviceaccount.com";

interface Kept {
    urn: string;
    type: string;
    inputs: Properties;
    outputs: Properties;
}

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

/** A stack's state as the real provider leaves it after a refresh: resources named in full, numbers for projects. */
function asRefreshed(directory: string, number: string): string[] {
    const file = join(
        directory,
        readdirSync(directory).find((name) => name.endsWith(".json") && name !== "key.json") ?? "",
    );
    const state = JSON.parse(readFileSync(file, "utf8")) as { deployment: { resources: Kept[] } };
    const changed: string[] = [];
    for (const { type, inputs, outputs, urn } of state.deployment.resources) {
        const before = JSON.stringify(inputs);
        const parent = iamTargets.find(({ token }) => token === type)?.parent;
        if (parent !== undefined) {
            inputs[parent] = outputs[parent] ?? null;
        }
        if (type === "gcp:pubsub/subscription:Subscription") {
            inputs["topic"] = "projects/demo/topics/tee";
        }
        if (type === "gcp:workflows/workflow:Workflow") {
            inputs["serviceAccount"] = `projects/demo/serviceAccounts/${inputs["serviceAccount"] as string}`;
        }
        if (type === "gcp:iap/settings:Settings") {
            inputs["name"] = `projects/${number}/iap_web`;
        }
        if (JSON.stringify(inputs) !== before) {
            changed.push(urn.split("::").at(-1) ?? "");
        }
    }
    writeFileSync(file, JSON.stringify(state));
    return changed.sort();
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
        assert.deepEqual(asRefreshed(directory, projectNumber), ["flow", "iap", "iap-run", "run", "sub", "topic"]);
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
        asRefreshed(directory, "0");
        await up({ member: "user:somebody@example.com" });
        assert.equal(steps.filter((step) => step.startsWith("create-replacement")).length, 5);
        assert.deepEqual(await held(), []);
        await (await open({})).destroy();
    });
});

describe("a value that the real provider treats as equal", () => {
    const place = { projects: ["demo", "111"], location: "us-central1" };
    const account = "a@demo.iam.gserviceaccount.com";
    /** A property, what is kept, what the program says that is the same, and what is not. */
    const table: [what: string, key: string, kept: unknown, equal: unknown, other: unknown][] = [
        ["a full name", "name", "projects/demo/locations/us-central1/services/s", "s", "t"],
        [
            "a short name",
            "name",
            "s",
            "projects/demo/locations/us-central1/services/s",
            "projects/demo/locations/us-central1/services/t",
        ],
        [
            "a full name, in another project",
            "name",
            "projects/other/locations/us-central1/services/s",
            "projects/other/locations/us-central1/services/s",
            "s",
        ],
        [
            "a full name, in another region",
            "name",
            "projects/demo/locations/us-east1/services/s",
            "projects/demo/locations/us-east1/services/s",
            "s",
        ],
        ["a project's number", "name", "projects/111/iap_web", "projects/demo/iap_web", "projects/222/iap_web"],
        [
            "the number of another project",
            "name",
            "projects/222/iap_web",
            "projects/222/iap_web",
            "projects/demo/iap_web",
        ],
        ["a topic", "topic", "projects/demo/topics/tee", "tee", "projects/demo/topics/uuu"],
        ["a topic by its number", "topic", "projects/111/topics/tee", "tee", "uuu"],
        ["a bucket", "bucket", "b/bucket", "bucket", "bucket2"],
        [
            "a repository",
            "repository",
            "projects/demo/locations/us-central1/repositories/r",
            "r",
            "projects/demo/locations/us-central1/repositories/q",
        ],
        ["a secret", "secretId", "projects/111/secrets/s", "projects/demo/secrets/s", "projects/demo/secrets/t"],
        ["an account", "serviceAccount", `projects/demo/serviceAccounts/${account}`, account, `b${account}`],
        [
            "an account of whichever project",
            "serviceAccountId",
            `projects/-/serviceAccounts/${account}`,
            `projects/demo/serviceAccounts/${account}`,
            `projects/-/serviceAccounts/b${account}`,
        ],
        [
            "a network's address",
            "network",
            "https://www.googleapis.com/compute/v1/projects/demo/global/networks/n",
            "projects/demo/global/networks/n",
            "projects/demo/global/networks/m",
        ],
        [
            "a member's case",
            "member",
            `serviceAccount:${account}`,
            `serviceAccount:${account.toUpperCase()}`,
            `user:${account}`,
        ],
        [
            "a federated principal, whose case counts",
            "member",
            "principal://x/subject/a",
            "principal://x/subject/a",
            "principal://x/subject/A",
        ],
        ["a location's case", "location", "EU", "eu", "us"],
        ["a duration", "messageRetentionDuration", "2592000s", "30d", "31d"],
        ["a duration in minutes", "ttl", "90m", "5400s", "5400m"],
        ["a fraction of a second", "minimumBackoff", "3.500s", "3.5s", "3s"],
        ["an address's last slash", "uri", "https://a.example/", "https://a.example", "https://a.example/b"],
        [
            "a policy",
            "policyData",
            '{"bindings":[],"etag":"x"}',
            '{ "etag": "x", "bindings": [] }',
            '{"bindings":[{}]}',
        ],
        ["a set", "permissions", ["a.b", "c.d"], ["c.d", "a.b"], ["c.d"]],
        ["a set that lost a member", "scopes", ["a", "b"], ["b", "a"], ["a", "c"]],
        [
            "a set of members",
            "members",
            [`user:A@b.c`, "allUsers"],
            ["allUsers", "user:a@b.c"],
            ["allUsers", "user:a@b.d"],
        ],
        [
            "a set of blocks",
            "matchingCriterias",
            [{ attribute: "a" }, { attribute: "b" }],
            [{ attribute: "b" }, { attribute: "a" }],
            [{ attribute: "b" }],
        ],
        ["a list, whose order counts", "args", ["a", "b"], ["a", "b"], ["b", "a"]],
        [
            "a nested name",
            "destination",
            { service: "projects/demo/locations/us-central1/services/s" },
            { service: "s" },
            { service: "t" },
        ],
        [
            "a variable of the user's, which is only itself",
            "environmentVariables",
            { name: "60s" },
            { name: "60s" },
            { name: "1m" },
        ],
        ["a text, which is only itself", "description", "projects/demo/topics/tee", "projects/demo/topics/tee", "t"],
        ["an empty block", "pushConfig", { pushEndpoint: "" }, undefined, { pushEndpoint: "https://a.example" }],
        ["no block", "pushConfig", undefined, { pushEndpoint: "" }, { pushEndpoint: "https://a.example" }],
        [
            "an audience that Scheduler filled in",
            "httpTarget",
            { uri: "https://a.example/x", oidcToken: { audience: "https://a.example/x" } },
            { uri: "https://a.example/x", oidcToken: {} },
            { uri: "https://a.example/y", oidcToken: { audience: "https://a.example" } },
        ],
    ];
    for (const [what, key, kept, equal, other] of table) {
        it(`is ${what}, and any other value is a difference`, () => {
            const one = (value: unknown): Properties => (value === undefined ? {} : { [key]: value }) as Properties;
            assert.ok(same(alignedInputs(one(kept), one(equal), place), one(equal)));
            assert.ok(!same(alignedInputs(one(kept), one(other), place), one(other)));
        });
    }
});
