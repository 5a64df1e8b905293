import { createHash } from "node:crypto";

/**
 * The ID of an account: the same at each run, and different for each component, stack and Pulumi project. It has 6 to 30
 * characters and begins with a letter (https://cloud.google.com/iam/docs/service-accounts-create).
 */
export function accountIdFor(name: string, urn: string): string {
    const slug = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^[^a-z]+/, "")
        .slice(0, 21)
        .replace(/-+$/, "");
    const hash = createHash("sha256").update(urn).digest("hex").slice(0, 7);
    return `${slug === "" ? "a" : slug}-${hash}`;
}
