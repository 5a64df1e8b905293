import assert from "node:assert/strict";
import { apply } from "../diagnosis/apply";
import { callerUrl, createScene, demo, minter, organization, region, stranger, type Scene } from "./scene";

interface Kind {
    target: string;
    /** What lets somebody call or use it. */
    role: string;
    /** A role that lets somebody call it and change it. IAP has none: its administrators may give themselves the right. */
    admin?: string;
    /** What a custom role must have. */
    permission: string;
    make: (scene: Scene) => Promise<unknown>;
}

const parent = region;
const container = { containers: [{ image: "demo/x:1" }] };
const kinds: Record<string, Kind> = {
    "a function of the 1st generation": {
        target: `https://cloudfunctions.googleapis.com/v1/${parent}/functions/price`,
        role: "roles/cloudfunctions.invoker",
        admin: "roles/cloudfunctions.admin",
        permission: "cloudfunctions.functions.invoke",
        make: (scene) =>
            scene.admin("POST", `https://cloudfunctions.googleapis.com/v1/${parent}/functions`, {
                ...{ name: `${parent}/functions/price`, runtime: "nodejs22", entryPoint: "x", httpsTrigger: {} },
                ...{ sourceArchiveUrl: "gs://sources/x.zip", serviceAccountEmail: scene.caller },
            }),
    },
    "an application behind IAP": {
        target: "https://iap.googleapis.com/v1/projects/demo/iap_web/cloud_run-europe-west1/services/app",
        role: "roles/iap.httpsResourceAccessor",
        permission: "iap.webServiceVersions.accessViaIAP",
        make: (scene) =>
            scene.admin("POST", `https://run.googleapis.com/v2/${parent}/services?serviceId=app`, {
                ...{ template: container, iapEnabled: true },
            }),
    },
    "a job": {
        target: `https://run.googleapis.com/v2/${parent}/jobs/nightly`,
        role: "roles/run.invoker",
        admin: "roles/run.admin",
        permission: "run.jobs.run",
        make: (scene) =>
            scene.admin("POST", `https://run.googleapis.com/v2/${parent}/jobs?jobId=nightly`, {
                template: { template: container },
            }),
    },
    "a topic": {
        target: "https://pubsub.googleapis.com/v1/projects/demo/topics/placed",
        role: "roles/pubsub.publisher",
        admin: "roles/pubsub.admin",
        permission: "pubsub.topics.publish",
        make: (scene) => scene.admin("PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/placed", {}),
    },
    "a queue": {
        target: `https://cloudtasks.googleapis.com/v2/${parent}/queues/work`,
        role: "roles/cloudtasks.enqueuer",
        admin: "roles/cloudtasks.admin",
        permission: "cloudtasks.tasks.create",
        make: (scene) =>
            scene.admin("POST", `https://cloudtasks.googleapis.com/v2/${parent}/queues`, {
                name: `${parent}/queues/work`,
            }),
    },
    "a secret": {
        target: "https://secretmanager.googleapis.com/v1/projects/demo/secrets/key",
        role: "roles/secretmanager.secretAccessor",
        admin: "roles/secretmanager.admin",
        permission: "secretmanager.versions.access",
        make: (scene) =>
            scene.admin("POST", "https://secretmanager.googleapis.com/v1/projects/demo/secrets?secretId=key", {
                replication: { automatic: {} },
            }),
    },
};

type Way = (scene: Scene, kind: Kind) => Promise<unknown>;

const ways: Record<string, Way> = {
    "a grant more": (scene, { target, role }) => scene.grant(target, role, stranger),
    everybody: (scene, { target, role }) => scene.grant(target, role, "allUsers"),
    "everybody with an account": (scene, { target, role }) => scene.grant(target, role, "allAuthenticatedUsers"),
    "a domain": (scene, { target, role }) => scene.grant(target, role, "domain:example.com"),
    "a group in a group": (scene, { target, role }) => {
        scene.sandbox.cloud.iam.groups.set("team@example.com", [stranger]);
        scene.sandbox.cloud.iam.groups.set("dev@example.com", ["group:team@example.com"]);
        return scene.grant(target, role, "group:dev@example.com");
    },
    "its administrator's role": (scene, { target, admin }) =>
        scene.grant(target, admin ?? "roles/iap.httpsResourceAccessor", stranger),
    "a role of the project's own": async (scene, { target, permission }) => {
        const roleId = `own${permission.replaceAll(".", "_")}`;
        const role = { title: "x", includedPermissions: [permission] };
        await scene.admin("POST", "https://iam.googleapis.com/v1/projects/demo/roles", { roleId, role });
        await scene.grant(target, `projects/demo/roles/${roleId}`, stranger);
    },
    "a grant on the project": (scene, { role }) => scene.grant(demo, role, stranger),
    "a grant on the folder": (scene, { role }) => scene.grant(scene.folder, role, stranger),
    "a grant on the organization": (scene, { role }) => scene.grant(organization, role, stranger),
    "an agent of another project": (scene, { target, role }) =>
        scene.grant(target, role, "serviceAccount:service-99@gcp-sa-pubsub.iam.gserviceaccount.com"),
    "a creator of the caller's tokens": (scene) => scene.grant(callerUrl(scene), minter, stranger),
    "a key of the caller": (scene) => scene.admin("POST", `${callerUrl(scene)}/keys`, {}),
};

