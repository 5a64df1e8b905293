import { createHash } from "node:crypto";

/** The fields that decide whose credentials a provider of Workload Identity Federation takes, and who they become. */
const DECISIVE = /^(attributeMapping|oidc|aws|saml|x509)\./;
/** Longer values are compared by their hashes: keys, certificates, metadata. */
const LONGEST = 250;

/**
 * The settings of a provider by the paths of their fields, such as `oidc.issuerUri`. Blanks within a value do not count.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers
 */
export function providerSettings(provider: object): { [field: string]: string } {
    const fields = Object.entries(provider).flatMap(([name, value]) => leaves(name, value));
    return Object.fromEntries(fields.filter(([field]) => DECISIVE.test(field)));
}

function leaves(path: string, value: unknown): [field: string, value: string][] {
    if (typeof value === "object" && value !== null) {
        return Object.entries(value).flatMap(([name, each]) => leaves(`${path}.${name}`, each));
    }
    if (typeof value !== "string" && typeof value !== "boolean" && typeof value !== "number") {
        return [];
    }
    const text = String(value).replace(/\s+/g, "");
    const short = text.length <= LONGEST ? text : `sha256:${createHash("sha256").update(text).digest("hex")}`;
    return [[path, short]];
}
