import { Sandbox } from "../../../sandbox";
import type { Decision } from "../../../sandbox/cloud";
import { answers, arrived, record } from "../../support/recorder";

export { answers, arrived, type Arrived } from "../../support/recorder";
export const location = "projects/demo/locations/europe-west1";
/** The account that senders show tokens of, which may invoke the service. */
export const email = "caller@demo.iam.gserviceaccount.com";
export const hour = 3_600_000;

/** A sandbox with a service that only senders reach. */
export class Scene {
    private constructor(readonly sandbox: Sandbox) {}

    static async start(): Promise<Scene> {
        arrived.length = 0;
        answers.length = 0;
        const scene = new Scene(await Sandbox.start({ project: "demo" }));
        record(scene.sandbox);
        await scene.call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            accountId: "caller",
        });
        const services = `https://run.googleapis.com/v2/${location}/services`;
        const template = { containers: [{ image: "example/orders:1" }] };
        const ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY";
        await scene.call("POST", `${services}?serviceId=orders`, { template, ingress });
        scene.url = String((await scene.call("GET", `${services}/orders`)).uri);
        await scene.grant(`serviceAccount:${email}`);
        return scene;
    }

    /** The service's address. */
    url = "";

    /** The body of an answer, as the owner. */
    async call(method: string, to: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await this.sandbox.request(method, to, { body });
        if (answer.status !== 200) {
            throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    }

    /** Lets these invoke the service, and nobody else. */
    grant(...members: string[]): Promise<unknown> {
        return this.call("POST", `https://run.googleapis.com/v2/${location}/services/orders:setIamPolicy`, {
            policy: { bindings: members.length === 0 ? [] : [{ role: "roles/run.invoker", members }] },
        });
    }

    /** Adds to the project's policy. */
    grantOnProject(role: string, member: string): void {
        const { iam } = this.sandbox.cloud;
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const policy = iam.getPolicy(project);
        iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), { role, members: [member] }] });
    }

    /** Takes a role from everybody in the project's policy. */
    revokeOnProject(role: string): void {
        const { iam } = this.sandbox.cloud;
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const { bindings = [], ...policy } = iam.getPolicy(project);
        iam.setPolicy(project, { ...policy, bindings: bindings.filter((binding) => binding.role !== role) });
    }

    /** Lets Cloud Storage's agent publish its events. */
    async letStoragePublish(): Promise<void> {
        const url = "https://storage.googleapis.com/storage/v1/projects/demo/serviceAccount";
        const { email_address: agent } = await this.call("GET", url);
        this.grantOnProject("roles/pubsub.publisher", `serviceAccount:${String(agent)}`);
    }

    takeAgentsRoles(): void {
        this.sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            bindings: [{ role: "roles/owner", members: ["user:owner@example.com"] }],
        });
    }

    denials(): Decision[] {
        return this.sandbox.cloud.decisions.list().filter(({ allowed }) => !allowed);
    }

    async close(): Promise<void> {
        await this.sandbox.close();
    }
}

/** Waits until something holds: what senders do goes on by itself. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) {
        await new Promise((resolve) => setTimeout(resolve, 2));
    }
}
