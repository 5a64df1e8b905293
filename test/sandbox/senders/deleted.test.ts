import { strict as assert } from "node:assert";
import type { ServerResponse } from "node:http";
import { email, hour, location, Scene, until } from "./scene";

const workflow = `https://workflows.googleapis.com/v1/${location}/workflows`;
const executions = `https://workflowexecutions.googleapis.com/v1/${location}/workflows/calling/executions`;
const pubsub = "https://pubsub.googleapis.com/v1/projects/demo";
const source = (steps: object[]): string => JSON.stringify({ main: { steps } });

describe("what is deleted while it is under way", function () {
    this.timeout(120_000);
    let scene: Scene;
    /** The requests that have arrived and wait for their answers. */
    let held: ServerResponse[];
    const uncaught: unknown[] = [];
    const note = (reason: unknown): void => void uncaught.push(reason);

    before(() => process.on("unhandledRejection", note));
    after(() => process.off("unhandledRejection", note));
    beforeEach(start);

    async function start(): Promise<void> {
        scene = await Scene.start();
        held = [];
        uncaught.length = 0;
        scene.sandbox.cloud.hosts.serve(new URL(scene.url).host, (request, response) => {
            request.resume();
            held.push(response);
        });
    }
    afterEach(() => scene.close());

    /** Has each sender send a request to the service, of which it will try again those that fail. */
    async function sendAll(): Promise<void> {
        const { url } = scene;
        const oidcToken = { serviceAccountEmail: email, audience: url };
        const queues = `https://cloudtasks.googleapis.com/v2/${location}/queues`;
        await scene.call("POST", queues, { name: `${location}/queues/orders` });
        await scene.call("POST", `${queues}/orders/tasks`, { task: { httpRequest: { url, oidcToken } } });
        const jobs = `https://cloudscheduler.googleapis.com/v1/${location}/jobs`;
        const job = { name: `${location}/jobs/nightly`, schedule: "0 * * * *", httpTarget: { uri: url, oidcToken } };
        await scene.call("POST", jobs, { ...job, retryConfig: { retryCount: 3 } });
        await scene.call("POST", `${jobs}/nightly:run`, {});
        await scene.call("PUT", `${pubsub}/topics/orders`, {});
        const topic = "projects/demo/topics/orders";
        const push = { topic, pushConfig: { pushEndpoint: url, oidcToken } };
        await scene.call("PUT", `${pubsub}/subscriptions/push`, push);
        await scene.call("POST", `${pubsub}/topics/orders:publish`, { messages: [{ data: "aGVsbG8=" }] });
        const auth = { type: "OIDC", audience: url };
        const steps = [{ send: { call: "http.get", args: { url, auth } } }];
        await scene.call("POST", `${workflow}?workflowId=calling`, {
            sourceContents: source(steps),
            serviceAccount: email,
        });
        await scene.call("POST", executions, {});
        await until(() => held.length === 4);
    }

    async function settle(): Promise<void> {
        held.forEach((response) => response.writeHead(503).end());
        for (let turn = 0; turn < 5; turn++) {
            scene.sandbox.cloud.clock.advance(hour);
            await new Promise((resolve) => setTimeout(resolve, 5));
            held.forEach((response) => response.writableEnded || response.writeHead(503).end());
        }
    }

    it("lets the sandbox go on, whatever it is", async () => {
        await sendAll();
        const collections = Object.keys(scene.sandbox.cloud.store.snapshot());
        assert.ok(collections.length > 10, collections.join(", "));
        for (const [at, collection] of collections.entries()) {
            if (at > 0) {
                await sendAll();
            }
            const { store } = scene.sandbox.cloud;
            for (const [name] of store.list(collection)) {
                store.delete(collection, name);
            }
            await settle();
            assert.deepEqual(uncaught, [], collection);
            await scene.close();
            await start();
        }
    });

    it("is gone with its executions, where it is a workflow; another of the name has none of them", async () => {
        const sleeping = [{ wait: { call: "sys.sleep", args: { seconds: 60 } } }];
        const deploy = () => scene.call("POST", `${workflow}?workflowId=calling`, { sourceContents: source(sleeping) });
        const list = async () => (await scene.call("GET", executions))["executions"];
        await deploy();
        const { name } = await scene.call("POST", executions, {});
        const ended = await scene.call("POST", executions, {});
        await scene.call("POST", `https://workflowexecutions.googleapis.com/v1/${String(ended["name"])}:cancel`, {});
        await scene.call("DELETE", `${workflow}/calling`);
        const url = `https://workflowexecutions.googleapis.com/v1/${String(name)}`;
        await assert.rejects(scene.call("GET", url), /^Error: 404/);
        await deploy();
        assert.equal(await list(), undefined);
        const again = await scene.call("POST", executions, {});
        assert.deepEqual(
            ((await list()) as { name: string; state: string }[]).map((one) => [one.name, one.state]),
            [[again["name"], "ACTIVE"]],
        );
        await settle();
        assert.deepEqual(uncaught, []);
    });

    it("ends where its result cannot be written down, and says why", async () => {
        const nested = Array.from({ length: 40 }, (_, at) => ({ [`nest${at}`]: { assign: [{ x: ["${x}"] }] } }));
        const results: Record<string, object[]> = {
            bytes: [{ done: { return: '${base64.decode("AAEC")}' } }],
            number: [{ done: { return: '${double("NaN")}' } }],
            map: [
                { first: { assign: [{ x: { a: 1 } }] } },
                { done: { return: { x: "${x}", b: '${text.encode("a")}' } } },
            ],
            deep: [
                { first: { assign: [{ x: 1 }, { i: 0 }] } },
                { loop: { steps: nested } },
                { next: { assign: [{ i: "${i + 1}" }] } },
                { again: { switch: [{ condition: "${i < 500}", next: "loop" }] } },
                { done: { return: "${x}" } },
            ],
        };
        for (const [id, steps] of Object.entries(results)) {
            await scene.call("POST", `${workflow}?workflowId=${id}`, { sourceContents: source(steps) });
            const { name } = await scene.call("POST", executions.replace("calling", id), {});
            const url = `https://workflowexecutions.googleapis.com/v1/${String(name)}`;
            let state = "ACTIVE";
            let error: unknown;
            await until(async () => {
                ({ state, error } = (await scene.call("GET", url)) as { state: string; error: unknown });
                return state !== "ACTIVE";
            });
            assert.deepEqual([state, typeof error], ["FAILED", "object"], id);
            assert.deepEqual(uncaught, [], id);
        }
    });
});
