import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ExternalApi, InvokableBackend, InvokableFunction, type InvokableFunctionArgs, TokenMinter } from "../../index";
import { callers, email, grants, targets } from "./support/cells";
import { deploy } from "./support/deploy";
import { caller, image, location } from "./support/programs";

const iapClientId = "1-a.apps.googleusercontent.com";
const config = { "gcp:project": "demo" };
const privileged = "deployer@demo.iam.gserviceaccount.com";

describe("InvokableFunction", () => {
    let source: string;
    before(() => {
        source = mkdtempSync(path.join(tmpdir(), "function-"));
        writeFileSync(path.join(source, "index.js"), "exports.resize = (request, response) => response.end();\n");
    });
    after(() => {
        rmSync(source, { recursive: true, force: true });
        pulumi.runtime.setAllConfig({});
    });
    const made = (args: Partial<InvokableFunctionArgs> = {}) =>
        new InvokableFunction("resize", { source, runtime: "nodejs22", entryPoint: "resize", location, ...args });

    const ofEach = [
        "Account resize-account",
        "Account resize-build",
        "Bucket resize-source",
        "BucketIAMMember resize-build",
        "BucketObject resize-source",
        "Function resize",
        "IAMMember resize-build-3",
        "InvokableFunction resize",
        "Repository resize-images",
        "RepositoryIamMember resize-build-2",
        "Stash resize-last-change",
        "Stash resize-smoke",
    ];

    it("of the 2nd generation is a source, an account that builds it, an account that it runs as, and no invoker", async () => {
        const deployed = await deploy(() => made());
        assert.deepEqual(deployed.names(), ofEach);
        const object = String(deployed.find("BucketObject", "resize-source")["name"]);
        assert.match(object, /^[0-9a-f]+\.zip$/);
        const { buildConfig, ...rest } = deployed.find("Function", "resize");
        const { dockerRepository, ...build } = buildConfig as Record<string, unknown>;
        assert.ok(dockerRepository);
        assert.deepEqual(build, {
            runtime: "nodejs22",
            entryPoint: "resize",
            source: { storageSource: { bucket: "resize-source-0000000", object } },
            serviceAccount: `projects/demo/serviceAccounts/${email(deployed, "resize-build")}`,
        });
        assert.deepEqual(rest, {
            location,
            serviceConfig: {
                serviceAccountEmail: email(deployed, "resize-account"),
                ingressSettings: "ALLOW_INTERNAL_ONLY",
                allTrafficOnLatestRevision: true,
            },
        });
        assert.deepEqual(deployed.find("BucketIAMMember", "resize-build"), {
            bucket: "resize-source-0000000",
            role: "roles/storage.objectViewer",
            member: `serviceAccount:${email(deployed, "resize-build")}`,
        });
    });

    it("of the 2nd generation is granted on the service beneath", async () => {
        const deployed = await deploy(() => caller({ resize: made() }));
        const { role, name } = deployed.find("ServiceIamMember", "fulfil-resize");
        assert.deepEqual([role, name], ["roles/run.invoker", "resize-0000000"]);
    });

    it("of the 1st generation is read as it exists, and granted on itself", async () => {
        const deployed = await deploy(
            () =>
                caller({
                    legacy: InvokableFunction.fromExisting("legacy", { name: "legacy", location, generation: 1 }),
                }),
            { config },
        );
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("legacy")),
            [
                "Function legacy",
                "FunctionIamMember fulfil-legacy-europe-west1",
                "InvokableFunction legacy",
                "Stash legacy-last-change",
                "Stash legacy-smoke",
            ],
        );
        assert.deepEqual(deployed.find("FunctionIamMember", "fulfil-legacy-europe-west1"), {
            project: "demo",
            region: location,
            cloudFunction: "legacy",
            role: "roles/cloudfunctions.invoker",
            member: `serviceAccount:${email(deployed, "fulfil-account")}`,
        });
    });

    it("with a trigger is invoked by the trigger's own account only", async () => {
        const topic = "projects/demo/topics/uploads";
        const eventType = "google.cloud.pubsub.topic.v1.messagePublished";
        const deployed = await deploy(() => made({ trigger: { eventType, topic, retry: true } }));
        assert.deepEqual(
            deployed.names().filter((name) => !ofEach.includes(name)),
            ["Account resize-trigger", "IAMMember resize-trigger-receiver", "ServiceIamMember resize-trigger-invoker"],
        );
        const serviceAccountEmail = email(deployed, "resize-trigger");
        const member = `serviceAccount:${serviceAccountEmail}`;
        assert.deepEqual(deployed.find("Function", "resize")["eventTrigger"], {
            ...{ eventType, triggerRegion: location, serviceAccountEmail },
            ...{ retryPolicy: "RETRY_POLICY_RETRY", pubsubTopic: topic },
        });
        assert.deepEqual(deployed.find("ServiceIamMember", "resize-trigger-invoker"), {
            ...{ project: "demo", location, name: "resize-0000000", role: "roles/run.invoker", member },
        });
        assert.deepEqual(deployed.find("IAMMember", "resize-trigger-receiver"), {
            ...{ project: "demo", role: "roles/eventarc.eventReceiver", member },
        });
    });
});