const refused = (status: number) => ({ status, body: JSON.stringify({ error: { code: status, message: "no" } }) });
const hidings: Record<string, (body: string) => Partial<{ status: number; body: string }>> = {
    "is refused": () => refused(403),
    "is of something that is gone": () => refused(404),
    "is not answered now": () => refused(503),
    "is no JSON": () => ({ body: "<html>proxy</html>" }),
    "is cut off": (body) => ({ body: body.slice(0, -4) }),
    "is empty": () => ({ body: "{}" }),
};

describe("who may use something of any kind", () => {
    let scene: Scene;
    before(async () => {
        scene = await createScene();
        for (const kind of Object.values(kinds)) {
            await kind.make(scene);
            await scene.grant(kind.target, kind.role, `serviceAccount:${scene.caller}`);
        }
    });
    after(() => scene.close());

    const question = ({ target }: Kind) => ({ target, label: "it", ingress: "all" as const, audiences: [] });

    for (const [what, kind] of Object.entries(kinds)) {
        it(`is violated by each way into ${what}, and proven once its command has run`, async () => {
            for (const [way, letIn] of Object.entries(ways)) {
                const before = await scene.ask(question(kind));
                assert.equal(before.verdict, "passed", `before ${way}: ${JSON.stringify(before.access)}`);
                await letIn(scene, kind);
                const { verdict, access, diagnosis } = await scene.ask(question(kind));
                assert.deepEqual([way, verdict, access?.verdict], [way, "failed", "violated"], JSON.stringify(access));
                const commands = (diagnosis?.fix ?? "").split("\n").filter((line) => line.startsWith("gcloud "));
                assert.ok(commands.length > 0, `${way}: ${diagnosis?.fix ?? "no fix"}`);
                await apply(scene, commands.join("\n"));
                const after = await scene.ask(question(kind));
                assert.equal(after.access?.verdict, "proven", `after ${way}: ${JSON.stringify(after.access)}`);
            }
        });

        it(`lists who may only hand out roles on ${what} as an administrator, who is refused if the check says so`, async () => {
            const role = { title: "x", includedPermissions: ["resourcemanager.projects.setIamPolicy"] };
            const roleId = `hands_${what.replace(/\W/g, "_")}`;
            await scene.admin("POST", "https://iam.googleapis.com/v1/projects/demo/roles", { roleId, role });
            await scene.grant(demo, `projects/demo/roles/${roleId}`, stranger);
            const { verdict, access } = await scene.ask(question(kind));
            const found = access?.ways.find(({ member }) => member === stranger);
            assert.deepEqual([verdict, found?.kind, found?.fix], ["passed", "administrator", undefined]);
            const strict = await scene.ask({ ...question(kind), administrators: "refuse" });
            assert.equal(strict.access?.verdict, "violated");
            await scene.revoke(demo, `projects/demo/roles/${roleId}`, stranger);
        });

        it(`is unknown where a policy that decides about ${what} cannot be read`, async () => {
            const policies = [kind.target, demo, scene.folder, organization, callerUrl(scene)];
            for (const policy of policies) {
                const { pathname } = new URL(policy);
                const isPolicy = (url: string) =>
                    url.includes(`${pathname.split("/").slice(-2).join("/")}:getIamPolicy`);
                for (const [how, change] of Object.entries(hidings)) {
                    let struck = 0;
                    const { verdict, access } = await scene.ask(question(kind), (url, { body }) => {
                        struck += isPolicy(url) ? 1 : 0;
                        return isPolicy(url) ? change(body) : undefined;
                    });
                    assert.ok(struck > 0, `nobody read ${policy}`);
                    const found = `${policy} ${how}: ${JSON.stringify(access)}`;
                    assert.deepEqual([verdict, access?.verdict], ["failed", "unknown"], found);
                }
            }
        });
    }
});
