import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { rolesOf } from "../../../components/grants";
import { GrantResourceType, googleApi, type RoleRequest, type Target, TargetKind } from "../../../index";
import { predefinedRoles } from "../../../sandbox/iam";
import { setMocks } from "../../../testing";

/** Permissions by which their holder gets more than it was given: it grants roles, or becomes other accounts. */
const handsOut =
    /(\.setIamPolicy|^iam\.roles\.(create|update)|^iam\.denypolicies\.(create|delete|update)|^iam\.serviceAccountKeys\.create|^iam\.serviceAccounts\.(actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt))$/;
const basic = ["owner", "editor", "viewer", "admin", "writer", "reader"].map((name) => `roles/${name}`);

describe("a role that a target asks for", () => {
    let component: pulumi.Resource;
    let said: string[] = [];
    const { info, warn } = pulumi.log;
    const log = pulumi.log as { info: typeof info; warn: typeof warn };

    before(async () => {
        await setMocks();
        component = new pulumi.ComponentResource("test:index:Caller", "caller");
        log.info = (message) => Promise.resolve(void said.push(`info ${message}`));
        log.warn = (message) => Promise.resolve(void said.push(`warn ${message}`));
    });
    after(() => Object.assign(log, { info, warn }));

    it("is asked for by no object without a kind, and the refusal has its keys and none of its values", () => {
        const urn = pulumi.secret("never-shown");
        const wrong: [unknown, RegExp][] = [
            [{ component: urn }, /is an object of component, which is no target; pass/],
            [{ url: "never-shown", resource: { name: urn } }, /is an object of url, resource, which is no target/],
            [{ kind: urn }, /is an object of kind with a kind that is no text, which is no target/],
            [{}, /is an object of nothing, which is no target/],
            [[{ url: urn }], /is a list, which is no target/],
            [urn, /is an output, which is no target/],
            [null, /is nothing, which is no target/],
            ["never-shown", /is a string, which is no target/],
            [component, /is a resource, which is no target/],
        ];
        for (const [target, refusal] of wrong) {
            assert.throws(
                () => rolesOf(component, "targets.orders", target as Target),
                ({ message }: Error) => refusal.test(message) && !/never-shown|Calling \[|\[object/.test(message),
            );
        }
        for (const kind of ["__proto__", "constructor", "Run", ""]) {
            const target = { kind, url: "https://a.example" } as unknown as Target;
            assert.throws(() => rolesOf(component, "targets.orders", target), /is no kind of target; use one of run, /);
        }
        const external = { kind: TargetKind.External, url: pulumi.output("https://a.example") };
        assert.deepEqual(rolesOf(component, "targets.rates", external), []);
    });

    /** What is said of a role that is granted, or the message of the refusal. */
    function ask(request: RoleRequest): { said: string[] } | { refused: string } {
        said = [];
        try {
            const target = googleApi("storage.googleapis.com", { grants: [request] });
            assert.deepEqual(rolesOf(component, "targets.api", target), [request]);
            return { said };
        } catch (error) {
            assert.ok(error instanceof pulumi.ResourceError, String(error));
            return { refused: error.message };
        }
    }

    const refused = (request: RoleRequest): string => {
        const answer = ask(request);
        assert.ok("refused" in answer, `${request.role} was granted`);
        return answer.refused;
    };
    const granted = (request: RoleRequest): string[] => {
        const answer = ask(request);
        assert.ok("said" in answer, JSON.stringify(answer));
        return answer.said;
    };

    const roles = predefinedRoles().map(({ name, permissions }) => ({
        name,
        powers: [...permissions].filter((permission) => handsOut.test(permission)),
    }));

    it("needs projectWide on a project if it lets the caller grant roles or become another account", () => {
        const powerful = roles.filter(({ powers }) => powers.length > 0);
        assert.ok(powerful.length > 20, String(powerful.length));
        for (const { name, powers } of powerful) {
            const message = refused({ role: name });
            assert.ok(message.startsWith(`targets.api.roles: ${name} would be granted on the whole project`), message);
            assert.match(message, /projectWide: true/, powers.join(", "));
            granted({ role: name, projectWide: true });
        }
    });

    it("is granted on a project without projectWide if it allows neither and nothing narrower can carry it", () => {
        for (const name of ["roles/logging.logWriter", "roles/eventarc.eventReceiver", "roles/workflows.invoker"]) {
            assert.deepEqual(roles.find((role) => role.name === name)?.powers, [], name);
            assert.deepEqual(granted({ role: name }), [
                `info targets.api: ${name} is granted on the project, as no resource is named`,
            ]);
        }
    });

    it("is refused if it is a basic role, in every spelling and also on a resource, unless projectWide is true", () => {
        const resource = { type: GrantResourceType.Topic, name: "orders" };
        for (const role of [...basic, "roles/Owner", "roles/EDITOR"]) {
            assert.match(refused({ role }), /opens nearly everything there/);
            assert.match(refused({ role, resource }), /opens nearly everything there/);
            assert.deepEqual(granted({ role, projectWide: true }), [
                `warn targets.api: ${role} is granted on the project, and opens nearly everything there`,
            ]);
        }
    });

    it("is refused by its name if the product is unknown: administrators, owners and Google's own agents", () => {
        const product = fc.stringMatching(/^[a-z]{2,12}$/);
        const ending = fc.constantFrom(
            "admin",
            "Admin",
            "dataOwner",
            "projectIamAdmin",
            "securityAdmin",
            "instanceAdmin.v1",
            "serviceAgent",
        );
        fc.assert(
            fc.property(product, ending, (name, end) => {
                const role = `roles/${name}.${end}`;
                assert.match(refused({ role }), /would be granted on the whole project/);
                assert.equal(granted({ role, projectWide: true }).length, 1);
                assert.match(granted({ role: `roles/${name}.user` })[0] ?? "", /^info /);
            }),
        );
    });

    it("is reported if it administers the single resource that it is granted on, and not if it only uses it", () => {
        const resource = { type: GrantResourceType.Topic, name: "orders" };
        assert.match(refused({ role: "roles/pubsub.admin" }), /resource: \{ type: "topic"/);
        assert.match(
            granted({ role: "roles/pubsub.admin", resource })[0] ?? "",
            /^info .*on a topic, and lets the caller/,
        );
        assert.deepEqual(granted({ role: "roles/pubsub.publisher", resource }), []);
    });
});
