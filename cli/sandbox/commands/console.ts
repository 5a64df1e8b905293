import type { Command } from "commander";
import { findRunning } from "../../../sandbox/light";
import { signalled } from "../cancel";
import { loadConsole, serve } from "../serve";
import { findStateFolder } from "../state-folder";
import { type StartFlags, startOptions, withJson, withStart } from "./flags";

/** The command that opens a page about a sandbox: the one that is running, or else one that it starts. */
export function registerConsole(sandbox: Command): void {
    withJson(withStart(sandbox.command("console")))
        .summary("serve a page that shows a sandbox and changes it, until Ctrl-C")
        .description(
            "Prints the link of a page on this machine: who may call whom, each decision as it happens with its fix, executions step " +
                "by step, services with their logs, the clock, faults and late grants. The link works once; call the command again " +
                "for another. If no sandbox is running, the command runs one.",
        )
        .action(async (flags: StartFlags) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const { json = false } = flags;
            const client = await findRunning(folder.path);
            if (client === undefined) {
                await serve({ folder, ...startOptions(flags), json, console: true });
                return;
            }
            const page = await loadConsole().startConsole(client, folder);
            const ended = signalled();
            process.stdout.write(json ? `${JSON.stringify({ console: page.link })}\n` : `console: ${page.link}\n`);
            await ended;
            await page.close();
        });
}
