import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { mintedIdToken } from "./cache";
import { CredentialError } from "./errors";
import type { Identity } from "./identity";
import { inOneLine } from "./sent";

/**
 * The account that a developer is signed in with. It is for development only, because a user's ID token always has the
 * audience of gcloud. Cloud Run and functions accept it from those who may invoke; IAP does not.
 */
export function gcloudIdentity(env: NodeJS.ProcessEnv): Identity {
    const print = async (command: string): Promise<string> => {
        try {
            const { stdout } = await promisify(execFile)("gcloud", ["auth", command, "--quiet"], { env });
            return stdout.trim();
        } catch (error) {
            const detail = error as { code?: unknown; stderr?: string };
            throw detail.code === "ENOENT"
                ? new CredentialError("no-credentials", "gcloud is not installed, or not on the PATH")
                : new CredentialError(
                      "refused",
                      `gcloud auth ${command} failed: ${inOneLine(detail.stderr ?? "")}`,
                      "gcloud auth login",
                  );
        }
    };
    return {
        description: "the account that gcloud is signed in with (development only)",
        // Gcloud renews what it prints by itself; half an hour is well within the hour that a token lasts.
        accessToken: async () => ({
            token: await print("print-access-token"),
            expiresAt: Date.now() + 30 * 60_000,
        }),
        async idToken(audience) {
            if (!audience.startsWith("https://")) {
                throw new CredentialError(
                    "not-possible",
                    `gcloud's ID token of a user cannot have the audience ${audience}, which IAP would want: name a service account to act as`,
                );
            }
            return mintedIdToken(await print("print-identity-token"));
        },
    };
}
