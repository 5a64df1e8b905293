import { ApiError, type Groups, type Principal, type Store } from "../cloud";
import { memberOf } from "./members";

/** The collection of groups in the store: email → `{ members }`. */
const collection = "iam.groups";
/** The members of a group: people, accounts and other groups. */
const form = /^(user|serviceAccount|group):[^@\s]+@[^@\s]+$/;
const email = /^[^@\s:]+@[^@\s]+$/;

/** A group that a principal is in, and the groups through which it is in it: `group:all@…` through `group:team@…`. */
export interface Membership {
    /** `group:EMAIL`, as policies name it. */
    group: string;
    /** From the principal to the group. */
    path: string[];
}

/** What is wrong with the email of a group or with one of its members. Undefined if nothing is wrong. */
export function groupProblem(group: string, members: readonly string[]): string | undefined {
    if (!email.test(group)) {
        return `"${group}" is no group's email`;
    }
    const wrong = members.find((member) => !form.test(member));
    return wrong === undefined
        ? undefined
        : `"${wrong}" cannot be in the group ${group}: a member is user:EMAIL, serviceAccount:EMAIL or group:EMAIL`;
}

/**
 * The members of Google Groups. Google keeps them in Cloud Identity; the sandbox's user sets them.
 * https://cloud.google.com/iam/docs/groups-in-cloud-console
 */
export class GroupDirectory implements Groups {
    /** The groups that a member is in directly. With this index, the cost of a decision does not grow with their number. */
    private index: Map<string, string[]> | undefined;

    constructor(private readonly store: Store) {}

    list(): { group: string; members: string[] }[] {
        return this.store
            .list(collection)
            .map(([group, value]) => ({ group, members: [...(value as { members: string[] }).members] }));
    }

    set(group: string, members: readonly string[]): void {
        const problem = groupProblem(group, members);
        if (problem !== undefined) {
            throw new ApiError("INVALID_ARGUMENT", problem);
        }
        this.index = undefined;
        const key = group.toLowerCase();
        if (members.length === 0) {
            this.store.delete(collection, key);
        } else {
            this.store.put(collection, key, { members: [...new Set(members.map(lowerEmail))] });
        }
    }

    /** Every group that a principal is in, directly or through other groups. Each appears once, with the shortest path. */
    of(principal: Principal): Membership[] {
        if (principal.kind !== "user" && principal.kind !== "serviceAccount") {
            return [];
        }
        const found: Membership[] = [];
        const seen = new Set<string>();
        let reached: Membership[] = [{ group: lowerEmail(memberOf(principal)), path: [] }];
        while (reached.length > 0) {
            reached = reached
                .flatMap(({ group: member, path }) =>
                    this.directly(member).map((group) => ({ group, path: [...path, member] })),
                )
                .filter(({ group }) => !seen.has(group) && seen.add(group));
            found.push(...reached);
        }
        return found;
    }

    private directly(member: string): string[] {
        if (!this.index) {
            this.index = new Map();
            for (const { group, members } of this.list()) {
                for (const one of members) {
                    this.index.set(one, [...(this.index.get(one) ?? []), `group:${group}`]);
                }
            }
        }
        return this.index.get(member) ?? [];
    }
}

function lowerEmail(member: string): string {
    const colon = member.indexOf(":");
    return member.slice(0, colon) + member.slice(colon).toLowerCase();
}
