import { randomUUID } from "node:crypto";
import { HostError, type Callback, type CallbackRequest, type Host, type HttpCall } from "../../workflow";
import { writeLog } from "../apis/logging";
import type { Workflow } from "../apis/workflows";
import type { Cloud } from "../cloud";
import { cloudPlatform } from "../tokens";
import { mintAs, MintError } from "./mint";
import { SendError, type Sender } from "./send";

/** What one execution needs beside the cloud. */
export interface HostParts {
    workflow: Workflow;
    /** `projects/P/locations/L/workflows/W/executions/E`. */
    execution: string;
    /** Undefined while the sandbox has no network. */
    sender: Sender | undefined;
    callbacks: Callbacks;
}

/** The world of an execution in the sandbox: its clock, its network, and tokens of the workflow's own account. */
export function createWorkflowHost(cloud: Cloud, { workflow, execution, sender, callbacks }: HostParts): Host {
    const [, project = ""] = workflow.name.split("/");
    const email = workflow.serviceAccount.replace(/^.*\//, "");

    function authorization({ auth, connector }: HttpCall): string | undefined {
        const wanted =
            auth ?? (connector === undefined ? undefined : { type: "OAuth2" as const, scopes: [cloudPlatform] });
        if (!wanted) return undefined;
        const credential =
            wanted.type === "OIDC"
                ? { kind: "id" as const, audience: wanted.audience }
                : { kind: "access" as const, scopes: wanted.scopes };
        return `Bearer ${mintAs(cloud, project, "gcp-sa-workflows", email, credential)}`;
    }

    return {
        now: () => cloud.clock.now(),
        sleep: (milliseconds, signal) => cloud.clock.sleep(milliseconds, signal),
        uuid: () => randomUUID(),
        async http(call, signal) {
            const { host } = new URL(call.url);
            if (!sender || !cloud.hosts.find(host)) {
                cloud.hosts.recordRefused(host);
                throw new HostError(
                    "ConnectionError",
                    `the sandbox does not serve ${host}, and lets nothing out; declare the host in sandbox.yaml under hosts`,
                );
            }
            try {
                const bearer = authorization(call);
                const answer = await sender.send(
                    {
                        method: call.method,
                        url: call.url,
                        headers: {
                            "user-agent": "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)",
                            ...call.headers,
                            ...(bearer === undefined ? {} : { authorization: bearer }),
                        },
                        ...(call.body ? { body: call.body } : {}),
                        timeoutMilliseconds: call.timeoutSeconds * 1000,
                    },
                    signal,
                );
                return { status: answer.status, headers: answer.headers, body: answer.body };
            } catch (error) {
                if (error instanceof MintError) throw new HostError("AuthError", error.message);
                if (error instanceof SendError)
                    throw new HostError(error.kind === "timeout" ? "TimeoutError" : "ConnectionError", error.message);
                throw error;
            }
        },
        log({ severity, payload, step, routine }) {
            writeLog(cloud, [
                {
                    logName: `projects/${project}/logs/workflows.googleapis.com%2Fexecutions`,
                    severity,
                    resource: { type: "workflows.googleapis.com/Workflow", labels: { workflow_id: workflow.name } },
                    labels: { "workflows.googleapis.com/execution_id": execution, step, routine },
                    ...("text" in payload ? { textPayload: payload.text } : { jsonPayload: payload.json }),
                },
            ]);
        },
        createCallback: (method) => Promise.resolve(callbacks.create(execution, method)),
    };
}

interface Endpoint {
    method: string;
    queue: CallbackRequest[];
    waiting: ((request: CallbackRequest) => void)[];
}

/** The endpoints that executions wait at. In memory: they end with their execution. */
export class Callbacks {
    private readonly endpoints = new Map<string, Endpoint>();

    constructor(private readonly cloud: Cloud) {}

    create(execution: string, method: string): Callback {
        const name = `${execution}/callbacks/${randomUUID()}`;
        const endpoint: Endpoint = { method, queue: [], waiting: [] };
        this.endpoints.set(name, endpoint);
        return {
            url: `https://workflowexecutions.googleapis.com/v1/${name}`,
            next: (timeout, signal) => this.next(endpoint, timeout, signal),
        };
    }

    /** @returns false where nobody waits at such an endpoint, or not with this method */
    deliver(name: string, request: CallbackRequest): boolean {
        const endpoint = this.endpoints.get(name);
        if (endpoint?.method !== request.method) return false;
        const waiter = endpoint.waiting.shift();
        if (waiter) waiter(request);
        else endpoint.queue.push(request);
        return true;
    }

    list(execution: string): { name: string; method: string }[] {
        return [...this.endpoints]
            .filter(([name]) => name.startsWith(`${execution}/`))
            .map(([name, { method }]) => ({ name, method }));
    }

    /** Forgets the endpoints of an execution that has ended. */
    end(execution: string): void {
        for (const { name } of this.list(execution)) this.endpoints.delete(name);
    }

    private async next(endpoint: Endpoint, timeout: number, signal: AbortSignal): Promise<CallbackRequest> {
        const ready = endpoint.queue.shift();
        if (ready) return ready;
        const late = new AbortController();
        let take: ((request: CallbackRequest) => void) | undefined;
        const arrived = new Promise<CallbackRequest>((resolve) => {
            take = resolve;
            endpoint.waiting.push(resolve);
        });
        const over = this.cloud.clock.sleep(timeout, AbortSignal.any([signal, late.signal])).then((): never => {
            throw new HostError("TimeoutError", `no request arrived at the callback within ${timeout / 1000} s`);
        });
        try {
            return await Promise.race([arrived, over]);
        } finally {
            endpoint.waiting = endpoint.waiting.filter((waiting) => waiting !== take);
            late.abort();
            over.catch(() => undefined);
        }
    }
}
