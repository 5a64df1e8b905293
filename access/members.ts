import { isEveryone } from "../common";

/** A member in the form that members are compared in. The names of Google's accounts and groups ignore upper and lower case. */
export function normalMember(member: string): string {
    return /^(user|group|serviceAccount|domain):/.test(member)
        ? member.slice(0, member.indexOf(":") + 1) + member.slice(member.indexOf(":") + 1).toLowerCase()
        : member;
}

/** Whether a member is everybody, with or without an account of Google. */
export const isPublic = (member: string): boolean => isEveryone(member);

/** Whether a member was deleted, so that its binding lets nobody in. https://cloud.google.com/iam/docs/policies#handle-deleted-members */
export const isDeleted = (member: string): boolean => member.startsWith("deleted:");

/** The email address of a service account, or undefined for any other member. */
export const accountOf = (member: string): string | undefined => /^serviceAccount:([^[\]]+@[^[\]]+)$/.exec(member)?.[1];

/** The email address of a group, or undefined for any other member. */
export const groupOf = (member: string): string | undefined => /^group:(.+@.+)$/.exec(member)?.[1];

/** Whether it is clear who a member is: one principal, or everybody in a set that is named. */
export const isClear = (member: string): boolean =>
    isPublic(member) || /^(user|group|serviceAccount|domain|principal|principalSet|customer):.+$/.test(member);

/**
 * Whether a declared member covers another one: it is the same, or the domain of a person.
 * @param declared In the form of {@link normalMember}.
 */
export function covers(declared: ReadonlySet<string>, member: string): boolean {
    const [, domain] = /^user:.+@(.+)$/.exec(member) ?? [];
    return declared.has(member) || (domain !== undefined && declared.has(`domain:${domain}`));
}

/**
 * Whether a member is one of Google's own accounts that act for a project's services. Nobody can become one of them. Not
 * among them is the account of Cloud Build, which runs what people give it.
 * https://cloud.google.com/iam/docs/service-agents
 * @param numbers The numbers of the projects whose agents are meant. The agents of another project act for others. @default - all
 */
export function isAgent(member: string, numbers?: readonly string[]): boolean {
    const [, long, short] =
        /^serviceAccount:(?:service-(\d+)@[a-z0-9-]+\.iam|(\d+)@cloudservices)\.gserviceaccount\.com$/.exec(member) ??
        [];
    const number = long ?? short;
    return number !== undefined && (numbers === undefined || numbers.includes(number));
}
