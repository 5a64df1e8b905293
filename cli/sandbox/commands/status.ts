import type { Command } from "commander";
import { findRunning } from "../../../sandbox/light";
import { keptStatus } from "../kept";
import { findStateFolder } from "../state-folder";
import { type StateFlags, withState } from "./flags";

/** The command that scripts ask most often. It loads nothing that only other commands need. */
export function registerStatus(sandbox: Command): void {
    withState(sandbox.command("status"))
        .description("show what is running, and where")
        .action(async (flags: StateFlags) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const client = await findRunning(folder.path);
            const status = client
                ? { running: true, ...(await client.call("GET", "/v1/status")) }
                : await keptStatus(folder);
            process.stdout.write(`${JSON.stringify(status)}\n`);
        });
}
