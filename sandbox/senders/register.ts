import { createExecutionsApi } from "../apis";
import type { Cloud, Origin } from "../cloud";
import { answerCalls } from "./calls";
import { Deliverer } from "./delivery";
import { Eventarc } from "./eventarc";
import { Executions } from "./workflows";
import { Incidents } from "./incidents";
import { Push } from "./push";
import { Scheduler } from "./scheduler";
import { Tasks } from "./tasks";

/** The services that send requests: Workflows, Scheduler, Tasks, Pub/Sub push, Eventarc. */
export interface Senders {
    readonly executions: Executions;
    /** Connects the senders to the sandbox's network. Before that, their requests fail. */
    connect(network: { proxyFor(origin: Origin): string }): void;
    /** Cancels executions and closes every connection. */
    close(): Promise<void>;
}

/** Starts the senders and serves the API of executions. */
export function registerSenders(cloud: Cloud): Senders {
    const deliverer = new Deliverer(cloud);
    const executions = new Executions(cloud, (project, network) => deliverer.sender("workflows", project, network));
    cloud.apis.serve(createExecutionsApi(executions));
    new Scheduler(cloud, deliverer);
    new Tasks(cloud, deliverer);
    new Push(cloud, deliverer, new Eventarc(cloud, deliverer, executions));
    new Incidents(cloud);
    answerCalls(cloud, deliverer);
    return {
        executions,
        connect: (network) => deliverer.connect(network),
        async close() {
            await executions.close();
            deliverer.close();
        },
    };
}
