import type { Command } from "commander";
import { exportState, importState } from "../archive";
import { findStateFolder } from "../state-folder";
import { type StateFlags, withState } from "./flags";

/** The commands about the state of a sandbox as a whole. The sandbox does not need to run. */
export function registerState(sandbox: Command): void {
    withState(sandbox.command("reset"))
        .description("delete the state: resources, stacks and decisions")
        .action((flags: StateFlags) => findStateFolder(flags.state, process.cwd(), process.env).clear());
    withState(sandbox.command("export <file>"))
        .description(
            "write the state to one readable JSON file, without tokens and private keys; - means standard output",
        )
        .action((file: string, flags: StateFlags) =>
            exportState(findStateFolder(flags.state, process.cwd(), process.env), file),
        );
    withState(sandbox.command("import <file>"))
        .description("replace the state by that of a file that `sandbox export` wrote")
        .action((file: string, flags: StateFlags) =>
            importState(findStateFolder(flags.state, process.cwd(), process.env), file),
        );
}
