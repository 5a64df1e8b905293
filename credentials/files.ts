import { readFileSync } from "node:fs";
import {
    ExternalAccountAuthorizedUserClient,
    ExternalAccountClient,
    JWT,
    UserRefreshClient,
    type AuthClient,
    type ExternalAccountAuthorizedUserClientOptions,
    type ExternalAccountClientOptions,
} from "google-auth-library";
import type { Minted } from "./cache";
import { mintedIdToken } from "./cache";
import { CredentialError } from "./errors";
import { cloudPlatform, type Identity } from "./identity";
import { impersonate } from "./impersonate";
import { json } from "./json";
import { inOneLine, type QuotingHttp } from "./sent";
import { DEFAULT_UNIVERSE, keyInUniverse, universeOf } from "./universe";
import { fileProblem, InvokeError, messageOf } from "../errors";

/** An access token is renewed after this time if its client does not say when it expires. */
const unknownLifetimeMilliseconds = 10 * 60_000;

/** Reads a credentials file, or JSON that is given directly (as `gcp:credentials` and `GOOGLE_CREDENTIALS` allow). */
export function readCredentials(pathOrJson: string, from: string): Record<string, unknown> {
    const inline = pathOrJson.trimStart().startsWith("{");
    try {
        return json.object(JSON.parse(inline ? pathOrJson : readFileSync(pathOrJson, "utf8")));
    } catch (error) {
        // The messages of Node and of the parser quote the text, which may be a key or a token that was given as a path.
        const system = error instanceof Error && "code" in error && !(error instanceof InvokeError);
        const why = fileProblem(error)?.wrong ?? (system ? String(error.code) : "it is not a JSON object");
        throw new CredentialError("no-credentials", `cannot read the credentials of ${from}: ${why}`);
    }
}

/** The identity in a credentials file of any of Google's types. */
export function fileIdentity(http: QuotingHttp, file: Record<string, unknown>, from: string): Identity {
    const transporterOptions = { fetchImplementation: http.fetch };
    const type = file["type"];
    const universe = universeOf(file, from);
    const elsewhere = universe !== DEFAULT_UNIVERSE;
    switch (type) {
        case "service_account": {
            if (elsewhere) {
                return keyInUniverse(http, file, universe, from);
            }
            const email = json.string(file, "client_email");
            const key = json.string(file, "private_key");
            const keyId = typeof file["private_key_id"] === "string" ? { keyId: file["private_key_id"] } : {};
            const client = (scopes: readonly string[]) =>
                new JWT({ email, key, ...keyId, scopes: [...scopes], transporterOptions });
            return {
                description: `the service account key of ${email} (${from})`,
                email,
                accessToken: (scopes) => accessTokenOf(client(scopes), from, http.quote),
                idToken: async (audience) =>
                    mintedIdToken(await refusals(from, () => client([]).fetchIdToken(audience), http.quote)),
            };
        }
        case "authorized_user": {
            refuseElsewhere(elsewhere, universe, from);
            const client = new UserRefreshClient({
                clientId: json.string(file, "client_id"),
                clientSecret: json.string(file, "client_secret"),
                refreshToken: json.string(file, "refresh_token"),
                transporterOptions,
            });
            return libraryIdentity(http, client, `a user's own credentials (${from})`, from);
        }
        case "external_account_authorized_user":
            refuseElsewhere(elsewhere, universe, from);
            return libraryIdentity(
                http,
                new ExternalAccountAuthorizedUserClient({
                    ...(file as unknown as ExternalAccountAuthorizedUserClientOptions),
                    transporterOptions,
                }),
                `a federated user's credentials (${from})`,
                from,
            );
        case "external_account": {
            // The library would impersonate for access tokens only. Here, the federated principal itself asks for
            // ID tokens too, so that no account needs the right to impersonate itself.
            const { service_account_impersonation_url: url, ...federated } = file;
            const client = ExternalAccountClient.fromJSON({
                ...(federated as unknown as ExternalAccountClientOptions),
                scopes: [cloudPlatform],
                transporterOptions,
            });
            if (client === null) {
                throw new CredentialError("no-credentials", `${from} is no external_account file`);
            }
            useTransporter(client);
            const federation = libraryIdentity(http, client, `workload identity federation (${from})`, from);
            const base = elsewhere ? { ...federation, universe } : federation;
            return typeof url === "string" ? impersonate(http, base, accountIn(url, from)) : base;
        }
        case "impersonated_service_account": {
            const source = fileIdentity(http, json.object(file["source_credentials"]), from);
            const delegates = Array.isArray(file["delegates"]) ? (file["delegates"] as unknown[]).map(String) : [];
            const target = accountIn(json.string(file, "service_account_impersonation_url"), from);
            return impersonate(http, source, target, delegates);
        }
        default:
            throw new CredentialError(
                "no-credentials",
                `${from} has the type ${JSON.stringify(type)}; known are service_account, authorized_user, external_account, external_account_authorized_user and impersonated_service_account`,
            );
    }
}

