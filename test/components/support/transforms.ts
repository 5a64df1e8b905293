import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedTrigger,
    AuthenticatedWorkerPool,
    AuthenticatedWorkflow,
    Ingress,
    InvokableAgent,
    InvokableBackend,
    InvokableFunction,
    InvokableGateway,
    InvokableJob,
    InvokableMcpServer,
    InvokableService,
} from "../../../index";
import { getting, image, location, service, variable } from "./programs";

export const off = { smokeCheck: { enabled: false } };
const vpc = { subnetwork: "default" };
const common = { location, env: { LEVEL: "info" }, vpc, ...off };
export const run = { ...common, image, secrets: { KEY: { secret: "key" } } };
export const open = () => service("t", { ingress: Ingress.All, ...off });

/** The tests also return what the types forbid. */
export type Break = (args: object) => undefined;

/** Each component that takes a transform, with everything that a transform may not change. */
export const components: Record<
    string,
    { type: string; word: string; free?: string; make: (change: Break) => unknown }
> = {
    service: {
        ...{ type: "Service", word: "service" },
        make: (change) =>
            new InvokableService(
                "c",
                { ...run, invokes: { t: open() }, customAudiences: ["https://a.example.com"] },
                { transform: { service: change } },
            ),
    },
    mcpServer: {
        ...{ type: "Service", word: "service" },
        make: (change) =>
            new InvokableMcpServer(
                "c",
                { ...run, invokes: { t: open() }, customAudiences: ["https://a.example.com"] },
                { transform: { service: change } },
            ),
    },
    agent: {
        ...{ type: "Service", word: "service" },
        make: (change) =>
            new InvokableAgent(
                "c",
                { ...run, invokes: { t: open() }, customAudiences: ["https://a.example.com"], publicCard: false },
                { transform: { service: change } },
            ),
    },
    job: {
        ...{ type: "Job", word: "job", free: "client" },
        make: (change) => new InvokableJob("c", { ...run, invokes: { t: open() } }, { transform: { job: change } }),
    },
    workerPool: {
        ...{ type: "WorkerPool", word: "workerPool", free: "client" },
        make: (change) =>
            new AuthenticatedWorkerPool("c", { ...run, invokes: { t: open() } }, { transform: { workerPool: change } }),
    },
    trigger: {
        ...{ type: "Trigger", word: "trigger", free: "eventDataContentType" },
        make: (change) =>
            new AuthenticatedTrigger(
                "c",
                {
                    ...{ location, target: open(), topic: "projects/demo/topics/t", ...off },
                    eventType: "google.cloud.pubsub.topic.v1.messagePublished",
                },
                { transform: { trigger: change } },
            ),
    },
    backend: {
        ...{ type: "Service", word: "service" },
        make: (change) =>
            new InvokableBackend(
                "c",
                { ...run, invokes: { t: open() }, iapClientId: "1-a.apps.googleusercontent.com" },
                { transform: { service: change } },
            ),
    },
    gateway: {
        ...{ type: "Gateway", word: "gateway", free: "displayName" },
        make: (change) =>
            new InvokableGateway(
                "c",
                { location, backends: { t: open() }, ...off },
                { transform: { gateway: change } },
            ),
    },
    function: {
        ...{ type: "Function", word: "function" },
        make: (change) =>
            new InvokableFunction(
                "c",
                {
                    ...{ ...common, secrets: run.secrets, invokes: { t: open() } },
                    ...{ source: __dirname, runtime: "nodejs22", entryPoint: "x" },
                },
                { transform: { function: change } },
            ),
    },
    workflow: {
        ...{ type: "Workflow", word: "workflow" },
        make: (change) =>
            new AuthenticatedWorkflow(
                "c",
                { location, source: getting(variable("T_URL")), targets: { t: open() }, env: common.env, ...off },
                { transform: { workflow: change } },
            ),
    },
    schedule: {
        ...{ type: "Job", word: "job" },
        make: (change) =>
            new AuthenticatedSchedule(
                "c",
                { location, schedule: "0 6 * * *", target: open(), ...off },
                { transform: { job: change } },
            ),
    },
    queue: {
        ...{ type: "Queue", word: "queue", free: "desiredState" },
        make: (change) =>
            new AuthenticatedQueue("c", { location, target: open(), ...off }, { transform: { queue: change } }),
    },
    push: {
        ...{ type: "Subscription", word: "subscription", free: "filter" },
        make: (change) =>
            new AuthenticatedPush(
                "c",
                { target: open(), deadLetter: {}, ...off },
                { transform: { subscription: change } },
            ),
    },
};
