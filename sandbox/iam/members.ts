import { ApiError, type Principal, type Store } from "../cloud";
import { findAccount } from "./accounts";

/** The name of a principal in policies and decisions: `user:ann@example.com`, or `anonymous`. */
export function memberOf(principal: Principal): string {
    switch (principal.kind) {
        case "anonymous":
            return "anonymous";
        case "federated":
            return principal.subject;
        default:
            return `${principal.kind}:${principal.email}`;
    }
}

/**
 * Every name that a principal has in stored bindings. Service accounts are stored with their unique ID, so that a grant
 * to one that was deleted does not come back when its email is used again.
 * @param groups the groups that the principal is in: `group:EMAIL`
 */
export function namesOf(principal: Principal, groups: readonly string[]): string[] {
    switch (principal.kind) {
        case "anonymous":
            return ["allUsers"];
        case "user":
            return [
                `user:${principal.email.toLowerCase()}`,
                ...groups,
                `domain:${principal.email.split("@")[1]?.toLowerCase() ?? ""}`,
                "allUsers",
                "allAuthenticatedUsers",
            ];
        case "serviceAccount":
            return [stored(principal.email, principal.uniqueId), ...groups, "allUsers", "allAuthenticatedUsers"];
        case "federated":
            return [principal.subject, ...(principal.sets ?? []), "allUsers", "allAuthenticatedUsers"];
    }
}

/** A service account of Kubernetes as IAM has written it first: https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
export const KUBERNETES = /^serviceAccount:([^[\]\s]+)\.svc\.id\.goog\[([^[\]/\s]+)\/([^[\]/\s]+)\]$/;

const form = /^(user|group|domain|serviceAccount|projectOwner|projectEditor|projectViewer|principal|principalSet):.+$/;
const deleted = /^deleted:serviceAccount:(.+)\?uid=(\d+)$/;

/**
 * A member as it is stored.
 * @throws ApiError INVALID_ARGUMENT if it is not a member, or names a service account that does not exist
 */
export function toStored(member: string, store: Store): string {
    const gone = deleted.exec(member);
    if (gone) {
        return stored(gone[1] ?? "", gone[2] ?? "");
    }
    if (member === "allUsers" || member === "allAuthenticatedUsers") {
        return member;
    }
    if (member.startsWith("deleted:")) {
        return member;
    }
    // The text is Google's, from memory [K].
    if (
        !form.test(member) ||
        (/^(user|group|serviceAccount):/.test(member) && !member.includes("@") && !KUBERNETES.test(member))
    ) {
        throw new ApiError(
            "INVALID_ARGUMENT",
            `Invalid member "${member}": policy members must be of the form "<type>:<value>", such as user:ann@example.com`,
        );
    }
    if (KUBERNETES.test(member)) {
        return member;
    }
    if (!member.startsWith("serviceAccount:")) {
        return member.startsWith("principal") ? member : lowerValue(member);
    }
    const email = member.slice("serviceAccount:".length);
    const account = findAccount(store, email);
    // This is Google's text. The gcp provider searches for it: https://github.com/hashicorp/terraform-provider-google-beta
    if (!account) {
        throw new ApiError("INVALID_ARGUMENT", `Service account ${email} does not exist.`);
    }
    return stored(account.email, account.uniqueId);
}

/** A stored member as policies show it: `deleted:serviceAccount:…?uid=…` if the account was deleted. */
export function fromStored(member: string, store: Store): string {
    const [, email = "", uid = ""] = /^serviceAccount:(.+)\?uid=(\d+)$/.exec(member) ?? [];
    if (email === "") {
        return member;
    }
    return findAccount(store, email)?.uniqueId === uid ? `serviceAccount:${email}` : `deleted:${member}`;
}

function stored(email: string, uid: string): string {
    return `serviceAccount:${email.toLowerCase()}?uid=${uid}`;
}

function lowerValue(member: string): string {
    const colon = member.indexOf(":");
    return member.slice(0, colon) + member.slice(colon).toLowerCase();
}
