import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** How a process of a bench runs the sources: as the scripts do. */
export const nodeArguments = [
    "--no-experimental-strip-types",
    "--conditions=pulumi-gcp-invoke-source",
    `--require=${join(root, "scripts", "register.cjs")}`,
];

export const quickstart = join(root, "examples", "quickstart");
