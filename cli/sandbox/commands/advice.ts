import { createRequire } from "node:module";
import { join } from "node:path";
import type { Command } from "commander";
import { findMapping, nearestProject, readProgram } from "../deploy";
import type * as mutation from "../mutate";
import { formatUsage, readUsage } from "../roles";
import { findStateFolder } from "../state-folder";
import { collectConfig, type StateFlags, withState } from "./flags";

const load = createRequire(__filename);

interface MutateFlags {
    stack: string;
    config?: Record<string, string>;
    allow?: string;
    json?: boolean;
    quiet?: boolean;
}

/** The commands that tell what a program lacks: checks that see more, and roles that open less. */
export function registerAdvice(sandbox: Command): void {
    withState(sandbox.command("roles"))
        .description("tell by the recorded decisions which roles each account needed, and which grants were never used")
        .option("--for <account>", "one service account: its email, or what stands before the @")
        .option("-j, --json", "print JSON")
        .action(({ state, for: account, json = false }: StateFlags & { for?: string; json?: boolean }) => {
            const usage = readUsage(findStateFolder(state, process.cwd(), process.env), account);
            process.stdout.write(`${json ? JSON.stringify(usage, undefined, 4) : formatUsage(usage)}\n`);
        });
    sandbox
        .command("mutate [directory]")
        .description("break what a program deploys, one thing at a time, and list what its smoke checks do not see")
        .option("-s, --stack <name>", "the stack whose configuration is used", "dev")
        .option("-c, --config <key=value>", "configuration over that of the project's files", collectConfig)
        .option("--allow <file>", "known survivors, each with its reason (default: mutants.yaml beside the program)")
        .option("-j, --json", "print the report as JSON")
        .action(async (directory: string | undefined, { stack, config = {}, allow, json = false }: MutateFlags) => {
            // It is loaded here, because all commands of a sandbox would wait for libraries that only this one uses.
            const { formatMutation, mutate, readAllowed } = load("../mutate") as typeof mutation;
            const project = await readProgram(directory ?? nearestProject(process.cwd()), stack, undefined);
            const allowed = readAllowed(allow ?? join(project.root, "mutants.yaml"), allow !== undefined);
            const report = await mutate({
                ...{ directory: project.root, stack, config, allowed, ...findMapping(project) },
                ...(!json &&
                    process.stderr.isTTY && {
                        onResult: ({ kind, what, result }) =>
                            void process.stderr.write(`${result}: ${kind}: ${what}\n`),
                    }),
            });
            process.stdout.write(`${json ? JSON.stringify(report, undefined, 4) : formatMutation(report)}\n`);
            process.exitCode = report.passed ? 0 : 1;
        });
}
