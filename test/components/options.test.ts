import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedWorkflow,
    CallLogLevel,
    Ingress,
    InvokableBackend,
    InvokableFunction,
    InvokableService,
} from "../../index";
import { Sandbox } from "../../sandbox";
import { openStack } from "../../engine";
import { deploy, type Deployed } from "./support/deploy";
import { caller, getting, image, location, service, variable } from "./support/programs";

const config = { "gcp:project": "demo" };
const iapClientId = "1-a.apps.googleusercontent.com";
const made = { source: __dirname, runtime: "nodejs22", entryPoint: "x", location };
const off = { smokeCheck: { enabled: false } };

const open = () => service("t", { ingress: Ingress.All, ...off });

/** Every component that makes something, with a few options. */
const components: Record<string, (options: object) => unknown> = {
    workflow: (options) => caller({}, options),
    schedule: (options) =>
        new AuthenticatedSchedule("c", { location, schedule: "0 6 * * *", target: open(), ...options }),
    queue: (options) => new AuthenticatedQueue("c", { location, target: open(), ...options }),
    push: (options) => new AuthenticatedPush("c", { target: open(), deadLetter: {}, ...options }),
    service: (options) => service("c", options),
    backend: (options) => new InvokableBackend("c", { image, location, iapClientId, ...options }),
    function: (options) => new InvokableFunction("c", { ...made, ...options }),
};

const ofTypes = ({ resources }: Deployed, ...types: string[]) =>
    resources.filter(({ type }) => types.some((one) => type.endsWith(`:${one}`)));

describe("the options of components", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    const enabled: Record<string, string[]> = {
        workflow: ["workflows", "workflowexecutions", "iam"],
        schedule: ["cloudscheduler", "iam"],
        queue: ["cloudtasks", "iam"],
        push: ["pubsub", "iam"],
        service: ["run", "iam"],
        backend: ["run", "iam", "iap"],
        function: ["cloudfunctions", "run", "cloudbuild", "artifactregistry", "storage", "iam"],
    };
    for (const [name, make] of Object.entries(components)) {
        it(`${name}: enables the APIs that it needs if enableApis is true, and never disables them`, async () => {
            const without = await deploy(() => make({}), { config });
            assert.deepEqual(ofTypes(without, "projects/service:Service"), []);
            const deployed = await deploy(() => make({ enableApis: true }), { config });
            const found = ofTypes(deployed, "projects/service:Service").map(({ inputs }) => inputs);
            assert.deepEqual(
                found.map(({ service: api }) => String(api).replace(".googleapis.com", "")).sort(),
                [...enabled[name]!].sort(),
            );
            assert.ok(found.every(({ disableOnDestroy }) => disableOnDestroy === false));
        });

        it(`${name}: is in the project that it is given, with everything that it makes`, async () => {
            const deployed = await deploy(() => make({ project: "other", ...off }), { config });
            const own = deployed.resources.filter(
                ({ custom, name: resource, type }) =>
                    custom &&
                    !/^t(-|$)/.test(resource) &&
                    !/Iam|IAM|ServiceIdentity|Stash|Settings|BucketObject/.test(type),
            );
            assert.ok(own.length > 0);
            for (const { type, inputs } of own) {
                assert.equal(inputs["project"], "other", type);
            }
        });
    }

    const labelled: Record<string, string[]> = {
        workflow: ["Workflow"],
        push: ["Topic", "Topic", "Subscription", "Subscription"],
        service: ["Service"],
        backend: ["Service"],
        function: ["Function", "Bucket", "Repository"],
    };
    for (const [name, types] of Object.entries(labelled)) {
        it(`${name}: labels everything that it makes and that can have labels`, async () => {
            const labels = { team: "shop" };
            const deployed = await deploy(() => components[name]!({ labels }), { config });
            const found = deployed.resources.filter(
                ({ inputs, name: one }) => inputs["labels"] && !one.startsWith("t"),
            );
            assert.deepEqual(found.map(({ type }) => type.slice(type.lastIndexOf(":") + 1)).sort(), [...types].sort());
            for (const { inputs } of found) {
                assert.deepEqual(inputs["labels"], labels);
            }
        });
    }

    for (const [name, type] of [
        ["workflow", "Workflow"],
        ["service", "Service"],
        ["backend", "Service"],
    ] as const) {
        it(`${name}: is protected from deletion if it should be, and not otherwise`, async () => {
            for (const deletionProtection of [true, undefined]) {
                const deployed = await deploy(
                    () => components[name]!(deletionProtection === undefined ? {} : { deletionProtection }),
                    { config },
                );
                const of = name === "workflow" ? "fulfil" : "c";
                assert.equal(deployed.find(type, of)["deletionProtection"], deletionProtection ?? false);
            }
        });
    }

    it("a custom domain is what every caller calls, and its audience what their tokens are for", async () => {
        const domain = "https://orders.example.com";
        const orders = () => service("orders", { ingress: Ingress.All, domain, customAudiences: [domain], ...off });
        const job = await deploy(
            () => new AuthenticatedSchedule("c", { location, schedule: "0 6 * * *", target: orders(), path: "/daily" }),
            { config },
        );
        const { uri, oidcToken } = job.find("Job", "c")["httpTarget"] as {
            uri: string;
            oidcToken: { audience: string };
        };
        assert.deepEqual([uri, oidcToken.audience], [`${domain}/daily`, domain]);
        const push = await deploy(() => new AuthenticatedPush("c", { target: orders() }), { config });
        const { pushEndpoint, oidcToken: token } = push.find("Subscription", "c")["pushConfig"] as {
            pushEndpoint: string;
            oidcToken: { audience: string };
        };
        assert.deepEqual([pushEndpoint, token.audience], [domain, domain]);
        const front = await deploy(() => service("front", { invokes: { orders: orders() }, ...off }), { config });
        const { template } = front.find("Service", "front") as { template: { containers: { envs: object[] }[] } };
        assert.deepEqual(template.containers[0]?.envs, [
            { name: "ORDERS_URL", value: domain },
            { name: "ORDERS_AUDIENCE", value: domain },
        ]);
    });

    it("a target in another project and region gets its grant there, for the caller in this project", async () => {
        const target = () => service("t", { project: "other", location: "us-central1", ingress: Ingress.All, ...off });
        const deployed = await deploy(() => caller({ t: target() }), { config });
        const { project, location: region, member } = deployed.find("ServiceIamMember", "fulfil-t");
        assert.deepEqual([project, region], ["other", "us-central1"]);
        assert.match(String(member), /@demo\.iam\.gserviceaccount\.com$/);
    });

    it("a dead letter topic that exists already gets its grant in its own project, and retries are as configured", async () => {
        const topic = "projects/other/topics/lost";
        const retry = { minimumBackoff: "20s", maximumBackoff: "60s" };
        const deployed = await deploy(
            () =>
                new AuthenticatedPush("c", {
                    ...{ target: service("t"), retry, ackDeadlineSeconds: 30, filter: 'attributes.kind = "x"' },
                    deadLetter: { topic, maxDeliveryAttempts: 7 },
                }),
            { config },
        );
        const found = deployed.find("Subscription", "c");
        assert.deepEqual(found["deadLetterPolicy"], { deadLetterTopic: topic, maxDeliveryAttempts: 7 });
        assert.deepEqual(
            [found["retryPolicy"], found["ackDeadlineSeconds"], found["filter"]],
            [retry, 30, 'attributes.kind = "x"'],
        );
        const { topic: name, project } = deployed.find("TopicIAMMember", "c-dead-letters");
        assert.deepEqual([name, project], ["lost", "other"]);
    });
});

