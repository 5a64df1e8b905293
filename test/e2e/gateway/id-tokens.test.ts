import assert from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { serviceaccount } from "@pulumi/gcp";
import {
    AuthenticatedSchedule,
    AuthenticatedWorkflow,
    deployer,
    Ingress,
    InvokableGateway,
    InvokableService,
} from "../../../index";
import type { SmokeSpec } from "../../../smoke";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const location = "europe-west1";
const off = { smokeCheck: { enabled: false } };
const openapi = `swagger: "2.0"
info: { title: api, version: "1" }
basePath: /v1
paths:
    /orders/{order}:
        get:
            operationId: order
            x-google-backend: { address: orders/all, path_translation: APPEND_PATH_TO_ADDRESS }
            parameters: [{ name: order, in: path, required: true, type: string }]
            responses: { "200": { description: ok } }
`;
const source = `main:
  steps:
    - order:
        call: http.get
        args:
          url: \${sys.get_env("API_URL") + "/v1/orders/7"}
        result: answer
    - done:
        return: \${answer.body}
`;
let api: InvokableGateway;
let lax: InvokableGateway;

function program(): Promise<Record<string, unknown>> {
    const open = { location, ingress: Ingress.All, ...off };
    const account = (accountId: string): pulumi.Output<string> =>
        new serviceaccount.Account(accountId, { accountId }).email;
    const [flow, timer] = [account("flow-caller"), account("timer-caller")];
    const callers = pulumi.interpolate`${flow},${timer}`;
    const orders = new InvokableService("orders", { image: "demo/backend:1", env: { CALLERS: callers }, ...open });
    const trusting = new InvokableService("trusting", { image: "demo/backend:1", ...open });
    const gateway = (name: string, backend: InvokableService, args: object = {}): InvokableGateway =>
        new InvokableGateway(name, {
            ...{ location, backends: { orders: backend }, openapi, idTokens: true },
            ...{ smokeCheck: { path: "/v1/orders/1", probeMinters: [deployer()], ...args } },
        });
    api = gateway("api", orders);
    lax = gateway("lax", trusting, { enabled: false });
    new AuthenticatedWorkflow("flow", {
        ...{ location, serviceAccount: flow, targets: { api }, source: new pulumi.asset.StringAsset(source) },
        smokeCheck: { argument: {}, expect: { url: "/all/v1/orders/7" } },
    });
    new AuthenticatedSchedule("timer", {
        ...{ location, schedule: "0 2 * * *", serviceAccount: timer, target: api, path: "/v1/orders/8", method: "GET" },
        smokeCheck: { run: true },
    });
    return Promise.resolve({});
}

describe("an InvokableGateway that takes ID tokens of Google's", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [{ image: "demo/backend:*", handler: join(__dirname, "backend.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    it("is called by a workflow and a schedule, whose tokens are for its audience", async () => {
        assert.equal((await deployed.verdicts("timer"))["timer → target"], "passed");
        assert.equal((await deployed.verdicts("flow"))["flow → api"], "passed");
        const { deployment } = deployed.stack.export() as unknown as {
            deployment: { resources: { type: string; inputs: Record<string, unknown> }[] };
        };
        const job = deployment.resources.find(({ type }) => type.includes("cloudscheduler/job"));
        assert.ok(job);
        const { httpTarget } = job.inputs as { httpTarget: { oidcToken: { audience: string } } };
        assert.equal(httpTarget.oidcToken.audience, await value(api.audience));
    });

    it("says that every account gets past it, and proves that its backends refuse a stranger", async () => {
        assert.match(deployed.said, /idTokens: every Google account gets past api; its backends must refuse/);
        const verdicts = await deployed.verdicts("api");
        assert.equal(verdicts["account without grant → api"], "passed");
        assert.equal(verdicts["token for another audience → api"], "passed");
        assert.equal(verdicts["account without grant → orders, past api"], "passed");
        assert.equal(verdicts["nobody else → api"], undefined);
    });

    it("has a check that is red where the backend lets strangers in", async () => {
        const { report, text } = await deployed.check("lax", [(await value(lax.smokeCheck.spec)) as SmokeSpec]);
        assert.equal(report.verdict, "failed");
        assert.match(text, /account without grant → lax.*\n?.*200/);
    });
});
