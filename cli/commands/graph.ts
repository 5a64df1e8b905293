import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { type CallGraph, formatGraphPage, formatMermaid, formatSvg } from "../../access/graph";
import { redactJson } from "../../credentials";
import { UserError } from "../errors";
import { graphOf, sourcesElsewhere, sourcesOfSandbox } from "../graph";
import { destinationsOf, type Destination, writeTo } from "../render";
import { commandInSandbox, findStateFolder, localDeployment, nameOfStack, stackArgument } from "../sandbox";
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
    all?: boolean;
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
        .option(
            "--state <file>",
            "read the state from a file instead, or from the folder of a sandbox's state; - means stdin",
        )
        .option("--stack <name>", "the stack (default: the one that was deployed last, or the selected one)")
        .addOption(
            new Option("--all", "draw all stacks that were deployed to the sandbox, together").conflicts([
                "cloud",
                "state",
                "stack",
                "policies",
                "evidence",
            ]),
        )
        .addOption(new Option("--as <email>", "act as this service account to read policies"))
        .action(async (given: string | undefined, options: GraphFlags) => {
            if (options.all === true) {
                draw(graphOf(sourcesOfAll(given)), options);
                return;
            }
            const { directory, flags } = stackArgument(given, options);
            const elsewhere = flags.cloud === true || flags.state !== undefined;
            const local = localDeployment(directory, flags, elsewhere);
            if (local && flags.policies === true) {
                const more = ["--evidence", local.folder.path, ...optionsOf(flags)];
                process.exitCode = await commandInSandbox("graph", local, more);
                return;
            }
            if (local && flags.stack === undefined) {
                tellOfOthers(local);
            }
            const sources = local
                ? sourcesOfSandbox(local.folder, [local.deployment])
                : await sourcesElsewhere(directory, flags);
            const asked = flags.policies === true ? await askPolicies(directory, flags) : [];
            draw(graphOf({ ...sources, asked }), flags);
        });
}

function draw(graph: CallGraph, { format = [{ format: "mermaid" }] }: GraphFlags): void {
    const shown = redactJson(graph);
    for (const destination of format) {
        writeTo(destination, `${FORMATS[destination.format](shown)}\n`);
    }
}

/** What the sandbox of a directory keeps of all its stacks. @throws UserError if it has none */
function sourcesOfAll(directory = process.cwd()): ReturnType<typeof sourcesOfSandbox> {
    const folder = findStateFolder(undefined, resolve(directory), process.env);
    const stacks = folder.deployments();
    if (stacks.length === 0) {
        throw new UserError(`no stack is deployed in ${folder.path}`, {
            fix: "deploy one with `gcp-invoke sandbox up`, or name another folder with GCP_INVOKE_STATE",
        });
    }
    return sourcesOfSandbox(folder, stacks);
}

/** Nobody should take one stack for everything that is deployed. */
function tellOfOthers({ folder, deployment }: NonNullable<ReturnType<typeof localDeployment>>): void {
    const [drawn, names] = [nameOfStack(deployment), folder.deployments().map(nameOfStack)];
    const others = names.filter((name) => name !== drawn);
    if (others.length > 0) {
        process.stderr.write(
            `this is ${drawn}; the sandbox also has ${others.join(", ")}: draw one with --stack, or all with --all\n`,
        );
    }
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
