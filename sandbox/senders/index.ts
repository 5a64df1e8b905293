import { createExecutionsApi } from "../apis/executions";
import type { Cloud, Origin } from "../cloud";
import { Executions } from "./executions";
import { createSender, type Sender } from "./send";

/** What sends requests in Google's name: Workflows, and what runs by a schedule or an event. */
export interface Senders {
    readonly executions: Executions;
    /** Gives the senders their way into the sandbox. Before that, what they send fails as not reachable. */
    connect(network: { proxyFor(origin: Origin): string }): void;
    /** Ends what runs and every connection. */
    close(): Promise<void>;
}

/** Puts the senders and the API of executions in place. */
export function registerSenders(cloud: Cloud): Senders {
    const executions = new Executions(cloud);
    const opened: Sender[] = [];
    cloud.apis.serve(createExecutionsApi(executions));
    return {
        executions,
        connect(network) {
            const { project } = cloud.settings;
            const sender = createSender(network.proxyFor({ kind: "google", service: "workflows", project }));
            opened.push(sender);
            executions.sender = sender;
        },
        async close() {
            await executions.close();
            for (const sender of opened.splice(0)) sender.close();
        },
    };
}