/** A user's credentials are renewed at a host of the public universe alone, which gets no secret of another one. */
function refuseElsewhere(elsewhere: boolean, universe: string, from: string): void {
    if (elsewhere) {
        throw new CredentialError(
            "not-possible",
            `${from} has a user's credentials of the universe ${universe}, where only accounts and federated workloads have tokens; use one of these`,
        );
    }
}

/**
 * The library exchanges federated tokens by a transporter of its own, which does not know the given proxy and would follow
 * redirects. It is replaced.
 */
function useTransporter(client: AuthClient): void {
    const exchange: unknown = Reflect.get(client, "stsCredential");
    if (typeof exchange === "object" && exchange !== null) {
        Reflect.set(exchange, "transporter", client.transporter);
    }
}

function libraryIdentity(http: QuotingHttp, client: AuthClient, description: string, from: string): Identity {
    return {
        description,
        accessToken: () => accessTokenOf(client, from, http.quote),
        idToken: () =>
            Promise.reject(
                new CredentialError(
                    "not-possible",
                    `${description} cannot mint an ID token for an audience: name a service account to act as, on which the principal has roles/iam.serviceAccountOpenIdTokenCreator`,
                ),
            ),
    };
}

/** An access token of a client of the library. Its errors become errors of this package. */
export async function accessTokenOf(client: AuthClient, from: string, quote?: QuotingHttp["quote"]): Promise<Minted> {
    const { token } = await refusals(from, () => client.getAccessToken(), quote);
    if (typeof token !== "string") {
        throw new CredentialError("refused", `${from} gave no access token`);
    }
    return { token, expiresAt: client.credentials.expiry_date ?? Date.now() + unknownLifetimeMilliseconds };
}

/** Runs `ask`; what the library throws becomes a {@link CredentialError} without the request that carried the secret. */
export async function refusals<T>(
    from: string,
    ask: () => Promise<T>,
    quote: QuotingHttp["quote"] = inOneLine,
): Promise<T> {
    try {
        return await ask();
    } catch (error) {
        if (error instanceof CredentialError) {
            throw error;
        }
        const status = error instanceof Error ? Number((error as { status?: unknown }).status) : NaN;
        const message = quote(messageOf(error));
        throw status >= 400 && status < 500 && status !== 429
            ? new CredentialError("refused", `Google refused ${from}: ${message}`)
            : new CredentialError("unavailable", `${from} gave no token: ${message}`);
    }
}

function accountIn(url: string, from: string): string {
    const [, email] = /\/serviceAccounts\/([^/:]+):/.exec(url) ?? [];
    if (email === undefined) {
        throw new CredentialError("no-credentials", `${from} names no account in service_account_impersonation_url`);
    }
    return decodeURIComponent(email);
}
