import { type Command, Option } from "commander";
import { UserError } from "./errors";

/** The option by which a command prints nothing unless it fails. */
export const QUIET = ["-q, --quiet", "print nothing unless the command fails; then print all of it"] as const;

/** Adds the options that stand before or after the name of any command. Only the help of `gcp-invoke` itself lists them. */
export function addGlobalOptions(program: Command): void {
    program.option("-C <directory>", "run the command as if in this folder").option(...QUIET);
    program.on("option:C", changeFolder).hook("preAction", handQuietOn);
    for (const command of program.commands) {
        addHidden(command);
    }
}

function addHidden(command: Command): void {
    command.addOption(new Option("-C <directory>").hideHelp()).on("option:C", changeFolder);
    if (command.commands.length > 0) {
        command.addOption(new Option(QUIET[0]).hideHelp());
    }
    command.commands.forEach(addHidden);
}

function changeFolder(directory: string): void {
    try {
        process.chdir(directory);
    } catch {
        throw new UserError(`there is no folder ${directory}`, { fix: "name the folder after -C", exitCode: 2 });
    }
}

/** Gives a command the `--quiet` that stands before its name. */
function handQuietOn(_: Command, command: Command): void {
    const before = ancestors(command);
    if (!before.some((each) => each.getOptionValue("quiet") === true)) {
        return;
    }
    if (!command.options.some(({ long }) => long === "--quiet")) {
        const name = [command, ...before].map((each) => each.name()).reverse();
        throw new UserError(`${name.join(" ")} has no --quiet`, { fix: "leave it out", exitCode: 2 });
    }
    command.setOptionValue("quiet", true);
}

/** The commands above a command, from the next one up. */
export function ancestors({ parent }: Command): Command[] {
    return parent === null ? [] : [parent, ...ancestors(parent)];
}

/** The names of commands with which a command line begins; the global options may stand before and between them. */
export function commandWords(args: readonly string[]): string[] {
    return args.filter((arg, at) => !arg.startsWith("-") && args[at - 1] !== "-C");
}
