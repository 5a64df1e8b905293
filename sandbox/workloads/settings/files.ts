import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { resolve } from "node:path/posix";
import { makePrivateFolder, writePrivateFile } from "../../../common";
import type { Cloud } from "../../cloud";
import type { Deployed } from "../service";
import { secretValue } from "./variables";

/** A secret as a file of a service. */
export interface SecretFile {
    /** The folder of the service's file system in which it is, such as `/secrets/db`. */
    folder: string;
    /** Its path below that folder. */
    path: string;
    value: string;
}

/** The files of secrets of a service that runs. */
export interface SecretFiles {
    /** The folder of this machine that stands for the root of the service's own file system. */
    root: string;
    /** The folders of the service's file system that have such files. */
    folders: string[];
    /** Variables in which the paths of these files are those of this machine. */
    variablesHere(variables: Record<string, string>): Record<string, string>;
    remove(): void;
}

/**
 * Reads the secrets that a service has as files, as its account.
 * https://cloud.google.com/run/docs/configuring/services/secrets
 * @throws WorkloadError if the account may not read a secret
 */
export function readSecretFiles(cloud: Cloud, service: Deployed): Promise<SecretFile[]> {
    const { volumes = [], containers: [container] = [] } = service.template ?? {};
    const wanted = (container?.volumeMounts ?? []).flatMap(({ name, mountPath = "" }) => {
        const { secret = "", items = [] } = volumes.find((volume) => volume.name === name)?.secret ?? {};
        // Without a list of files, the newest version has the name of the secret.
        const listed = items.length === 0 ? [{ path: secret.slice(secret.lastIndexOf("/") + 1) }] : items;
        return secret === ""
            ? []
            : listed.map((item) => ({ folder: mountPath, secret, version: "latest", path: "", ...item }));
    });
    return Promise.all(
        wanted.map(async ({ folder, path, secret, version }) => ({
            ...{ folder, path },
            value: await secretValue(cloud, service, secret, version || "latest"),
        })),
    );
}

/**
 * Writes the files so that only this user can read them.
 * @param folder A private folder of the sandbox.
 * @returns undefined if there are none
 */
export function writeSecretFiles(folder: string, files: SecretFile[]): SecretFiles | undefined {
    if (files.length === 0) {
        return undefined;
    }
    const root = join(folder, "files", randomUUID());
    for (const { folder: mounted, path, value } of files) {
        // A path is resolved as if the folder were the root, so that none leads out of it.
        const file = join(root, resolve("/", mounted, resolve("/", path).slice(1)));
        makePrivateFolder(join(file, ".."), folder);
        writePrivateFile(file, value);
    }
    const folders = [...new Set(files.map((file) => file.folder))];
    const isBelow = (value: string): boolean => folders.some((one) => value === one || value.startsWith(`${one}/`));
    return {
        ...{ root, folders },
        variablesHere: (variables) => ({
            ...Object.fromEntries(
                Object.entries(variables).map(([name, value]) => [name, isBelow(value) ? join(root, value) : value]),
            ),
            GCP_INVOKE_ROOT: root,
        }),
        remove: () => rmSync(root, { recursive: true, force: true }),
    };
}
