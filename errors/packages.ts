import { createRequire } from "node:module";
import { AdvisedError } from "./base";

/** A package that an entry point needs, and that is not installed, because not everybody needs it. */
export class MissingPackageError extends AdvisedError {
    readonly code = "missing-package";
}

/**
 * Checks that the packages are installed that an entry point needs beside this one. It runs before they are loaded.
 *
 * @param entry - the entry point, such as `pulumi-gcp-invoke/policy`
 * @throws MissingPackageError naming all that are missing, and the command that installs them
 */
export function needPackages(entry: string, ...names: string[]): void {
    const { resolve } = createRequire(__filename);
    const missing = names.filter((name) => {
        try {
            resolve(name);
            return false;
        } catch {
            return true;
        }
    });
    if (missing.length > 0) {
        throw new MissingPackageError(
            `${entry} needs ${missing.join(" and ")}, which ${missing.length === 1 ? "is" : "are"} not installed`,
            { fix: `run npm install ${missing.join(" ")}` },
        );
    }
}
