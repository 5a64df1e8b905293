import { strict as assert } from "node:assert";
import fc from "fast-check";
import type { DenyRule } from "../../access";
import type { Binding, Principal } from "../../sandbox/cloud";
import { accountOf, accountUrl, createWorld, demo, folder, fullName, orders, organization, type World } from "./world";

const member = (name: string): string => `serviceAccount:${accountOf(name)}`;
const custom = "projects/demo/roles/callers";
const keys = "projects/demo/roles/keys";
/** Roles that may change policies or code. On the project or above their holders are administrators. */
const administering = [
    "roles/owner",
    "roles/editor",
    "roles/run.admin",
    "roles/run.developer",
    "roles/iam.serviceAccountAdmin",
];
const others = [
    ...["run.invoker", "run.servicesInvoker", "run.viewer", "iam.serviceAccountTokenCreator"],
    ...["iam.serviceAccountOpenIdTokenCreator", "iam.workloadIdentityUser", "iam.serviceAccountUser"],
    ...["iam.serviceAccountKeyAdmin", "cloudscheduler.admin"],
].map((name) => `roles/${name}`);
const wide = [demo, folder, organization];

const people: Principal[] = ["ann@example.com", "bob@example.com", "eve@other.example", "zoe@other.example"].map(
    (email) => ({
        kind: "user",
        email,
    }),
);
const members = [
    // No binding names zoe, so that a domain always has somebody in it whom nothing else names.
    ...people.slice(0, 3).map((person) => `user:${(person as { email: string }).email}`),
    ...["caller", "helper", "runner"].map(member),
    ...["group:one@example.com", "group:two@example.com", "domain:other.example", "allUsers", "allAuthenticatedUsers"],
];
const conditions = [
    undefined,
    undefined,
    undefined,
    'request.time < timestamp("2001-01-01T00:00:00Z")',
    'request.time < timestamp("2999-01-01T00:00:00Z")',
    'resource.name.endsWith("/services/orders")',
    'resource.name.endsWith("/services/stock") || resource.type == "iam.googleapis.com/ServiceAccount"',
];

interface Case {
    policies: Record<string, Binding[]>;
    groups: Record<string, string[]>;
    denials: DenyRule[];
    allowed: string[];
}

