import type { Command } from "commander";
import type { CredentialOptions } from "../../credentials";
import { isTarget } from "../../access";
import type { CallersProbe, SmokeSpec } from "../../smoke";
import { UserError } from "../errors";
import { terminal } from "../render";
import { commandInSandbox, localDeployment, nearestProject } from "../sandbox";
import { configuredCredentials, readSpecs, type SpecFlags } from "../verify";
import { askWho, mayReport, printMay, printWho } from "../who";

interface WhoFlags extends SpecFlags {
    may?: string;
    json?: boolean;
    cloud?: boolean;
    as?: string;
    dir?: string;
}

export function register(program: Command): void {
    program
        .command("who")
        .summary("tell who may call a service, a function, a workflow or an application")
        .description(
            "Tells who may call what the stack in this folder deployed: by every role, group and condition in the policies of the target, its project, " +
                "its folders and its organization, and by becoming an account that may call. It sends nothing to the target.\n" +
                "The exit code is 0 if only declared callers may call, 1 if others may or it is not known, 2 if the command line is wrong.",
        )
        .argument("[target]", "the name of a component, or the REST URL of a target (default: everything in the stack)")
        .option("--may <principal>", "tell what this IAM member may call instead: user:ann@example.com")
        .option("--json", "print JSON")
        .option("--dir <folder>", "the folder of the program (default: this folder)")
        .option("--cloud", "ask Google Cloud, even if the sandbox has a stack of this folder")
        .option("--spec <file>", "read a spec (or a list of specs) from a file instead")
        .option(
            "--state <file>",
            "read the state from a file instead, or from the folder of a sandbox's state; - means stdin",
        )
        .option("--specs <place>", "read all JSON files in a folder or in gs://BUCKET/PREFIX")
        .option("--stack <name>", "the stack (default: the selected one)")
        .option("--as <email>", "act as this service account")
        .action(async (target: string | undefined, flags: WhoFlags) => {
            checkPrincipal(flags.may);
            const elsewhere =
                flags.cloud === true || [flags.spec, flags.state, flags.specs].some((from) => from !== undefined);
            const directory = flags.dir ?? nearestProject(process.cwd());
            const local = localDeployment(directory, flags, elsewhere);
            process.exitCode = local
                ? await commandInSandbox("who", local, [...(target === undefined ? [] : [target]), ...optionsOf(flags)])
                : await who(target, flags);
        });
}

async function who(target: string | undefined, flags: WhoFlags): Promise<number> {
    const out = terminal(process.stdout);
    const { specs, credentials } = await stackFor(target, flags);
    if (flags.may === undefined) {
        const asked = await askWho(specs, target, credentials);
        if (flags.json === true) {
            out.write(`${JSON.stringify({ version: 1, targets: asked }, undefined, 4)}\n`);
        } else {
            printWho(asked, out);
        }
        return asked.every(({ verdict }) => verdict === "proven") ? 0 : 1;
    }
    const answers = mayReport(await askWho(specs, target, credentials, lookIntoSets), flags.may);
    if (flags.json === true) {
        out.write(`${JSON.stringify({ version: 1, principal: flags.may, targets: answers }, undefined, 4)}\n`);
    } else {
        printMay(answers, flags.may, out);
    }
    return answers.some(({ may }) => may === "unknown") ? 1 : 0;
}

/** The REST URL of a target needs no stack. With one, its grants are declared. */
async function stackFor(
    target: string | undefined,
    flags: WhoFlags,
): Promise<{ specs: SmokeSpec[]; credentials: CredentialOptions }> {
    const { dir: directory = nearestProject(process.cwd()) } = flags;
    try {
        const credentials = await configuredCredentials(directory, flags);
        return { specs: await readSpecs(directory, flags, credentials), credentials };
    } catch (error) {
        if (error instanceof UserError && target !== undefined && isTarget(target)) {
            return { specs: [], credentials: flags.as === undefined ? {} : { impersonateServiceAccount: flags.as } };
        }
        throw error;
    }
}

/** A group that was declared is not looked into, unless the question is what somebody in it may call. */
const lookIntoSets = (probe: CallersProbe): CallersProbe => ({
    ...probe,
    allowed: probe.allowed.filter((member) => !member.startsWith("group:")),
});

function checkPrincipal(principal: string | undefined): void {
    if (principal !== undefined && !/^(user|serviceAccount|group|domain|principal|principalSet):.+/.test(principal)) {
        throw new UserError(`"${principal}" is no IAM member`, {
            fix: "write it like user:ann@example.com",
            exitCode: 2,
        });
    }
}

function optionsOf({ may, json, as }: WhoFlags): string[] {
    return [
        ...(may === undefined ? [] : ["--may", may]),
        ...(json === true ? ["--json"] : []),
        ...(as === undefined ? [] : ["--as", as]),
    ];
}
