import { Argument, type Command } from "commander";
import { completionOf, SHELLS, type Shell } from "../completion";
import { buildProgram } from "../program";

/** `gcp-invoke completion SHELL`: a script by which a shell completes commands and options. */
export function register(program: Command): void {
    program
        .command("completion")
        .description("print a script that completes commands and options: source <(gcp-invoke completion bash)")
        .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
        .action((shell: Shell) => {
            // All commands, and not only this one.
            process.stdout.write(completionOf(buildProgram(undefined), shell));
        });
}
