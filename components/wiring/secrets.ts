import * as path from "node:path/posix";
import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { TargetRoles } from "../grants";
import { GrantResourceType } from "../grant-resource";
import { TargetKind } from "../target";
import { defined } from "../../common";

/**
 * A version of a secret in Secret Manager.
 * @example { secret: "api-key", version: "3" }
 */
export interface SecretSource {
    /** The short name of the secret. The program never sees the secret's value. */
    secret: pulumi.Input<string>;
    /** The version of the secret. A variable keeps the value that it has when an instance starts. @default "latest" */
    version?: pulumi.Input<string>;
    /** The ID of the secret's project. @default - the project of the workload */
    project?: pulumi.Input<string>;
}

/** A folder with files of one secret. */
export interface SecretFolder {
    directory: string;
    source: SecretSource;
    files: { path: string; version: pulumi.Input<string> }[];
}

/** The secrets of a workload by where they go: into a variable, or into a file. */
export interface SecretPlaces {
    variables: [name: string, source: SecretSource][];
    folders: SecretFolder[];
}

/**
 * Tells variables from files.
 * @param argument Where the secrets are in the arguments, for errors.
 * @throws ResourceError for a key that is neither, and for files that Google cannot place
 */
export function secretPlaces(
    component: pulumi.Resource,
    argument: string,
    secrets: Record<string, SecretSource> = {},
): SecretPlaces {
    const places: SecretPlaces = { variables: [], folders: [] };
    for (const [place, source] of Object.entries(secrets)) {
        const at = `${argument}.${place}`;
        if (/^[A-Za-z_]\w*$/.test(place)) {
            places.variables.push([place, source]);
            continue;
        }
        const directory = path.dirname(place);
        checkMountPath(component, at, place);
        checkMountPath(component, at, directory);
        const folder = places.folders.find((other) => other.directory === directory);
        const file = { path: path.basename(place), version: source.version ?? "latest" };
        if (folder === undefined) {
            places.folders.push({ directory, source, files: [file] });
        } else if (folder.source.secret === source.secret && folder.source.project === source.project) {
            folder.files.push(file);
        } else {
            const reason = `is in ${directory} with a file of another secret, and a folder holds files of one secret only; use another folder`;
            throw argumentError(component, at, reason);
        }
    }
    return places;
}

/**
 * Checks a path at which something is mounted in a container.
 * @throws ResourceError if it is not absolute, or belongs to the system
 */
export function checkMountPath(component: pulumi.Resource, argument: string, place: string): void {
    if (!place.startsWith("/")) {
        const reason = `"${place}" is neither the name of a variable nor an absolute path; write it as API_KEY or as /secrets/api/key`;
        throw argumentError(component, argument, reason);
    }
    if (path.resolve(place) !== place) {
        throw argumentError(component, argument, `"${place}" is not a plain path; write ${path.resolve(place)}`);
    }
    if (/^\/((dev|proc|sys)(\/|$)|$)/.test(place)) {
        const reason = `"${place}" belongs to the system; use a folder below another, such as /secrets/api`;
        throw argumentError(component, argument, reason);
    }
}

/** What lets a workload's account read its secrets: one role on each secret alone. */
export function secretRoles(argument: string, secrets: Record<string, SecretSource> = {}): Record<string, TargetRoles> {
    return Object.fromEntries(
        Object.entries(secrets).map(([place, { secret, project }]) => [
            `${argument}.${place}`,
            {
                target: { kind: TargetKind.External, url: "" },
                roles: [
                    {
                        role: "roles/secretmanager.secretAccessor",
                        resource: { type: GrantResourceType.Secret, name: secret, ...defined({ project }) },
                    },
                ],
            },
        ]),
    );
}

/** A secret as Cloud Run names it: its short name, or its full name if it is in another project. */
export function secretName({ secret, project }: SecretSource): pulumi.Input<string> {
    return project === undefined ? secret : pulumi.interpolate`projects/${project}/secrets/${secret}`;
}
