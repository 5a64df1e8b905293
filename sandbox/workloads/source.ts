import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type CloudFunction, firstSource, type FunctionV1, readObject, type RunService } from "../apis";
import { WorkloadError, type Cloud } from "../cloud";
import { unzip } from "./zip";

const annotation = "cloudfunctions.googleapis.com/function-id";

/** The name of the function that a service is, or is beneath; undefined where it is none. */
export function functionOf({ name, annotations }: RunService): string | undefined {
    const id = (annotations as Record<string, string> | undefined)?.[annotation];
    return id === undefined ? undefined : name.replace(/\/(services|functions)\/[^/]+$/, `/functions/${id}`);
}

/** The source that was uploaded for a function, where it is one that Node runs. */
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
    return archive && { archive, runtime, signature: second?.eventTrigger ? "cloudevent" : "http" };
}

/** A function's source on disk, and what runs it. */
export interface Unpacked {
    directory: string;
    command: string[];
    env: Record<string, string>;
    remove(): void;
}

/**
 * Unpacks a function's source and finds Google's Functions Framework, which runs it as on Google Cloud. The framework and
 * what the function requires come from the `node_modules` of the folder that the sandbox was started in: nothing is
 * installed.
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
    const modules = join(process.cwd(), "node_modules");
    const main = frameworkIn(modules, name);
    const directory = mkdtempSync(join(tmpdir(), "gcp-invoke-function-"));
    for (const [path, content] of unzip(archive)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content);
    }
    return {
        directory,
        command: [process.execPath, main],
        env: {
            FUNCTION_SIGNATURE_TYPE: signature,
            NODE_PATH: [modules, process.env.NODE_PATH].filter((path) => path !== undefined).join(delimiter),
        },
        remove: () => rmSync(directory, { recursive: true, force: true }),
    };
}

function frameworkIn(modules: string, name: string): string {
    try {
        return createRequire(join(modules, "x.js")).resolve("@google-cloud/functions-framework/build/src/main.js");
    } catch (error) {
        throw new WorkloadError(
            `${name}: its source was uploaded, and @google-cloud/functions-framework, which runs it, is not installed in ${modules}`,
            {
                fix: "npm install --save-dev @google-cloud/functions-framework, or name a handler for the function in sandbox.yaml under functions",
                cause: error,
            },
        );
    }
}
