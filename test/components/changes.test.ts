import assert from "node:assert/strict";
import { AuthenticatedWorkflow, Ingress, InvokableService, type Target } from "../../index";
import { Sandbox } from "../../sandbox";
import { getting, image, location, variable } from "./support/programs";

const smokeCheck = { enabled: false };
const config = { "gcp:project": "demo", "gcp-invoke:smoke": "off" };
const services = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services`;

const service = (name: string) =>
    new InvokableService(name, { image, location, name, ingress: Ingress.All, smokeCheck });
const existing = (name: string) => new InvokableService(name, { existing: { name, location }, smokeCheck });
const flow = (name: string, targets: Record<string, Target>) =>
    new AuthenticatedWorkflow(name, {
        ...{ location, targets, smokeCheck, accountId: `${name}-account` },
        source: getting(...Object.keys(targets).map((key) => variable(`${key.toUpperCase()}_URL`))),
    });
const member = (name: string) => `serviceAccount:${name}-account@demo.iam.gserviceaccount.com`;

describe("grants while a stack changes", function () {
    this.timeout(60_000);
    let sandbox: Sandbox;
    beforeEach(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    afterEach(() => sandbox.close());

    async function up(stack: string, program: () => void) {
        const deployed = await sandbox.up(() => (program(), Promise.resolve({})), { stack, config });
        assert.equal(deployed.result, "succeeded", deployed.diagnostics.map(({ message }) => message).join("\n"));
        return deployed;
    }

    /** Who may invoke a service. */
    async function invokers(name: string): Promise<string[]> {
        const { body } = await sandbox.request("GET", `${services}/${name}:getIamPolicy`);
        const { bindings = [] } = body as { bindings?: { role: string; members: string[] }[] };
        return bindings
            .filter(({ role }) => role === "roles/run.invoker")
            .flatMap(({ members }) => members)
            .sort();
    }

    it("another service under the same name gets the grant, and the old one loses it", async () => {
        const both = (which: "orders" | "stock") => () => {
            const made = { orders: service("orders"), stock: service("stock") };
            flow("fulfil", { target: made[which] });
        };
        await up("shop", both("orders"));
        await up("shop", both("stock"));
        assert.deepEqual([await invokers("orders"), await invokers("stock")], [[], [member("fulfil")]]);
    });

    it("a caller that goes takes its own grants along and no others", async () => {
        await up("shop", () => {
            const orders = service("orders");
            flow("fulfil", { orders });
            flow("refund", { orders });
        });
        assert.deepEqual(await invokers("orders"), [member("fulfil"), member("refund")]);
        await up("shop", () => flow("refund", { orders: service("orders") }));
        assert.deepEqual(await invokers("orders"), [member("refund")]);
    });

    it("two stacks grant on one service, and neither undoes the other's", async () => {
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        const other = await up("office", () => flow("report", { orders: existing("orders") }));
        assert.deepEqual(await invokers("orders"), [member("fulfil"), member("report")]);
        await up("shop", () => flow("fulfil", { orders: service("orders") }));
        assert.deepEqual(await invokers("orders"), [member("fulfil"), member("report")]);
        await other.destroy();
        assert.deepEqual(await invokers("orders"), [member("fulfil")]);
    });

    it("an account that was made again gets its grants, though its address is the same", async () => {
        const program = () => void flow("fulfil", { orders: service("orders") });
        const stack = await up("shop", program);
        const url =
            "https://iam.googleapis.com/v1/projects/demo/serviceAccounts/fulfil-account@demo.iam.gserviceaccount.com";
        await sandbox.request("DELETE", url);
        await stack.refresh();
        assert.notDeepEqual(await invokers("orders"), [member("fulfil")]);
        await up("shop", program);
        assert.deepEqual(
            (await invokers("orders")).filter((one) => !one.startsWith("deleted:")),
            [member("fulfil")],
        );
    });
});
