import assert from "node:assert/strict";
import { join } from "node:path";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedTrigger, AuthenticatedWorkflow, InvokableService } from "../../../index";
import type { Decision } from "../../../sandbox";
import type { GrantRef } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const made: Record<string, AuthenticatedTrigger> = {};

/** Objects of a bucket reach a service, and messages of a topic execute a workflow. */
function program(): Promise<Record<string, unknown>> {
    const inbox = new gcp.storage.Bucket("inbox", { name: "demo-inbox", location });
    const topic = new gcp.pubsub.Topic("placed", { name: "placed" });
    const thumbs = new InvokableService("thumbs", { image: "demo/thumbs:1", location, name: "thumbs" });
    const flow = new AuthenticatedWorkflow("flow", {
        ...{ location, name: "flow", smokeCheck: { enabled: false } },
        source: new pulumi.asset.StringAsset(
            "main:\n  params: [event]\n  steps:\n    - done:\n        return: ${event.type}\n",
        ),
    });
    made["uploaded"] = new AuthenticatedTrigger("uploaded", {
        ...{ location, eventType: "google.cloud.storage.object.v1.finalized", filters: { bucket: inbox.name } },
        ...{ target: thumbs, path: "/uploaded" },
    });
    made["ordered"] = new AuthenticatedTrigger("ordered", {
        ...{ location, eventType: "google.cloud.pubsub.topic.v1.messagePublished", topic: topic.id },
        ...{ workflow: flow.workflowId, olderPubsubAgent: true },
    });
    return Promise.resolve({});
}

describe("AuthenticatedTrigger", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [{ image: "demo/thumbs:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    /** What is decided next about the account of a trigger and a permission. */
    async function decided(name: string, permission: string, send: () => Promise<unknown>): Promise<Decision> {
        const email = await value(made[name]!.serviceAccountEmail);
        const next = new Promise<Decision>((resolve) => {
            const stop = deployed.world.sandbox.cloud.decisions.onDecision((decision) => {
                if (decision.principal === `serviceAccount:${email}` && decision.permission === permission) {
                    stop();
                    resolve(decision);
                }
            });
        });
        await send();
        return next;
    }

    const upload = () =>
        deployed.world.admin(
            "POST",
            "https://storage.googleapis.com/upload/storage/v1/b/demo-inbox/o?uploadType=media&name=a.txt",
            {},
        );
    const publish = () =>
        deployed.world.admin("POST", "https://pubsub.googleapis.com/v1/projects/demo/topics/placed:publish", {
            messages: [{ data: "e30=" }],
        });
    const grantOf = (name: string, role: string): GrantRef => {
        const grant = deployed.specs.flatMap((spec) =>
            spec.probes.flatMap((probe) =>
                spec.name === name && probe.kind === "policy" && probe.grant.role === role ? [probe.grant] : [],
            ),
        )[0];
        assert.ok(grant, `${name} has no probe for ${role}`);
        return grant;
    };

    const sends: [name: string, role: string, permission: string, send: () => Promise<unknown>][] = [
        ["uploaded", "roles/run.invoker", "run.routes.invoke", upload],
        ["uploaded", "roles/eventarc.eventReceiver", "eventarc.events.receiveEvent", upload],
        ["ordered", "roles/workflows.invoker", "workflows.executions.create", publish],
    ];
    for (const [name, role, permission, send] of sends) {
        it(`delivers what is ${name} by ${role}, and not without it`, async () => {
            assert.equal((await decided(name, permission, send)).allowed, true);
            await deployed.without(grantOf(name, role), async () => {
                assert.equal((await decided(name, permission, send)).allowed, false);
                const { report, text } = await deployed.check(name);
                assert.equal(report.verdict, "failed", text);
            });
            assert.equal((await deployed.check(name)).report.verdict, "passed");
        });
    }

    it("reads the trigger as it is deployed: its account and where it delivers", async () => {
        const probe = "uploaded delivers as its own account";
        assert.equal((await deployed.verdicts("uploaded"))[probe], "passed");
        const url = `https://eventarc.googleapis.com/v1/${await value(made["uploaded"]!.triggerId)}`;
        const { destination } = await deployed.world.admin("GET", url);
        const changed = { destination: { cloudRun: { service: "other", region: location } } };
        await deployed.world.admin("PATCH", `${url}?updateMask=destination`, changed);
        const { text } = await deployed.check("uploaded");
        assert.match(text, /✗ uploaded delivers as its own account[^]*locations\/europe-west1\/services\/other/);
        await deployed.world.admin("PATCH", `${url}?updateMask=destination`, { destination });
    });

    it("cannot be made by an account that may not receive events, and can by one that may", async () => {
        const email = await deployed.world.account("nobody");
        const [trigger] = await deployed.world.sandbox
            .request(
                "POST",
                `https://eventarc.googleapis.com/v1/projects/demo/locations/${location}/triggers?triggerId=x`,
                {
                    body: {
                        eventFilters: [
                            { attribute: "type", value: "google.cloud.storage.object.v1.finalized" },
                            { attribute: "bucket", value: "demo-inbox" },
                        ],
                        ...{
                            serviceAccount: email,
                            destination: { cloudRun: { service: "thumbs", region: location } },
                        },
                    },
                },
            )
            .then(({ status, body }) => [{ status, text: JSON.stringify(body) }] as const);
        assert.equal(trigger.status, 403, trigger.text);
        assert.match(trigger.text, /eventarc\.events\.receiveEvent/);
    });

    it("grants nothing on the project but what nothing narrower carries, and the older agent its role on the account", () => {
        const grants = deployed.stack.resources.filter(({ type }) => /I[aA][mM]Member$/.test(type));
        const ofProjects = grants.filter(({ type }) => type.startsWith("gcp:projects/"));
        assert.deepEqual(ofProjects.map(({ outputs }) => outputs["role"]).sort(), [
            "roles/eventarc.eventReceiver",
            "roles/pubsub.publisher",
            "roles/workflows.invoker",
        ]);
        const minters = grants.filter(({ outputs }) => outputs["role"] === "roles/iam.serviceAccountTokenCreator");
        assert.equal(minters.length, 1);
        assert.match(JSON.stringify(minters[0]?.outputs["member"]), /@gcp-sa-pubsub\.iam\.gserviceaccount\.com"$/);
    });
});
