import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logEntries } from "../../../../sandbox/apis/observability/logging";
import { Sandbox } from "../../../../sandbox";

const location = "projects/demo/locations/europe-west1";
const handler = join(__dirname, "../../workloads/fixtures/echo.js");

describe("executions of workflows", () => {
    let folder: string;
    let sandbox: Sandbox;
    const fulfil = "fulfil@demo.iam.gserviceaccount.com";

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "executions-"));
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(
            mapping,
            `services:\n  - image: "*/orders:*"\n    handler: ${handler}\nhosts:\n  - host: api.acme.example\n    handler: ${handler}\n`,
        );
        sandbox = await Sandbox.start({ project: "demo", mapping });
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "fulfil" });
    });
    afterEach(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    async function call(
        method: string,
        url: string,
        body?: unknown,
        principal?: string,
    ): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, url, { body, ...(principal === undefined ? {} : { principal }) });
        if (answer.status !== 200) {
            throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    }
    async function deployOrders(more: object = {}): Promise<string> {
        const url = `https://run.googleapis.com/v2/${location}/services`;
        const template = { containers: [{ image: "example/orders:1", env: [{ name: "GREETING", value: "hello" }] }] };
        await call("POST", `${url}?serviceId=orders`, { template, ...more });
        return String((await call("GET", `${url}/orders`)).uri);
    }
    const grant = (members: string[]) =>
        call("POST", `https://run.googleapis.com/v2/${location}/services/orders:setIamPolicy`, {
            policy: { bindings: members.length === 0 ? [] : [{ role: "roles/run.invoker", members }] },
        });
    const executions = `https://workflowexecutions.googleapis.com/v1/${location}/workflows/fulfil/executions`;
    async function deploy(steps: unknown, more: object = {}): Promise<void> {
        const sourceContents = JSON.stringify({ main: { params: ["args"], steps } });
        await call("POST", `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=fulfil`, {
            sourceContents,
            serviceAccount: fulfil,
            ...more,
        });
    }
    interface Finished {
        name: string;
        state: string;
        result?: string;
        error?: { payload: string; context: string };
    }
    async function finished(name: unknown): Promise<Finished> {
        for (;;) {
            const execution = await call("GET", `https://workflowexecutions.googleapis.com/v1/${String(name)}`);
            if (execution.state !== "ACTIVE") {
                return execution as unknown as Finished;
            }
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
    }
    /** What executions wrote themselves. */
    const logged = () => logEntries(sandbox.cloud).filter(({ logName }) => logName?.endsWith("/Workflows"));
    const run = async (argument: unknown = null) =>
        finished((await call("POST", executions, { argument: JSON.stringify(argument) })).name);
    const callOrders = (url: string, auth?: object) => [
        {
            call: {
                call: "http.post",
                args: { url: `${url}/reserve`, body: { order: "${args.order}" }, ...(auth && { auth }) },
                result: "r",
            },
        },
        { done: { return: "${r.body}" } },
    ];

    it("call an internal service with an ID token of the workflow's account", async () => {
        const url = await deployOrders({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        await grant([`serviceAccount:${fulfil}`]);
        await deploy(callOrders(url, { type: "OIDC", audience: url }));
        const { state, result = "" } = await run({ order: 7 });
        assert.equal(state, "SUCCEEDED");
        const seen = JSON.parse(result) as {
            service: string;
            greeting: string;
            body: string;
            headers: Record<string, string>;
        };
        assert.equal(seen.service, "orders");
        assert.equal(seen.greeting, "hello");
        assert.equal(seen.body, '{"order":7}');
        assert.match(seen.headers.authorization ?? "", /SIGNATURE_REMOVED_BY_GOOGLE$/);
        assert.match(seen.headers["user-agent"] ?? "", /GoogleCloudWorkflows/);
        const decision = sandbox.cloud.decisions.list().find((one) => one.permission === "run.routes.invoke");
        assert.equal(decision?.principal, `serviceAccount:${fulfil}`);
    });

    it("fail with 403 where the grant is missing, and where no token is asked for", async () => {
        const url = await deployOrders();
        await deploy(callOrders(url, { type: "OIDC", audience: url }));
        const denied = await run({ order: 7 });
        assert.equal(denied.state, "FAILED");
        assert.match(denied.error?.payload ?? "", /"code":\s*403/);
        await grant([`serviceAccount:${fulfil}`]);
        assert.equal((await run({ order: 7 })).state, "SUCCEEDED");
        await call(
            "PATCH",
            `https://workflows.googleapis.com/v1/${location}/workflows/fulfil?updateMask=sourceContents`,
            {
                sourceContents: JSON.stringify({ main: { params: ["args"], steps: callOrders(url) } }),
            },
        );
        assert.match((await run({ order: 7 })).error?.payload ?? "", /"code":\s*403/);
    });

    it("cannot be told a token of an account that is disabled or that their agent may not use", async () => {
        const url = await deployOrders();
        await grant([`serviceAccount:${fulfil}`]);
        await deploy(callOrders(url, { type: "OIDC", audience: url }));
        const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${fulfil}`;
        await call("POST", `${account}:disable`, {});
        assert.match((await run({ order: 1 })).error?.payload ?? "", /AuthError/);
        await call("POST", `${account}:enable`, {});
        assert.equal((await run({ order: 1 })).state, "SUCCEEDED");
        sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            bindings: [{ role: "roles/owner", members: ["user:owner@example.com"] }],
        });
        assert.match((await run({ order: 1 })).error?.payload ?? "", /AuthError/);
    });

    it("call Google's APIs with an access token, as far as the account may", async () => {
        const read = (host: string) => [
            { read: { call: "http.get", args: { url: host, auth: { type: "OAuth2" } }, result: "r" } },
            { done: { return: "${r.body.name}" } },
        ];
        await deployOrders();
        await deploy(read(`https://run.googleapis.com/v2/${location}/services/orders`));
        assert.match((await run()).error?.payload ?? "", /run\.services\.get/);
        sandbox.cloud.iam.setPolicy(`//run.googleapis.com/${location}/services/orders`, {
            bindings: [{ role: "roles/run.viewer", members: [`serviceAccount:${fulfil}`] }],
        });
        assert.equal((await run()).result, `"${location}/services/orders"`);
    });

    it("reach hosts that are declared, and no others", async () => {
        await deploy([
            { get: { call: "http.get", args: { url: "${args.url}" }, result: "r" } },
            { done: { return: "${r.code}" } },
        ]);
        assert.equal((await run({ url: "https://api.acme.example/x" })).result, "200");
        const { error } = await run({ url: "https://elsewhere.example/" });
        assert.match(error?.payload ?? "", /ConnectionFailedError/);
        assert.match(error?.payload ?? "", /declare the host in sandbox\.yaml/);
    });

    it("see their environment, log, and sleep by the sandbox's clock", async () => {
        await deploy(
            [
                { log: { call: "sys.log", args: { text: "begun", severity: "INFO" } } },
                { wait: { call: "sys.sleep", args: { seconds: 3600 } } },
                {
                    done: {
                        return: '${sys.get_env("GREETING") + " " + sys.get_env("GOOGLE_CLOUD_PROJECT_NUMBER") + " " + sys.get_env("GOOGLE_CLOUD_WORKFLOW_ID")}',
                    },
                },
            ],
            { userEnvVars: { GREETING: "hello" } },
        );
        const { clock } = sandbox.cloud;
        const sleep = clock.sleep.bind(clock);
        const asleep = new Promise<void>((resolve) => {
            clock.sleep = (...how) => {
                resolve();
                return sleep(...how);
            };
        });
        const { name, state } = await call("POST", executions, {});
        assert.equal(state, "ACTIVE");
        await asleep;
        clock.advance(3_600_000);
        assert.equal((await finished(name)).result, '"hello 123456789012 fulfil"');
        assert.equal(logged()[0]?.textPayload, "begun");
    });

    it("are cancelled, listed, and refuse what they cannot take", async () => {
        await deploy([{ wait: { call: "sys.sleep", args: { seconds: 3600 } } }]);
        const { name } = await call("POST", executions, { argument: "{}" });
        const cancelled = await call("POST", `https://workflowexecutions.googleapis.com/v1/${String(name)}:cancel`, {});
        assert.equal(cancelled.state, "CANCELLED");
        await assert.rejects(
            call("POST", `https://workflowexecutions.googleapis.com/v1/${String(name)}:cancel`, {}),
            /400.*CANCELLED/,
        );
        const listed = await call("GET", executions);
        assert.deepEqual(
            (listed.executions as { name: string; argument?: string }[]).map((one) => [one.name, one.argument]),
            [[name, undefined]],
        );
        assert.deepEqual(await call("GET", `${executions}?filter=state="ACTIVE"`), {});
        await assert.rejects(call("POST", executions, { argument: "no json" }), /400/);
        await assert.rejects(call("POST", executions.replace("fulfil", "nobody"), {}), /404/);
        await assert.rejects(call("GET", `${executions}/nobody`), /404/);
        await assert.rejects(call("POST", executions, {}, "user:eve@example.com"), /403/);
    });

    it("wait at callbacks that want a token with the right to send", async () => {
        await deploy([
            {
                make: {
                    call: "events.create_callback_endpoint",
                    args: { http_callback_method: "POST" },
                    result: "callback",
                },
            },
            { tell: { call: "sys.log", args: { text: "${callback.url}" } } },
            {
                wait: {
                    call: "events.await_callback",
                    args: { callback: "${callback}", timeout: 3600 },
                    result: "request",
                },
            },
            { done: { return: "${request.http_request.body.answer}" } },
        ]);
        const { name } = await call("POST", executions, {});
        while (logged().length === 0) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        const url = String(logged()[0]?.textPayload);
        await assert.rejects(call("POST", url, { answer: 42 }, "user:eve@example.com"), /403/);
        const headers = { "content-type": "application/json" };
        const owner = { kind: "user" as const, email: "owner@example.com" };
        const delivered = await sandbox.cloud.apis.request("POST", url, {
            body: { answer: 42 },
            headers,
            principal: owner,
        });
        assert.equal(delivered?.status, 200);
        assert.equal((await finished(name)).result, "42");
        await assert.rejects(call("POST", url, { answer: 42 }), /404/);
    });

    it("run other workflows as their account may, and wait for their results", async () => {
        await deploy([
            {
                start: {
                    call: "experimental.executions.map",
                    args: { workflow_id: "double", arguments: [1, 2, 3] },
                    result: "r",
                },
            },
            { done: { return: "${r}" } },
        ]);
        await call("POST", `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=double`, {
            sourceContents: "main: {params: [n], steps: [{done: {return: '${n * 2}'}}]}",
            serviceAccount: fulfil,
        });
        assert.match((await run()).error?.payload ?? "", /"code":403.*workflows\.executions\.create/);
        sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            bindings: [
                { role: "roles/owner", members: ["user:owner@example.com"] },
                {
                    role: "roles/workflows.serviceAgent",
                    members: ["serviceAccount:service-123456789012@gcp-sa-workflows.iam.gserviceaccount.com"],
                },
                { role: "roles/workflows.invoker", members: [`serviceAccount:${fulfil}`] },
            ],
        });
        const { name } = await call("POST", executions, {});
        const skip = setInterval(() => sandbox.cloud.clock.advance(60_000), 20);
        const { result } = await finished(name);
        clearInterval(skip);
        assert.equal(result, "[2,4,6]");
    });

    it("run a thousand at once that sleep and call a service, and leave none behind when half are cancelled", async () => {
        const url = await deployOrders();
        await grant([`serviceAccount:${fulfil}`]);
        await deploy([
            { wait: { call: "sys.sleep", args: { seconds: "${args.seconds}" } } },
            ...callOrders(url, { type: "OIDC", audience: url }),
        ]);
        const started = Array.from({ length: 1000 }, (_, order) =>
            call("POST", executions, { argument: JSON.stringify({ order, seconds: 3600 + (order % 7) }) }),
        );
        const names = (await Promise.all(started)).map(({ name }) => String(name));
        const active = async () =>
            (await call("GET", `${executions}?filter=state=ACTIVE AND stepName=wait&pageSize=1000`)).executions as
                | unknown[]
                | undefined;
        while ((await active())?.length !== 1000) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        const root = "https://workflowexecutions.googleapis.com/v1";
        await Promise.all(names.filter((_, i) => i % 2 === 1).map((name) => call("POST", `${root}/${name}:cancel`)));
        assert.equal((await active())?.length, 500);
        sandbox.cloud.clock.advance(2 * 3_600_000);
        while ((await call("GET", `${executions}?filter=state=ACTIVE`)).executions !== undefined) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        const ended = await Promise.all(names.map(finished));
        ended.forEach(({ state, result = "" }, order) => {
            assert.equal(state, order % 2 === 1 ? "CANCELLED" : "SUCCEEDED");
            if (order % 2 === 0) {
                assert.equal((JSON.parse(result) as { body: string }).body, `{"order":${order}}`);
            }
        });
        assert.equal(await active(), undefined);
    });
});
