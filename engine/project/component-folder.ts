import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The folder of a package of components, which has a `PulumiPlugin.yaml`: the one that the project names, else the one that
 * npm has installed for the program, or `undefined` if there is none.
 * @param directory The program's folder.
 * @param named The folders that the project names, by package.
 */
export function componentFolder(name: string, directory: string, named: Record<string, string>): string | undefined {
    const given = named[name];
    const above = createRequire(join(directory, "index.js")).resolve.paths(name) ?? [];
    const places = [...(given === undefined ? [] : [given]), ...above.map((folder) => join(folder, name))];
    return places.find((place) => existsSync(join(place, "PulumiPlugin.yaml")));
}
