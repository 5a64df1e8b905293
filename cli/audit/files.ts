import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Minimatch } from "minimatch";
import { looksLikeWorkflow } from "../../workflow";
import { fileError, UserError } from "../errors";

export interface SourceFile {
    /** The path as the user would write it; `<stdin>` for standard input. */
    path: string;
    text: string;
}

const extensions = "**/*.{yaml,yml,json,tf,tftpl}";
const skipped = ["node_modules", ".git", ".terraform", "dist"];

/**
 * Reads what the user named: files, folders (every workflow definition below), globs, and `-` for standard input.
 * In folders and globs it skips files that are no workflow definition.
 *
 * @throws UserError (exit code 2) if a name leads to no definition, so that a wrong path never looks like a clean file
 */
export function readSources(names: readonly string[]): SourceFile[] {
    const files = new Map<string, SourceFile>();
    for (const name of names) {
        for (const file of name === "-" ? [decoded({ path: "<stdin>", bytes: readFileSync(0) })] : expand(name)) {
            files.set(file.path, file);
        }
    }
    return [...files.values()];
}

/** The error for a named file without a workflow definition. */
export function noDefinition(path: string): UserError {
    return new UserError(`${path} holds no workflow definition`, {
        fix: "in Terraform, only heredocs are read: write the definition as one, or in a file of its own",
        exitCode: 2,
    });
}

function expand(name: string): SourceFile[] {
    const stats = statSync(name, { throwIfNoEntry: false });
    if (stats?.isFile() === true) {
        return [decoded(read(name))];
    }
    const [folder, pattern] = stats?.isDirectory() === true ? [name, extensions] : split(name);
    const found = matching(folder, pattern)
        .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
        .sort()
        .map(read);
    if (stats === undefined && found.length === 0) {
        throw new UserError(`${name}: no such file`, {
            fix: "name a file, a folder, a quoted glob, or - for standard input",
            exitCode: 2,
        });
    }
    const definitions = found.filter((file) => looksLikeWorkflow(file.bytes.toString("utf8")));
    if (definitions.length === 0) {
        throw new UserError(
            `${name}: no workflow definition among its ${found.length} YAML, JSON and Terraform files`,
            { fix: "name another folder, or the file itself", exitCode: 2 },
        );
    }
    return definitions.map(decoded);
}

/**
 * The files and links that a glob names below a folder, without those that tools put there. `fs.globSync` would do it,
 * but Node 20 does not have it.
 */
function matching(folder: string, pattern: string): string[] {
    const glob = new Minimatch(pattern, { nonegate: true, nocomment: true });
    const inside = (below: string): string[] => {
        const path = join(folder, below);
        return attempt(path, () => readdirSync(path, { withFileTypes: true }))
            .filter(({ name }) => !skipped.includes(name))
            .flatMap((entry) => {
                const inner = below === "" ? entry.name : `${below}/${entry.name}`;
                if (!entry.isDirectory()) {
                    return glob.match(inner) ? [join(folder, inner)] : [];
                }
                // Whether a file in this folder could match.
                return glob.match(inner, true) ? inside(inner) : [];
            });
    };
    return existsSync(join(folder, "")) ? inside("") : [];
}

/** The part of a glob that only names a folder, and the rest. */
function split(glob: string): [folder: string, pattern: string] {
    const names = glob.split(/[\\/]/);
    const first = names.findIndex((name, index) => index === names.length - 1 || /[*?[\]{}()]/.test(name));
    const folder = names.slice(0, first).join("/");
    return [folder === "" && first > 0 ? "/" : folder, names.slice(first).join("/")];
}

function read(path: string): Bytes {
    return { path, bytes: attempt(path, () => readFileSync(path)) };
}

function attempt<Result>(path: string, reading: () => Result): Result {
    try {
        return reading();
    } catch (error) {
        throw fileError(`${path} cannot be read`, error, "name another file", 2);
    }
}

interface Bytes {
    path: string;
    bytes: Buffer;
}

/** @throws UserError if the bytes are no UTF-8 text, because they could not be written back unchanged */
function decoded({ path, bytes }: Bytes): SourceFile {
    const text = bytes.toString("utf8");
    if (text.includes("\uFFFD") && !bytes.equals(Buffer.from(text))) {
        throw new UserError(`${path} is not UTF-8, which Workflows requires`, { fix: "save it as UTF-8", exitCode: 2 });
    }
    return { path, text };
}
