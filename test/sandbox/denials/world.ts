import { request } from "node:http";
import { Sandbox } from "../../../sandbox";
import type { Origin, Principal } from "../../../sandbox/cloud";

export type Account = Principal & { kind: "serviceAccount" };
export const location = "projects/demo/locations/europe-west1";
export const image = { containers: [{ image: "example/any:1" }] };

/** One sandbox for a whole table; each row makes accounts and services of its own. */
export class World {
    private made = 0;
    private constructor(readonly sandbox: Sandbox) {}

    static async start(): Promise<World> {
        const world = new World(await Sandbox.start({ project: "demo", projectNumber: "100000000001" }));
        // Not even an owner may deny: the role is apart.
        const { bindings = [], ...policy } = world.cloud.iam.getPolicy(world.project);
        const denyAdmin = { role: "roles/iam.denyAdmin", members: ["user:owner@example.com"] };
        world.cloud.iam.setPolicy(world.project, { ...policy, bindings: [...bindings, denyAdmin] });
        return world;
    }

    get cloud() {
        return this.sandbox.cloud;
    }

    /** The status, whatever it is. */
    async status(method: string, url: string, body?: unknown, as?: Account): Promise<number> {
        const principal = as && `serviceAccount:${as.email}`;
        return (await this.sandbox.request(method, url, { body, ...(principal && { principal }) })).status;
    }

    /** The body, as the owner. */
    async call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await this.sandbox.request(method, url, { body });
        if (answer.status !== 200) {
            throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    }

    fresh(prefix: string): string {
        return `${prefix}-${++this.made}`;
    }

    async account(id = this.fresh("account")): Promise<Account> {
        const url = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        const { email, uniqueId } = await this.call("POST", url, { accountId: id });
        return { kind: "serviceAccount", email: String(email), uniqueId: String(uniqueId) };
    }

    async service(more: object = {}): Promise<{ name: string; url: string; resource: string }> {
        const id = this.fresh("service");
        const services = `https://run.googleapis.com/v2/${location}/services`;
        await this.call("POST", `${services}?serviceId=${id}`, { template: image, ...more });
        const url = String((await this.call("GET", `${services}/${id}`)).uri);
        const name = `${location}/services/${id}`;
        return { name, url, resource: `//run.googleapis.com/${name}` };
    }

    /** Gives roles on a resource, beside those that are there. */
    grant(resource: string, role: string, account: Account, condition?: { title: string; expression: string }): void {
        const { bindings = [], etag } = this.cloud.iam.getPolicy(resource);
        const binding = { role, members: [`serviceAccount:${account.email}`], ...(condition && { condition }) };
        const policy = { version: 3, bindings: [...bindings, binding], ...(etag !== undefined && { etag }) };
        this.cloud.iam.setPolicy(resource, policy);
    }

    onAccount({ email }: Account): string {
        return `//iam.googleapis.com/projects/demo/serviceAccounts/${email}`;
    }

    readonly project = "//cloudresourcemanager.googleapis.com/projects/demo";

    /** Knocks at a front door by the sandbox's network, which takes addresses in plain form. */
    knock(url: string, authorization?: string | string[], origin: Origin = { kind: "outside" }): Promise<number> {
        const { hostname, port, username, password } = new URL(this.sandbox.network.proxyFor(origin));
        const credentials = Buffer.from(`${username}:${password}`).toString("base64");
        const headers: Record<string, string | string[]> = {
            ...(authorization !== undefined && { authorization }),
            ...(username !== "" && { "proxy-authorization": `Basic ${credentials}` }),
        };
        const path = url.replace("https:", "http:");
        return new Promise((resolve, reject) => {
            const outgoing = request({ hostname, port, path, headers, agent: false }, (incoming) => {
                incoming.resume();
                resolve(incoming.statusCode ?? 0);
            });
            outgoing.on("error", reject);
            outgoing.end();
        });
    }

    /** Takes the role of a service's agent away, does something, and gives it back. */
    async withoutAgent<T>(role: string, work: () => Promise<T>): Promise<T> {
        const policy = this.cloud.iam.getPolicy(this.project);
        const bindings = (policy.bindings ?? []).filter((binding) => binding.role !== role);
        this.cloud.iam.setPolicy(this.project, { ...policy, bindings });
        try {
            return await work();
        } finally {
            const { etag = "" } = this.cloud.iam.getPolicy(this.project);
            this.cloud.iam.setPolicy(this.project, { ...policy, etag });
        }
    }

    /** What a sender did goes on by itself: waits until there is something to see. */
    async until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
        for (;;) {
            const found = await look();
            if (found !== undefined) {
                return found;
            }
            await new Promise((resolve) => setTimeout(resolve, 2));
        }
    }

    /** The latest decision on who may invoke a service. */
    decided(resource: string): boolean | undefined {
        return this.cloud.decisions
            .list()
            .findLast((decision) => decision.resource === resource && decision.permission === "run.routes.invoke")
            ?.allowed;
    }

    close(): Promise<void> {
        return this.sandbox.close();
    }
}
