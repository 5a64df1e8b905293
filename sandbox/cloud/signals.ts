/** An event that a sender acts on. Names are relative resource names; the store has the resources themselves. */
export type Signal =
    /** A Scheduler job was made, changed or deleted; `now`: it is to run at once, whatever its schedule. */
    | { kind: "job"; name: string; now?: boolean }
    /** A Tasks queue was made, changed, paused, resumed or deleted. */
    | { kind: "queue"; name: string }
    /** A task was made or deleted; `now`: it is to be sent at once. */
    | { kind: "task"; name: string; now?: boolean }
    /** A Pub/Sub subscription was made, changed or deleted, or has a new message waiting. */
    | { kind: "subscription"; name: string }
    /** A workflow was deleted. */
    | { kind: "workflow"; name: string }
    /** An Eventarc trigger was made, changed or deleted. */
    | { kind: "trigger"; name: string }
    /** Something happened that triggers of Eventarc can ask for. */
    | { kind: "event"; event: CloudEvent }
    /** A function of the first generation is to be called. The listener that calls it sets `answer`. */
    | {
          kind: "call";
          name: string;
          data: string;
          timeout: string | undefined;
          answer?: Promise<{ result: string } | { error: string }>;
      }
    /** A job of Cloud Run is to be executed. The listener that runs its tasks sets `taken`, and ends the operation. */
    | { kind: "job-execution"; name: string; operation: string; taken: boolean }
    /** A worker pool of Cloud Run was made, changed or deleted. */
    | { kind: "worker-pool"; name: string }
    /** A call that an audit log has was carried out, or refused for want of a permission. */
    | { kind: "audited"; audited: AuditedCall }
    /** Something was written to the log. */
    | { kind: "logged"; entries: readonly LogEntry[] };

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry */
export type LogEntry = Record<string, unknown> & { logName?: string; timestamp?: string; severity?: string };

/** The kind of the permission that a call needs. https://cloud.google.com/logging/docs/audit/configure-data-access */
export type AuditType = "ADMIN_WRITE" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ";

export interface AuditedCall {
    /** Whose log it is: `projects/demo`, `folders/123`. */
    container: string;
    type: AuditType;
    /** `run.googleapis.com`. */
    service: string;
    /** `google.cloud.run.v2.Services.CreateService`, `storage.buckets.create`. */
    method: string;
    resourceName: string;
    /** Milliseconds since 1970. */
    time: number;
    /** Who called, as policies name members; empty if nobody is known. */
    member: string;
    userAgent?: string;
    authorizationInfo: { permission?: string; resource: string; granted: boolean }[];
    /** Why it was refused. @default it was carried out */
    message?: string;
}

/** https://cloud.google.com/eventarc/docs/reference/supported-events */
export interface CloudEvent {
    /** The ID of the project that it happened in. */
    project: string;
    /** `google.cloud.storage.object.v1.finalized`. */
    type: string;
    /** The attributes beside the type by which triggers can filter: `bucket`; `serviceName`, `methodName`. */
    attributes: Record<string, string>;
    source: string;
    subject?: string;
    data: object;
}

/** What happens in a sandbox, for those that act on it: Eventarc, and sinks of logs. */
export interface Signals {
    emit(signal: Signal): void;
    /** @returns a function that removes the listener */
    on(listener: (signal: Signal) => void): () => void;
}

/** Carries signals from the admin APIs to the senders. Listeners are called in the order in which they were added. */
export function createSignals(): Signals {
    const listeners = new Set<(signal: Signal) => void>();
    return {
        emit(signal) {
            for (const listener of listeners) {
                listener(signal);
            }
        },
        on(listener) {
            listeners.add(listener);
            return () => void listeners.delete(listener);
        },
    };
}
