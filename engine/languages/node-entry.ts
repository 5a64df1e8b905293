import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileProblem, messageOf } from "../../errors";
import { ProgramError } from "../errors";
import { mapAt, parseYaml, type Yaml } from "../project";
import type { EntryPoint } from "./types";

/** The files that describe a package: the second is that of pnpm. */
const MANIFESTS = ["package.json", "package.yaml"];
/** What completes a path, in the order in which it is tried: what Node knows, and what ts-node adds. */
const EXTENSIONS = [".js", ".json", ".node", ".ts", ".tsx", ".cts", ".mts"];
const OF_MODULES = [".js", ".mjs", ".ts", ".mts"];

interface Manifest {
    file: string;
    content: Record<string, Yaml>;
}

/**
 * What runs if a project names a folder: what its `package.json` names, as Pulumi and Node read it.
 * https://www.pulumi.com/docs/iac/languages-sdks/javascript/ and https://nodejs.org/api/modules.html#folders-as-modules
 * @param file - the file of the project
 * @throws ProgramError if there is nothing to run
 */
export function packageEntry(directory: string, file: string): EntryPoint {
    const manifest = manifestOf(directory);
    if (manifest === undefined) {
        return whole(resolveFolder(directory, false), directory, file);
    }
    const isModule = manifest.content["type"] === "module";
    const named = namedBy(manifest);
    const path = named && join(dirname(manifest.file), named.path);
    if (named !== undefined && path !== undefined && existsSync(path)) {
        if (statSync(path).isDirectory() && resolveFolder(path, isModule) === undefined) {
            throw noSuchMain(manifest, named, "is a folder without an index file", file);
        }
        return {
            main: ".",
            warnings: dirname(manifest.file) === directory ? [] : [otherMain(directory, manifest, file)],
        };
    }
    const found = resolveFolder(directory, isModule);
    if (named === undefined) {
        return whole(found, directory, file);
    }
    if (found === undefined) {
        throw noSuchMain(manifest, named, "does not exist", file);
    }
    // With the file itself, neither Pulumi nor Node warns in its own words.
    return {
        main: relative(directory, found),
        warnings: [
            `${manifest.file}: ${named.key} is ${named.path}, which does not exist, so that ${found} runs, as under Pulumi; correct ${named.key}, or take it out`,
        ],
    };
}

function manifestOf(directory: string): Manifest | undefined {
    for (let folder = directory; ; folder = dirname(folder)) {
        const file = MANIFESTS.map((name) => join(folder, name)).find((path) => existsSync(path));
        if (file !== undefined) {
            return { file, content: mapAt(file.endsWith(".json") ? parseJson(file) : parseYaml(file), file) };
        }
        if (dirname(folder) === folder) {
            return undefined;
        }
    }
}

function parseJson(file: string): Yaml {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as Yaml;
    } catch (error) {
        const { wrong, fix = "correct the file, which Node reads as JSON" } = fileProblem(error) ?? {
            wrong: messageOf(error),
        };
        throw new ProgramError(`${file}: ${wrong}`, { fix });
    }
}

/** What a package names as what runs: `exports`, of which Pulumi reads the first level alone, and else `main`. */
function namedBy({ file, content }: Manifest): { key: string; path: string } | undefined {
    const { main, exports: offered } = content;
    const wrong = (key: string, value: Yaml): ProgramError =>
        new ProgramError(`${file}: ${key} is ${JSON.stringify(value)}, where Pulumi expects a path`, {
            fix: "write the path of the program, such as ./index.ts",
        });
    if (offered === undefined) {
        if (typeof main !== "string" && Boolean(main)) {
            throw wrong("main", main ?? null);
        }
        return typeof main === "string" && main !== "" ? { key: "main", path: main } : undefined;
    }
    if (typeof offered === "string") {
        return { key: "exports", path: offered };
    }
    if (typeof offered !== "object" || offered === null) {
        throw wrong("exports", offered);
    }
    const { ".": own } = offered as Record<string, Yaml>;
    if (own === undefined || typeof own === "string") {
        return own === undefined ? undefined : { key: 'exports["."]', path: own };
    }
    const conditions = mapAt(own, `${file}: exports["."]`);
    const path = conditions["default"] || conditions["require"] || conditions["import"];
    if (typeof path !== "string") {
        throw wrong('exports["."]', own);
    }
    return { key: 'exports["."]', path };
}

/** The file that Node runs for a folder. A module of ECMAScript has no `main` of its own there, because Pulumi looks it up. */
function resolveFolder(folder: string, isModule: boolean): string | undefined {
    const own = join(folder, "package.json");
    const { main } = !isModule && existsSync(own) ? mapAt(parseJson(own), own) : {};
    const beginnings =
        typeof main === "string" && main !== "" ? [resolve(folder, main), resolve(folder, main, "index")] : [];
    const files = [...beginnings, join(folder, "index")].flatMap((path) =>
        ["", ...(isModule ? OF_MODULES : EXTENSIONS)].map((extension) => path + extension),
    );
    return files.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

function noSuchMain(
    { file, content }: Manifest,
    named: { key: string; path: string },
    why: string,
    project: string,
): Error {
    const { build } = mapAt(content["scripts"] ?? {}, `${file}: scripts`);
    const compile = build === undefined ? "" : `run npm run build in ${dirname(file)}, `;
    return new ProgramError(`${file}: ${named.key} is ${named.path}, which ${why}`, {
        fix: `${compile}correct ${named.key}, or name the program's file as main in ${project}`,
    });
}

/** The folder itself, in which Node finds the file. */
function whole(found: string | undefined, directory: string, file: string): EntryPoint {
    if (found === undefined) {
        throw new ProgramError(
            `there is no program in ${directory}: it has no index.ts and no index.js, and no package.json that names another file`,
            { fix: `write the program to ${join(directory, "index.ts")}, or name its file as main in ${file}` },
        );
    }
    return { main: ".", warnings: [] };
}

/** Pulumi runs the main of the nearest package.json without a message, which is seldom what the user wants. */
function otherMain(directory: string, { file }: Manifest, project: string): string {
    return `${directory} has no package.json: as under Pulumi, what runs is the main of ${file}; to run a program of this folder, name its file as main in ${project}`;
}
