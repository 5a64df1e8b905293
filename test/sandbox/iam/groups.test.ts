import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const project = "//cloudresourcemanager.googleapis.com/projects/demo";
const secret = "//secretmanager.googleapis.com/projects/demo/secrets/s";
const ann: Principal = { kind: "user", email: "Ann@example.com" };
const bob: Principal = { kind: "user", email: "bob@other.example" };

describe("a group", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const decide = (principal: Principal, permission = "secretmanager.versions.access") =>
        cloud.iam.evaluate({ principal, permission, resource: secret });
    const grant = (member: string, role = "roles/secretmanager.secretAccessor"): void => {
        cloud.iam.setPolicy(secret, { bindings: [{ role, members: [member] }] });
    };

    it("lets its members in, people and accounts, and nobody else; the decision names it", async () => {
        const robot = await cloud.account("robot-1");
        grant("group:Team@example.com");
        assert.equal(decide(ann).allowed, false);
        cloud.iam.groups.set("team@example.com", ["user:ann@example.com", `serviceAccount:${robot.email}`]);
        assert.equal(decide(ann).allowed, true);
        assert.match(decide(ann).reason, /group:team@example\.com, which user:ann@example\.com is in,/);
        assert.equal(decide(robot).allowed, true);
        assert.equal(decide(bob).allowed, false);
        assert.equal(decide({ kind: "anonymous" }).allowed, false);
    });

    it("lets in by other groups, and the decision tells the way", () => {
        grant("group:all@example.com");
        cloud.iam.groups.set("all@example.com", ["group:team@example.com"]);
        cloud.iam.groups.set("team@example.com", ["user:ann@example.com", "group:all@example.com"]);
        assert.match(
            decide(ann).reason,
            /group:all@example\.com, which user:ann@example\.com, by group:team@example\.com is in/,
        );
        assert.equal(decide(bob).allowed, false);
    });

    it("lets in no longer who left it", () => {
        grant("group:team@example.com");
        cloud.iam.groups.set("team@example.com", ["user:ann@example.com"]);
        assert.equal(decide(ann).allowed, true);
        cloud.iam.groups.set("team@example.com", []);
        assert.equal(decide(ann).allowed, false);
        assert.deepEqual(cloud.iam.groups.list(), []);
    });

    it("can be denied, with an exception for one of it", async () => {
        const policy = cloud.iam.getPolicy(project);
        const more = ["roles/iam.denyAdmin", "roles/viewer"].map((role) => ({
            role,
            members: ["user:owner@example.com", "user:ann@example.com", "user:carl@example.com"],
        }));
        cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), ...more] });
        cloud.iam.groups.set("team@example.com", ["user:ann@example.com", "user:carl@example.com"]);
        const rule = {
            deniedPrincipals: ["principalSet://goog/group/Team@example.com"],
            exceptionPrincipals: ["principal://goog/subject/Carl@example.com"],
            deniedPermissions: ["secretmanager.googleapis.com/secrets.get"],
        };
        const policies = "https://iam.googleapis.com/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo";
        const carl: Principal = { kind: "user", email: "carl@example.com" };
        assert.equal(decide(ann, "secretmanager.secrets.get").allowed, true);
        await cloud.call(owner, "POST", `${policies}/denypolicies?policyId=no-secrets`, {
            rules: [{ denyRule: rule }],
        });
        assert.match(decide(ann, "secretmanager.secrets.get").reason, /deny policy no-secrets/);
        assert.equal(decide(ann, "secretmanager.secrets.list").allowed, true);
        assert.equal(decide(carl, "secretmanager.secrets.get").allowed, true);
    });

    it("is refused with a member that is none, and an email that is none", () => {
        assert.throws(() => cloud.iam.groups.set("team@example.com", ["ann@example.com"]), /a member is user:EMAIL/);
        assert.throws(() => cloud.iam.groups.set("team", []), /no group's email/);
    });
});

describe("a domain", () => {
    it("lets its people in, and neither others nor accounts", async () => {
        const cloud = testCloud();
        const robot = await cloud.account("robot-1");
        const role = "roles/secretmanager.secretAccessor";
        cloud.iam.setPolicy(secret, { bindings: [{ role, members: ["domain:example.com"] }] });
        const allowed = (principal: Principal): boolean =>
            cloud.iam.evaluate({ principal, permission: "secretmanager.versions.access", resource: secret }).allowed;
        assert.deepEqual([ann, bob, robot].map(allowed), [true, false, false]);
        cloud.close();
    });
});
