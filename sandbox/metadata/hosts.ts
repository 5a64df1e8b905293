import type { Cloud, HostHandler, Origin } from "../cloud";
import { findAccount } from "../iam";
import { awsIdentity } from "../tokens";
import { answerAwsMetadata } from "./aws";
import type { MetadataIdentity } from "./identity";
import { answerMetadata } from "./metadata";
import { checkedPlace, identityAt } from "./places";

/** The names of the metadata server, for clients that know no variable for it: `curl http://metadata.google.internal/…`. */
const NAMES = ["metadata.google.internal", "metadata", "169.254.169.254"];

/**
 * Answers for the metadata server's own names. A workload, or a client that acts as a service account, is known by its proxy
 * address, and gets its own identity. For everybody else there is no metadata server.
 */
export function registerMetadataHosts(cloud: Cloud): void {
    const handler: HostHandler = (request, response, origin) => {
        const aws = origin.kind === "outside" ? awsIdentity(origin.place ?? "") : undefined;
        const identity = aws ? undefined : identityOf(cloud, origin);
        if (aws) {
            answerAwsMetadata(request, response, cloud, aws);
        } else if (identity) {
            answerMetadata(request, response, cloud, identity);
        } else {
            response
                .writeHead(404, { "content-type": "text/plain; charset=utf-8" })
                .end("only workloads have a metadata server, and clients that act as a service account\n");
        }
    };
    for (const name of NAMES) {
        cloud.hosts.serve(name, handler);
    }
}

function identityOf(cloud: Cloud, origin: Origin): MetadataIdentity | undefined {
    if (origin.kind === "outside" && origin.place !== undefined) {
        return identityAt(cloud, checkedPlace(origin.place), origin.account);
    }
    if (origin.kind === "google" || origin.account === undefined) {
        return undefined;
    }
    const { account: id } = origin;
    const account = (): ReturnType<typeof findAccount> => findAccount(cloud.store, id);
    if (origin.kind === "outside") {
        return identityAt(cloud, "cloud-run", id);
    }
    const [, project = "", , region = ""] = origin.resource.split("/");
    return { project, region, account };
}