describe("what Google can update", () => {
    it("is not replaced", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const stateDirectory = mkdtempSync(path.join(tmpdir(), "options-"));
        try {
            const program = (now: boolean) => () => {
                const labels = { stage: now ? "new" : "old" };
                const orders = new InvokableService("orders", {
                    ...{ location, image: now ? "x/orders:2" : "x/orders:1", labels, env: { LEVEL: String(now) } },
                    ...{
                        ingress: now ? Ingress.All : Ingress.Internal,
                        maxInstances: now ? 2 : 1,
                        memory: now ? "1Gi" : "512Mi",
                    },
                    ...(now && { customAudiences: ["https://orders.example.com"] }),
                    ...off,
                });
                const flow = {
                    ...{ location, labels, targets: { orders }, description: String(now), env: { LEVEL: String(now) } },
                    ...{ callLogLevel: now ? CallLogLevel.All : CallLogLevel.None, ...off },
                };
                new AuthenticatedWorkflow("fulfil", { ...flow, source: getting(variable("ORDERS_URL")) });
                new AuthenticatedSchedule("job", {
                    ...{
                        location,
                        schedule: now ? "0 7 * * *" : "0 6 * * *",
                        timeZone: now ? "Europe/Berlin" : "Etc/UTC",
                    },
                    ...{ target: orders, path: now ? "/b" : "/a", retries: now ? 2 : 1, body: String(now), ...off },
                });
                new AuthenticatedQueue("queue", {
                    ...{
                        location,
                        target: orders,
                        path: now ? "/b" : "/a",
                        retry: { maxAttempts: now ? 4 : 3 },
                        ...off,
                    },
                    maxDispatchesPerSecond: now ? 6 : 5,
                });
                new AuthenticatedPush("push", {
                    ...{ target: orders, labels, path: now ? "/b" : "/a", ackDeadlineSeconds: now ? 30 : 20, ...off },
                    retry: { minimumBackoff: now ? "20s" : "10s" },
                });
                return Promise.resolve({});
            };
            const opened = (now: boolean) =>
                openStack({
                    ...{ program: program(now), config: { ...config, "gcp-invoke:smoke": "off" }, stateDirectory },
                    request: (method, url, body, headers) =>
                        sandbox.request(method, url, { body, ...(headers && { headers }) }),
                });
            const first = await (await opened(false)).up();
            assert.equal(first.result, "succeeded", first.diagnostics.map(({ message }) => message).join("\n"));
            const second = await (await opened(true)).up();
            assert.equal(second.result, "succeeded", second.diagnostics.map(({ message }) => message).join("\n"));
            assert.deepEqual(Object.keys(second.changes).sort(), ["same", "update"]);
            // Service, workflow, job, queue, subscription and its topic.
            assert.equal(second.changes.update, 6);
        } finally {
            rmSync(stateDirectory, { recursive: true, force: true });
        }
    });
});
