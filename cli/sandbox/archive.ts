import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isObject, makePrivateFolder, readPrivateJson, writePrivateFile } from "../../common";
import { checkState, readState } from "../../sandbox/light";
import { fileError, UserError } from "../errors";
import type { StateFolder } from "./state-folder";

/** The version of an exported file. A file of a newer version is refused. */
const FORMAT = 1;

/** A sandbox's state in one file. */
interface Archive {
    format: number;
    /** What the sandbox's cloud holds. */
    sandbox: unknown;
    /** The states of the stacks by file name. Their secrets stay encrypted; the key is in the same file. */
    stacks: Record<string, unknown>;
    deployment?: unknown;
}

/** Writes the state of a folder to a file, `-` for standard output. @throws UserError if there is none */
export function exportState(folder: StateFolder, file: string): void {
    const whole = readOwn(folder.file("sandbox.json"));
    if (whole === undefined) {
        throw new UserError(`there is no sandbox's state in ${folder.path}`, { fix: "name its folder with --state" });
    }
    const stacks = folder.file("stacks");
    const names = existsSync(stacks) ? readdirSync(stacks).filter((name) => name.endsWith(".json")) : [];
    const archive: Archive = {
        format: FORMAT,
        // The store reads it, because the latest changes are in the journal of a sandbox that is running or was killed.
        sandbox: {
            ...(whole as object),
            collections: readState(folder.file("sandbox.json")),
        },
        stacks: Object.fromEntries(names.map((name) => [name, readOwn(folder.file("stacks", name))])),
        ...(folder.lastDeployment() && { deployment: readOwn(folder.file("deployment.json")) }),
    };
    const text = `${JSON.stringify(archive, undefined, 4)}\n`;
    if (file === "-") {
        process.stdout.write(text);
        return;
    }
    writePrivateFile(file, text);
}

/**
 * Replaces the state of a folder by that of a file. @throws UserError if the file holds no state, or the folder is in
 * use
 */
export async function importState(folder: StateFolder, file: string): Promise<void> {
    const archive = readArchive(file);
    await folder.clear();
    const release = await folder.lock();
    try {
        makePrivateFolder(folder.file("stacks"), folder.path);
        writeJson(folder.file("sandbox.json"), archive.sandbox);
        for (const [name, state] of Object.entries(archive.stacks)) {
            writeJson(folder.file("stacks", name), state);
        }
        if (archive.deployment !== undefined) {
            writeJson(folder.file("deployment.json"), archive.deployment);
        }
    } finally {
        release();
    }
}

function readArchive(file: string): Archive {
    const value = readJson(file) as Partial<Archive> | null;
    if (typeof value?.format !== "number" || !isObject(value.stacks) || !isObject(value.sandbox)) {
        throw new UserError(`${file} is not a sandbox's state`, {
            fix: "give a file that `gcp-invoke sandbox export` wrote",
        });
    }
    if (value.format > FORMAT) {
        throw new UserError(`${file} has the format ${value.format}, and this version reads ${FORMAT}`, {
            fix: "install a newer one",
        });
    }
    const names = Object.keys(value.stacks).filter((name) => !/^[\w.-]{1,201}\.json$/.test(name));
    if (names.length > 0) {
        throw new UserError(`${file} holds the stack ${names.join(", ")}, which is no file name`);
    }
    const broken = Object.entries(value.stacks).find(([, state]) => !isObject(state));
    if (broken) {
        throw new UserError(`${file} is damaged: what it holds of the stack ${broken[0]} is no state`);
    }
    checkState(value.sandbox, file);
    return value as Archive;
}

function readOwn(file: string): unknown {
    return readPrivateJson(file, "replace it by a backup, or delete it to start from an empty state");
}

function readJson(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch (error) {
        throw fileError(`${file} cannot be read`, error, "give a file that `gcp-invoke sandbox export` wrote");
    }
}

function writeJson(file: string, value: unknown): void {
    writePrivateFile(file, `${JSON.stringify(value, undefined, 4)}\n`);
}
