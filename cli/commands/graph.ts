import { type Command, Option } from "commander";
import { type CallGraph, formatGraphPage, formatMermaid, formatSvg } from "../../access/graph";
import { redactJson } from "../../credentials";
import { graphOf, sourcesElsewhere, sourcesOfSandbox } from "../graph";
import { destinationsOf, type Destination, writeTo } from "../render";
import { commandInSandbox, sandboxDeployment, stackArgument } from "../sandbox";
import { configuredCredentials, readSpecs } from "../verify";
import { askWho } from "../who";

/** The formats of a graph, by the names that `--format` takes. */
const FORMATS = {
    mermaid: formatMermaid,
    svg: formatSvg,
    html: (graph: CallGraph) => formatGraphPage(graph),
    json: (graph: CallGraph) => JSON.stringify({ version: 1, ...graph }, undefined, 4),
};

type Format = keyof typeof FORMATS;
const formats = Object.keys(FORMATS) as Format[];

interface GraphFlags {
    format?: Destination<Format>[];
    cloud?: boolean;
    policies?: boolean;
    evidence?: string;
    state?: string;
    stack?: string;
    as?: string;
}

export function register(program: Command): void {
    program
        .command("graph")
        .summary("draw who may call whom in a deployed stack")
        .description(
            "Draws who may call whom, from the state of a stack: each grant is an edge, and says how it is known.\n" +
                "  proven    a check made the call, and it got in\n" +
                "  used      the sandbox let such a call in\n" +
                "  bound     the binding is in the policy\n" +
                "  untried   the program declares it, and nobody has looked\n" +
                "  violated  somebody may call whom nobody declared, or a declared call is refused\n" +
                "It sends nothing, unless --policies is given.",
        )
        .argument("[stack]", "a directory with a Pulumi.yaml, or the name of a stack (default: this directory)")
        .option(
            "-f, --format <format>",
            `${formats.join(", ")}; svg=FILE writes to a file, and can be given several times (default: mermaid)`,
            destinationsOf(formats),
        )
        .option("--policies", "read the policies too, and draw everybody who may call, as `gcp-invoke who` tells")
        .option(
            "--evidence <folder>",
            "reports that checks kept (gcp-invoke:reports), or the state folder of a sandbox",
        )
        .option("--cloud", "draw the stack on Google Cloud, even if the sandbox has a stack of this directory")
        .option("--state <file>", "read the state from a file instead; - means stdin")
        .option("--stack <name>", "the stack (default: the selected one)")
        .addOption(new Option("--as <email>", "act as this service account to read policies"))
        .action(async (given: string | undefined, options: GraphFlags) => {
            const { directory, flags } = stackArgument(given, options);
            const elsewhere = flags.cloud === true || flags.state !== undefined;
            const local = elsewhere ? undefined : sandboxDeployment(directory, flags.stack);
            if (local && flags.policies === true) {
                const more = ["--evidence", local.folder.path, ...optionsOf(flags)];
                process.exitCode = await commandInSandbox("graph", local, more);
                return;
            }
            const sources = local ? sourcesOfSandbox(local) : await sourcesElsewhere(directory, flags);
            const asked = flags.policies === true ? await askPolicies(directory, flags) : [];
            const graph = redactJson(graphOf({ ...sources, asked }));
            for (const destination of flags.format ?? [{ format: "mermaid" as const }]) {
                writeTo(destination, `${FORMATS[destination.format](graph)}\n`);
            }
        });
}

async function askPolicies(directory: string, flags: GraphFlags): ReturnType<typeof askWho> {
    const credentials = await configuredCredentials(directory, flags);
    return askWho(await readSpecs(directory, flags, credentials), undefined, credentials);
}

function optionsOf({ format = [], as }: GraphFlags): string[] {
    return [
        "--policies",
        ...format.map(({ format: name, file }) => `--format=${name}${file === undefined ? "" : `=${file}`}`),
        ...(as === undefined ? [] : ["--as", as]),
    ];
}
