import type { Command } from "commander";
import { serve } from "../mcp";

export function register(program: Command): void {
    program
        .command("mcp")
        .summary("answer a coding agent: preview, deploy and check a program in the sandbox")
        .description(
            "Is a server of the Model Context Protocol on standard input, for a coding agent. Its tools are preview, up, verify, explain, who, decisions, audit and inject.\n" +
                "They change the sandbox and nothing else: no file, and nothing on Google Cloud.",
        )
        .action(() => serve(process.stdin, process.stdout, program.version() ?? ""));
}
