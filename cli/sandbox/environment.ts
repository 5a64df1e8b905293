import { mkdirSync } from "node:fs";
import type { StateFolder } from "./state-folder";

/**
 * The variables for a client beside those of the sandbox: tools that keep a state of their own keep it inside the
 * sandbox's, so that no fake resource gets into a real backend. `undefined` takes a variable away.
 */
export function clientEnvironment(
    folder: StateFolder,
    variables: Record<string, string | null | undefined>,
    options: { keepBackend?: boolean } = {},
): Record<string, string | undefined> {
    const pulumi = folder.file("pulumi");
    const gcloud = folder.file("gcloud");
    for (const path of [pulumi, gcloud]) mkdirSync(path, { recursive: true, mode: 0o700 });
    return {
        // JSON has no undefined: over the control API it is null.
        ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? undefined])),
        CLOUDSDK_CONFIG: gcloud,
        ...(options.keepBackend
            ? {}
            : {
                  PULUMI_BACKEND_URL: `file://${pulumi}`,
                  // The states in there protect nothing: their secrets are the sandbox's.
                  PULUMI_CONFIG_PASSPHRASE: process.env.PULUMI_CONFIG_PASSPHRASE ?? "sandbox",
                  PULUMI_ACCESS_TOKEN: undefined,
              }),
    };
}
