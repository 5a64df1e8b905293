import assert from "node:assert/strict";
import { injectAuth, type AuditOptions } from "../../../workflow/auth";
import { runWorkflow } from "../../../workflow";
import { parseWorkflow } from "../../../workflow/syntax";

const options: AuditOptions = {
    targets: [
        { name: "orders", kind: "run", urlVariable: "ORDERS_URL" },
        {
            name: "pay",
            kind: "external",
            url: "https://pay.example",
            secret: { header: "X-Key", versionVariable: "PAY_SECRET" },
        },
    ],
};

const source = `main:
  steps:
  - init: {assign: [base: '\${sys.get_env("ORDERS_URL")}']}
  - order: {call: http.get, args: {url: '\${base + "/reserve"}'}}
  - hook: {call: http.get, args: {url: "https://us-central1-p.cloudfunctions.net/hook/x"}}
  - api: {call: http.get, args: {url: "https://compute.googleapis.com/x"}}
  - other: {call: http.get, args: {url: "https://b.example/"}}
  - charge: {call: http.get, args: {url: "https://pay.example/"}}
`;

describe("an injected workflow, run", () => {
    const env = {
        ORDERS_URL: "https://orders-1234567890.europe-west1.run.app",
        PAY_SECRET: "projects/p/secrets/pay/versions/3",
    };

    async function calls(text: string): Promise<unknown[]> {
        const run = await runWorkflow(text, {
            env,
            http: () => ({ body: {} }),
            apis: {
                "secretmanager.googleapis.com": () => ({
                    body: { payload: { data: Buffer.from("key of pay").toString("base64") } },
                }),
            },
        });
        assert.equal(run.state, "SUCCEEDED", JSON.stringify(run.error));
        return run.calls
            .filter((call) => call.connector === undefined)
            .map(({ url, auth, headers }) => [new URL(url).hostname, auth, headers["X-Key"]]);
    }

    it("sends each receiver the token that is meant for it, and others none", async () => {
        const cloud = { type: "OAuth2", scopes: ["https://www.googleapis.com/auth/cloud-platform"] };
        assert.deepEqual(await calls(injectAuth(parseWorkflow(source, { file: "w.yaml" }), options).source), [
            [new URL(env.ORDERS_URL).hostname, { type: "OIDC", audience: env.ORDERS_URL }, undefined],
            [
                "us-central1-p.cloudfunctions.net",
                { type: "OIDC", audience: "https://us-central1-p.cloudfunctions.net/hook" },
                undefined,
            ],
            ["compute.googleapis.com", cloud, undefined],
            ["b.example", undefined, undefined],
            ["pay.example", undefined, "key of pay"],
        ]);
    });

    it("would send none of them anything as it was written", async () => {
        for (const call of await calls(source)) {
            assert.deepEqual((call as unknown[]).slice(1), [undefined, undefined]);
        }
    });
});
