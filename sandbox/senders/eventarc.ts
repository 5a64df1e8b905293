import { defined } from "../../common";
import { randomUUID } from "node:crypto";
import { functions, serviceBeneath, triggers, type Trigger, type RunService, workflowResources } from "../apis";
import type { Cloud, CloudEvent } from "../cloud";
import { accountPrincipal, findAccount, projectResource } from "../iam";
import { succeeded, type Deliverer } from "./delivery";
import { backoff } from "./retry";
import type { Executions } from "./workflows";

/** The destination of an event and the account of its delivery: a trigger's, or a function's own. */
export type Receiver = Pick<Trigger, "name" | "serviceAccount" | "destination">;

/** Attributes of a CloudEvent: those that every one has, and those of its kind. */
export type EventAttributes = Record<"id" | "source" | "type" | "time", string> & Record<string, string>;

const BACKOFF = { minBackoff: "10s", maxBackoff: "600s" };
const HOUR = 3_600_000;
/** https://cloud.google.com/eventarc/docs/retry-events */
const LONGEST_RETRY = 24 * HOUR;

/** Delivers events to the triggers that ask for them: what happens to objects in storage, and what the audit log has. */
export class Eventarc {
    constructor(
        private readonly cloud: Cloud,
        private readonly deliverer: Deliverer,
        private readonly executions: Executions,
    ) {
        cloud.signals.on((signal) => {
            if (signal.kind === "event") {
                this.deliverToAll(signal.event);
            }
        });
    }

    /** Delivers one event once. @returns whether it was taken */
    async deliver(receiver: Receiver, attributes: EventAttributes, data: object, timeout: number): Promise<boolean> {
        const { cloud } = this;
        const { cloudRun, cloudFunction, workflow } = receiver.destination ?? {};
        const account = receiver.serviceAccount?.replace(/^.*\//, "");
        const event = { specversion: "1.0", ...attributes };
        if (workflow !== undefined) {
            return this.execute(workflow, account, { ...event, data });
        }
        const [, project = "", , location = ""] = receiver.name.split("/");
        const name =
            cloudFunction === undefined
                ? `projects/${project}/locations/${cloudRun?.region ?? location}/services/${cloudRun?.service ?? ""}`
                : serviceBeneath(cloudFunction);
        const service = cloud.store.get("run.services", name) as RunService | undefined;
        if (!service?.uri) {
            return false;
        }
        const outcome = await this.deliverer.deliver({
            project,
            service: "eventarc",
            agent: "gcp-sa-eventarc",
            target: {
                url: `${service.uri}${cloudRun?.path ?? "/"}`,
                httpMethod: "POST",
                body: Buffer.from(JSON.stringify(data)).toString("base64"),
                ...(account === undefined
                    ? {}
                    : { oidcToken: { serviceAccountEmail: account, audience: service.uri } }),
            },
            headers: {
                "content-type": "application/json",
                ...Object.fromEntries(Object.entries(event).map(([key, value]) => [`ce-${key}`, value])),
            },
            timeoutMilliseconds: timeout,
        });
        return succeeded(outcome);
    }

    private deliverToAll(event: CloudEvent): void {
        for (const receiver of this.receivers(event)) {
            void this.send(receiver, event);
        }
    }

    /** The triggers whose filters all match. A pattern in a filter is compared as a text, so that it never matches. */
    private receivers({ project, type, attributes }: CloudEvent): Receiver[] {
        const { store } = this.cloud;
        const known: Record<string, string> = { ...attributes, type };
        const holds = (filters: Trigger["eventFilters"] = []): boolean =>
            filters.every(({ attribute = "", value }) => known[attribute] === value);
        const own = store.list(triggers.collection, `projects/${project}/`).map(([, value]) => value as Trigger);
        return own.filter(({ eventFilters, transport }) => !transport && holds(eventFilters));
    }

    /** Whether an event that was not taken comes again: a function of the second generation says so itself. */
    retries({ destination }: Receiver): boolean {
        const name = destination?.cloudFunction;
        const found = name === undefined ? undefined : functions.find(this.cloud, name);
        return found?.eventTrigger === undefined || found.eventTrigger.retryPolicy === "RETRY_POLICY_RETRY";
    }

    private async send(
        receiver: Receiver,
        { project, type, attributes, source, subject, data }: CloudEvent,
    ): Promise<void> {
        const { clock } = this.cloud;
        const begun = clock.now();
        const event: EventAttributes = {
            id: randomUUID(),
            source,
            type,
            time: new Date(begun).toISOString(),
            ...defined({ subject }),
            ...attributes,
        };
        for (let attempt = 1; clock.now() - begun < LONGEST_RETRY && !this.deliverer.closed; attempt++) {
            if (this.canReceive(project, receiver) && (await this.deliver(receiver, event, data, 600_000))) {
                return;
            }
            if (!this.retries(receiver)) {
                return;
            }
            await clock.sleep(backoff(BACKOFF, attempt));
        }
    }

    /** A trigger's account needs the permission to receive events. https://cloud.google.com/eventarc/docs/roles-permissions */
    private canReceive(project: string, { serviceAccount = "" }: Receiver): boolean {
        const account = findAccount(this.cloud.store, serviceAccount.replace(/^.*\//, ""));
        if (!account) {
            return false;
        }
        return this.cloud.iam.check({
            principal: accountPrincipal(account),
            permission: "eventarc.events.receiveEvent",
            resource: projectResource(project),
            resourceType: "cloudresourcemanager.googleapis.com/Project",
            request: "an event of Eventarc",
        }).allowed;
    }

    private execute(name: string, email: string | undefined, event: object): Promise<boolean> {
        const { cloud } = this;
        const workflow = workflowResources.find(cloud, name);
        const account = email === undefined ? undefined : findAccount(cloud.store, email);
        if (!workflow || !account) {
            return Promise.resolve(false);
        }
        const decision = cloud.iam.check({
            principal: accountPrincipal(account),
            permission: "workflows.executions.create",
            resource: `//workflows.googleapis.com/${name}`,
            resourceType: "workflows.googleapis.com/Workflow",
            request: "an event of Eventarc",
        });
        if (decision.allowed) {
            this.executions.start(workflow, { argument: JSON.stringify(event) });
        }
        return Promise.resolve(decision.allowed);
    }
}
