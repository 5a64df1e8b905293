import { jobs } from "../../../sandbox/apis/timers/cloudscheduler";
import { tasks } from "../../../sandbox/apis/timers/tasks";
import { location, type World } from "./world";

/** What a sender says of a request that it could not make, and of one that it made. */
export interface SenderRow {
    what: string;
    /** Of its agent. */
    role: string;
    /** What is there to see once it has tried. */
    send: (world: World) => Promise<unknown>;
    failure: unknown;
    success: unknown;
}

/** A service that only internal senders reach, and an account that may invoke it. */
async function receiver(world: World): Promise<{ url: string; resource: string; id: string; email: string }> {
    const account = await world.account();
    const { url, resource, name } = await world.service({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
    world.grant(resource, "roles/run.invoker", account);
    return { url, resource, id: name.split("/").at(-1) ?? "", email: account.email };
}

/** Whether a token was minted as an account, or refused. */
const minted = (world: World, email: string): Promise<boolean> =>
    world
        .until(() =>
            world.cloud.decisions.list().findLast(({ permission, resource }) => {
                return permission.startsWith("iam.serviceAccounts.get") && resource.endsWith(email);
            }),
        )
        .then(({ allowed }) => allowed);

async function published(world: World, topic: string): Promise<void> {
    await world.call("POST", `https://pubsub.googleapis.com/v1/${topic}:publish`, { messages: [{ data: "aGk=" }] });
}

export const senderRows: SenderRow[] = [
    {
        what: "Scheduler tells code 16 in the job's status",
        role: "roles/cloudscheduler.serviceAgent",
        failure: 16,
        success: undefined,
        async send(world) {
            const { url, email } = await receiver(world);
            const name = `${location}/jobs/${world.fresh("job")}`;
            const api = "https://cloudscheduler.googleapis.com/v1";
            const oidcToken = { serviceAccountEmail: email, audience: url };
            const job = { name, schedule: "0 0 1 1 *", httpTarget: { uri: url, oidcToken } };
            await world.call("POST", `${api}/${location}/jobs`, job);
            await world.call("POST", `${api}/${name}:run`, {});
            const status = await world.until(() => {
                const found = jobs.find(world.cloud, name);
                return found?.lastAttemptTime === undefined ? undefined : found.status;
            });
            return status.code;
        },
    },
    {
        what: "Tasks keeps the task with code 16 of its last attempt",
        role: "roles/cloudtasks.serviceAgent",
        failure: 16,
        success: "taken",
        async send(world) {
            const { url, email } = await receiver(world);
            const queue = `${location}/queues/${world.fresh("queue")}`;
            const api = "https://cloudtasks.googleapis.com/v2";
            const retryConfig = { minBackoff: "3600s", maxBackoff: "3600s" };
            await world.call("POST", `${api}/${location}/queues`, { name: queue, retryConfig });
            const httpRequest = { url, oidcToken: { serviceAccountEmail: email, audience: url } };
            const { name } = await world.call("POST", `${api}/${queue}/tasks`, { task: { httpRequest } });
            return world.until(() => {
                const task = tasks.find(world.cloud, String(name));
                if (!task) {
                    return "taken";
                }
                return task.lastAttempt?.responseStatus?.code;
            });
        },
    },
    {
        what: "Pub/Sub pushes nothing",
        role: "roles/pubsub.serviceAgent",
        failure: [false, undefined],
        success: [true, true],
        async send(world) {
            const { url, email, resource } = await receiver(world);
            const topic = `projects/demo/topics/${world.fresh("topic")}`;
            await world.call("PUT", `https://pubsub.googleapis.com/v1/${topic}`, {});
            const pushConfig = { pushEndpoint: url, oidcToken: { serviceAccountEmail: email, audience: url } };
            const subscription = `projects/demo/subscriptions/${world.fresh("push")}`;
            await world.call("PUT", `https://pubsub.googleapis.com/v1/${subscription}`, { topic, pushConfig });
            await published(world, topic);
            const token = await minted(world, email);
            return [token, token ? await world.until(() => world.decided(resource)) : world.decided(resource)];
        },
    },
    {
        what: "Eventarc delivers nothing",
        role: "roles/eventarc.serviceAgent",
        failure: [false, undefined],
        success: [true, true],
        async send(world) {
            const { id, email, resource } = await receiver(world);
            const trigger = world.fresh("trigger");
            await world.call("POST", `https://eventarc.googleapis.com/v1/${location}/triggers?triggerId=${trigger}`, {
                name: `${location}/triggers/${trigger}`,
                eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
                destination: { cloudRun: { service: id, region: "europe-west1" } },
                serviceAccount: email,
            });
            await published(world, `projects/demo/topics/eventarc-europe-west1-${trigger}`);
            const token = await minted(world, email);
            return [token, token ? await world.until(() => world.decided(resource)) : world.decided(resource)];
        },
    },
    {
        what: "an execution of Workflows fails with an error of its authentication",
        role: "roles/workflows.serviceAgent",
        failure: ["FAILED", true],
        success: ["SUCCEEDED", false],
        async send(world) {
            const { url, email } = await receiver(world);
            const id = world.fresh("workflow");
            const sourceContents = `main:\n  steps:\n    - get:\n        call: http.get\n        args:\n          url: ${url}\n          auth:\n            type: OIDC\n            audience: ${url}\n`;
            const body = { sourceContents, serviceAccount: email };
            await world.call(
                "POST",
                `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=${id}`,
                body,
            );
            const api = "https://workflowexecutions.googleapis.com/v1";
            const { name } = await world.call("POST", `${api}/${location}/workflows/${id}/executions`, {});
            const ended = await world.until(async () => {
                const execution = await world.call("GET", `${api}/${String(name)}`);
                return execution.state === "ACTIVE" ? undefined : execution;
            });
            return [ended.state, JSON.stringify(ended.error ?? "").includes("AuthError")];
        },
    },
];
