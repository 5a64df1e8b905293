import { strict as assert } from "node:assert";
import type { Iam, Principal } from "../../../sandbox/cloud";
import { createClock, type SandboxClock } from "../../../sandbox/clock";
import { createDecisions } from "../../../sandbox/decisions";
import { accountCollection, createIam } from "../../../sandbox/iam";
import { createStore, type SandboxStore } from "../../../sandbox/store";

const settings = { project: "demo", projectNumber: "100000000001", owner: "user:owner@example.com", declaredHosts: [] };
const orders = "//run.googleapis.com/projects/demo/locations/europe-west1/services/orders";
const stock = "//run.googleapis.com/projects/demo/locations/europe-west1/services/stock";
const project = "//cloudresourcemanager.googleapis.com/projects/demo";

describe("IAM", () => {
    let clock: SandboxClock;
    let store: SandboxStore;
    let iam: Iam;
    const decisions = () => createDecisions({ clock });
    const owner: Principal = { kind: "user", email: "owner@example.com" };

    function makeAccount(id: string, uniqueId: string): Principal {
        const email = `${id}@demo.iam.gserviceaccount.com`;
        store.put(accountCollection, `projects/demo/serviceAccounts/${email}`, { email, uniqueId, projectId: "demo" });
        return { kind: "serviceAccount", email, uniqueId };
    }
    const invoke = (principal: Principal, resource = orders) =>
        iam.evaluate({ principal, permission: "run.routes.invoke", resource });
    const grant = (resource: string, role: string, ...members: string[]) =>
        iam.setPolicy(resource, { bindings: [{ role, members }] });

    beforeEach(() => {
        clock = createClock();
        store = createStore();
        iam = createIam({ clock, store, settings, decisions: decisions() });
    });
    afterEach(() => clock.close());

    it("allows what a binding on the resource grants, and names the binding", () => {
        const fulfil = makeAccount("fulfil", "111");
        grant(orders, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        const allowed = invoke(fulfil);
        assert.equal(allowed.allowed, true);
        assert.equal(
            allowed.reason,
            "roles/run.invoker is granted to serviceAccount:fulfil@demo.iam.gserviceaccount.com on service orders",
        );
    });

    it("denies without the binding, and names the grant that is missing", () => {
        const denied = invoke(makeAccount("fulfil", "111"));
        assert.equal(denied.allowed, false);
        assert.deepEqual(denied.missing, {
            role: "roles/run.invoker",
            member: "serviceAccount:fulfil@demo.iam.gserviceaccount.com",
            resource: orders,
        });
        assert.match(denied.reason, /grant roles\/run\.invoker to serviceAccount:fulfil@.* on service orders/);
    });

    it("denies when the role is bound on another service or to another account", () => {
        const fulfil = makeAccount("fulfil", "111");
        makeAccount("other", "222");
        grant(stock, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        grant(orders, "roles/run.invoker", "serviceAccount:other@demo.iam.gserviceaccount.com");
        assert.equal(invoke(fulfil).allowed, false);
        assert.equal(invoke(fulfil, stock).allowed, true);
    });

    it("denies when the role does not hold the permission", () => {
        const fulfil = makeAccount("fulfil", "111");
        grant(orders, "roles/run.viewer", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        assert.equal(invoke(fulfil).allowed, false);
    });

    it("inherits the project's bindings, whether the resource is named by the project's ID or number", () => {
        const fulfil = makeAccount("fulfil", "111");
        assert.equal(invoke(fulfil).allowed, false);
        grant(project, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        assert.equal(invoke(fulfil).allowed, true);
        assert.equal(invoke(fulfil, orders.replace("/demo/", "/100000000001/")).allowed, true);
        assert.equal(invoke(fulfil, orders.replace("/demo/", "/elsewhere/")).allowed, false);
    });

    it("lets the owner act from the start, but not mint tokens of accounts", () => {
        assert.equal(invoke(owner).allowed, true);
        const account = "//iam.googleapis.com/projects/demo/serviceAccounts/fulfil@demo.iam.gserviceaccount.com";
        const on = (permission: string) => iam.evaluate({ principal: owner, permission, resource: account }).allowed;
        assert.equal(on("iam.serviceAccounts.actAs"), true);
        assert.equal(on("iam.serviceAccounts.getOpenIdToken"), false);
        assert.equal(on("iam.serviceAccounts.getAccessToken"), false);
    });

    it("takes allUsers for everybody and allAuthenticatedUsers for those who said who they are", () => {
        grant(orders, "roles/run.invoker", "allUsers");
        grant(stock, "roles/run.invoker", "allAuthenticatedUsers");
        const nobody: Principal = { kind: "anonymous" };
        assert.equal(invoke(nobody).allowed, true);
        assert.equal(invoke(nobody, stock).allowed, false);
        assert.equal(invoke({ kind: "user", email: "eve@elsewhere.example" }, stock).allowed, true);
        assert.throws(() => grant(project, "roles/run.invoker", "allUsers"), /allUsers cannot be a member/);
    });

    it("denies a disabled account that holds the role", () => {
        const fulfil = makeAccount("fulfil", "111");
        grant(orders, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        const name = "projects/demo/serviceAccounts/fulfil@demo.iam.gserviceaccount.com";
        store.put(accountCollection, name, { ...(store.get(accountCollection, name) as object), disabled: true });
        assert.match(invoke(fulfil).reason, /is disabled/);
        store.put(accountCollection, name, { ...(store.get(accountCollection, name) as object), disabled: false });
        assert.equal(invoke(fulfil).allowed, true);
    });

    it("gives an account that was deleted and made again nothing, and shows the old member as deleted", () => {
        const name = "projects/demo/serviceAccounts/fulfil@demo.iam.gserviceaccount.com";
        makeAccount("fulfil", "111");
        grant(orders, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        store.delete(accountCollection, name);
        const again = makeAccount("fulfil", "999");
        assert.equal(invoke(again).allowed, false);
        assert.deepEqual(iam.getPolicy(orders).bindings, [
            {
                role: "roles/run.invoker",
                members: ["deleted:serviceAccount:fulfil@demo.iam.gserviceaccount.com?uid=111"],
            },
        ]);
        iam.setPolicy(orders, iam.getPolicy(orders));
        assert.equal(invoke(again).allowed, false, "writing back what was read grants nothing");
        grant(orders, "roles/run.invoker", "serviceAccount:fulfil@demo.iam.gserviceaccount.com");
        assert.equal(invoke(again).allowed, true);
    });

    it("knows an etag in either alphabet of base64, with and without padding", () => {
        for (let round = 0; round < 100; round++) {
            const { etag = "" } = iam.getPolicy(orders);
            const written = etag.replaceAll("+", "-").replaceAll("/", "_");
            const wrong = `${written.slice(1)}${written[0] ?? ""}`;
            assert.throws(() => iam.setPolicy(orders, { etag: wrong }), { status: "ABORTED" }, wrong);
            iam.setPolicy(orders, { etag: round % 2 === 0 ? written : written.replace(/=+$/, "") });
        }
    });

    it("refuses a stale etag, unknown accounts, roles and malformed members", () => {
        const first = iam.getPolicy(orders);
        grant(orders, "roles/run.invoker", "user:ann@example.com");
        assert.throws(() => iam.setPolicy(orders, first), { status: "ABORTED", message: /concurrent policy changes/ });
        assert.throws(() => grant(orders, "roles/run.invoker", "serviceAccount:no@demo.iam.gserviceaccount.com"), {
            status: "INVALID_ARGUMENT",
            message: "Service account no@demo.iam.gserviceaccount.com does not exist.",
        });
        assert.throws(() => grant(orders, "roles/run.nothing", "user:ann@example.com"), {
            status: "INVALID_ARGUMENT",
            message: /roles\/run\.nothing/,
        });
        for (const member of ["ann@example.com", "user:ann", "", "everyone"]) {
            assert.throws(() => grant(orders, "roles/run.invoker", member), { status: "INVALID_ARGUMENT" });
        }
        iam.setPolicy(orders, iam.getPolicy(orders));
    });

    it("holds a role of a service that is not here, which opens nothing, and none that is only called alike", () => {
        grant(project, "roles/bigquery.jobUser", "user:ann@example.com");
        assert.deepEqual(
            iam.getPolicy(project).bindings?.find(({ role }) => role === "roles/bigquery.jobUser")?.members,
            ["user:ann@example.com"],
        );
        const ann = { kind: "user", email: "ann@example.com" } as const;
        const asked = { principal: ann, permission: "run.routes.invoke", resource: orders };
        assert.equal(iam.evaluate(asked).allowed, false);
        for (const role of ["roles/bigquery", "bigquery.jobUser", "roles/monitoring.metricWrite", "roles/Big.query"]) {
            assert.throws(() => grant(project, role, "user:ann@example.com"), { status: "INVALID_ARGUMENT" }, role);
        }
    });

    it("keeps the bindings where the update mask leaves them out", () => {
        grant(orders, "roles/run.invoker", "user:ann@example.com");
        iam.setPolicy(orders, { auditConfigs: [{ service: "allServices" }] }, "auditConfigs");
        assert.equal(iam.getPolicy(orders).bindings?.length, 1);
        assert.equal(iam.getPolicy(orders).auditConfigs?.length, 1);
    });

    describe("conditions", () => {
        const conditional = (expression: string, version = 3) =>
            iam.setPolicy(project, {
                version,
                bindings: [
                    {
                        role: "roles/run.invoker",
                        members: ["user:ann@example.com"],
                        condition: { title: "c", expression },
                    },
                ],
            });
        const ann: Principal = { kind: "user", email: "ann@example.com" };

        it("hold for the resource they name and no other", () => {
            conditional('resource.name.endsWith("/services/orders") && resource.type == "run.googleapis.com/Service"');
            assert.equal(invoke(ann).allowed, true);
            const denied = invoke(ann, stock);
            assert.equal(denied.allowed, false);
            assert.match(denied.reason, /its condition "c" is not met/);
        });

        it("end with the clock of the sandbox", () => {
            conditional(`request.time < timestamp("${new Date(clock.now() + 60_000).toISOString()}")`);
            assert.equal(invoke(ann).allowed, true);
            clock.advance(61_000);
            assert.equal(invoke(ann).allowed, false);
        });

        it("grant nothing where they cannot be evaluated", () => {
            conditional("resource.nonsense == 1");
            assert.equal(invoke(ann).allowed, false);
        });

        it("are refused outside policy version 3 and where they are not CEL", () => {
            assert.throws(() => conditional("true", 1), { status: "INVALID_ARGUMENT" });
            assert.throws(() => conditional("resource.name ="), { status: "INVALID_ARGUMENT" });
        });
    });

    describe("propagation", () => {
        it("lets a grant arrive only after its delay, and says how long that is", () => {
            iam.propagationMilliseconds = 120_000;
            grant(orders, "roles/run.invoker", "user:ann@example.com");
            const ann: Principal = { kind: "user", email: "ann@example.com" };
            assert.match(invoke(ann).reason, /was granted and arrives in 120 s/);
            assert.equal(iam.getPolicy(orders).bindings?.length, 1, "a reader sees the policy at once");
            clock.advance(120_000);
            assert.equal(invoke(ann).allowed, true);
        });

        it("lets a removal take as long", () => {
            const ann: Principal = { kind: "user", email: "ann@example.com" };
            grant(orders, "roles/run.invoker", "user:ann@example.com");
            iam.propagationMilliseconds = 60_000;
            iam.setPolicy(orders, { bindings: [] });
            assert.equal(invoke(ann).allowed, true);
            clock.advance(60_000);
            assert.equal(invoke(ann).allowed, false);
        });
    });

    it("records what it checks, and not what it only evaluates", () => {
        const log = decisions();
        iam = createIam({ clock, store, settings, decisions: log });
        invoke(owner);
        assert.equal(log.list().length, 0);
        iam.check({ principal: owner, permission: "run.routes.invoke", resource: orders, request: "GET https://x/" });
        assert.deepEqual(
            log.list().map(({ id, allowed, request }) => ({ id, allowed, request })),
            [{ id: 1, allowed: true, request: "GET https://x/" }],
        );
    });
});