const resource = fc.constantFrom(
    orders,
    orders,
    demo,
    folder,
    organization,
    accountUrl("caller"),
    accountUrl("helper"),
);
const grants = fc.array(
    fc.tuple(
        resource,
        fc.constantFrom(...others, ...others, ...administering, custom, keys),
        fc.subarray(members, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(...conditions),
    ),
    { maxLength: 5 },
);
const groups = fc.record({
    "one@example.com": fc.subarray(["user:ann@example.com", "group:two@example.com", member("helper")]),
    "two@example.com": fc.subarray(["user:bob@example.com", "group:one@example.com"]),
});
const denials = fc.oneof(
    { weight: 3, arbitrary: fc.constant<DenyRule[]>([]) },
    {
        weight: 1,
        arbitrary: fc.array(
            fc.record({
                deniedPrincipals: fc.subarray(
                    ["principalSet://goog/public:all", "principal://goog/subject/ann@example.com"],
                    { minLength: 1 },
                ),
                exceptionPrincipals: fc.subarray([
                    "principal://goog/subject/bob@example.com",
                    "principalSet://goog/group/one@example.com",
                ]),
                deniedPermissions: fc.subarray(
                    ["run.googleapis.com/routes.invoke", "iam.googleapis.com/serviceAccounts.*"],
                    { minLength: 1 },
                ),
            }),
            { maxLength: 2 },
        ),
    },
);
const cases: fc.Arbitrary<Case> = fc
    .tuple(grants, groups, denials, fc.subarray(["user:ann@example.com", "domain:other.example"]))
    .map(([made, inGroups, rules, more]) => {
        const policies: Record<string, Binding[]> = {
            [orders]: [{ role: "roles/run.invoker", members: [member("caller")] }],
        };
        for (const [on, role, names, expression] of made) {
            const allowedThere = wide.includes(on) ? names.filter((name) => !name.startsWith("all")) : names;
            (policies[on] ??= []).push({
                role,
                members: allowedThere,
                ...(expression !== undefined && { condition: { expression } }),
            });
        }
        return { policies, groups: inGroups, denials: rules, allowed: [member("caller"), ...more] };
    });

/** Everything that makes somebody able to act as an account. */
const impersonates = [
    ...["getAccessToken", "getOpenIdToken", "signJwt", "signBlob", "implicitDelegation", "actAs"].map(
        (verb) => `serviceAccounts.${verb}`,
    ),
    ...["serviceAccountKeys.create", "serviceAccountKeys.upload"],
].map((name) => `iam.${name}`);
const administers = [
    ...["run.services.setIamPolicy", "run.services.update", "resourcemanager.projects.setIamPolicy"],
    ...["resourcemanager.folders.setIamPolicy", "resourcemanager.organizations.setIamPolicy", "iam.roles.update"],
    "iam.serviceAccounts.setIamPolicy",
];

const ofAccounts = administers.filter((permission) => !permission.startsWith("run."));

/** Whether somebody who was not declared, and is no administrator by a role above the service, can call it. */
function strangerCan(world: World, { policies, groups: inGroups, denials: rules, allowed }: Case): string | undefined {
    const names = ["caller", "helper", "runner"];
    const principals: Principal[] = [{ kind: "anonymous" }, ...people, ...Object.values(world.accounts)];
    const may = (principal: Principal, permission: string, on: string) =>
        world.cloud.iam.evaluate({ principal, permission, resource: fullName(on) }).allowed;
    world.set({ ...policies, [orders]: [] }, inGroups, []);
    const administrators = principals.filter((each) => administers.some((permission) => may(each, permission, orders)));
    // Whoever administers an account by a role above it may act as it too.
    world.set(Object.fromEntries(Object.entries(policies).filter(([on]) => wide.includes(on))), inGroups, []);
    const administeringAccounts = new Map(
        names.map((name) => [
            name,
            principals.filter((each) => ofAccounts.some((permission) => may(each, permission, accountUrl(name)))),
        ]),
    );
    const strip = (bindings: Binding[]) => bindings.filter(({ role }) => !administering.includes(role));
    const stripped = Object.entries(policies).map(
        ([on, bindings]) => [on, wide.includes(on) ? strip(bindings) : bindings] as const,
    );
    world.set(Object.fromEntries(stripped), inGroups, rules);
    const reaching = principals.filter((each) => may(each, "run.routes.invoke", orders));
    const email = (principal: Principal) => ("email" in principal ? principal.email : "");
    for (let found = true; found;) {
        const more = principals.filter(
            (each) =>
                !reaching.includes(each) &&
                names.some(
                    (name) =>
                        reaching.some((one) => one.kind === "serviceAccount" && email(one) === accountOf(name)) &&
                        impersonates.some(
                            (permission) =>
                                may(each, permission, accountUrl(name)) &&
                                !(
                                    permission.endsWith("actAs") &&
                                    (administrators.includes(each) ||
                                        administeringAccounts.get(name)?.includes(each) === true)
                                ),
                        ),
                ),
        );
        found = more.length > 0;
        reaching.push(...more);
    }
    const declared = (principal: Principal) =>
        allowed.some(
            (one) => one.endsWith(`:${email(principal)}`) || one === `domain:${email(principal).split("@")[1] ?? ""}`,
        );
    const stranger = reaching.find((each) => !declared(each));
    world.set(policies, inGroups, rules);
    return stranger && (email(stranger) || "anonymous");
}

describe("who may call, against the sandbox's own decisions", () => {
    let world: World;
    before(async () => {
        world = await createWorld();
        const permissions = { [custom]: "run.routes.invoke", [keys]: "iam.serviceAccountKeys.create" };
        for (const [name, permission] of Object.entries(permissions)) {
            world.cloud.store.put("iam.roles", name, { name, includedPermissions: [permission, "run.services.get"] });
        }
    });
    after(() => world.cloud.close());

    it("is proven exactly where nobody can call who was not declared", async () => {
        const seen = { proven: 0, violated: 0, unknown: 0 };
        await fc.assert(
            fc.asyncProperty(cases, async (one) => {
                const stranger = strangerCan(world, one);
                const { verdict, ways } = await world.ask({ allowed: one.allowed });
                seen[verdict] += 1;
                const told = JSON.stringify(ways, undefined, 1);
                if (one.denials.length === 0) {
                    assert.equal(
                        verdict,
                        stranger === undefined ? "proven" : "violated",
                        `${stranger ?? "nobody"}: ${told}`,
                    );
                } else if (stranger !== undefined) {
                    // A deny policy that depends on the request proves nothing, so that the verdict may be that it is unknown.
                    assert.notEqual(verdict, "proven", `${stranger} can call: ${told}`);
                }
            }),
            { numRuns: 200 },
        );
        assert.ok(seen.proven > 10 && seen.violated > 10, JSON.stringify(seen));
    });

    it("is never better than what could be read", async () => {
        await fc.assert(
            fc.asyncProperty(cases, async (one) => {
                world.set(one.policies, one.groups, one.denials);
                const needs = new Set<string>();
                const { verdict } = await world.ask({ allowed: one.allowed }, ({ kind, name }) => {
                    needs.add(`${kind} ${name}`);
                    return false;
                });
                // Where something that proves nothing is hidden, nothing was read that would have let anybody in.
                for (const hidden of verdict === "proven" ? [] : needs) {
                    const part = await world.ask(
                        { allowed: one.allowed },
                        ({ kind, name }) => `${kind} ${name}` === hidden,
                    );
                    assert.notEqual(part.verdict, "proven", hidden);
                }
            }),
            { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 100) },
        );
    });
});
