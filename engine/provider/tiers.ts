import { catalogTokens } from "./catalog";
import { grantTokens, iamTargets } from "./iam";
import { refusal } from "./refused";
import { handwrittenTypes, restTypes } from "./enforced";

/**
 * What the sandbox does with a resource type. `enforced`: it is made through the APIs of the sandbox. `policy`: a grant on a
 * resource that is only kept, whose policy the sandbox holds. `kept`: its properties are checked, and nothing stands behind
 * it. `refused`: keeping it would pretend something about who has access.
 */
export type Tier = "enforced" | "policy" | "kept" | "refused";

const enforced = new Set([
    ...[...restTypes, ...handwrittenTypes].map(({ token }) => token),
    ...iamTargets.flatMap((target) => Object.values(grantTokens(target))),
]);

/** The tier of a resource type of `@pulumi/gcp`. */
export function tierOf(token: string): Tier {
    if (enforced.has(token)) {
        return "enforced";
    }
    if (refusal(token) !== undefined) {
        return "refused";
    }
    return /I[aA][mM](Member|Binding|Policy)$/.test(token) ? "policy" : "kept";
}

/** Whether the sandbox only keeps resources of a type, or policies of resources that it only keeps. */
export function isKept(token: string): boolean {
    return token.startsWith("gcp:") && ["kept", "policy"].includes(tierOf(token));
}

/** All resource types of `@pulumi/gcp`, in the order of their names. */
export function allTokens(): string[] {
    return [...new Set([...enforced, ...catalogTokens()])].sort();
}
