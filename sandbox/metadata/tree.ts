import type { Cloud } from "../cloud";
import { digits as digitsOf, projectNumberOf, type Account } from "../iam";
import type { MetadataIdentity } from "./identity";

/** The project's number or an instance's ID. It has more digits than a JavaScript number holds, and is no text in JSON. */
export class LongNumber {
    constructor(readonly digits: string) {}
}

/** Entries that give out credentials. They are listed, but left out if a whole folder is read. */
export const CREDENTIALS = ["identity", "token"];

/** The ID of an instance. It stays the same as long as the instance exists. */
export function instanceId({ project, region, instance }: MetadataIdentity): string {
    return digitsOf(instance ? `${project}/${instance.zone}/${instance.name}` : `${project}/${region}`).slice(0, 19);
}

/**
 * Everything that is not a credential: what Cloud Run documents, and for an instance what Compute Engine documents.
 * https://cloud.google.com/run/docs/container-contract#metadata-server
 * https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys
 */
export function metadataTree(
    cloud: Cloud,
    identity: MetadataIdentity,
    account: Account | undefined,
    scopes: readonly string[],
): object {
    const { project, region, instance, pod } = identity;
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    // A pod without an account of Google Cloud is its pool.
    const email = account?.email ?? (pod && `${project}.svc.id.goog`);
    const entry = email === undefined ? undefined : { aliases: ["default"], email, scopes };
    const accounts = entry ? { default: entry, [entry.email]: entry } : {};
    return {
        instance: {
            ...(instance ? machine(number, identity, instance) : { region: `projects/${number}/regions/${region}` }),
            attributes: instance?.attributes ?? (pod ? { "cluster-location": region, "cluster-name": "sandbox" } : {}),
            id: new LongNumber(instanceId(identity)),
            "service-accounts": accounts,
            zone: `projects/${number}/zones/${instance?.zone ?? `${region}-1`}`,
        },
        project: { attributes: {}, "numeric-project-id": new LongNumber(number), "project-id": project },
        universe: { "universe-domain": "googleapis.com" },
    };
}

/** A machine with one disk and one network interface in the default network. */
function machine(
    number: string,
    { project }: MetadataIdentity,
    { zone, name }: { zone: string; name: string },
): object {
    return {
        "cpu-platform": "Intel Broadwell",
        description: "",
        disks: [{ "device-name": name, index: 0, interface: "SCSI", mode: "READ_WRITE", type: "PERSISTENT-BALANCED" }],
        "guest-attributes": {},
        hostname: `${name}.${zone}.c.${project}.internal`,
        image: "projects/debian-cloud/global/images/family/debian-12",
        licenses: [{ id: LICENSE }],
        "machine-type": `projects/${number}/machineTypes/e2-medium`,
        "maintenance-event": "NONE",
        name,
        "network-interfaces": [
            {
                "access-configs": [{ "external-ip": "", type: "ONE_TO_ONE_NAT" }],
                "dns-servers": ["169.254.169.254"],
                "forwarded-ips": [],
                gateway: "10.132.0.1",
                ip: "10.132.0.2",
                "ip-aliases": [],
                mac: "42:01:0a:84:00:02",
                mtu: 1460,
                network: `projects/${number}/networks/default`,
                subnetmask: "255.255.240.0",
                "target-instance-ips": [],
            },
        ],
        preempted: "FALSE",
        "remaining-cpu-time": -1,
        scheduling: { "automatic-restart": "TRUE", "on-host-maintenance": "MIGRATE", preemptible: "FALSE" },
        tags: [],
        "virtual-clock": { "drift-token": "0" },
    };
}

/** The license of Debian 12, which the machine runs. */
export const LICENSE = "2147286739765738111";
