import type { Decision } from "../../sandbox";
import { findRunning } from "../../sandbox/light";
import { lazy } from "./lazy";
import { withSandbox } from "./session";
import type { StateFolder } from "./state-folder";

/** Whether a member may do something in the sandbox that runs on the state, or in one that is started for the question. */
export async function explainAccess(
    folder: StateFolder,
    query: { member: string; permission: string; resource: string },
): Promise<Decision> {
    const client = await findRunning(folder.path);
    const answer = client
        ? await client.call("POST", "/v1/explain", query)
        : await withSandbox({ folder }, ({ sandbox }) => Promise.resolve(lazy.control().explain(sandbox.cloud, query)));
    return answer as unknown as Decision;
}
