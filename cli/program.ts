import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Command } from "commander";
import { UserError } from "./errors";
import { addGlobalOptions, commandWords } from "./global-options";
import { explainMistakes } from "./mistakes";
import { OVERVIEW } from "./overview";

/**
 * What every file in `cli/commands/` exports: a function that adds its command, which has the name of the file. If there are
 * commands below it, `below` is the one that is used.
 */
interface CommandModule {
    register(program: Command, below?: string): void;
}

const load = createRequire(__filename);
const folder = join(__dirname, "commands");

/**
 * The `gcp-invoke` command. It loads only the file of the command that is used, because loading all of them would make
 * each command wait for what the others need. Without a known name it loads all, so that help and suggestions are
 * complete.
 *
 * @param name - the first word of the command line
 * @param below - the second one
 */
export function buildProgram(name?: string, below?: string): Command {
    const names = readdirSync(folder)
        .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
        .map((file) => file.replace(/\.[jt]s$/, ""))
        .sort();
    const program = withoutCommands();
    for (const each of names.filter((file) => !names.includes(name ?? "") || file === name)) {
        (load(join(folder, each)) as CommandModule).register(program, below);
    }
    return completed(program);
}

/**
 * The program for a command line. One that only asks which commands there are, or for the version, gets a program with the
 * names of the commands, which loads none of them.
 *
 * @param args - the command line without Node and the script
 */
export function programFor(args: readonly string[]): Command {
    const [word = "help", ...more] = args;
    return more.length === 0 && /^(-h|--help|help|-V|--version)$/.test(word)
        ? listOfCommands()
        : buildProgram(...commandWords(args));
}

function listOfCommands(): Command {
    const program = withoutCommands();
    for (const [usage, summary] of Object.entries(OVERVIEW)) {
        const command = program.command(usage.replace(" [options]", "")).summary(summary);
        if (usage.includes(" [options]")) {
            command.option("--any");
        }
    }
    return completed(program);
}

function withoutCommands(): Command {
    return new Command("gcp-invoke")
        .description("authenticated service-to-service invocation on Google Cloud, checked, offline too")
        .version(manifest().version)
        .configureHelp({ sortSubcommands: true })
        .enablePositionalOptions();
}

function completed(program: Command): Command {
    addGlobalOptions(program);
    explainMistakes(program);
    return program;
}

/** @throws UserError if this Node cannot `require` the ES modules that the package needs */
export function checkNode(features: object = process.features): void {
    if (Reflect.get(features, "require_module") === true) {
        return;
    }
    throw new UserError(
        `gcp-invoke needs Node ${manifest().engines.node}, where require loads ES modules, and this is ${process.version}`,
        { fix: "install another Node, or unset --no-require-module" },
    );
}

/** The `package.json` of this package, one folder above the sources and two above `dist/cli`. */
function manifest(): { version: string; engines: { node: string } } {
    for (const path of ["..", "../.."]) {
        const text = readPackage(join(__dirname, path, "package.json"));
        if (text !== undefined) {
            return JSON.parse(text) as ReturnType<typeof manifest>;
        }
    }
    throw new UserError(`there is no package.json above ${__dirname}, so the package is not complete`, {
        fix: "install it again",
    });
}

function readPackage(path: string): string | undefined {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return undefined;
    }
}
