import {
    closeSync,
    existsSync,
    lstatSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    rmdirSync,
    unlinkSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileError, UserError } from "../errors";

/** The programs that `init` makes. They are templates of `pulumi new` too. */
const folder = [join(__dirname, "..", "..", "templates"), join(__dirname, "..", "..", "..", "templates")].find((each) =>
    existsSync(each),
);

/** The names of the templates. */
export const templates: readonly string[] = folder === undefined ? [] : readdirSync(folder).sort();

/** What is made, and where. */
export interface ProjectOptions {
    directory: string;
    /** One of {@link templates}. */
    template: string;
    /** The name of the project. @default - made of the folder's name */
    name?: string;
}

/**
 * Writes the files of a template into a folder, which may have a `package.json` and a `.gitignore` already; those stay.
 *
 * @returns the names of the files that were written, and whether the packages that they need are there
 * @throws UserError if one of the other files exists, the name is not that of a project, or a file cannot be written; then nothing is
 * left
 */
export function makeProject({ directory, template, name }: ProjectOptions): { written: string[]; installed: boolean } {
    const root = resolve(directory);
    const project = projectName(name ?? nameOfFolder(root));
    const source = join(folder ?? "", template);
    const files = readdirSync(source).map((file): [string, string] => {
        const text = readFileSync(join(source, file), "utf8");
        return [file, fill(text, project)];
    });
    files.push([".gitignore", "node_modules/\n.gcp-invoke/\n"]);
    const there = files.filter(([file]) => isThere(join(root, file))).map(([file]) => file);
    const lost = there.filter((file) => file !== "package.json" && file !== ".gitignore");
    if (lost.length > 0) {
        throw new UserError(`${root} has ${lost.join(", ")} already, and nothing was written`, {
            fix: "name another folder: gcp-invoke init FOLDER",
        });
    }
    const written = files.filter(([file]) => !there.includes(file));
    writeAll(root, written);
    return { written: written.map(([file]) => file), installed: isInstalled(root) };
}

/** Writes files into a folder, or none of them. These are files of the user's, which others may read. */
function writeAll(root: string, files: readonly [name: string, text: string][]): void {
    const undo: (() => void)[] = [];
    try {
        makeFolders(root, undo);
        for (const [name, text] of files) {
            const path = join(root, name);
            const file = openSync(path, "wx");
            undo.push(() => unlinkSync(path));
            try {
                writeFileSync(file, text);
            } finally {
                closeSync(file);
            }
        }
    } catch (error) {
        undo.reverse().forEach((each) => each());
        throw fileError(`cannot make a project in ${root}`, error, "name another folder");
    }
}

/** Makes a folder and those above it one by one: Node says of all at once on a disk that can only be read that the folder is missing. */
function makeFolders(path: string, undo: (() => void)[]): void {
    if (!existsSync(path)) {
        makeFolders(dirname(path), undo);
        mkdirSync(path);
        undo.push(() => rmdirSync(path));
    }
}

/** Whether something has this name, be it a link that leads nowhere. */
function isThere(path: string): boolean {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function nameOfFolder(root: string): string {
    const name = basename(root)
        .toLowerCase()
        .replace(/[^a-z\d]+/g, "-")
        .replace(/^-+|-+$/g, "");
    return name === "" ? "my-project" : name;
}

/** A name that both Pulumi and npm take. */
function projectName(name: string): string {
    if (!/^[a-z\d][a-z\d._-]{0,99}$/.test(name)) {
        throw new UserError(`the name ${JSON.stringify(name)} is not that of a project`, {
            fix: "give up to 100 lower-case letters, digits, hyphens, underscores and periods with --name",
            exitCode: 2,
        });
    }
    return name;
}

/**
 * A file of a template for a project. `pulumi new` replaces the same two texts, and leaves out the section `template` too.
 * https://www.pulumi.com/docs/iac/guides/building-extending/creating-project-templates/
 */
function fill(text: string, project: string): string {
    const [own = "", template = ""] = text.split(/^template:\n/m);
    const [, description = ""] = /description: (.*)/.exec(template) ?? [];
    return own.replaceAll("${PROJECT}", project).replaceAll("${DESCRIPTION}", description);
}

/** Whether a program in this folder finds the packages that it needs. */
function isInstalled(root: string): boolean {
    const load = createRequire(join(root, "index.js"));
    return ["pulumi-gcp-invoke", "@pulumi/pulumi", "@pulumi/gcp"].every((name) => {
        try {
            load.resolve(name);
            return true;
        } catch {
            return false;
        }
    });
}
