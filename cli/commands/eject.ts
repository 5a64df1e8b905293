import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { build } from "../../workflow";
import { UserError } from "../errors";
import { loadModule } from "../load-module";
import { messageOf } from "../../errors";

interface Flags {
    export?: string;
    format: "yaml" | "json";
    out?: string;
}

const help = `
The command runs the module. It must export a workflow, made by workflow({…}) of "pulumi-gcp-invoke" or by build of
"pulumi-gcp-invoke/workflow". --export is needed only if it exports several.

Examples:
  gcp-invoke eject workflows/fulfil.ts
  gcp-invoke eject workflows/index.ts --export fulfil --out fulfil.yaml`;

/** Adds `gcp-invoke eject`, which writes a workflow that was built in TypeScript as a file. */
export function register(program: Command): void {
    program
        .command("eject")
        .summary("write a workflow that is built in TypeScript as YAML or JSON")
        .description(
            "Writes a workflow that is built in TypeScript as YAML or JSON, so that you can read, compare or keep it.",
        )
        .argument("<module>", "a TypeScript or JavaScript file that exports a workflow")
        .option("-x, --export <name>", "the name of the export, if the module has several workflows")
        .addOption(
            new Option("-f, --format <format>", "the format of the workflow").choices(["yaml", "json"]).default("yaml"),
        )
        .option("-o, --out <file>", "the file to write to (default: standard output)")
        .addHelpText("after", help)
        .action((module: string, flags: Flags) => {
            const built = pick(module, load(module), flags.export);
            const text = flags.format === "yaml" ? built.toYaml() : built.toJson();
            if (flags.out === undefined) {
                process.stdout.write(text);
            } else {
                writeFileSync(flags.out, text);
            }
        });
}

function load(module: string): Record<string, unknown> {
    const path = resolve(module);
    if (!existsSync(path)) {
        throw new UserError(`${module}: no such file`, { fix: "name the module that exports the workflow" });
    }
    try {
        return loadModule(path);
    } catch (error) {
        const [reason = ""] = messageOf(error).split("\nRequire stack:");
        throw new UserError(`${module} cannot be loaded: ${reason}`, {
            fix: "name a module that exports the workflow, and install what it imports",
        });
    }
}

function pick(module: string, exports: Record<string, unknown>, name: string | undefined): build.Workflow {
    const found = Object.entries(exports).filter((entry): entry is [string, build.Workflow] => isWorkflow(entry[1]));
    const names = found.map(([each]) => each);
    const chosen =
        name === undefined ? (found.length === 1 ? found[0] : undefined) : found.find(([each]) => each === name);
    if (chosen === undefined) {
        const exported = names.length === 0 ? "exports no workflow" : `exports the workflows ${names.join(", ")}`;
        throw new UserError(
            name === undefined
                ? `${module} ${exported}; ${names.length === 0 ? "export the result of workflow({…})" : "choose one with --export"}`
                : `${module} ${exported}, and no "${name}"`,
        );
    }
    return chosen[1];
}

function isWorkflow(value: unknown): value is build.Workflow {
    return typeof value === "object" && value !== null && "toYaml" in value && "toJson" in value;
}