describe("a function that objects invoke", () => {
    after(() => pulumi.runtime.setAllConfig({}));
    const agent = "service-1@gs-project-accounts.iam.gserviceaccount.com";
    const call = ({ token, inputs }: pulumi.runtime.MockCallArgs): Record<string, unknown> =>
        token === "gcp:storage/getProjectServiceAccount:getProjectServiceAccount"
            ? { ...(inputs as object), emailAddress: agent }
            : {};
    const event = (name: string, eventType: string) =>
        new InvokableFunction(name, {
            source: __dirname,
            runtime: "nodejs22",
            entryPoint: "x",
            location,
            trigger: { eventType },
        });

    it("lets Cloud Storage's agent publish first, by a grant that stays for others; no other event does so", async () => {
        const deployed = await deploy(
            () => {
                event("resize", "google.cloud.storage.object.v1.finalized");
                event("count", "google.cloud.storage.object.v1.deleted");
                event("audit", "google.cloud.audit.log.v1.written");
            },
            { call },
        );
        const publishers = deployed.resources.filter(({ inputs }) => inputs["role"] === "roles/pubsub.publisher");
        assert.deepEqual(publishers.map(({ name }) => name).sort(), [
            "count-trigger-storage",
            "resize-trigger-storage",
        ]);
        for (const { inputs } of publishers) {
            assert.deepEqual(inputs, {
                ...{ project: "demo", role: "roles/pubsub.publisher", member: `serviceAccount:${agent}` },
            });
        }
        const order = deployed.resources.map(({ name, type }) => `${type.slice(type.lastIndexOf(":") + 1)} ${name}`);
        assert.ok(order.indexOf("IAMMember resize-trigger-storage") < order.indexOf("Function resize"));
    });
});

