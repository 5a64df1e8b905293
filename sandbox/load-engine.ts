import { createRequire } from "node:module";
import type * as engine from "../engine";
import { SandboxError } from "./cloud";

/**
 * Loads the engine when it is needed. It needs Pulumi's SDK, which takes time to load, and which need not be installed if
 * no program is run.
 * @throws Error if the SDK is not installed
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
