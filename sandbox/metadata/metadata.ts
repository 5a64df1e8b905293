import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cloud } from "../cloud";
import { digits, projectNumberOf, type Account } from "../iam";
import { cloudPlatform } from "../tokens";

/** Who a metadata server speaks for. */
export interface MetadataIdentity {
    project: string;
    region: string;
    /** Looked up on each request: an account that is deleted or disabled gets nothing more. */
    account(): Account | undefined;
    /** Where the identity is a Compute Engine instance, for the claims of `format=full`. */
    instance?: { zone: string; name: string };
}

export interface MetadataServer {
    /** `127.0.0.1:PORT`. */
    readonly host: string;
    /** The variables by which every client library finds it. */
    readonly env: Record<string, string>;
    close(): Promise<void>;
}

type Answer = { status: number; body: string | object };

const flavor = { "metadata-flavor": "Google", server: "Metadata Server for Serverless" };
const scopes = [cloudPlatform, "https://www.googleapis.com/auth/userinfo.email", "openid"];

/**
 * The metadata server of one workload. Whoever reaches it is that workload: one a workload, never shared.
 * https://cloud.google.com/run/docs/container-contract#metadata-server
 */
export async function startMetadataServer(cloud: Cloud, identity: MetadataIdentity): Promise<MetadataServer> {
    const server = createServer((request, response) => answerMetadata(request, response, cloud, identity));
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", resolve);
    });
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        host,
        env: {
            GCE_METADATA_HOST: host,
            GCE_METADATA_IP: host,
            // gcloud's name for it.
            GCE_METADATA_ROOT: host,
            METADATA_SERVER_DETECTION: "assume-present",
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

/** Answers one request as the metadata server of `identity`. */
export function answerMetadata(
    request: IncomingMessage,
    response: ServerResponse,
    cloud: Cloud,
    identity: MetadataIdentity,
): void {
    send(request, response, answer(request, cloud, identity));
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
    const json = typeof body !== "string";
    response.writeHead(status, {
        ...flavor,
        "content-type": json ? "application/json" : "application/text",
    });
    response.end(request.method === "HEAD" ? undefined : json ? JSON.stringify(body) : body);
}

function answer(request: IncomingMessage, cloud: Cloud, identity: MetadataIdentity): Answer {
    const url = new URL(request.url ?? "/", "http://metadata.google.internal");
    // Libraries ask for the root to see whether this is Google Cloud.
    if (url.pathname === "/") return { status: 200, body: "computeMetadata/\n" };
    if (request.headers["metadata-flavor"] !== "Google")
        return { status: 403, body: "Missing required header: Metadata-Flavor: Google\n" };
    // A request that was forwarded comes from somebody else: Google refuses it, against request forgery.
    if (request.headers["x-forwarded-for"] !== undefined)
        return { status: 403, body: "Request with X-Forwarded-For header is refused\n" };
    const path = url.pathname.replace(/^\/computeMetadata\/v1\/?/, "").replace(/\/$/, "");
    const [, named, entry] = /^instance\/service-accounts\/([^/]+)\/(token|identity)$/.exec(path) ?? [];
    const account = identity.account();
    if (entry !== undefined) {
        if (!account || (named !== "default" && named !== account.email))
            return { status: 404, body: `Service account ${named ?? ""} not found\n` };
        if (account.disabled) return { status: 403, body: `Service account ${account.email} is disabled\n` };
        return entry === "token" ? accessToken(url, account, cloud) : idToken(url, account, cloud, identity);
    }
    const found = path.split("/").reduce<unknown>(
        (node, part) => {
            if (part === "") return node;
            return typeof node === "object" && node !== null ? (node as Record<string, unknown>)[part] : undefined;
        },
        tree(cloud, identity, account),
    );
    if (found === undefined || found === null) return { status: 404, body: "404 page not found\n" };
    if (typeof found === "string") return { status: 200, body: found };
    if (url.searchParams.get("recursive") === "true") return { status: 200, body: camelKeys(found) };
    const lines = Array.isArray(found)
        ? found.map(String)
        : Object.entries(found).map(([key, value]) => (isFolder(value) ? `${key}/` : key));
    return { status: 200, body: lines.map((line) => `${line}\n`).join("") };
}

function isFolder(value: unknown): boolean {
    return typeof value === "object" && !Array.isArray(value);
}

/** Everything that is not a credential. */
function tree(cloud: Cloud, { project, region, instance }: MetadataIdentity, account: Account | undefined): object {
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    const zone = `projects/${number}/zones/${instance?.zone ?? `${region}-1`}`;
    const entry = account && { aliases: ["default"], email: account.email, scopes };
    return {
        instance: {
            id: digits(`${project}/${region}`).slice(0, 19),
            attributes: {},
            ...(instance
                ? {
                      name: instance.name,
                      hostname: `${instance.name}.${instance.zone}.c.${project}.internal`,
                      "machine-type": `projects/${number}/machineTypes/e2-medium`,
                      "maintenance-event": "NONE",
                      preempted: "FALSE",
                      tags: [],
                  }
                : {}),
            region: `projects/${number}/regions/${region}`,
            zone,
            "service-accounts": entry ? { default: entry, [entry.email]: entry } : {},
        },
        project: { "project-id": project, "numeric-project-id": number, attributes: {} },
        universe: { "universe-domain": "googleapis.com" },
    };
}

function accessToken(url: URL, account: Account, cloud: Cloud): Answer {
    const asked =
        url.searchParams
            .get("scopes")
            ?.split(/[ ,]/)
            .filter((scope) => scope !== "") ?? scopes;
    const principal = { kind: "serviceAccount" as const, email: account.email, uniqueId: account.uniqueId };
    const token = cloud.tokens.mintAccessToken(principal, asked, 3600);
    return { status: 200, body: { access_token: token, expires_in: 3599, token_type: "Bearer" } };
}

/** https://cloud.google.com/compute/docs/instances/verifying-instance-identity */
function idToken(url: URL, account: Account, cloud: Cloud, { project, instance }: MetadataIdentity): Answer {
    const audience = url.searchParams.get("audience");
    if (audience === null || audience === "") return { status: 400, body: "non-empty audience parameter required\n" };
    const full = instance && url.searchParams.get("format") === "full";
    const extra = full
        ? {
              google: {
                  compute_engine: {
                      project_id: project,
                      project_number: Number(projectNumberOf(project, cloud.settings, cloud.store)),
                      zone: instance.zone,
                      instance_id: digits(instance.name).slice(0, 19),
                      instance_name: instance.name,
                      instance_creation_timestamp: Math.floor(cloud.clock.now() / 1000),
                  },
              },
          }
        : {};
    // An instance's token carries the email in the full format only; Cloud Run ignores the format [K].
    const includeEmail = !instance || full === true;
    return { status: 200, body: cloud.tokens.mintIdToken(account, audience, { includeEmail, extra }) };
}

/** `service-accounts` → `serviceAccounts`, as `recursive=true` answers; names of accounts stay. */
function camelKeys(value: unknown): object {
    if (Array.isArray(value)) return value as unknown[];
    return Object.fromEntries(
        Object.entries(value as object).map(([key, inner]: [string, unknown]) => [
            key.includes("@") ? key : key.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase()),
            typeof inner === "object" && inner !== null ? camelKeys(inner) : inner,
        ]),
    );
}
