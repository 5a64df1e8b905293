import { defined } from "../../common";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cloud } from "../cloud";
import { credential, SCOPES } from "./credentials";
import type { MetadataIdentity } from "./identity";
import { entryAt, render, type Answer } from "./render";
import { metadataTree } from "./tree";

export interface MetadataServer {
    /** `127.0.0.1:PORT`. */
    readonly host: string;
    /** The variables by which client libraries find it. */
    readonly env: Record<string, string>;
    close(): Promise<void>;
}

const flavor = { "metadata-flavor": "Google", server: "Metadata Server for Serverless" };
const instanceFlavor = { ...flavor, server: "Metadata Server for VM" };
const podFlavor = { ...flavor, server: "GKE Metadata Server" };
const LONGEST_WAIT = 3_600_000;
/** How often the value that a client waits for is looked at, in milliseconds of the sandbox's clock. */
const LOOK_AGAIN = 1000;

/**
 * The metadata server of one workload. Each workload has its own, because whoever reaches it counts as that workload.
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
            // This is gcloud's name for it.
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
    const answered = answer(request, response, cloud, identity).then(
        ({ status, body, type = "application/text", etag }) => {
            response.writeHead(status, {
                ...(identity.pod ? podFlavor : identity.instance ? instanceFlavor : flavor),
                "content-type": type,
                ...defined({ etag }),
            });
            response.end(request.method === "HEAD" ? undefined : body);
        },
    );
    answered.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
}

async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    cloud: Cloud,
    identity: MetadataIdentity,
): Promise<Answer> {
    const target = `http://metadata.google.internal${request.url ?? "/"}`;
    if (!URL.canParse(target)) {
        return { status: 400, body: "bad request\n" };
    }
    const url = new URL(target);
    // Libraries ask for the root path to find out whether they run on Google Cloud.
    if (url.pathname === "/") {
        return { status: 200, body: "computeMetadata/\n" };
    }
    if (request.headers["metadata-flavor"] !== "Google") {
        return { status: 403, body: "Missing required header: Metadata-Flavor: Google\n" };
    }
    // Google refuses requests that were forwarded, because they may be forged.
    if (request.headers["x-forwarded-for"] !== undefined) {
        return { status: 403, body: "Request with X-Forwarded-For header is refused\n" };
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
        return { status: 405, body: `${request.method ?? ""} is not allowed\n` };
    }
    if (url.pathname.replace(/\/$/, "") === "/computeMetadata") {
        return { status: 200, body: "v1/\n" };
    }
    if (!/^\/computeMetadata\/v1(\/|$)/.test(url.pathname)) {
        return { status: 404, body: "404 page not found\n" };
    }
    const path = url.pathname.replace(/^\/computeMetadata\/v1\/?/, "").replace(/\/$/, "");
    const [, named = "", kind] = /^instance\/service-accounts\/([^/]+)\/(token|identity)$/.exec(path) ?? [];
    if (kind !== undefined) {
        return credential(kind, decoded(named), url.searchParams, cloud, identity);
    }
    const look = (): Answer => {
        const entry = entryAt(metadataTree(cloud, identity, identity.account(), SCOPES), decoded(path));
        return entry === undefined
            ? { status: 404, body: "404 page not found\n" }
            : render(entry, path, url.searchParams);
    };
    return url.searchParams.get("wait_for_change") === "true"
        ? changed(look, url.searchParams, response, cloud)
        : look();
}

/** Answers when the value differs from the one that the client has seen, or after the time that the client gave. */
async function changed(
    look: () => Answer,
    query: URLSearchParams,
    response: ServerResponse,
    { clock }: Cloud,
): Promise<Answer> {
    const first = look();
    const seen = query.get("last_etag") ?? first.etag;
    const seconds = Number(query.get("timeout_sec"));
    const until = clock.now() + (seconds > 0 ? Math.min(seconds * 1000, LONGEST_WAIT) : LONGEST_WAIT);
    let found = first;
    while (found.etag === seen && clock.now() < until && !response.destroyed) {
        await clock.sleep(Math.min(LOOK_AGAIN, until - clock.now()));
        found = look();
    }
    return found;
}

function decoded(path: string): string {
    try {
        return decodeURIComponent(path);
    } catch {
        return path;
    }
}
