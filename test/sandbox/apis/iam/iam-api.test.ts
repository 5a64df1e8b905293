import { strict as assert } from "node:assert";
import { JWT } from "google-auth-library";
import type { Principal } from "../../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const base = "https://iam.googleapis.com/v1/projects/demo";
const eve: Principal = { kind: "user", email: "eve@example.com" };

describe("the iam API", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    it("makes, reads, changes, lists and deletes service accounts", async () => {
        const made = await cloud.call(owner, "POST", `${base}/serviceAccounts`, {
            accountId: "fulfil",
            serviceAccount: { displayName: "Fulfil" },
        });
        assert.equal(made.name, "projects/demo/serviceAccounts/fulfil@demo.iam.gserviceaccount.com");
        assert.match(String(made.uniqueId), /^\d{21}$/);
        assert.equal(made.oauth2ClientId, made.uniqueId);
        const one = `https://iam.googleapis.com/v1/${made.name}`;
        assert.deepEqual(await cloud.call(owner, "GET", one), made);
        assert.deepEqual(await cloud.call(owner, "GET", one.replace("/demo/", "/-/")), made);
        const patched = await cloud.call(owner, "PATCH", one, {
            serviceAccount: { displayName: "Other", description: "not in the mask" },
            updateMask: "displayName",
        });
        assert.equal(patched.displayName, "Other");
        assert.equal(patched.description, undefined);
        const { accounts } = await cloud.call(owner, "GET", `${base}/serviceAccounts`);
        assert.deepEqual(
            (accounts as { email: string }[]).map(({ email }) => email),
            ["100000000001-compute@developer.gserviceaccount.com", "fulfil@demo.iam.gserviceaccount.com"],
        );
        await cloud.call(owner, "DELETE", one);
        assert.equal(await cloud.status(owner, "GET", one), 404);
        assert.equal(await cloud.status(owner, "DELETE", one), 404);
    });

    it("refuses a name that is taken, one that is malformed, and who may not", async () => {
        await cloud.account("fulfil");
        const make = (as: Principal, accountId: string) =>
            cloud.status(as, "POST", `${base}/serviceAccounts`, { accountId });
        assert.equal(await make(owner, "fulfil"), 409);
        assert.equal(await make(owner, "x"), 400);
        assert.equal(await make(owner, "Fulfil-Two"), 400);
        assert.equal(await make(eve, "another"), 403);
        assert.equal(await make(owner, "another"), 200);
        assert.equal(
            await cloud.status(eve, "GET", `${base}/serviceAccounts/fulfil@demo.iam.gserviceaccount.com`),
            403,
        );
    });

    it("disables and enables, and brings back what was deleted, with its grants", async () => {
        const { email, uniqueId } = await cloud.account("fulfil");
        const one = `${base}/serviceAccounts/${email}`;
        await cloud.call(owner, "POST", `${one}:disable`, {});
        assert.equal((await cloud.call(owner, "GET", one)).disabled, true);
        await cloud.call(owner, "POST", `${one}:enable`, {});
        assert.notEqual((await cloud.call(owner, "GET", one)).disabled, true);
        const bindings = [{ role: "roles/run.invoker", members: [`serviceAccount:${email}`] }];
        const orders = "//run.googleapis.com/projects/demo/locations/l/services/orders";
        cloud.iam.setPolicy(orders, { bindings });
        await cloud.call(owner, "DELETE", one);
        assert.match(JSON.stringify(cloud.iam.getPolicy(orders)), /deleted:serviceAccount/);
        const { restoredAccount } = await cloud.call(owner, "POST", `${base}/serviceAccounts/${uniqueId}:undelete`, {});
        assert.equal((restoredAccount as { uniqueId: string }).uniqueId, uniqueId);
        assert.deepEqual(cloud.iam.getPolicy(orders).bindings, bindings);
    });

    it("has the default account of Compute Engine once that is enabled, without a role, and not again once it is deleted", async () => {
        const email = (number: string) => `${number}-compute@developer.gserviceaccount.com`;
        const own = email("100000000001");
        const topics = "//pubsub.googleapis.com/projects/demo/topics/tee";
        const grant = (account: string) =>
            cloud.iam.setPolicy(topics, {
                bindings: [{ role: "roles/pubsub.publisher", members: [`serviceAccount:${account}`] }],
            });
        grant(own);
        const project = cloud.iam.getPolicy("//cloudresourcemanager.googleapis.com/projects/demo");
        assert.doesNotMatch(JSON.stringify(project), /compute@developer/);
        const enable = (id: string) =>
            `https://serviceusage.googleapis.com/v1/projects/${id}/services/compute.googleapis.com:enable`;
        const { projectNumber } = await cloud.call(
            owner,
            "GET",
            "https://cloudresourcemanager.googleapis.com/v1/projects/other",
        );
        assert.throws(() => grant(email(String(projectNumber))), /does not exist/);
        await cloud.call(owner, "POST", enable("other"), {});
        grant(email(String(projectNumber)));
        await cloud.call(owner, "DELETE", `${base}/serviceAccounts/${own}`);
        await cloud.call(owner, "POST", enable("demo"), {});
        assert.throws(() => grant(own), /does not exist/);
    });

    it("keeps policies on accounts", async () => {
        const { email } = await cloud.account("fulfil");
        const one = `${base}/serviceAccounts/${email}`;
        const policy = await cloud.call(owner, "POST", `${one}:getIamPolicy?options.requestedPolicyVersion=3`);
        const bindings = [{ role: "roles/iam.serviceAccountUser", members: ["user:eve@example.com"] }];
        assert.equal(await cloud.status(eve, "GET", one), 403);
        await cloud.call(owner, "POST", `${one}:setIamPolicy`, { policy: { ...policy, bindings } });
        assert.equal(await cloud.status(eve, "GET", one), 200);
        assert.equal(
            await cloud.status(owner, "POST", `${one}:setIamPolicy`, { policy: { ...policy, bindings } }),
            409,
        );
        const asked = { permissions: ["iam.serviceAccounts.actAs", "iam.serviceAccounts.delete"] };
        assert.deepEqual(await cloud.call(eve, "POST", `${one}:testIamPermissions`, asked), {
            permissions: ["iam.serviceAccounts.actAs"],
        });
    });

    it("makes keys whose file a client library signs with, and keeps only the public half", async () => {
        const { email } = await cloud.account("fulfil");
        const keys = `${base}/serviceAccounts/${email}/keys`;
        const made = await cloud.call(owner, "POST", keys, {});
        const file = JSON.parse(Buffer.from(String(made.privateKeyData), "base64").toString()) as {
            client_email: string;
            private_key: string;
            private_key_id: string;
        };
        const client = new JWT({ email: file.client_email, key: file.private_key, keyId: file.private_key_id });
        const headers = await client.getRequestHeaders("https://run.googleapis.com/");
        const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
        assert.equal(cloud.tokens.verifyAccessToken(token, "https://run.googleapis.com/").ok, true);
        const one = `https://iam.googleapis.com/v1/${String(made.name)}`;
        const read = await cloud.call(owner, "GET", `${one}?publicKeyType=TYPE_X509_PEM_FILE`);
        assert.match(Buffer.from(String(read.publicKeyData), "base64").toString(), /BEGIN CERTIFICATE/);
        assert.equal(read.privateKeyData, undefined);
        await cloud.call(owner, "POST", `${one}:disable`, {});
        assert.equal(cloud.tokens.verifyAccessToken(token, "https://run.googleapis.com/").ok, false);
        await cloud.call(owner, "POST", `${one}:enable`, {});
        assert.equal(cloud.tokens.verifyAccessToken(token, "https://run.googleapis.com/").ok, true);
        await cloud.call(owner, "DELETE", one);
        assert.equal(cloud.tokens.verifyAccessToken(token, "https://run.googleapis.com/").ok, false);
        assert.equal(await cloud.status(eve, "POST", keys, {}), 403);
    });

    it("makes custom roles that grant exactly what they hold, until they are deleted", async () => {
        const role = { title: "Caller", includedPermissions: ["run.routes.invoke"], stage: "GA" };
        const made = await cloud.call(owner, "POST", `${base}/roles`, { roleId: "caller", role });
        assert.equal(made.name, "projects/demo/roles/caller");
        const orders = "//run.googleapis.com/projects/demo/locations/l/services/orders";
        cloud.iam.setPolicy(orders, { bindings: [{ role: made.name, members: ["user:eve@example.com"] }] });
        const may = (permission: string) =>
            cloud.iam.evaluate({ principal: eve, permission, resource: orders }).allowed;
        assert.equal(may("run.routes.invoke"), true);
        assert.equal(may("run.services.get"), false);
        await cloud.call(owner, "DELETE", `${base}/roles/caller`);
        assert.equal(may("run.routes.invoke"), false);
        await cloud.call(owner, "POST", `${base}/roles/caller:undelete`, {});
        assert.equal(may("run.routes.invoke"), true);
        assert.equal(
            await cloud.status(owner, "POST", `${base}/roles`, {
                roleId: "broken",
                role: { includedPermissions: ["run.nothing"] },
            }),
            400,
        );
        assert.equal(await cloud.status(owner, "POST", `${base}/roles`, { roleId: "caller", role }), 409);
    });

    it("shows predefined roles with what they hold", async () => {
        const role = await cloud.call(eve, "GET", "https://iam.googleapis.com/v1/roles/run.invoker");
        assert.deepEqual(role.includedPermissions, ["run.jobs.run", "run.routes.invoke"]);
        assert.equal(await cloud.status(eve, "GET", "https://iam.googleapis.com/v1/roles/run.nothing"), 404);
    });

    it("knows the versions 0, 1 and 3 of policies, and shows conditions to who asks for 3", async () => {
        const { email } = await cloud.account("guarded");
        const url = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const role = "roles/iam.serviceAccountUser";
        const condition = { title: "always", expression: "true" };
        const bindings = [{ role, members: ["user:ann@example.com"], condition }];
        const set = (version: number) =>
            cloud.status(owner, "POST", `${url}:setIamPolicy`, { policy: { version, bindings } });
        const get = (version: number) =>
            cloud.call(owner, "POST", `${url}:getIamPolicy?options.requestedPolicyVersion=${version}`, {});
        assert.deepEqual([await set(1), await set(2), await set(4), await set(3)], [400, 400, 400, 200]);
        assert.deepEqual((await get(3)).bindings, bindings);
        const [{ role: shown, condition: hidden } = {}] = (await get(1)).bindings as Record<string, unknown>[];
        assert.match(String(shown), /^roles\/iam\.serviceAccountUser_withcond_[0-9a-f]+$/);
        assert.equal(hidden, undefined);
        await assert.rejects(get(2), /400/);
        // What was read at version 1 cannot be written back: its roles are no roles.
        const policy = await get(1);
        assert.equal(await cloud.status(owner, "POST", `${url}:setIamPolicy`, { policy }), 400);
    });
});
