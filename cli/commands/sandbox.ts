import type { Command } from "commander";
import { registerApis } from "../sandbox/commands/apis";
import { registerClients } from "../sandbox/commands/clients";
import { registerControls } from "../sandbox/commands/controls";
import { registerIdentity } from "../sandbox/commands/identity";
import { registerPrograms } from "../sandbox/commands/programs";
import { registerState } from "../sandbox/commands/state";

/** `gcp-invoke sandbox …`: a local Google Cloud, programs in it, and any client against it. */
export function register(program: Command): void {
    const sandbox = program
        .command("sandbox")
        .description("a local Google Cloud that enforces IAM, and programs in it")
        .enablePositionalOptions();
    registerPrograms(sandbox);
    registerClients(sandbox);
    registerControls(sandbox);
    registerIdentity(sandbox);
    registerApis(sandbox);
    registerState(sandbox);
}
