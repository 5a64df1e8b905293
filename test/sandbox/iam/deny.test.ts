import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const base =
    "https://iam.googleapis.com/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies";
const project = "//cloudresourcemanager.googleapis.com/projects/demo";
const service = "//run.googleapis.com/projects/demo/locations/europe-west1/services/orders";

describe("deny policies", () => {
    let cloud: TestCloud;
    let caller: Principal & { kind: "serviceAccount" };

    beforeEach(async () => {
        cloud = testCloud();
        caller = await cloud.account("caller");
        const policy = cloud.iam.getPolicy(project);
        const more = [
            { role: "roles/iam.denyAdmin", members: ["user:owner@example.com"] },
            { role: "roles/run.admin", members: [`serviceAccount:${caller.email}`] },
        ];
        cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), ...more] });
    });
    afterEach(() => cloud.close());

    const self = (): string => `principal://iam.googleapis.com/projects/-/serviceAccounts/${caller.email}`;
    const everyone = "principalSet://goog/public:all";
    const deny = (denyRule: object, id = "no-calls") =>
        cloud.call(owner, "POST", `${base}?policyId=${id}`, { displayName: id, rules: [{ denyRule }] });
    const may = (permission = "run.routes.invoke", principal: Principal = caller) =>
        cloud.iam.evaluate({ principal, permission, resource: service }).allowed;
    const invoke = ["run.googleapis.com/routes.invoke"];

    it("win over every grant, and say so", async () => {
        assert.equal(may(), true);
        await deny({ deniedPrincipals: [self()], deniedPermissions: invoke });
        const verdict = cloud.iam.evaluate({
            principal: caller,
            permission: "run.routes.invoke",
            resource: service,
        });
        assert.equal(verdict.allowed, false);
        assert.match(verdict.reason, /deny policy no-calls .* denies run\.googleapis\.com\/routes\.invoke/);
        assert.equal(verdict.missing, undefined, "no grant would help");
        assert.equal(may("run.services.get"), true);
        assert.equal(may("run.routes.invoke", owner), true);
    });

    it("spare exceptions of principals and permissions", async () => {
        await deny({
            deniedPrincipals: [everyone],
            exceptionPrincipals: ["principal://goog/subject/owner@example.com"],
            deniedPermissions: ["run.googleapis.com/services.*"],
            exceptionPermissions: ["run.googleapis.com/services.get"],
        });
        assert.equal(may("run.services.delete"), false);
        assert.equal(may("run.services.get"), true);
        assert.equal(may("run.services.delete", owner), true);
    });

    it("reach all accounts of a project by its number, and everybody who is anonymous", async () => {
        const set = "principalSet://cloudresourcemanager.googleapis.com/projects/100000000001";
        await deny({ deniedPrincipals: [set], deniedPermissions: invoke });
        assert.equal(may(), false);
        assert.equal(may("run.routes.invoke", owner), true);
        cloud.iam.setPolicy(service, { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] });
        assert.equal(may("run.routes.invoke", { kind: "anonymous" }), true);
        await deny({ deniedPrincipals: [everyone], deniedPermissions: invoke }, "nobody");
        assert.equal(may("run.routes.invoke", { kind: "anonymous" }), false);
    });

    it("apply while their condition is met or cannot be evaluated, and not otherwise", async () => {
        const rule = { deniedPrincipals: [self()], deniedPermissions: invoke };
        const condition = (expression: string) => ({ ...rule, denialCondition: { title: "when", expression } });
        const { response } = (await deny(condition('request.time < timestamp("2020-01-01T00:00:00Z")'))) as {
            response: { name: string; etag: string };
        };
        assert.equal(may(), true);
        const put = (expression: string, etag?: string) =>
            cloud.status(owner, "PUT", `${base}/no-calls`, {
                name: response.name,
                rules: [{ denyRule: condition(expression) }],
                ...(etag !== undefined && { etag }),
            });
        assert.equal(await put('resource.matchTag("123/env", "prod")'), 200);
        assert.equal(may(), false);
        assert.equal(await put("true", response.etag), 409);
        assert.equal(await put("true ("), 400);
    });

    it("take as long to arrive, and to go, as grants", async () => {
        cloud.iam.propagationMilliseconds = 60_000;
        await deny({ deniedPrincipals: [self()], deniedPermissions: invoke });
        assert.equal(may(), true);
        cloud.clock.advance(60_000);
        assert.equal(may(), false);
        await cloud.call(owner, "DELETE", `${base}/no-calls`);
        assert.equal(may(), false);
        cloud.clock.advance(60_000);
        assert.equal(may(), true);
    });

    it("are made, read, listed and deleted by who has the role for it, which an owner lacks", async () => {
        await deny({ deniedPrincipals: [self()], deniedPermissions: invoke });
        const { rules, kind, name } = await cloud.call(owner, "GET", `${base}/no-calls`);
        assert.deepEqual(rules, [{ denyRule: { deniedPrincipals: [self()], deniedPermissions: invoke } }]);
        assert.equal(kind, "DenyPolicy");
        assert.match(String(name), /^policies\/cloudresourcemanager\.googleapis\.com%2Fprojects%2Fdemo\/denypolicies/);
        const { policies } = (await cloud.call(owner, "GET", base)) as { policies: object[] };
        assert.equal(policies.length, 1);
        assert.equal(await cloud.status(caller, "GET", `${base}/no-calls`), 403);
        assert.equal(
            await cloud.status(owner, "POST", `${base}?policyId=no-calls`, { rules: [{ denyRule: {} }] }),
            409,
        );
        await cloud.call(owner, "DELETE", `${base}/no-calls`);
        assert.equal(await cloud.status(owner, "GET", `${base}/no-calls`), 404);
        assert.equal(may(), true);
    });

    it("are refused where they name no principal or permission, or nothing to deny", async () => {
        for (const rule of [
            { deniedPrincipals: [`serviceAccount:${caller.email}`], deniedPermissions: invoke },
            { deniedPrincipals: [self()], deniedPermissions: ["run.routes.invoke"] },
            { deniedPrincipals: [self()], deniedPermissions: ["run.googleapis.com/routes.fly"] },
        ]) {
            assert.equal(
                await cloud.status(owner, "POST", `${base}?policyId=bad`, { rules: [{ denyRule: rule }] }),
                400,
                JSON.stringify(rule),
            );
        }
        assert.equal(await cloud.status(owner, "POST", `${base}?policyId=bad`, { rules: [] }), 400);
        const folder = base.replace("projects%2Fdemo", "folders%2F1");
        assert.equal(await cloud.status(owner, "GET", folder), 400);
    });
});
