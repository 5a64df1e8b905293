import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    AuthenticatedPush,
    AuthenticatedSchedule,
    AuthenticatedWorkflow,
    googleApi,
    GrantResourceType,
    Ingress,
    InvokableService,
    type Target,
    TargetKind,
} from "../../index";
import { Sandbox } from "../../sandbox";
import { openStack, type Stack } from "../../engine";
import { getting, image, location, variable } from "./support/programs";

const smokeCheck = { enabled: false };
const places = `projects/demo/locations/${location}`;
const services = `https://run.googleapis.com/v2/${places}/services`;
const topics = "https://pubsub.googleapis.com/v1/projects/demo/topics";
const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";

const service = (name: string, opts = {}, as = name) =>
    new InvokableService(as, { image, location, name, ingress: Ingress.All, smokeCheck }, opts);
const existing = (name: string) => new InvokableService(name, { existing: { name, location }, smokeCheck });
const flow = (name: string, targets: Record<string, Target>, args: { accountId?: string } = {}) =>
    new AuthenticatedWorkflow(name, {
        ...{ location, targets, smokeCheck, name, ...args },
        source: getting(
            ...Object.entries(targets).map(([key, { kind }]) =>
                kind === TargetKind.GoogleApi
                    ? "https://storage.googleapis.com/x"
                    : variable(`${key.toUpperCase()}_URL`),
            ),
        ),
    });

interface Policy {
    bindings?: { role: string; members: string[] }[];
}

