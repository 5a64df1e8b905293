import { createRequire } from "node:module";
import type { Command } from "commander";
import { addTargetFlags, auditOptions, collect, ruleOverrides, type TargetFlags, targetsHelp } from "../audit";
import type * as lsp from "../lsp";

const load = createRequire(__filename);

/** Adds `gcp-invoke lsp`, the language server that editors start. */
export function register(program: Command): void {
    const command = program
        .command("lsp")
        .summary("answer an editor: problems, fixes, completions of workflow definitions")
        .description(
            "A language server for workflow definitions in YAML, JSON and the heredocs of Terraform. An editor starts it, and " +
                "talks to it over the standard input and output. It needs no network, and runs nothing of the workspace.",
        )
        .option("--rule <id=severity>", "change how severe a rule is, or switch it off; may be repeated", collect)
        .option("--stdio", "as editors ask for it; there is no other way")
        .option("--clientProcessId <pid>", "the editor; the server ends when it is gone")
        .addHelpText("after", `\n${targetsHelp}\n\ndocs/editors.md says how to switch it on in an editor.`);
    addTargetFlags(command).action((flags: TargetFlags & { rule?: string[] }) => {
        const options = { ...auditOptions(flags), rules: ruleOverrides(flags.rule ?? []) };
        // The libraries of the protocol are loaded for this command alone.
        (load("../lsp") as typeof lsp).serve(options);
    });
}
