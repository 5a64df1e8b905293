import type { Command } from "commander";
import { didYouMean } from "../../../common";
import { type ControlClient, type Decision, findRunning } from "../../../sandbox/light";
import { UserError } from "../../errors";
import { terminal } from "../../render";
import { follow } from "../follow";
import { readAll, readRefused } from "../kept";
import { lazy } from "../lazy";
import { printLogs } from "../logs";
import { printRefused } from "../refused";
import { keptReports } from "../reports";
import { DecisionRows, isTelling } from "../shown";
import { findStateFolder, type StateFolder } from "../state-folder";
import { running, type StateFlags, withState } from "./flags";

const screen = terminal(process.stdout);

/** The commands that show what happened, whether the sandbox is still running or not. */
export function registerEvidence(sandbox: Command): void {
    withState(sandbox.command("refused"))
        .description("list the hosts that clients asked for and the sandbox does not serve")
        .action(async (flags: StateFlags) => {
            const folder = folderOf(flags);
            printRefused(await readRefused(folder, await findRunning(folder.path)), process.stdout);
        });
    withState(sandbox.command("logs [service]"))
        .description("show what services and functions have printed; without a name, all of them")
        .option("--follow", "keep printing new lines until Ctrl-C")
        .option("--json", "print one JSON object a line")
        .action(async (service: string | undefined, flags: StateFlags & { follow?: boolean; json?: boolean }) => {
            const options = { follow: flags.follow ?? false, json: flags.json ?? false };
            await printLogs(folderOf(flags), { ...(service && { service }), ...options }, screen);
        });
    registerDecisions(sandbox);
    withState(sandbox.command("reports [name]"))
        .description("show the last report of each smoke check; with a name, that of one check")
        .option("--json", "print one JSON object a line")
        .action((name: string | undefined, { json = false, ...flags }: StateFlags & { json?: boolean }) => {
            const folder = folderOf(flags);
            const reports = keptReports(folder);
            const asked = reports.filter((report) => name === undefined || report.name === name);
            if (asked.length === 0) {
                const known = reports.map((report) => report.name);
                const which = name === undefined ? "no smoke check" : `no smoke check "${name}"`;
                const others = known.length === 0 ? "" : `, ${known.join(", ")} did${didYouMean(name ?? "", known)}`;
                throw new UserError(`${which} has left a report in ${folder.path}${others}`, {
                    fix: "deploy a program with `gcp-invoke sandbox up`",
                });
            }
            const { formatReport } = lazy.report();
            for (const report of asked) {
                const text = `${report.startedAt}\n${formatReport(report, { color: screen.color })}\n`;
                screen.write(`${json ? JSON.stringify(report) : text}\n`);
            }
        });
}

function registerDecisions(sandbox: Command): void {
    withState(sandbox.command("decisions"))
        .description("list who was allowed or denied what, and why")
        .option("--denied", "list only what was denied")
        .option("--all", "list also what commands of the sandbox asked, and what was only read")
        .option("--follow", "keep printing new lines until Ctrl-C")
        .option("--json", "print one JSON object a line: all of them")
        .action(async (flags: DecisionFlags) => {
            const folder = folderOf(flags);
            const client = await findRunning(folder.path);
            const ask = async (from: ControlClient, after = 0): Promise<Decision[]> =>
                (await from.call("GET", "/v1/decisions", { after })).decisions as Decision[];
            const rows = new DecisionRows(screen);
            let hidden = 0;
            const show = (decision: Decision): void => {
                if (flags.denied && decision.allowed) {
                    return;
                }
                if (flags.json) {
                    screen.write(`${JSON.stringify(decision)}\n`);
                } else if (flags.all || isTelling(decision)) {
                    rows.print(decision);
                } else {
                    hidden++;
                }
            };
            const { entries, latest } = await readAll(folder, "decisions.jsonl", client, ask);
            entries.forEach(show);
            rows.end();
            if (hidden > 0) {
                process.stderr.write(
                    `${hidden} reads and requests of the sandbox's own commands are left out: see --all\n`,
                );
            }
            if (flags.follow) {
                const on = client ?? (await running(flags));
                await follow((after) => ask(on, Math.max(after, latest)), show, true);
            }
        });
}

interface DecisionFlags extends StateFlags {
    denied?: boolean;
    all?: boolean;
    follow?: boolean;
    json?: boolean;
}

function folderOf({ state }: StateFlags): StateFolder {
    return findStateFolder(state, process.cwd(), process.env);
}
