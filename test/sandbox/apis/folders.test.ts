import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const base = "https://cloudresourcemanager.googleapis.com";
const service = "//run.googleapis.com/projects/demo/locations/europe-west1/services/orders";
const ann: Principal = { kind: "user", email: "ann@example.com" };

describe("folders and organizations", () => {
    let cloud: TestCloud;
    let folder: string;
    beforeEach(async () => {
        cloud = testCloud();
        const made = await cloud.call(owner, "POST", `${base}/v3/folders`, {
            parent: "organizations/7",
            displayName: "shop",
        });
        ({ name: folder } = made["response"] as { name: string });
    });
    afterEach(() => cloud.close());

    const invoke = () =>
        cloud.iam.evaluate({ principal: ann, permission: "run.routes.invoke", resource: service }).allowed;
    const grant = (on: string) =>
        cloud.call(owner, "POST", `${base}/v3/${on}:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: ["user:ann@example.com"] }] },
        });
    const move = (to = folder) => cloud.call(owner, "POST", `${base}/v3/projects/demo:move`, { destinationParent: to });

    it("let a member of their policies call what lies below them, and only that", async () => {
        await grant(folder);
        assert.equal(invoke(), false, "the project is not in the folder yet");
        await move();
        assert.equal(invoke(), true);
    });

    it("let in by the organization above a folder too", async () => {
        await move();
        assert.equal(invoke(), false);
        await grant("organizations/7");
        assert.equal(invoke(), true);
    });

    it("are told as the ancestry of a project, the nearest first", async () => {
        const read = () => cloud.call(owner, "POST", `${base}/v1/projects/demo:getAncestry`, {});
        assert.equal(((await read())["ancestor"] as unknown[]).length, 1);
        await move();
        assert.deepEqual(await read(), {
            ancestor: [
                { resourceId: { type: "project", id: "demo" } },
                { resourceId: { type: "folder", id: folder.split("/")[1] } },
                { resourceId: { type: "organization", id: "7" } },
            ],
        });
        const { parent } = await cloud.call(owner, "GET", `${base}/v1/projects/demo`);
        assert.deepEqual(parent, { type: "folder", id: folder.split("/")[1] });
    });

    it("ask for data access logs of what lies below them, beside the project, and exempt members", async () => {
        const robot = await cloud.account("robot-one");
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${robot.email}:generateAccessToken`;
        const scope = ["https://www.googleapis.com/auth/cloud-platform"];
        const ask = async (on: string, api: string, exemptedMembers: string[] = []) => {
            const { bindings } = await cloud.call(owner, "POST", `${base}/v3/${on}:getIamPolicy`, {});
            await cloud.call(owner, "POST", `${base}/v3/${on}:setIamPolicy`, {
                policy: {
                    bindings,
                    auditConfigs: [{ service: api, auditLogConfigs: [{ logType: "DATA_READ", exemptedMembers }] }],
                },
                updateMask: "bindings,etag,auditConfigs",
            });
        };
        /** How many entries one more refused call adds. */
        let before = 0;
        const added = async (): Promise<number> => {
            assert.equal(await cloud.status(ann, "POST", url, { scope }), 403);
            const { entries = [] } = await cloud.call(owner, "POST", "https://logging.googleapis.com/v2/entries:list", {
                resourceNames: ["projects/demo"],
                filter: 'logName:"data_access"',
            });
            const after = (entries as unknown[]).length;
            const more = after - before;
            before = after;
            return more;
        };
        for (const on of [folder, "organizations/7"]) {
            // The logs of an account's tokens are asked for by the name of IAM.
            await ask(on, "iam.googleapis.com");
            assert.equal(await added(), 0, `${on}: the project is not in it`);
            await move();
            assert.equal(await added(), 1, on);
            await ask(on, "iam.googleapis.com", ["user:ann@example.com"]);
            assert.equal(await added(), 0, `${on}: exempted`);
            await ask(on, "pubsub.googleapis.com");
            assert.equal(await added(), 0, `${on}: another service`);
            await ask(on, "allServices");
            assert.equal(await added(), 1, `${on}: all services`);
            await ask(on, "pubsub.googleapis.com");
            await move("organizations/8");
        }
    });

    it("keep their policies from those who may not read them", async () => {
        assert.equal(await cloud.status(owner, "POST", `${base}/v3/${folder}:getIamPolicy`, {}), 200);
        assert.equal(await cloud.status(ann, "POST", `${base}/v3/${folder}:getIamPolicy`, {}), 403);
        assert.equal(await cloud.status(ann, "POST", `${base}/v3/organizations/7:getIamPolicy`, {}), 403);
    });

    it("must exist", async () => {
        assert.equal(
            await cloud.status(owner, "POST", `${base}/v3/projects/demo:move`, { destinationParent: "folders/9" }),
            404,
        );
        assert.equal(await cloud.status(owner, "POST", `${base}/v3/folders`, { parent: "projects/demo" }), 403);
    });
});

describe("groups in Cloud Identity", () => {
    const api = "https://cloudidentity.googleapis.com/v1";

    it("are found by their email address, and tell their members page by page", async () => {
        const cloud = testCloud();
        const members = [
            "user:ann@example.com",
            "group:all@example.com",
            "serviceAccount:a@demo.iam.gserviceaccount.com",
        ];
        cloud.iam.groups.set("team@example.com", members);
        const { name } = await cloud.call(owner, "GET", `${api}/groups:lookup?groupKey.id=Team@example.com`);
        const url = `${api}/${String(name)}/memberships?view=FULL&pageSize=2`;
        const first = await cloud.call(owner, "GET", url);
        const second = await cloud.call(owner, "GET", `${url}&pageToken=${String(first["nextPageToken"])}`);
        const found = [first, second].flatMap(
            ({ memberships }) => memberships as { type: string; preferredMemberKey: { id: string } }[],
        );
        assert.deepEqual(
            found.map(({ type, preferredMemberKey: { id } }) => `${type} ${id}`),
            ["USER ann@example.com", "GROUP all@example.com", "SERVICE_ACCOUNT a@demo.iam.gserviceaccount.com"],
        );
        assert.equal(second["nextPageToken"], undefined);
        const basic = await cloud.call(owner, "GET", `${api}/${String(name)}/memberships`);
        assert.deepEqual(Object.keys((basic["memberships"] as object[])[0] ?? {}), ["name", "preferredMemberKey"]);
        assert.equal(await cloud.status(owner, "GET", `${api}/groups:lookup?groupKey.id=else@example.com`), 404);
        cloud.close();
    });
});
