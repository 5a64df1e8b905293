import { createHttp, type Http } from "../../credentials";
import type { Sandbox } from "../../sandbox";
import { shortName } from "../../sandbox/apis/framework";
import type { Stack } from "../../engine";

type Resources = Stack["resources"];

/** A role that a stack gives to a member. */
export interface Given {
    role: string;
    member: string;
    /** What it is on, by its own name: `orders-1a2b3c4`. */
    on: string;
    /** The grant's name in the program. */
    name: string;
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

function ofType(resources: Resources, type: string): Resources {
    return resources.filter((resource) => resource.type.endsWith(`:${type}`));
}

/** Every grant of a stack. */
export function given({ resources }: Stack): Given[] {
    return resources
        .filter(({ type }) => /:\w*(IamMember|IAMMember)$/.test(type))
        .map(({ urn, id = "", outputs }) => ({
            role: text(outputs["role"]),
            member: text(outputs["member"]),
            on: shortName(id.split("/roles/")[0] ?? ""),
            name: urn.slice(urn.lastIndexOf("::") + 2),
        }));
}

/** Those grants by which nothing was allowed. */
export function idle(sandbox: Sandbox, since: number, grants: Given[]): Given[] {
    const reasons = sandbox.cloud.decisions
        .list()
        .filter(({ id, allowed }) => allowed && id > since)
        .map(({ reason }) => /^(\S+) is granted to (\S+) on \S+ (\S+)/.exec(reason));
    const keys = new Set(reasons.map((match) => match?.slice(1).join(" ")));
    return grants.filter(({ role, member, on }) => !keys.has(`${role} ${member} ${on}`));
}

/** What a stack's people, jobs and queues do: each schedule runs, each queue gets a task, each topic a message, and so on. */
export async function exercise(sandbox: Sandbox, { resources }: Stack): Promise<void> {
    const post = async (url: string, body: object, principal?: string): Promise<Record<string, unknown>> => {
        const answer = await sandbox.request("POST", url, { body, ...(principal !== undefined && { principal }) });
        if (answer.status !== 200) {
            throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    };
    const memberWith = (role: string): string[] =>
        resources.filter(({ outputs }) => outputs["role"] === role).map(({ outputs }) => text(outputs["member"]));
    for (const { id = "" } of resources.filter(({ type }) => type === "gcp:cloudrunv2/job:Job")) {
        await runJob(sandbox, id);
    }
    for (const { id = "" } of resources.filter(({ type }) => type === "gcp:cloudscheduler/job:Job")) {
        await post(`https://cloudscheduler.googleapis.com/v1/${id}:run`, {});
    }
    for (const { id = "" } of ofType(resources, "Workflow")) {
        await post(`https://workflowexecutions.googleapis.com/v1/${id}/executions`, {});
    }
    for (const { id = "" } of ofType(resources, "Queue")) {
        for (const member of memberWith("roles/cloudtasks.enqueuer")) {
            await post(
                `https://cloudtasks.googleapis.com/v2/${id}/tasks`,
                { task: { httpRequest: { url: "https://example.com/" } } },
                member,
            );
        }
    }
    for (const { outputs } of ofType(resources, "Subscription").filter((resource) => resource.outputs["pushConfig"])) {
        await post(`https://pubsub.googleapis.com/v1/${text(outputs["topic"])}:publish`, {
            messages: [{ data: "e30=" }],
        });
    }
    for (const { outputs } of ofType(resources, "Trigger")) {
        const { topic } = (outputs["transport"] as { pubsub: { topic: string } }).pubsub;
        await post(`https://pubsub.googleapis.com/v1/${topic}:publish`, { messages: [{ data: "e30=" }] });
    }
    // The process had the sandbox's proxy and authority set before it asks.
    const http = createHttp();
    for (const { outputs } of ofType(resources, "IAMMember")) {
        const member = text(outputs["member"]);
        if (outputs["serviceAccountId"] === undefined || !member.startsWith("serviceAccount:")) {
            continue;
        }
        await mintAndCall(http, post, text(outputs["serviceAccountId"]), member, resources);
    }
    await http.close();
}

/** Executes a job of Cloud Run, and waits until its tasks have ended well. */
async function runJob(sandbox: Sandbox, id: string): Promise<void> {
    const run = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> =>
        (await sandbox.request(method, `https://run.googleapis.com/v2/${path}`, { body })).body as Record<
            string,
            unknown
        >;
    let operation = await run("POST", `${id}:run`, {});
    while (operation["done"] !== true) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        operation = await run("GET", text(operation["name"]));
    }
    const ended = JSON.stringify(operation["response"]);
    if (!ended.includes("CONDITION_SUCCEEDED")) {
        const printed = sandbox.logs(shortName(id)).map((line) => line.text);
        throw new Error(`${id}: ${ended}\n${printed.join("\n")}`);
    }
}

/** Mints a token as another account and calls what that one may. */
async function mintAndCall(
    http: Http,
    post: (url: string, body: object, principal?: string) => Promise<Record<string, unknown>>,
    account: string,
    member: string,
    resources: Resources,
): Promise<void> {
    const email = shortName(account);
    const granted = resources
        .filter(
            ({ outputs: { role, member: who } }) => role === "roles/run.invoker" && who === `serviceAccount:${email}`,
        )
        .map(({ outputs }) => shortName(text(outputs["name"])));
    for (const { outputs } of ofType(resources, "Service").filter(
        (resource) => resource.outputs["uri"] !== undefined && granted.includes(text(resource.outputs["name"])),
    )) {
        const audience = text(outputs["uri"]);
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateIdToken`;
        const { token } = await post(url, { audience, includeEmail: true }, member);
        const { status } = await http.request({ url: audience, headers: { authorization: `Bearer ${String(token)}` } });
        if (status !== 200) {
            throw new Error(`${audience}: ${status}`);
        }
    }
}
