import assert from "node:assert/strict";
import * as fc from "fast-check";
import { codeOf, formatUsage } from "../../../../cli/sandbox/roles/report";
import {
    type AccountUsage,
    isBelow,
    usageOf,
    type KnownRole,
    type Recorded,
} from "../../../../cli/sandbox/roles/usage";
import { narrowestRoles, predefinedRoles } from "../../../../sandbox/iam";
import type { Decision } from "../../../../sandbox/light";
import { assertPrinted } from "../../../support/printed";

/** It is as the schema of what `sandbox roles --json` prints says. */
function printed(usage: AccountUsage[]): AccountUsage[] {
    assertPrinted("roles", usage);
    return usage;
}

const project = "//cloudresourcemanager.googleapis.com/projects/demo";
const services = ["orders", "stock"].map((name) => `//run.googleapis.com/projects/demo/locations/l/services/${name}`);
const caller = "caller@demo.iam.gserviceaccount.com";
const roles: KnownRole[] = predefinedRoles();
const invoker = "roles/run.invoker";

const decision = (permission: string, resource: string, allowed = true, account = caller): Decision => ({
    ...{ id: 1, time: "2026-01-01T00:00:00Z", stage: "iam", reason: "", allowed, permission, resource },
    principal: `serviceAccount:${account}`,
});
const usage = (decisions: Decision[], policies: Recorded["policies"]) =>
    printed(usageOf({ accounts: [caller], decisions, policies, roles, narrowest: narrowestRoles }))[0];
const stored = `serviceAccount:${caller}?uid=123`;

describe("what accounts needed", () => {
    it("is the narrowest role on each resource, and what was granted beside it is unused", () => {
        const [orders = "", stock = ""] = services;
        const found = usage(
            [
                decision("run.routes.invoke", orders),
                decision("run.routes.invoke", orders),
                decision("run.routes.invoke", stock, false),
            ],
            {
                [orders]: { bindings: [{ role: invoker, members: [stored] }] },
                [project]: {
                    bindings: [
                        { role: "roles/logging.logWriter", members: [stored, "user:a@example.com"] },
                        { role: "roles/bigquery.jobUser", members: [stored] },
                    ],
                },
            },
        );
        assert.deepEqual(found?.used, [
            { resource: orders, permissions: ["run.routes.invoke"], roles: [invoker], times: 2, denied: false },
            { resource: stock, permissions: ["run.routes.invoke"], roles: [invoker], times: 1, denied: true },
        ]);
        assert.deepEqual(found.unused, [{ role: "roles/logging.logWriter", resource: project }]);
        assert.deepEqual(found.unknown, [{ role: "roles/bigquery.jobUser", resource: project }]);
        const text = formatUsage([found]);
        assert.match(
            text,
            /✓ needs \{ role: "roles\/run\.invoker", resource: \{ type: "run-service", location: "l", name: "orders" \} \}/,
        );
        assert.match(text, /✗ denied, and lacks .*"stock"/);
        assert.match(text, /- never used, remove it: \{ role: "roles\/logging\.logWriter" \}/);
    });

    const granting = fc.record({
        role: fc.constantFrom(invoker, "roles/run.admin", "roles/run.viewer", "roles/logging.logWriter"),
        resource: fc.constantFrom(project, ...services),
    });
    const asking = fc.record({
        permission: fc.constantFrom(
            "run.routes.invoke",
            "run.services.get",
            "run.services.delete",
            "logging.logEntries.create",
        ),
        resource: fc.constantFrom(project, ...services),
    });
    const holds = (role: string, permission: string): boolean =>
        roles.find(({ name }) => name === role)?.permissions.has(permission) ?? false;

    it("is allowed still by the roles that it names, and without the grants that were never used", () => {
        fc.assert(
            fc.property(fc.array(granting), fc.array(asking), (grants, asked) => {
                const policies: Recorded["policies"] = {};
                grants.forEach(({ role, resource }) =>
                    ((policies[resource] ??= { bindings: [] }).bindings ??= []).push({ role, members: [stored] }),
                );
                const mayBy = (
                    left: { role: string; resource: string }[],
                    { permission, resource }: { permission: string; resource: string },
                ) =>
                    left.some(
                        (grant) =>
                            holds(grant.role, permission) &&
                            (grant.resource === project || grant.resource === resource),
                    );
                const decisions = asked.map((each) => decision(each.permission, each.resource, mayBy(grants, each)));
                const found = usage(decisions, policies);
                assert.ok(found);
                const allowed = asked.filter((each) => mayBy(grants, each));
                const left = grants.filter(
                    (grant) =>
                        !found.unused.some(({ role, resource }) => role === grant.role && resource === grant.resource),
                );
                const named = found.used.flatMap((use) => use.roles.map((role) => ({ role, resource: use.resource })));
                for (const each of allowed) {
                    assert.ok(mayBy(left, each), "a grant that was used is called unused");
                    assert.ok(mayBy(named, each), "a role that was needed is not named");
                }
                for (const { role, resource } of found.unused) {
                    assert.ok(
                        !allowed.some(
                            (each) =>
                                holds(role, each.permission) && (resource === project || resource === each.resource),
                        ),
                    );
                }
            }),
        );
    });

    it("counts what cannot be told as used", () => {
        assert.ok(isBelow("//storage.googleapis.com/projects/_/buckets/b", project));
        assert.ok(isBelow(`${services[0] ?? ""}/revisions/r`, services[0] ?? ""));
        assert.ok(!isBelow(services[0] ?? "", services[1] ?? ""));
        assert.ok(!isBelow("//run.googleapis.com/projects/other/locations/l/services/x", project));
    });

    it("is written as an argument of a component for every kind of resource", () => {
        assert.equal(
            codeOf("roles/x.y", "//pubsub.googleapis.com/projects/demo/topics/t"),
            '{ role: "roles/x.y", resource: { type: "topic", name: "t" } }',
        );
        assert.equal(codeOf("roles/x.y", project), '{ role: "roles/x.y" }');
    });
});
