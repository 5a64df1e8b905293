import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UserError } from "../../errors";
import { nearestProject, readProgram } from "../deploy";
import { lazy } from "../lazy";

interface ConfigFlags {
    stack: string;
    directory?: string;
}

/** `sandbox config`: the configuration of a stack, as `pulumi config` has it, for machines without the Pulumi CLI. */
export function registerConfig(sandbox: Command): void {
    const config = sandbox
        .command("config")
        .description("read and write the configuration of a stack, as `pulumi config` does");
    const withPlace = (command: Command): Command =>
        command
            .option("-s, --stack <name>", "the stack", "dev")
            .option("--directory <directory>", "the folder of the program (default: the nearest one above)");
    withPlace(config.command("list", { isDefault: true }))
        .description("list all values; secrets are hidden")
        .option("-j, --json", "print JSON")
        .option("--show-secrets", "print secrets in the clear")
        .action(async (flags: ConfigFlags & { json?: boolean; showSecrets?: boolean }) => {
            const values = Object.entries((await projectOf(flags)).config).map(([key, { value, secret = false }]) => [
                key,
                secret && flags.showSecrets !== true ? "[secret]" : value,
            ]);
            const text = flags.json
                ? JSON.stringify(Object.fromEntries(values), undefined, 4)
                : values.map(([key, value]) => `${key}: ${value}`).join("\n");
            process.stdout.write(text === "" ? "" : `${text}\n`);
        });
    withPlace(config.command("get <key>"))
        .description("print one value")
        .action(async (key: string, flags: ConfigFlags) => {
            const project = await projectOf(flags);
            const found = project.config[key] ?? project.config[`${project.name}:${key}`];
            if (found === undefined) {
                throw new UserError(`the stack ${flags.stack} has no value for ${key}`, {
                    fix: `set it: gcp-invoke sandbox config set ${key} VALUE`,
                });
            }
            process.stdout.write(`${found.value}\n`);
        });
    withPlace(config.command("set <key> [value]"))
        .description("write one value into `Pulumi.<stack>.yaml`; without a value, it is read from standard input")
        .option("--secret", "encrypt it by the passphrase in PULUMI_CONFIG_PASSPHRASE")
        .action(async (key: string, value: string | undefined, flags: ConfigFlags & { secret?: boolean }) => {
            const text = value ?? readFileSync(0, "utf8").replace(/\r?\n$/, "");
            await write(key, { value: text, secret: flags.secret === true }, flags);
        });
    withPlace(config.command("rm <key>"))
        .description("take one value out of `Pulumi.<stack>.yaml`")
        .action(async (key: string, flags: ConfigFlags) => {
            if (!(await write(key, undefined, flags))) {
                throw new UserError(`Pulumi.${flags.stack}.yaml has no value for ${key}`);
            }
        });
}

function projectOf({ stack, directory }: ConfigFlags) {
    return readProgram(directory ?? nearestProject(process.cwd()), stack);
}

async function write(
    key: string,
    value: { value: string; secret: boolean } | undefined,
    flags: ConfigFlags,
): Promise<boolean> {
    const project = await projectOf(flags);
    return lazy.project().writeConfig(project.configFile, project.name, key, value, process.env);
}
