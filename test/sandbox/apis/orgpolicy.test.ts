import assert from "node:assert/strict";
import fc from "fast-check";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const ORG = "https://orgpolicy.googleapis.com/v2";
const RUN = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const IAM = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
const MANAGER = "https://cloudresourcemanager.googleapis.com/v3";
const ann = { kind: "user", email: "ann@example.com" } as const;
const template = { containers: [{ image: "x/site:1" }] };

describe("organization policies", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const put = (container: string, constraint: string, spec: Body) =>
        cloud.call(owner, "POST", `${ORG}/${container}/policies`, {
            name: `${container}/policies/${constraint}`,
            spec,
        });
    const refusal = async (method: string, url: string, body: Body) => {
        const answer = await cloud.apis.request(method, url, { principal: owner, body });
        const { error } = (answer?.body ?? {}) as { error?: { message: string; status: string; details: Body[] } };
        const [detail] = (error?.details ?? []) as { violations?: { type: string }[] }[];
        return [answer?.status, error?.status, error?.message, detail?.violations?.[0]?.type];
    };
    const grant = (member: string) => ({ policy: { bindings: [{ role: "roles/run.invoker", members: [member] }] } });
    const service = async (id: string, more: Body = {}) => {
        await cloud.call(owner, "POST", `${RUN}?serviceId=${id}`, { template, ...more });
        return `${RUN}/${id}:setIamPolicy`;
    };

    describe("of the domains whose members may be granted roles", () => {
        const allowed = ["user:ann@example.com", "group:team@example.com", "domain:example.com"];
        const refused = ["allUsers", "allAuthenticatedUsers", "user:eve@elsewhere.test", "domain:elsewhere.test"];

        it("refuse everybody and strangers in Google's words, and not members of the organization", async () => {
            const url = await service("site");
            for (const member of [...allowed, ...refused]) {
                assert.equal(await cloud.status(owner, "POST", url, grant(member)), 200, member);
            }
            await put("projects/demo", "iam.allowedPolicyMemberDomains", {
                rules: [{ values: { allowedValues: ["is:C01abcdef"] } }],
            });
            const { email } = await cloud.account("caller");
            for (const member of [...allowed, `serviceAccount:${email}`]) {
                assert.equal(await cloud.status(owner, "POST", url, grant(member)), 200, member);
            }
            for (const member of refused) {
                assert.deepEqual(await refusal("POST", url, grant(member)), [
                    400,
                    "FAILED_PRECONDITION",
                    "One or more users named in the policy do not belong to a permitted customer, perhaps due to an organization policy.",
                    "constraints/iam.allowedPolicyMemberDomains",
                ]);
            }
        });

        it("hold for every resource with a policy, the project included", async () => {
            await cloud.call(owner, "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/orders", {});
            await put("projects/demo", "iam.allowedPolicyMemberDomains", { rules: [{ denyAll: true }] });
            const topic = "https://pubsub.googleapis.com/v1/projects/demo/topics/orders:setIamPolicy";
            const policy = { bindings: [{ role: "roles/viewer", members: ["user:ann@example.com"] }] };
            for (const url of [topic, `${MANAGER}/projects/demo:setIamPolicy`]) {
                assert.equal((await refusal("POST", url, { policy }))[0], 400, url);
            }
        });

        it("leave a way to a service that everybody may call: without the check of invokers", async () => {
            await put("projects/demo", "iam.allowedPolicyMemberDomains", { rules: [{ denyAll: true }] });
            await service("open", { invokerIamDisabled: true });
            await put("projects/demo", "run.managed.requireInvokerIam", { rules: [{ enforce: true }] });
            const [status, code, , type] = await refusal("POST", `${RUN}?serviceId=second`, {
                template,
                invokerIamDisabled: true,
            });
            assert.deepEqual(
                [status, code, type],
                [400, "FAILED_PRECONDITION", "constraints/run.managed.requireInvokerIam"],
            );
            await service("third");
        });
    });

    it("decide by the nearest policy, and by those above it as long as each inherits", async () => {
        const { response } = (await cloud.call(owner, "POST", `${MANAGER}/folders`, {
            parent: "organizations/1",
            displayName: "team",
        })) as { response: { name: string } };
        await cloud.call(owner, "POST", `${MANAGER}/projects/demo:move`, { destinationParent: response.name });
        const containers = ["projects/demo", response.name, "organizations/1"];
        const level = fc.option(
            fc.record({
                allowed: fc.constantFrom("all", "internal"),
                inherits: fc.boolean(),
                reset: fc.boolean(),
            }),
            { nil: undefined },
        );
        let made = 0;
        await fc.assert(
            fc.asyncProperty(fc.tuple(level, level, level), async (levels) => {
                for (const [index, container] of containers.entries()) {
                    const set = levels[index];
                    await cloud.status(owner, "DELETE", `${ORG}/${container}/policies/run.allowedIngress`);
                    if (set) {
                        const rules = [{ values: { allowedValues: [set.allowed] } }];
                        await put(
                            container,
                            "run.allowedIngress",
                            set.reset ? { reset: true } : { rules, inheritFromParent: set.inherits },
                        );
                    }
                }
                // What is in force, told apart from how it is computed.
                const set = levels.filter((each) => each !== undefined);
                const end = set.findIndex((each) => each.reset || !each.inherits);
                const counted = (end < 0 ? set : set.slice(0, end + 1)).filter((each) => !each.reset);
                const expected = counted.length === 0 || counted.some((each) => each.allowed === "all") ? 200 : 400;
                const url = `${RUN}?serviceId=s${(made += 1)}`;
                assert.equal(await cloud.status(owner, "POST", url, { template }), expected);
            }),
            { numRuns: 60 },
        );
    });

    it("refuse accounts and keys, each by either of its constraints, and nothing once they are deleted", async () => {
        const { email } = await cloud.account("before");
        for (const infix of ["", "managed."]) {
            const [accounts, keys] = ["disableServiceAccountCreation", "disableServiceAccountKeyCreation"].map(
                (each) => `iam.${infix}${each}`,
            ) as [string, string];
            await put("projects/demo", accounts, { rules: [{ enforce: true }] });
            await put("projects/demo", keys, { rules: [{ enforce: true }] });
            assert.deepEqual(await refusal("POST", IAM, { accountId: "another" }), [
                400,
                "FAILED_PRECONDITION",
                "Service account creation is not allowed on this project.",
                "constraints/iam.disableServiceAccountCreation",
            ]);
            assert.deepEqual(await refusal("POST", `${IAM}/${email}/keys`, {}), [
                400,
                "FAILED_PRECONDITION",
                "Key creation is not allowed on this service account.",
                "constraints/iam.disableServiceAccountKeyCreation",
            ]);
            for (const constraint of [accounts, keys]) {
                await cloud.call(owner, "DELETE", `${ORG}/projects/demo/policies/${constraint}`);
            }
            await cloud.account(`after-${infix.length}`);
            await cloud.call(owner, "POST", `${IAM}/${email}/keys`, {});
        }
    });

    it("are one policy by the project's ID and number, with an etag that is checked", async () => {
        const made = await put("projects/100000000001", "run.allowedIngress", { rules: [{ allowAll: true }] });
        assert.equal(made.name, "projects/100000000001/policies/run.allowedIngress");
        assert.deepEqual(await cloud.call(owner, "GET", `${ORG}/projects/demo/policies/run.allowedIngress`), made);
        const url = `${ORG}/projects/demo/policies/run.allowedIngress`;
        const changed = { name: made.name, spec: { rules: [{ denyAll: true }] } };
        assert.equal(await cloud.status(owner, "PATCH", url, { ...changed, etag: "b3RoZXI=" }), 409);
        const updated = await cloud.call(owner, "PATCH", url, { ...changed, etag: made.etag });
        assert.notEqual(updated.etag, made.etag);
        const { policies } = await cloud.call(owner, "GET", `${ORG}/projects/demo/policies`);
        assert.deepEqual(policies, [updated]);
        const { spec } = await cloud.call(owner, "GET", `${url}:getEffectivePolicy`);
        assert.deepEqual(spec, { rules: [{ denyAll: true }] });
    });

    it("are for those who may administer them", async () => {
        const body = { name: "projects/demo/policies/run.allowedIngress", spec: { rules: [{ denyAll: true }] } };
        assert.equal(await cloud.status(ann, "POST", `${ORG}/projects/demo/policies`, body), 403);
        assert.equal(await cloud.status(owner, "POST", `${ORG}/projects/demo/policies`, body), 200);
    });

    it("are refused by name where they would be kept and not enforced, or have rules of another kind", async () => {
        const status = async (constraint: string, spec: Body) =>
            (
                await refusal("POST", `${ORG}/projects/demo/policies`, {
                    name: `projects/demo/policies/${constraint}`,
                    spec,
                })
            )[0];
        for (const constraint of ["run.allowedBinaryAuthorizationPolicies", "iam.other", "custom.mine"]) {
            assert.equal(await status(constraint, { rules: [{ denyAll: true }] }), 501, constraint);
        }
        const expression = "resource.matchTag('1/env', 'prod')";
        assert.equal(
            await status("run.allowedIngress", { rules: [{ denyAll: true, condition: { expression } }] }),
            501,
        );
        assert.equal(await status("run.allowedIngress", { rules: [{ enforce: true }] }), 400);
        assert.equal(await status("iam.disableServiceAccountCreation", { rules: [{ denyAll: true }] }), 400);
        assert.equal(await status("run.allowedIngress", { reset: true, rules: [{ denyAll: true }] }), 400);
        const denied = { rules: [{ values: { deniedValues: ["C01abcdef"] } }] };
        assert.equal(await status("iam.allowedPolicyMemberDomains", denied), 400);
        assert.equal(await status("compute.disableSerialPortAccess", { rules: [{ enforce: true }] }), 200);
    });
});
