import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { CredentialError } from "./errors";
import { fileIdentity, readCredentials } from "./files";
import type { Identity } from "./identity";
import type { QuotingHttp } from "./sent";
import { gcloudIdentity } from "./gcloud";
import { metadataIdentity, onGoogleCloud } from "./metadata";

/** What decides where tokens come from. */
export interface SourceOptions {
    /** An access token, like the provider's `gcp:accessToken`. */
    accessToken?: string;
    /** A credentials file or its JSON, like the provider's `gcp:credentials`. */
    credentials?: string;
    /** `auto` by default. `gcloud` is for developers, and `auto` never chooses it. */
    source?: "auto" | "metadata" | "gcloud";
    /** `process.env` by default. The metadata server's own variables are read from the process alone. */
    env?: NodeJS.ProcessEnv;
}

type Candidate = { source: string } & ({ identity: Identity } | { why: string });

/** Chooses the first source that exists. */
export async function chooseSource(
    http: QuotingHttp,
    options: SourceOptions,
): Promise<{ identity: Identity; passedOver: { source: string; why: string }[] }> {
    const env = options.env ?? process.env;
    if (options.source === "gcloud") {
        return { identity: gcloudIdentity(env), passedOver: [] };
    }
    if (options.source === "metadata") {
        return { identity: metadataIdentity(), passedOver: [] };
    }
    const passedOver: { source: string; why: string }[] = [];
    for (const find of candidates(http, options, env)) {
        const candidate = await find();
        if ("identity" in candidate) {
            return { identity: candidate.identity, passedOver };
        }
        passedOver.push(candidate);
    }
    throw new CredentialError(
        "no-credentials",
        `no credentials found: ${passedOver.map(({ source, why }) => `${source} ${why}`).join("; ")}`,
        "gcloud auth application-default login",
    );
}

function candidates(
    http: QuotingHttp,
    options: SourceOptions,
    env: NodeJS.ProcessEnv,
): (() => Candidate | Promise<Candidate>)[] {
    const token = (source: string, value: string | undefined) => (): Candidate =>
        value ? { source, identity: tokenIdentity(value, source) } : { source, why: "is not set" };
    const file =
        (source: string, value: string | undefined, why = "is not set") =>
        (): Candidate =>
            value ? { source, identity: fileIdentity(http, readCredentials(value, source), source) } : { source, why };
    const wellKnown = wellKnownFile(env);
    return [
        token("the access token given (gcp:accessToken)", options.accessToken),
        file("the credentials given (gcp:credentials)", options.credentials, "are not set"),
        token("GOOGLE_OAUTH_ACCESS_TOKEN", env["GOOGLE_OAUTH_ACCESS_TOKEN"]),
        // The provider reads these three under its own names [K].
        ...["GOOGLE_CREDENTIALS", "GOOGLE_CLOUD_KEYFILE_JSON", "GCLOUD_KEYFILE_JSON"].map((name) =>
            file(name, env[name]),
        ),
        file("GOOGLE_APPLICATION_CREDENTIALS", env["GOOGLE_APPLICATION_CREDENTIALS"]),
        file(
            "gcloud's application default credentials",
            existsSync(wellKnown) ? wellKnown : undefined,
            `are not there (${wellKnown})`,
        ),
        async () => {
            const source = "the metadata server";
            return (await onGoogleCloud())
                ? { source, identity: metadataIdentity() }
                : { source, why: "does not answer: this is not Google Cloud" };
        },
    ];
}

/** https://cloud.google.com/docs/authentication/application-default-credentials#personal */
function wellKnownFile(env: NodeJS.ProcessEnv): string {
    const appData = env["APPDATA"];
    const folder =
        env["CLOUDSDK_CONFIG"] ??
        (process.platform === "win32" && appData !== undefined
            ? path.join(appData, "gcloud")
            : path.join(env["HOME"] ?? homedir(), ".config", "gcloud"));
    return path.join(folder, "application_default_credentials.json");
}

function tokenIdentity(token: string, from: string): Identity {
    return {
        description: `an access token (${from})`,
        // The token cannot be renewed, so it is returned as it is and never kept.
        accessToken: () => Promise.resolve({ token, expiresAt: 0 }),
        idToken: () =>
            Promise.reject(
                new CredentialError(
                    "not-possible",
                    `an access token (${from}) cannot be turned into an ID token by itself: name a service account to act as, on which the token's principal has roles/iam.serviceAccountOpenIdTokenCreator`,
                ),
            ),
    };
}
