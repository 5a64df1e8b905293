import { type Command, Option } from "commander";
import { UserError } from "../../errors";
import { QUIET } from "../../global-options";
import type { DeployOperation } from "../deploy";
import { collectConfig, parseCount, type StartFlags } from "./flags";

/** The flags of the commands about a stack, with the names of the Pulumi CLI. */
export interface StackFlags extends StartFlags {
    stack?: string;
    config?: Record<string, string>;
    configFile?: string;
}

/** The flags of the commands that change a stack. */
export interface OperationFlags extends StackFlags {
    target?: string[];
    targetDependents?: boolean;
    exclude?: string[];
    excludeDependents?: boolean;
    replace?: string[];
    targetReplace?: string[];
    refresh?: boolean;
    parallel?: number;
    runProgram?: boolean;
    previewOnly?: boolean;
    skipPreview?: boolean;
    strict?: boolean;
    provider?: string;
    expectNoChanges?: boolean;
    diff?: boolean;
    showSames?: boolean;
    showReads?: boolean;
    urns?: boolean;
    suppressOutputs?: boolean;
    report?: string[];
    quiet?: boolean;
}

/** Flags of the Pulumi CLI that are not supported, each with what to do instead. */
const REFUSED: Record<string, string> = {
    "show-secrets": "read them with `gcp-invoke sandbox outputs DIRECTORY --show-secrets`",
    "config-path": "give the whole value as JSON, such as --config hosts='[\"a\"]'",
    "skip-config-validation": "give what is missing with --config",
    remove: "a destroyed stack holds nothing; `gcp-invoke sandbox reset` forgets all of a sandbox",
    "exclude-protected": "name what is to stay with --exclude",
    "ignore-protect": "take the option protect out of the program, and run an update first",
    "continue-on-error": "correct what failed, and run the command again: it goes on where it ended",
    "show-config": "read it in the preludeEvent of --json",
    "show-full-output": "nothing is cut here",
    "show-policy-remediations": "no policy packs run here",
    debug: "set GCP_INVOKE_DEBUG=1 for the engine's requests and the stack of an error",
    "attach-debugger": "start the program with --inspect, by nodeargs of the runtime's options in Pulumi.yaml",
    "secrets-provider": "secrets here are by passphrase",
    output: "use --json",
    "policy-pack": "",
    "policy-pack-config": "",
    plan: "",
    "save-plan": "",
    "import-file": "",
    "event-log": "use --json, which prints the same",
    neo: "",
    copilot: "",
    remote: "everything runs on this machine",
};

/** Adds `--stack` and the flags about configuration. */
export function withStack(command: Command): Command {
    return command
        .option("-s, --stack <name>", "the stack (default: dev)")
        .option(
            "-c, --config <key=value>",
            "a configuration value in place of that of the project's files; it is not stored; may be repeated",
            collectConfig,
        )
        .option("--config-file <file>", "the file with the configuration of the stack (default: Pulumi.<stack>.yaml)");
}

/** Adds the flags of one operation, and those that are refused by name. */
export function withOperation(command: Command, name: DeployOperation): Command {
    const urns = "* matches a part of a URN, ** matches anything; may be repeated";
    const option = (flags: string, description: string): Command => command.option(flags, description);
    const list = (flags: string, description: string): Command => command.option(flags, description, collect);
    list("-t, --target <urn>", `only change this resource; ${urns}`);
    option("--target-dependents", "also change what depends on a target");
    list(`${name === "preview" ? "-x, " : ""}--exclude <urn>`, `do not change this resource; ${urns}`);
    option("--exclude-dependents", "do not change what depends on an excluded resource either");
    if (name === "preview" || name === "up") {
        list("--replace <urn>", `replace this resource even if nothing requires it; ${urns}`);
        list("--target-replace <urn>", "only change this resource, and replace it");
        option("--strict", "refuse resource types that the sandbox would only keep (docs/resources.md)");
    }
    if (name === "up") {
        const formats = "table, json, junit, github, markdown, html or log";
        list(
            "--report <format=file>",
            `write one report of all checks of the stack, such as html=check.html; formats: ${formats}; may be repeated`,
        );
    }
    command.addOption(
        new Option("--provider <own|plugin>", "who makes Google's resources: the sandbox, or its installed plugin")
            .choices(["own", "plugin"])
            .default("own"),
    );
    if (name !== "refresh") {
        option("-r, --refresh", "read all resources again before the operation");
        option("--no-refresh", "do not read them again, even if Pulumi.yaml says so");
    }
    if (name === "refresh" || name === "destroy") {
        option("--preview-only", "only show what the operation would do");
    }
    if (name !== "preview") {
        option("-f, --skip-preview", "update without a preview; other operations make none anyway");
        option("-y, --yes", "accepted for compatibility with Pulumi; this command asks nothing");
    }
    if (name === "destroy") {
        option("--run-program", "run the program, so that its delete hooks run");
    } else {
        option("--expect-no-changes", "end with exit code 7 if anything changes or would change");
    }
    command.option("-p, --parallel <count>", "how many operations run at the same time (default: 16)", parseCount);
    option("--diff", "show each property that differs, with its old and its new value");
    option("--show-sames", "also show resources that do not change");
    option("--show-reads", "also show resources that are only read");
    option("--urns", "show URNs instead of names");
    option("--suppress-outputs", "do not show the outputs of the stack");
    option(...QUIET);
    for (const flags of [
        "-m, --message <text>",
        "--color <when>",
        "--non-interactive",
        "--suppress-progress",
        "--show-replacement-steps",
        "--suppress-permalink",
        "--skip-plugin-pre-install",
    ]) {
        command.addOption(
            new Option(flags, "accepted for compatibility with Pulumi; it has no effect here").hideHelp(),
        );
    }
    for (const refused of Object.keys(REFUSED)) {
        command.addOption(new Option(`--${refused} [value]`).hideHelp());
    }
    return command;
}

function collect(each: string, others: string[] = []): string[] {
    return [...others, each];
}

/** @throws UserError naming a flag of the Pulumi CLI that is not supported, and what to do instead */
export function refuseFlags(name: DeployOperation, flags: object): void {
    for (const [refused, instead] of Object.entries(REFUSED)) {
        const key = refused.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        if (!(key in flags)) {
            continue;
        }
        const otherwise = `use the Pulumi CLI on the sandbox: gcp-invoke sandbox exec -- pulumi ${name} --${refused}`;
        throw new UserError(`--${refused} is not supported here`, { fix: instead || otherwise, exitCode: 2 });
    }
}

/**
 * The name of a stack may begin with its organization and project: `acme/shop/dev`.
 * @throws UserError if the project is another one
 */
export function refuseOtherProject(stack: string, project: string): void {
    const [, owner, organization, ...more] = stack.split("/").reverse();
    if (more.length > 0 || (organization !== undefined && owner !== project)) {
        throw new UserError(`--stack is ${stack}, and the project is ${project}`, {
            fix: "give the stack's name alone",
            exitCode: 2,
        });
    }
}
