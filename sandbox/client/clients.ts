import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { defined, fileNameOf, makePrivateFolder, writePrivateFile } from "../../common";
import { type AwsIdentity, type Cloud, ControlError, type Origin, type Principal } from "../cloud";
import type { ChildEnvironment } from "../environment";
import type { AccountPrincipal } from "../iam";
import {
    awsVariables,
    checkedPlace,
    identityAt,
    type MetadataServer,
    placeOfPrincipal,
    startMetadataServer,
    variablesAt,
} from "../metadata";
import { endpointVariables } from "./endpoints";
import { javaTrustStore, TRUSTSTORE_PASSWORD } from "./truststore";

/** How clients reach the sandbox: its proxy alone, or the provider's custom endpoints over plain HTTP beside it. */
export const CLIENT_MODES = ["proxy", "endpoints"] as const;
/** How clients reach a sandbox: by its proxy, or by the gcp provider's custom endpoints over plain HTTP too. */
export type ClientMode = (typeof CLIENT_MODES)[number];

/** As whom a client acts, and how it reaches a sandbox. */
export interface ClientOptions {
    /**
     * The member as whom it acts: `user:EMAIL`, `serviceAccount:EMAIL`. Or a session of a role of AWS, or a user of AWS, by its ARN:
     * it gets credentials of AWS, which a provider of Workload Identity Federation exchanges. @default - the owner
     */
    as?: string;
    /** `endpoints`: by the gcp provider's custom endpoints over plain HTTP as well. @default "proxy" */
    mode?: ClientMode;
    /** Where it acts as if it ran, such as `compute-engine`: its metadata server answers as that place does. @default "cloud-run" */
    on?: string;
}

export interface ClientsParts {
    cloud: Cloud;
    /** Where credential files and the trust store are kept, mode 0600. */
    folder: string;
    proxyUrl: string;
    /** The proxy's address for a client that acts as a service account. */
    proxyFor: (origin: Origin) => string;
    caPem: string;
}

/** The credentials and settings of clients that the sandbox did not start itself. */
export interface Clients {
    /**
     * What a client needs beyond an access token: application default credentials of a principal (a file for a user, a
     * metadata server for a service account) or the credentials of AWS, and what the JVM and gcloud read.
     */
    variables(client: Principal | AwsIdentity, options: ClientOptions & { as: string }): Promise<ChildEnvironment>;
    close(): Promise<void>;
}

/** gcloud's own client, public by design: https://cloud.google.com/sdk/docs/authorizing */
const CLIENT_ID = "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com";

