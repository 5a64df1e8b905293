/** A binding of an allow policy, as IAM has it. */
export interface Binding {
    /** `roles/run.invoker`, `projects/p/roles/caller`. */
    role: string;
    /** `user:…`, `serviceAccount:…`, `group:…`, `allUsers` and the like. */
    members: readonly string[];
    /** When the binding holds. https://cloud.google.com/iam/docs/conditions-overview */
    condition?: { expression?: string; title?: string };
}

/** A rule of a deny policy, as IAM has it. https://cloud.google.com/iam/docs/deny-overview */
export interface DenyRule {
    deniedPrincipals?: readonly string[];
    exceptionPrincipals?: readonly string[];
    deniedPermissions?: readonly string[];
    exceptionPermissions?: readonly string[];
    denialCondition?: { expression?: string };
}

/** A project, and what it lies in. */
export interface Project {
    /** The number, such as `123456789`. */
    number: string;
    /** The REST URLs of its folders and of its organization, the nearest first. */
    ancestors: readonly string[];
}

/** Who reaches a service over the network, from the narrowest to the widest. */
export const INGRESS = ["internal", "internal-and-load-balancer", "all"] as const;

/** What decides who gets into a service, beside the policies. */
export interface Receiver {
    /** Whether IAM is asked at all. */
    invokerCheck: boolean;
    /** Whether Identity-Aware Proxy stands in front of it. */
    iap: boolean;
    ingress: (typeof INGRESS)[number];
    /** The audiences beside its own URLs that it accepts in a token. */
    customAudiences: readonly string[];
}

/** Everything that a search can ask for, by the kind of what is asked. */
export interface FactValues {
    /** The allow policy of a resource, by its REST URL. */
    policy: readonly Binding[];
    /** The permissions of a role, by its name. */
    role: readonly string[];
    /** The direct members of a group, by its email address: `user:…`, `serviceAccount:…`, `group:…`. */
    group: readonly string[];
    /** A project, by its ID or number. */
    project: Project;
    /** The IDs of the keys of a service account that somebody outside of Google can hold, by the account's email address. */
    keys: readonly string[];
    /** The rules of all deny policies that are attached to a project, folder or organization, by its REST URL. */
    denials: readonly DenyRule[];
    /** A service, by its REST URL. */
    receiver: Receiver;
}

/** Something that a search needs to know. */
export interface Need<K extends keyof FactValues = keyof FactValues> {
    kind: K;
    name: string;
}

/** Why something is not known. */
export interface Unread {
    /** What could not be read, such as `the policy of project p`. */
    what: string;
    /** The reason, such as `403: …`. */
    why: string;
    /** The role, or a command, that would let it be read. Absent if none is known. */
    remedy?: string;
    /** Whether it may be read at a later try. */
    temporary?: boolean;
}

/** What is known of a need: its value, or why there is none. */
export type Fact<T> = { value: T } | Unread;

/** Whether a fact is known. */
export function isKnown<T>(fact: Fact<T>): fact is { value: T } {
    return "value" in fact;
}

/**
 * What is known of the policies of a cloud. What a search asks for and nobody has told yet is not known, and is noted, so that
 * the search can be made again when it is.
 * @example
 * const facts = new Facts();
 * facts.tell({ kind: "role", name: "roles/run.invoker" }, { value: ["run.routes.invoke"] });
 */
export class Facts {
    private readonly told = new Map<string, Fact<unknown>>();
    private readonly asked = new Map<string, Need>();

    tell<K extends keyof FactValues>({ kind, name }: Need<K>, fact: Fact<FactValues[K]>): void {
        const key = `${kind} ${name}`;
        this.told.set(key, fact);
        this.asked.delete(key);
    }

    ask<K extends keyof FactValues>(kind: K, name: string): Fact<FactValues[K]> {
        const key = `${kind} ${name}`;
        const fact = this.told.get(key) as Fact<FactValues[K]> | undefined;
        if (fact === undefined) {
            this.asked.set(key, { kind, name });
        }
        return fact ?? { what: `the ${kind} ${name}`, why: "nobody has read it" };
    }

    /** What was asked for and is not told yet. */
    needs(): Need[] {
        return [...this.asked.values()];
    }
}
