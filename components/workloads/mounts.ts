import type { input } from "@pulumi/gcp/types";
import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { Volume } from "./container-args";
import type { RunServiceArgs } from "./run-service-args";
import type { TargetRoles } from "../grants";
import { GrantResourceType, type RoleRequest } from "../grant-resource";
import { TargetKind } from "../target";
import { checkMountPath, secretName, type SecretFolder, secretPlaces, type SecretPlaces, secretRoles } from "../wiring";
import { defined } from "../../common";

/** A service and a job take the same volumes by types of their own. */
type MadeVolume = input.cloudrunv2.ServiceTemplateVolume & input.cloudrunv2.JobTemplateTemplateVolume;

/** A volume of the service, and where a container has it. */
interface Mount {
    volume: MadeVolume;
    mountPath: string;
}

/** What a container has of secrets and volumes. */
export interface Possession {
    secrets: SecretPlaces["variables"];
    volumeMounts: { name: string; mountPath: string }[];
}

/** What all containers of a service have of secrets and volumes. */
export interface ServiceMounts {
    main: Possession;
    sidecars: Map<string, Possession>;
    volumes: MadeVolume[];
    /** What the service's account needs for it. */
    roles: Record<string, TargetRoles>;
}

/**
 * Plans the volumes of a service, and who has them.
 * @throws ResourceError if a secret or a volume cannot be mounted as the arguments say
 */
export function mountsOf(
    component: pulumi.Resource,
    args: Pick<RunServiceArgs, "secrets" | "volumes" | "sidecars">,
): ServiceMounts {
    const folders = Object.entries(args.volumes ?? {}).map(([place, volume]) => mountOf(component, place, volume));
    const own = secretMounts(component, "secrets", "secret", args.secrets);
    checkFolders(component, [...folders, ...own.mounts]);
    const volumes = [...folders, ...own.mounts];
    const roles = { ...secretRoles("secrets", args.secrets), ...volumeRoles(args.volumes) };
    const sidecars = new Map<string, Possession>();
    for (const [key, sidecar] of Object.entries(args.sidecars ?? {})) {
        const argument = `sidecars.${key}`;
        const of = secretMounts(component, `${argument}.secrets`, `${key}-secret`, sidecar.secrets);
        const shared = (sidecar.volumes ?? []).map((place) => {
            const found = folders.find(({ mountPath }) => mountPath === place);
            if (found === undefined) {
                const known = folders.map(({ mountPath }) => mountPath).join(", ");
                const reason = `"${place}" is none of the service's volumes; use ${known === "" ? "one that you add to volumes" : known}`;
                throw argumentError(component, `${argument}.volumes`, reason);
            }
            return found;
        });
        checkFolders(component, [...shared, ...of.mounts]);
        volumes.push(...of.mounts);
        Object.assign(roles, secretRoles(`${argument}.secrets`, sidecar.secrets));
        sidecars.set(key, { secrets: of.variables, volumeMounts: [...shared, ...of.mounts].map(asMounted) });
    }
    return {
        main: { secrets: own.variables, volumeMounts: [...folders, ...own.mounts].map(asMounted) },
        ...{ sidecars, roles, volumes: volumes.map(({ volume }) => volume) },
    };
}

const asMounted = ({ volume, mountPath }: Mount) => ({ name: volume.name as string, mountPath });

function secretMounts(
    component: pulumi.Resource,
    argument: string,
    prefix: string,
    secrets: RunServiceArgs["secrets"],
): Pick<SecretPlaces, "variables"> & { mounts: Mount[] } {
    const { variables, folders } = secretPlaces(component, argument, secrets);
    return { variables, mounts: folders.map((folder, index) => secretMount(`${prefix}-${index + 1}`, folder)) };
}

function secretMount(name: string, { directory, source, files }: SecretFolder): Mount {
    return { volume: { name, secret: { secret: secretName(source), items: files } }, mountPath: directory };
}

function mountOf(component: pulumi.Resource, place: string, volume: Volume): Mount {
    const argument = `volumes.${place}`;
    checkMountPath(component, argument, place);
    const { bucket, memory, nfsServer, nfsPath = "/", cloudSqlInstances, readOnly } = volume;
    const kinds = defined({
        gcs: bucket === undefined ? undefined : { bucket, ...defined({ readOnly }) },
        emptyDir: memory === undefined ? undefined : { medium: "MEMORY", sizeLimit: memory },
        nfs: nfsServer === undefined ? undefined : { server: nfsServer, path: nfsPath, ...defined({ readOnly }) },
        cloudSqlInstance: cloudSqlInstances && { instances: cloudSqlInstances },
    });
    if (Object.keys(kinds).length !== 1) {
        const reason = "must have exactly one of bucket, memory, nfsServer and cloudSqlInstances";
        throw argumentError(component, argument, reason);
    }
    if (readOnly !== undefined && kinds.gcs === undefined && kinds.nfs === undefined) {
        throw argumentError(component, `${argument}.readOnly`, "is for a bucket and for NFS; leave it out");
    }
    if ((place === "/cloudsql") !== (kinds.cloudSqlInstance !== undefined)) {
        const reason = "the folder /cloudsql is for cloudSqlInstances, and these are in no other; use another path";
        throw argumentError(component, argument, reason);
    }
    const plain = place
        .slice(1)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-");
    // Google wants this name for a volume of Cloud SQL. https://github.com/pulumi/pulumi-gcp/issues/1093
    const name = kinds.cloudSqlInstance === undefined ? `volume-${plain}` : "cloudsql";
    return { volume: { name, ...kinds }, mountPath: place };
}

/** Two volumes in one folder would hide each other, and two of one name are one for Google. */
function checkFolders(component: pulumi.Resource, mounts: Mount[]): void {
    for (const [index, { mountPath, volume }] of mounts.entries()) {
        const other = mounts
            .slice(0, index)
            .find((one) => one.mountPath === mountPath || one.volume.name === volume.name);
        if (other !== undefined) {
            const reason = `${mountPath} and ${other.mountPath} cannot both be mounted, as their names are too alike; use another folder`;
            throw argumentError(component, "volumes", reason);
        }
    }
}

function volumeRoles(volumes: Record<string, Volume> = {}): Record<string, TargetRoles> {
    const target = { kind: TargetKind.GoogleApi, url: "" };
    return Object.fromEntries(
        Object.entries(volumes).flatMap(([place, { bucket, readOnly, cloudSqlInstances }]) => {
            const roles: RoleRequest[] = [];
            if (bucket !== undefined) {
                const role = readOnly === true ? "roles/storage.objectViewer" : "roles/storage.objectUser";
                roles.push({ role, resource: { type: GrantResourceType.Bucket, name: bucket } });
            }
            if (cloudSqlInstances !== undefined) {
                roles.push({ role: "roles/cloudsql.client" });
            }
            return [[`volumes.${place}`, { target, roles }]];
        }),
    );
}