describe("InvokableBackend", () => {
    after(() => pulumi.runtime.setAllConfig({}));
    const agent = {
        call: () => ({ number: "123" }),
        outputs: ({ type }: { type: string }) =>
            type.endsWith(":ServiceIdentity") ? { email: "iap@system.example" } : {},
    };

    it("of its own is a service that IAP alone invokes, with programs allowed by its client ID", async () => {
        const deployed = await deploy(() => new InvokableBackend("erp", { image, location, iapClientId }), agent);
        assert.deepEqual(deployed.names(), [
            "Account erp-account",
            "InvokableBackend erp",
            "Service erp",
            "ServiceIamMember erp-iap",
            "ServiceIdentity erp-iap-agent",
            "Settings erp-programs",
            "Stash erp-last-change",
            "Stash erp-smoke",
        ]);
        assert.deepEqual(deployed.find("Service", "erp"), {
            ...{ location, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY", iapEnabled: true, deletionProtection: false },
            template: { serviceAccount: email(deployed, "erp-account"), containers: [{ image }] },
        });
        assert.deepEqual(deployed.find("ServiceIamMember", "erp-iap"), {
            ...{ project: "demo", location, name: "erp-0000000", role: "roles/run.invoker" },
            member: "serviceAccount:iap@system.example",
        });
        assert.deepEqual(deployed.find("Settings", "erp-programs"), {
            name: `projects/123/iap_web/cloud_run-${location}/services/erp-0000000`,
            accessSettings: { oauthSettings: { programmaticClients: [iapClientId] } },
        });
    });

    it("that exists already is left as it is, and gets its grants where IAP reads them", async () => {
        const existing = { backendService: "erp" };
        const url = "https://erp.example.com";
        const deployed = await deploy(() =>
            caller({ erp: InvokableBackend.fromExisting("erp", existing, { url, iapClientId }) }),
        );
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("erp")),
            [
                "InvokableBackend erp",
                "Stash erp-last-change",
                "Stash erp-smoke",
                "WebBackendServiceIamMember fulfil-erp",
            ],
        );
        const { userEnvVars } = deployed.find("Workflow", "fulfil");
        assert.deepEqual(userEnvVars, { ERP_URL: url, ERP_AUDIENCE: iapClientId });
    });

    it("lets a member in if only the provider knows the project, from the environment", async () => {
        const args = { url: "https://erp.example.com", iapClientId };
        const deployed = await deploy(
            () =>
                InvokableBackend.fromExisting("erp", { backendService: "erp" }, args).grantInvoke(
                    "support",
                    "group:support@example.com",
                ),
            { config: {}, call: () => ({ projectId: "from-environment" }) },
        );
        assert.equal(deployed.find("WebBackendServiceIamMember", "support")["member"], "group:support@example.com");
    });
});

describe("TokenMinter", () => {
    it("is one grant, on the privileged account", async () => {
        const member = "user:ann@example.com";
        const deployed = await deploy(() => new TokenMinter("ci", { caller: member, privilegedAccount: privileged }));
        assert.deepEqual(deployed.names(), [
            "IAMMember ci",
            "Stash ci-last-change",
            "Stash ci-smoke",
            "TokenMinter ci",
        ]);
        assert.deepEqual(deployed.find("IAMMember", "ci"), {
            serviceAccountId: `projects/demo/serviceAccounts/${privileged}`,
            role: "roles/iam.serviceAccountOpenIdTokenCreator",
            member,
        });
    });
});

describe("a workflow that calls", () => {
    for (const to of Object.keys(targets) as (keyof typeof targets)[]) {
        it(`→ ${to}: the grant on the target, and an ID token for its audience`, async () => {
            const deployed = await deploy(() => callers.workflow(targets[to]));
            const [type, on, grant] = grants[to];
            const member = `serviceAccount:${email(deployed, "fulfil-account")}`;
            assert.deepEqual(deployed.find(type, `fulfil-${on}`), { ...grant, member });
            const { userEnvVars, sourceContents } = deployed.find("Workflow", "fulfil");
            assert.equal((userEnvVars as Record<string, string>)["TARGET_URL"], targets[to].url);
            const variable = to.startsWith("iap") ? "TARGET_AUDIENCE" : "TARGET_(URL|AUDIENCE)";
            assert.match(String(sourceContents), new RegExp(`type: OIDC\\n +audience: .*${variable}`));
        });
    }

    it("→ external API: reads the secret as itself, and may read that one only", async () => {
        const deployed = await deploy(() =>
            caller({ crm: new ExternalApi("crm", { url: "https://api.example.com", secret: "crm-key" }) }),
        );
        assert.deepEqual(deployed.names(), [
            ...["Account fulfil-account", "AuthenticatedWorkflow fulfil", "ExternalApi crm"],
            ...["SecretIamMember fulfil-crm-key", "Stash fulfil-last-change", "Stash fulfil-smoke", "Workflow fulfil"],
        ]);
        assert.deepEqual(deployed.find("SecretIamMember", "fulfil-crm-key"), {
            secretId: "crm-key",
            role: "roles/secretmanager.secretAccessor",
            member: `serviceAccount:${email(deployed, "fulfil-account")}`,
        });
        const { sourceContents } = deployed.find("Workflow", "fulfil");
        assert.match(String(sourceContents), /googleapis\.secretmanager/);
        assert.match(String(sourceContents), /Authorization: \$\{"Bearer " \+/);
    });
});
