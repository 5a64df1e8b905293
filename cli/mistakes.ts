import type { Command, CommanderError } from "commander";
import { didYouMean } from "../common";
import { UserError } from "./errors";
import { ancestors, commandWords } from "./global-options";

/**
 * Says what is wrong with a command line, instead of commander, and what to do. A command line with a mistake ends with 2. A correct
 * one that fails ends with 1.
 */
export function explainMistakes(program: Command): void {
    program.addHelpText("beforeAll", ({ command, error }) => {
        const asked = askedFor(command);
        const isOther = asked !== command || (error && command.args[0] === "help");
        return isOther ? asked.help() : "";
    });
    explainEach(program);
}

/**
 * The command whose help a command line asks for. Commander shows the help of the last command that it knows, also for
 * `sandbox nope --help`, and of `help sandbox up` it reads only two words.
 * @throws UserError for a word that names no command
 */
function askedFor(command: Command): Command {
    const helper = [command, ...ancestors(command)].find(
        ({ args, commands }) => args[0] === "help" && commands.length > 0,
    );
    const words = commandWords(helper?.args.slice(1) ?? command.args).filter((word) => word !== "help");
    let asked = helper ?? command;
    for (const word of words) {
        if (asked.commands.length === 0) {
            break;
        }
        const next = asked.commands.find((each) => each.name() === word || each.aliases().includes(word));
        if (next === undefined) {
            throw unknownCommand(asked, word);
        }
        asked = next;
    }
    return asked;
}

function explainEach(command: Command): void {
    command.configureOutput({ outputError: () => undefined });
    command.exitOverride((error) => {
        if (error.exitCode === 0 || error.code === "commander.help") {
            process.exit(error.exitCode === 0 ? 0 : 2);
        }
        throw mistakeOf(command, error);
    });
    command.commands.forEach(explainEach);
}

function mistakeOf(command: Command, { code, message }: CommanderError): UserError {
    const help = `see ${pathOf(command)} --help`;
    const [word = ""] = command.args;
    switch (code) {
        case "commander.unknownCommand":
            return unknownCommand(command, word);
        case "commander.unknownOption": {
            const option = /'(.*)'/s.exec(message)?.[1] ?? "";
            const known = command.createHelp().visibleOptions(command);
            const near = didYouMean(
                option,
                known.flatMap(({ long }) => long ?? []),
            );
            const after = `write the options of a command after its name, as in ${pathOf(command)} COMMAND ${option}`;
            return mistake(
                `unknown option '${option}' of ${pathOf(command)}${near}`,
                near === "" && command.commands.length > 0 ? after : help,
            );
        }
        case "commander.excessArguments": {
            const { parent } = command;
            const { length } = command.registeredArguments;
            // It was not named: it is what its parent does without a name.
            if (parent !== null && !parent.args.includes(command.name())) {
                return unknownCommand(parent, word);
            }
            const takes = ["no argument", "one argument"][length] ?? `${length} arguments`;
            const given = command.args.map((each) => `'${each}'`).join(" ");
            return mistake(`${pathOf(command)} takes ${takes}, and it got ${given}`, help);
        }
        default:
            return mistake(message.replace(/^error: /, "").replace(/\.$/, ""), help);
    }
}

const mistake = (wrong: string, fix: string): UserError => new UserError(wrong, { fix, exitCode: 2 });

function unknownCommand(group: Command, word: string): UserError {
    return mistake(`unknown command '${word}'${didYouMean(word, namesIn(group))}`, `see ${pathOf(group)} --help`);
}

function namesIn(command: Command): string[] {
    return command
        .createHelp()
        .visibleCommands(command)
        .map((each) => each.name());
}

function pathOf(command: Command): string {
    return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