export function createClients({ cloud, folder, proxyUrl, proxyFor, caPem }: ClientsParts): Clients {
    const servers = new Map<string, Promise<MetadataServer>>();

    /** A client on AWS has credentials of AWS and none of Google's, and its metadata server is that of AWS. */
    function onAws(identity: AwsIdentity, on: string | undefined): ChildEnvironment {
        if (on !== undefined) {
            throw new ControlError(`${identity.arn} runs on AWS, and not on ${on}`, { fix: "leave --on out" });
        }
        const known = proxyFor({ kind: "outside", place: identity.arn });
        return {
            ...nothing(),
            ...awsVariables(cloud, identity),
            AWS_DEFAULT_REGION: undefined,
            ...{ HTTP_PROXY: known, http_proxy: known, HTTPS_PROXY: known, https_proxy: known },
        };
    }

    /** Whoever has no credentials is to find none: with this, libraries do not look into the home folder. */
    function nothing(): ChildEnvironment {
        return {
            GOOGLE_APPLICATION_CREDENTIALS: join(folder, "credentials", "none.json"),
            GOOGLE_OAUTH_ACCESS_TOKEN: undefined,
            CLOUDSDK_AUTH_ACCESS_TOKEN: undefined,
        };
    }

    async function credentials(principal: Principal, on?: string): Promise<ChildEnvironment> {
        const place = placeOfPrincipal(principal) ?? checkedPlace(on ?? "cloud-run");
        if (principal.kind === "user") {
            return userFile(principal);
        }
        if (principal.kind === "anonymous") {
            return nothing();
        }
        const uniqueId = principal.kind === "serviceAccount" ? principal.uniqueId : undefined;
        const key = `${place} ${uniqueId ?? ""}`;
        const server = servers.get(key) ?? startMetadataServer(cloud, identityAt(cloud, place, uniqueId));
        servers.set(key, server);
        // Plain HTTP is how everybody asks for the metadata server by its name, and not all know a variable for it.
        const known = proxyFor({ kind: "outside", place, ...defined({ account: uniqueId }) });
        return {
            ...(await server).env,
            ...variablesAt(place, cloud.settings.project),
            // A file would give a pod tokens that its metadata server refuses it.
            ...(hasWellKnownFile() &&
                principal.kind === "serviceAccount" &&
                !place.startsWith("kubernetes:") && { GOOGLE_APPLICATION_CREDENTIALS: keyFile(principal) }),
            HTTP_PROXY: known,
            http_proxy: known,
            NO_GCE_CHECK: undefined,
            // With a token of its own gcloud does not ask the metadata server, and so cannot print an ID token.
            CLOUDSDK_AUTH_ACCESS_TOKEN: undefined,
        };
    }

    /** As Google gives out a key of an account; this one is Google's own and in no list of keys. */
    function keyFile(account: AccountPrincipal): string {
        const { id, privateKey } = cloud.tokens.systemKey(account);
        return credentialFile(account.email, {
            type: "service_account",
            project_id: cloud.settings.project,
            private_key_id: id,
            private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
            client_email: account.email,
            client_id: account.uniqueId,
            token_uri: "https://oauth2.googleapis.com/token",
            universe_domain: "googleapis.com",
        });
    }

    function credentialFile(email: string, content: object): string {
        const name = createHash("sha256").update(email).digest("hex").slice(0, 12);
        const file = join(folder, "credentials", `${name}.json`);
        write(file, `${JSON.stringify(content, undefined, 4)}\n`);
        return file;
    }

    /** As `gcloud auth application-default login` leaves it. */
    function userFile(principal: Principal & { kind: "user" }): ChildEnvironment {
        const file = credentialFile(principal.email, {
            type: "authorized_user",
            account: principal.email,
            client_id: CLIENT_ID,
            client_secret: "not-a-secret",
            refresh_token: cloud.tokens.mintRefreshToken(principal),
            quota_project_id: cloud.settings.project,
            universe_domain: "googleapis.com",
        });
        return {
            GOOGLE_APPLICATION_CREDENTIALS: file,
            // With the file gcloud can ask for ID tokens, which it cannot with a bare access token.
            CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE: file,
            CLOUDSDK_AUTH_ACCESS_TOKEN: undefined,
        };
    }

    function java(): ChildEnvironment {
        const store = join(folder, "truststore.jks");
        write(store, javaTrustStore(caPem));
        const { hostname, port } = new URL(proxyUrl);
        const properties = {
            "javax.net.ssl.trustStore": store,
            "javax.net.ssl.trustStoreType": "JKS",
            "javax.net.ssl.trustStorePassword": TRUSTSTORE_PASSWORD,
            "https.proxyHost": hostname,
            "https.proxyPort": port,
            "http.proxyHost": hostname,
            "http.proxyPort": port,
            "http.nonProxyHosts": "localhost|127.*|[::1]",
        };
        const options = Object.entries(properties).map(([name, value]) => `"-D${name}=${value}"`);
        // The JVM takes neither a proxy nor a certificate from the variables that others read.
        return { JAVA_TOOL_OPTIONS: options.join(" ") };
    }

    /**
     * gcloud would use the account that a developer is signed in with, and remembers for ten minutes whether there is a metadata
     * server. So each client has a configuration of its own.
     */
    function gcloud(client: string): ChildEnvironment {
        const config = join(folder, "gcloud", fileNameOf(client));
        makePrivateFolder(config, folder);
        // gcloud logs what it prints, and a user may ask it to print a token.
        return { CLOUDSDK_CONFIG: config, CLOUDSDK_CORE_DISABLE_FILE_LOGGING: "true" };
    }

    return {
        variables: async (client, { as, mode, on }) => ({
            ...java(),
            ...gcloud(on === undefined ? as : `${as} on ${on}`),
            ...("arn" in client ? onAws(client, on) : await credentials(client, on)),
            ...(mode === "endpoints" && endpointVariables(proxyUrl)),
        }),
        close: async () => {
            await Promise.all([...servers.values()].map(async (server) => (await server).close()));
            // What they hold is worth nothing without the sandbox.
            rmSync(join(folder, "credentials"), { recursive: true, force: true });
        },
    };
}

/**
 * Whether there are application default credentials in the home folder, where libraries look before they ask a metadata
 * server. No variable points them elsewhere: a file of the sandbox's has to come first.
 */
function hasWellKnownFile({ APPDATA, HOME }: NodeJS.ProcessEnv = process.env): boolean {
    const folders = [APPDATA, HOME === undefined ? undefined : join(HOME, ".config")];
    return folders.some(
        (path) => path !== undefined && existsSync(join(path, "gcloud", "application_default_credentials.json")),
    );
}

function write(file: string, content: string | Buffer): void {
    makePrivateFolder(dirname(file));
    writePrivateFile(file, content);
}
