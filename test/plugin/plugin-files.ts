import { join } from "node:path";
import { checkout } from "../support/quickstart";

const from = (path: string): string => JSON.stringify(join(checkout, path));

/** The files of a plugin in the folder `plugin` that makes the components from the sources of the checkout. */
export const PLUGIN_FILES = {
    "plugin/PulumiPlugin.yaml": "runtime: nodejs\n",
    "plugin/package.json": '{ "name": "pulumi-gcp-invoke", "main": "index.js" }',
    "plugin/index.js": `require(${from("scripts/register.cjs")});\nmodule.exports = require(${from("plugin/main.ts")});\n`,
};
