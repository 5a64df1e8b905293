import { randomUUID } from "node:crypto";
import { HostError, type Callback, type CallbackRequest } from "../../../workflow";
import type { CallbackEntry } from "../../apis";
import type { Cloud } from "../../cloud";

interface Endpoint {
    method: string;
    queue: CallbackRequest[];
    waiting: ((request: CallbackRequest) => void)[];
}

/** The endpoints at which executions wait. They are kept in memory, because they end with their execution. */
export class Callbacks {
    private readonly executions = new Map<string, Map<string, Endpoint>>();

    constructor(private readonly cloud: Cloud) {}

    create(execution: string, method: string): Callback {
        const name = `${execution}/callbacks/${randomUUID()}`;
        const endpoint: Endpoint = { method, queue: [], waiting: [] };
        const endpoints = this.executions.get(execution) ?? new Map<string, Endpoint>();
        this.executions.set(execution, endpoints.set(name, endpoint));
        return {
            url: `https://workflowexecutions.googleapis.com/v1/${name}`,
            next: (timeout, signal) => this.next(endpoint, timeout, signal),
        };
    }

    /** @returns false if no execution waits at such an endpoint with this method */
    deliver(name: string, request: CallbackRequest): boolean {
        const endpoint = this.executions.get(name.replace(/\/callbacks\/.*$/, ""))?.get(name);
        if (endpoint?.method !== request.method) {
            return false;
        }
        const waiter = endpoint.waiting.shift();
        if (waiter) {
            waiter(request);
        } else {
            endpoint.queue.push(request);
        }
        return true;
    }

    list(execution: string): CallbackEntry[] {
        return [...(this.executions.get(execution) ?? [])].map(([name, { method, waiting, queue }]) => ({
            name,
            method,
            waiters: String(waiting.length),
            availablePayloads: queue.map(({ body }) => (typeof body === "string" ? body : "")),
        }));
    }

    /** Forgets the endpoints of an execution that has ended. */
    end(execution: string): void {
        this.executions.delete(execution);
    }

    private async next(endpoint: Endpoint, timeout: number, signal: AbortSignal): Promise<CallbackRequest> {
        const ready = endpoint.queue.shift();
        if (ready) {
            return ready;
        }
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
