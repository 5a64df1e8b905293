import { type Host, type HttpCall, RecordingHost } from "../../../workflow";
import type { Execution, Workflow } from "../../apis";
import type { ExecutionRecord } from "./execution-record";

/** An execution that is recorded while it runs. */
interface Running {
    workflow: Workflow;
    env: Record<string, string>;
    startedAt: number;
    host: RecordingHost;
}

/** Records executions for listeners. Without a listener, nothing is recorded. */
export class Recorder {
    private readonly listeners: ((record: ExecutionRecord) => void)[] = [];
    private readonly running = new Map<string, Running>();
    private lastId = 0;

    on(listener: (record: ExecutionRecord) => void): void {
        this.listeners.push(listener);
    }

    /** The host of an execution, which is recorded if somebody listens. @param make makes the host of the execution */
    begin(
        name: string,
        workflow: Workflow,
        env: Record<string, string>,
        make: (onToken?: (call: HttpCall, claims: Record<string, unknown>) => void) => Host,
    ): Host {
        if (this.listeners.length === 0) {
            return make();
        }
        const host: RecordingHost = new RecordingHost(make((call, claims) => host.sends(call, claims)));
        this.running.set(name, { workflow, env, startedAt: host.now(), host });
        return host;
    }

    /** Tells the listeners of an execution that has ended. */
    end({ name, state, argument, result, error, endTime, duration }: Execution): void {
        const found = this.running.get(name);
        this.running.delete(name);
        if (found === undefined) {
            return;
        }
        const { workflow, env, startedAt, host } = found;
        const { answers, uuids, callbacks } = host;
        const record: ExecutionRecord = {
            id: ++this.lastId,
            time: endTime ?? new Date(host.now()).toISOString(),
            name,
            state,
            ...(duration !== undefined && { duration }),
            ...(result !== undefined && { result }),
            ...(error?.payload !== undefined && { error: error.payload }),
            version: 1,
            argument: argument ?? "null",
            env,
            startedAt,
            source: workflow.sourceContents,
            answers,
            uuids,
            callbacks,
        };
        this.listeners.forEach((listener) => listener(record));
    }

    /** Forgets an execution that was deleted while it ran. */
    forget(name: string): void {
        this.running.delete(name);
    }
}
