import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type CloudFunction, firstSource, type FunctionV1, readObject, type RunService } from "../apis";
import { WorkloadError, type Cloud } from "../cloud";
import { unzip } from "./zip";

const annotation = "cloudfunctions.googleapis.com/function-id";

/** The name of the function to which a service belongs. Undefined if it belongs to none. */
export function functionOf({ name, annotations }: RunService): string | undefined {
    const id = annotations?.[annotation];
    return id === undefined ? undefined : name.replace(/\/(services|functions)\/[^/]+$/, `/functions/${id}`);
}

/** The source that was uploaded for a function. Undefined if none was. */
export function sourceOf(
    cloud: Cloud,
    name: string,
): { archive: Buffer; runtime: string; signature: string } | undefined {
    const second = cloud.store.get("cloudfunctions.functions", name) as CloudFunction | undefined;
    const first = cloud.store.get("cloudfunctions.v1functions", name) as FunctionV1 | undefined;
    const stored = (second?.buildConfig?.source?.storageSource ?? firstSource(first ?? {}) ?? {}) as Record<
        string,
        string
    >;
    const archive = readObject(cloud, stored.bucket ?? "", stored.object ?? "");
    const runtime = second?.buildConfig?.runtime ?? first?.runtime ?? "";
    // The framework uses this if the source does not say its kind itself, by `functions.http` and the like.
    const signature = second?.eventTrigger ? "cloudevent" : first?.eventTrigger ? "event" : "http";
    return archive && { archive, runtime, signature };
}

/** A function's source on disk, and the command that runs it. */
export interface Unpacked {
    directory: string;
    command: string[];
    env: Record<string, string>;
    remove(): void;
}

/**
 * Unpacks a function's source and finds Google's Functions Framework, whose command runs it as on Google Cloud. Nothing is
 * installed: the `node_modules` of the source is used if it has one, and otherwise that of the folder where the sandbox was
 * started.
 * @throws Error saying what is missing
 */
export function unpack(
    name: string,
    { archive, runtime, signature }: { archive: Buffer; runtime: string; signature: string },
): Unpacked {
    if (!runtime.startsWith("nodejs")) {
        throw new WorkloadError(`${name}: the sandbox runs sources of Node.js only, not ${runtime}`, {
            fix: "name a command for the function in sandbox.yaml under functions",
        });
    }
    const directory = mkdtempSync(join(tmpdir(), "gcp-invoke-function-"));
    const remove = (): void => rmSync(directory, { recursive: true, force: true });
    try {
        for (const [path, content] of unzip(archive)) {
            mkdirSync(dirname(join(directory, path)), { recursive: true });
            writeFileSync(join(directory, path), content);
        }
        const installed = foldersOfModules(process.cwd());
        const own = join(directory, "node_modules");
        if (!existsSync(own) && installed[0] !== undefined) {
            // This is for `import`, which ignores NODE_PATH.
            symlinkSync(installed[0], own, "junction");
        }
        return {
            directory,
            command: [process.execPath, frameworkIn([own, ...installed], name)],
            env: { FUNCTION_SIGNATURE_TYPE: signature, NODE_PATH: installed.join(delimiter) },
            remove,
        };
    } catch (error) {
        remove();
        throw error;
    }
}

/** The `node_modules` of a folder and of all folders that contain it, in the order in which Node looks them up. */
function foldersOfModules(folder: string): string[] {
    const parent = dirname(folder);
    const modules = join(folder, "node_modules");
    return [...(existsSync(modules) ? [modules] : []), ...(parent === folder ? [] : foldersOfModules(parent))];
}

/** The framework's command. It is read from package.json, because the package does not let others resolve its files. */
function frameworkIn(folders: string[], name: string): string {
    for (const folder of folders) {
        const root = join(folder, "@google-cloud", "functions-framework");
        if (existsSync(join(root, "package.json"))) {
            const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
                bin?: Record<string, string>;
            };
            return join(realpathSync(root), bin?.["functions-framework"] ?? "build/src/main.js");
        }
    }
    throw new WorkloadError(
        `${name}: its source was uploaded, and @google-cloud/functions-framework, which runs it, is not installed in ${process.cwd()}`,
        {
            fix: "npm install --save-dev @google-cloud/functions-framework, or name a handler for the function in sandbox.yaml under functions",
        },
    );
}
