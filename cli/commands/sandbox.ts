import type { Command } from "commander";
import { registerGroups } from "../sandbox/commands";

/**
 * `gcp-invoke sandbox …`: a local Google Cloud, programs in it, and any client against it.
 * @param name the command that is used, as far as it is known
 */
export function register(program: Command, name?: string): void {
    const sandbox = program
        .command("sandbox")
        .description("a local Google Cloud that enforces IAM, and programs in it")
        .enablePositionalOptions();
    registerGroups(sandbox, name);
}
