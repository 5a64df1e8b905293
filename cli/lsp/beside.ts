import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isObject } from "../../common";
import { variablePrefix } from "../../workflow";
import type { KnownTarget } from "../../workflow/editor";

/** A project's file that is longer is not read. */
const MAX_BYTES = 1024 * 1024;

/**
 * What the project of a file has to call: the targets of the workflows in the `Pulumi.yaml` of its folder, and the hosts of
 * the `sandbox.yaml` there. The files are read as data, and nothing in them is run. What cannot be read has no targets.
 */
export function targetsBeside(uri: string): KnownTarget[] {
    const folder = folderOf(uri);
    return folder === undefined ? [] : [...pulumiTargets(folder), ...sandboxHosts(folder)];
}

function folderOf(uri: string): string | undefined {
    try {
        return dirname(fileURLToPath(uri));
    } catch {
        return undefined;
    }
}

function pulumiTargets(folder: string): KnownTarget[] {
    const from = "Pulumi.yaml";
    return Object.values(mapAt(read(join(folder, from)), "resources")).flatMap((resource) =>
        isObject(resource) && /^pulumi-gcp-invoke:(.*:)?AuthenticatedWorkflow$/.test(String(resource["type"]))
            ? Object.keys(mapAt(mapAt(resource, "properties"), "targets")).map((name) => ({
                  name,
                  variable: `${variablePrefix(name)}_URL`,
                  from,
              }))
            : [],
    );
}

function sandboxHosts(folder: string): KnownTarget[] {
    const from = "sandbox.yaml";
    const mapping = read(join(folder, from));
    const hosts = isObject(mapping) && Array.isArray(mapping["hosts"]) ? (mapping["hosts"] as unknown[]) : [];
    return hosts.flatMap((each) => {
        const host = isObject(each) ? each["host"] : undefined;
        return typeof host === "string" && !host.includes("*") ? [{ name: host, url: `https://${host}`, from }] : [];
    });
}

function read(path: string): unknown {
    try {
        const stats = statSync(path);
        return stats.isFile() && stats.size <= MAX_BYTES ? parse(readFileSync(path, "utf8")) : undefined;
    } catch {
        return undefined;
    }
}

function mapAt(value: unknown, key: string): Record<string, unknown> {
    const found = isObject(value) ? value[key] : undefined;
    return isObject(found) ? found : {};
}