describe("grants while a stack changes", () => {
    let sandbox: Sandbox;
    let directory: string;
    let stacks: Record<string, Stack>;
    /** Looked at after every request that changes something. */
    let look: (() => Promise<unknown>) | undefined;
    let seen: unknown[];
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "changes-"));
        stacks = {};
        look = undefined;
        seen = [];
    });
    afterEach(async () => {
        look = undefined;
        for (const stack of Object.values(stacks).reverse()) {
            await stack.destroy();
        }
        rmSync(directory, { recursive: true, force: true });
    });
    after(() => sandbox.close());

    async function up(stack: string, program: () => unknown): Promise<Stack> {
        const opened = await openStack({
            program: () => (program(), Promise.resolve({})),
            stack,
            config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" },
            stateDirectory: directory,
            request: async (method, url, body, headers) => {
                const answer = await sandbox.request(method, url, { body, ...(headers && { headers }) });
                if (method !== "GET" && look !== undefined) {
                    seen.push(await look());
                }
                return answer;
            },
        });
        stacks[stack] = opened;
        const deployed = await opened.up();
        assert.equal(deployed.result, "succeeded", deployed.diagnostics.map(({ message }) => message).join("\n"));
        return opened;
    }

    async function fetched<T>(url: string): Promise<T> {
        return (await sandbox.request("GET", url)).body as T;
    }

    /** Who has a role on a resource, those that are no more left out. */
    async function members(resource: string, role: string): Promise<string[]> {
        const { bindings = [] } = await fetched<Policy>(`${resource}:getIamPolicy`);
        return bindings
            .filter((binding) => binding.role === role)
            .flatMap((binding) => binding.members)
            .filter((member) => !member.startsWith("deleted:"))
            .sort();
    }
    const invokers = (name: string) => members(`${services}/${name}`, "roles/run.invoker");

    /** The account that a workflow runs as, as a member. */
    async function runsAs(name: string): Promise<string> {
        const { serviceAccount } = await fetched<{ serviceAccount: string }>(
            `https://workflows.googleapis.com/v1/${places}/workflows/${name}`,
        );
        return `serviceAccount:${serviceAccount.slice(serviceAccount.lastIndexOf("/") + 1)}`;
    }

    /** Whether a workflow may call the services that it points to, as it is deployed at the moment. */
    async function mayCall(name: string, candidates: string[]): Promise<boolean> {
        const { userEnvVars = {} } = await fetched<{ userEnvVars?: Record<string, string> }>(
            `https://workflows.googleapis.com/v1/${places}/workflows/${name}`,
        );
        const member = await runsAs(name);
        const urls = await Promise.all(
            candidates.map(async (one) => [one, (await fetched<{ uri: string }>(`${services}/${one}`)).uri] as const),
        );
        const called = urls.filter(([, uri]) => Object.values(userEnvVars).includes(uri)).map(([one]) => one);
        assert.ok(called.length > 0, JSON.stringify(userEnvVars));
        return (await Promise.all(called.map(invokers))).every((granted) => granted.includes(member));
    }

    /** From now on, looks whether a workflow may call what it points to. */
    const watch = (name: string, ...candidates: string[]): void => void (look = () => mayCall(name, candidates));

    /** That there was no moment without access, and at least one at which it was looked for. */
    function neverWithout(): void {
        assert.ok(seen.length > 0, "nothing was changed");
        assert.deepEqual([...new Set(seen)], [true]);
    }

    it("another key for the same target changes nothing in Google Cloud, and keeps the access", async () => {
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        watch("fulfil", "orders");
        const stack = await up("shop", () => flow("fulfil", { reserve: service("orders") }));
        neverWithout();
        assert.deepEqual(await invokers("orders"), [await runsAs("fulfil")]);
        assert.equal(stack.resources.filter(({ type }) => type.includes("IamMember")).length, 1);
    });

    it("another key for a target as plain data keeps the access", async () => {
        const plain = (): Target => ({
            kind: TargetKind.Run,
            url: stock.uri,
            resource: { type: GrantResourceType.RunService, name: "stock", location },
        });
        await up("other", () => service("stock"));
        const stock = await fetched<{ uri: string }>(`${services}/stock`);
        await up("shop", () => flow("fulfil", { stock: plain() }));
        watch("fulfil", "stock");
        await up("shop", () => flow("fulfil", { store: plain() }));
        neverWithout();
        assert.deepEqual(await invokers("stock"), [await runsAs("fulfil")]);
    });

    it("two keys for the same target share one grant: the access stays when either of them is removed", async () => {
        const both = () => {
            const orders = service("orders");
            return flow("fulfil", { orders, returns: orders });
        };
        const stack = await up("shop", both);
        assert.equal(stack.resources.filter(({ type }) => type.includes("IamMember")).length, 1);
        watch("fulfil", "orders");
        await up("shop", () => flow("fulfil", { returns: service("orders") }));
        await up("shop", both);
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        neverWithout();
        assert.deepEqual(await invokers("orders"), [await runsAs("fulfil")]);
    });

    it("a target that is renamed with an alias keeps its grant", async () => {
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        watch("fulfil", "orders");
        await up("shop", () => {
            const renamed = service("orders", { aliases: [{ name: "orders" }] }, "sales");
            flow("fulfil", { orders: renamed });
            // Something changes, so that there is something to look after.
            service("new");
        });
        neverWithout();
        assert.deepEqual(await invokers("orders"), [await runsAs("fulfil")]);
    });

    it("another service under the same key gets the grant before it is called, and the old one loses it", async () => {
        const both = (which: "orders" | "stock") => () => {
            const made = { orders: service("orders"), stock: service("stock") };
            flow("fulfil", { target: made[which] });
        };
        await up("shop", both("orders"));
        watch("fulfil", "orders", "stock");
        await up("shop", both("stock"));
        neverWithout();
        assert.deepEqual([await invokers("orders"), await invokers("stock")], [[], [await runsAs("fulfil")]]);
    });

    it("two targets swap their keys, and both grants stay", async () => {
        const program = (one: "orders" | "stock", two: "orders" | "stock") => () => {
            const made = { orders: service("orders"), stock: service("stock") };
            flow("fulfil", { one: made[one], two: made[two] });
        };
        await up("shop", program("orders", "stock"));
        watch("fulfil", "orders", "stock");
        await up("shop", program("stock", "orders"));
        neverWithout();
    });

    it("a caller that is given another account has its grants before it runs as it", async () => {
        const program = (accountId: string) => () => flow("fulfil", { orders: service("orders") }, { accountId });
        await up("shop", program("fulfil-one"));
        watch("fulfil", "orders");
        await up("shop", program("fulfil-two"));
        neverWithout();
        assert.deepEqual(await invokers("orders"), ["serviceAccount:fulfil-two@demo.iam.gserviceaccount.com"]);
    });

    for (const accountId of [undefined, "fulfil-account"]) {
        const whose = accountId === undefined ? "a name of its own" : "a name that is given";
        it(`an account with ${whose} that was made again gets its grants, though its address is the same`, async () => {
            const program = () => {
                flow("fulfil", { orders: service("orders") }, accountId === undefined ? {} : { accountId });
            };
            const stack = await up("shop", program);
            const member = await runsAs("fulfil");
            await sandbox.request("DELETE", `${accounts}/${member.replace("serviceAccount:", "")}`);
            await stack.refresh();
            assert.deepEqual(await invokers("orders"), []);
            await up("shop", program);
            assert.deepEqual(await invokers("orders"), [member]);
        });
    }

    it("one role of several is added or removed, in any order, and the others stay", async () => {
        const roles = ["objectViewer", "objectCreator"].map((role) => `roles/storage.${role}`);
        await sandbox.request("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", {
            body: { name: "reports", iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } },
        });
        const policy = "https://storage.googleapis.com/storage/v1/b/reports/iam";
        const granted = async () => {
            const { bindings = [] } = await fetched<Policy>(policy);
            return bindings.map(({ role }) => role).filter((role) => roles.includes(role));
        };
        const resource = { type: GrantResourceType.Bucket, name: "reports" };
        const program =
            (...wanted: string[]) =>
            () =>
                flow("fulfil", {
                    reports: googleApi("storage.googleapis.com", {
                        grants: wanted.map((role) => ({ role, resource })),
                    }),
                });
        const [viewer = "", creator = ""] = roles;
        await up("shop", program(viewer, creator));
        look = async () => (await granted()).includes(creator);
        await up("shop", program(creator, viewer));
        await up("shop", program(creator));
        neverWithout();
        assert.deepEqual(await granted(), [creator]);
    });

    it("one publisher of several is removed, and the others stay", async () => {
        const [ann, bob] = ["user:ann@example.com", "user:bob@example.com"];
        const program = (publishers: string[]) => () =>
            new AuthenticatedPush("placed", {
                target: service("orders"),
                topic: "placed",
                publishers,
                smokeCheck,
            });
        await sandbox.request("PUT", `${topics}/placed`, { body: {} });
        const publishers = () => members(`${topics}/placed`, "roles/pubsub.publisher");
        await up("shop", program([ann, bob]));
        assert.deepEqual(await publishers(), [ann, bob]);
        look = async () => (await publishers()).includes(bob);
        await up("shop", program([bob]));
        neverWithout();
        assert.deepEqual(await publishers(), [bob]);
    });

    it("a caller that is deleted takes its own grants with it, and no others", async () => {
        await up("shop", () => {
            const orders = service("orders");
            flow("fulfil", { orders });
            flow("refund", { orders });
        });
        const both = [await runsAs("fulfil"), await runsAs("refund")];
        assert.deepEqual(await invokers("orders"), both.sort());
        const refund = await runsAs("refund");
        await up("shop", () => flow("refund", { orders: service("orders") }));
        assert.deepEqual(await invokers("orders"), [refund]);
    });

    it("two stacks make grants on one service, and neither undoes those of the other", async () => {
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        const other = await up("office", () => flow("report", { orders: existing("orders") }));
        const both = [await runsAs("fulfil"), await runsAs("report")].sort();
        assert.deepEqual(await invokers("orders"), both);
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        assert.deepEqual(await invokers("orders"), both);
        await other.destroy();
        assert.deepEqual(await invokers("orders"), [await runsAs("fulfil")]);
    });

    it("two callers with the same account share its grant, and the deploy warns of that", async () => {
        const serviceAccount = "shared@demo.iam.gserviceaccount.com";
        await sandbox.request("POST", accounts, { body: { accountId: "shared" } });
        const stack = await up("shop", () => {
            const target = service("orders");
            for (const name of ["one", "two"]) {
                new AuthenticatedSchedule(name, {
                    ...{ location, schedule: "0 6 * * *", target, serviceAccount, smokeCheck },
                });
            }
        });
        const again = await stack.up();
        const told = again.diagnostics.map(({ message }) => message).filter((text) => text.includes("shared@demo"));
        assert.match(
            told[0] ?? "",
            /^two-orders grants roles\/run\.invoker on .*, and so does one-orders: the one that is deleted first/,
        );
    });
});
