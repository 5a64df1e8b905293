import { createRequire } from "node:module";
import type * as engine from "../engine";
import { SandboxError } from "./cloud";

/**
 * The engine, loaded when it is needed: it brings Pulumi's SDK along, which takes its time, and which those who run no
 * program need not have.
 * @throws Error where the SDK is not installed.
 */
export function loadEngine(): typeof engine {
    try {
        return createRequire(__filename)("../engine") as typeof engine;
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== "MODULE_NOT_FOUND" || !message.includes("'@pulumi/pulumi")) {
            throw error;
        }
        throw new SandboxError("Pulumi programs are run by Pulumi's SDK, which is not installed", {
            fix: "run npm install @pulumi/pulumi @pulumi/gcp",
            cause: error,
        });
    }
}
