import { type Command, Option } from "commander";
import { makeProject, templates } from "../init";

/** `gcp-invoke init`: a project that runs in the sandbox at once. */
export function register(program: Command): void {
    program
        .command("init [directory]")
        .description("make a project that runs in the sandbox at once")
        .addOption(
            new Option("-t, --template <template>", "what the program deploys").choices(templates).default("workflow"),
        )
        .option("-n, --name <name>", "the name of the project (default: made of the folder's name)")
        .action((directory: string | undefined, { template, name }: { template: string; name?: string }) => {
            const { written, installed } = makeProject({
                directory: directory ?? ".",
                template,
                ...(name !== undefined && { name }),
            });
            const steps = [
                ...(directory === undefined || directory === "."
                    ? []
                    : [`cd ${/^[\w./-]+$/.test(directory) ? directory : `"${directory}"`}`]),
                ...(installed ? [] : ["npm install pulumi-gcp-invoke @pulumi/pulumi @pulumi/gcp"]),
                "npx gcp-invoke sandbox up .",
            ];
            process.stdout.write(
                `wrote ${written.join(", ")}\n\nnext:\n${steps.map((step) => `    ${step}\n`).join("")}`,
            );
        });
}
