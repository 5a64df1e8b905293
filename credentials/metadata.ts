import { getGCPResidency, HEADER_NAME, HEADER_VALUE, HOST_ADDRESS } from "gcp-metadata";
import { Compute } from "google-auth-library";
import { mintedIdToken } from "./cache";
import { CredentialError } from "./errors";
import { accessTokenOf, refusals } from "./files";
import type { Identity } from "./identity";

/** How long a server may take to answer, in milliseconds. On Google Cloud it may still be starting. */
const PATIENCE = { elsewhere: 3000, onGoogleCloud: 30_000 };

/** Whether there is a server at an address, for each that was asked. */
const asked = new Map<string, Promise<boolean>>();

/**
 * Whether Google's metadata server answers this process. The environment says where it is asked for, as Google's libraries
 * read it: https://cloud.google.com/nodejs/docs/reference/gcp-metadata/latest/overview
 * The library's own `isAvailable` would print a warning of Node beside the error of a command.
 * @throws CredentialError if the environment says how to find the server by a word that the libraries do not know
 */
export async function onGoogleCloud(): Promise<boolean> {
    const { METADATA_SERVER_DETECTION: detection = "", GCE_METADATA_IP, GCE_METADATA_HOST } = process.env;
    switch (detection.trim().toLowerCase()) {
        case "assume-present":
            return true;
        case "none":
            return false;
        case "bios-only":
            return getGCPResidency();
        case "ping-only":
        case "": {
            const address = GCE_METADATA_IP || GCE_METADATA_HOST || HOST_ADDRESS;
            const answer = asked.get(address) ?? answers(address);
            asked.set(address, answer);
            return await answer;
        }
        default:
            throw new CredentialError(
                "no-credentials",
                `METADATA_SERVER_DETECTION is ${JSON.stringify(detection)}; known are assume-present, none, bios-only and ping-only`,
                "unset METADATA_SERVER_DETECTION",
            );
    }
}

async function answers(address: string): Promise<boolean> {
    try {
        const url = new URL(
            "/computeMetadata/v1/instance",
            /^https?:\/\//.test(address) ? address : `http://${address}`,
        );
        const { ok, headers } = await fetch(url, {
            headers: { [HEADER_NAME]: HEADER_VALUE },
            signal: AbortSignal.timeout(getGCPResidency() ? PATIENCE.onGoogleCloud : PATIENCE.elsewhere),
        });
        return ok && headers.get(HEADER_NAME) === HEADER_VALUE;
    } catch {
        return false;
    }
}

/** The account that the workload runs as, by the metadata server. */
export function metadataIdentity(): Identity {
    const from = "the metadata server";
    return {
        description: "the workload's own account, by the metadata server",
        accessToken: (scopes) => accessTokenOf(new Compute({ scopes: [...scopes] }), from),
        idToken: async (audience) =>
            // The library puts the audience into the query as it is.
            mintedIdToken(await refusals(from, () => new Compute().fetchIdToken(encodeURIComponent(audience)))),
    };
}
