import type { Command } from "commander";
import { terminal } from "../../render";
import { executionLine, findExecution, keptExecutions } from "../executions";
import { lazy } from "../lazy";
import { findStateFolder } from "../state-folder";
import { type StateFlags, withState } from "./flags";

const screen = terminal(process.stdout);

/** The command that shows what executions did, whether the sandbox is still running or not. */
export function registerExecutions(sandbox: Command): void {
    withState(sandbox.command("executions [execution]"))
        .summary("list the executions that have ended; with one, show each of its steps")
        .description(
            "Lists the executions of workflows that have ended. With an execution (its name, its identifier or the beginning of " +
                "that, or a workflow for its last one), it shows each step: its variables before and after, its call, the claims of " +
                "the token, the answer, retries and the time. For this it runs the workflow again with the recorded answers, and " +
                "sends nothing. `gcp-invoke run --replay EXECUTION --save-test FILE` makes a test of it.",
        )
        .option("--json", "print one JSON object a line: all that the execution depended on")
        .action(async (asked: string | undefined, flags: StateFlags & { json?: boolean }) => {
            const folder = findStateFolder(flags.state, process.cwd(), process.env);
            const records = asked === undefined ? keptExecutions(folder) : [findExecution(folder, asked)];
            if (records.length === 0) {
                process.stderr.write(`no execution has ended in ${folder.path}\n`);
            }
            for (const record of records) {
                screen.write(`${flags.json === true ? JSON.stringify(record) : executionLine(record)}\n`);
            }
            const [record] = records;
            if (asked !== undefined && record !== undefined && flags.json !== true) {
                await lazy.run().traceExecution(record, (text) => screen.write(text));
                screen.write(`${record.result ?? record.error ?? ""}\n`);
            }
        });
}
