import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** Whether a package is a folder of components, as the project names it or as npm has installed it. */
export function isComponentPackage(name: string): boolean {
    const named = (JSON.parse(process.env["PULUMI_YAML_PLUGINS"] ?? "{}") as Record<string, string>)[name];
    const above = createRequire(resolve("index.js")).resolve.paths(name) ?? [];
    return [...(named === undefined ? [] : [named]), ...above.map((folder) => join(folder, name))].some((folder) =>
        existsSync(join(folder, "PulumiPlugin.yaml")),
    );
}
