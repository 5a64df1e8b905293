import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as apis from "./apis";
import type * as tokens from "./tokens";

const load = createRequire(__filename);

/** Makes the key of a new sandbox in another thread, while the sandbox is loaded. One that has a state has its key there. */
export function prepareSandbox(folder: string): void {
    if (!existsSync(join(folder, "sandbox.json"))) {
        // Whoever needs it makes another if this fails.
        (load("./tokens") as typeof tokens).prepareKey().catch(() => undefined);
    }
}

/** Loads Google's definitions, which the first request of a sandbox would wait for: when nothing else is to be done. */
export function prepareRequests(): void {
    (load("./apis") as typeof apis).google();
}
