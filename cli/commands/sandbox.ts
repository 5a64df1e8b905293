import type { Command } from "commander";
import {
    registerApis,
    registerClients,
    registerConfig,
    registerConsole,
    registerControls,
    registerEvidence,
    registerExecutions,
    registerIdentity,
    registerAdvice,
    registerPrograms,
    registerState,
} from "../sandbox/commands";

/** `gcp-invoke sandbox …`: a local Google Cloud, programs in it, and any client against it. */
export function register(program: Command): void {
    const sandbox = program
        .command("sandbox")
        .description("a local Google Cloud that enforces IAM, and programs in it")
        .enablePositionalOptions();
    registerPrograms(sandbox);
    registerConfig(sandbox);
    registerAdvice(sandbox);
    registerClients(sandbox);
    registerConsole(sandbox);
    registerControls(sandbox);
    registerEvidence(sandbox);
    registerExecutions(sandbox);
    registerIdentity(sandbox);
    registerApis(sandbox);
    registerState(sandbox);
}
