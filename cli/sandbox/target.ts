import type { Decision } from "../../sandbox";
import type { ControlClient } from "../../sandbox/light";
import type { RefusedHosts } from "./refused";

/** What the commands about programs need from a sandbox, whether it runs in this process or in another one. */
export interface Target {
    readonly project: string;
    request(
        method: string,
        url: string,
        options: { body?: unknown; headers?: Record<string, string> },
    ): Promise<{ status: number; body: unknown }>;
    /** The variables for a program. */
    clientEnvironment(): Promise<Variables>;
    decisions(after?: number): Decision[] | Promise<Decision[]>;
    refused(): RefusedHosts | Promise<RefusedHosts>;
    /** Ends what answers for services, and has it start again as this `sandbox.yaml` says. */
    useMapping(file: string): Promise<void>;
}

type Variables = Record<string, string | undefined>;

/** A sandbox that runs in another process, used by its control API. */
export function remoteTarget(client: ControlClient, project: string): Target {
    return {
        project,
        request: async (method, url, { body, headers }) => {
            const content = body instanceof Uint8Array ? { bytes: Buffer.from(body).toString("base64") } : { body };
            const answer = await client.call("POST", "/v1/request", { method, url, ...content, headers });
            return { status: Number(answer.status), body: answer.body };
        },
        clientEnvironment: async () => {
            const { variables } = await client.call("POST", "/v1/environment", {});
            const entries = Object.entries(variables as Record<string, string | null>);
            return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
        },
        decisions: async (after) => {
            const { decisions } = await client.call("GET", "/v1/decisions", after === undefined ? {} : { after });
            return decisions as Decision[];
        },
        useMapping: async (file) => {
            await client.call("POST", "/v1/mapping", { file });
        },
        refused: async () => (await client.call("GET", "/v1/refused")).hosts as RefusedHosts,
    };
}
