import { RecentMap } from "../../common";
import { randomBytes } from "node:crypto";
import { basicRoleOf, type Role } from "../../access/roles";
import { ApiError, type Binding, type Clock, type CloudSettings, type Policy, type Store } from "../cloud";
import { checkExpression } from "./conditions";
import { isSameEtag, noEtag } from "./etag";
import { containerIn } from "./hierarchy";
import { initialContainerPolicy, initialProjectPolicy } from "./initial";
import { fromStored, toStored } from "./members";
import { checkMemberDomains } from "./org-policies";
import { isSupported } from "./supported";

/** The collection of policies in the store, by full resource name, with members in their stored form. */
const collection = "iam.policies";

/** The bindings of a policy by their members, in stored form. */
export interface Grants {
    byMember: ReadonlyMap<string, Binding[]>;
    /** The members that stand for those who have a basic role in a project: `projectOwner:p`. */
    basic: readonly string[];
}

/** A request can name any project, also one that does not exist. */
const INITIAL_KEPT = 1000;
const NO_GRANTS: Grants = { byMember: new Map(), basic: [] };

/** A change that has not arrived yet. Until `arrives`, the grants before it decide. */
interface Pending {
    before: Policy | undefined;
    arrives: number;
}

/** The policies as they are stored, and as they are in force. */
export class Policies {
    /** How long a change takes to arrive, in milliseconds of the sandbox's clock. */
    propagation = 0;
    private readonly compiled = new WeakMap<Policy, Grants>();
    private readonly pending = new Map<string, Pending[]>();
    private readonly initial = new RecentMap<string, Policy>(INITIAL_KEPT);

    constructor(
        private readonly clock: Clock,
        readonly store: Store,
        readonly settings: CloudSettings,
        private readonly role: (name: string) => Role | undefined,
    ) {}

    get(resource: string): Policy {
        const policy = this.stored(resource);
        if (!policy) {
            return { version: 1, etag: noEtag };
        }
        const bindings = (policy.bindings ?? []).map((binding) => ({
            ...binding,
            members: binding.members.map((member) => fromStored(member, this.store)),
        }));
        return { ...policy, ...(bindings.length > 0 ? { bindings } : {}) };
    }

    auditConfigs(resource: string): unknown[] {
        return this.stored(resource)?.auditConfigs ?? [];
    }

    set(resource: string, policy: Policy, updateMask = "bindings,etag"): Policy {
        const before = this.stored(resource);
        if (policy.etag && !isSameEtag(policy.etag, before?.etag ?? noEtag)) {
            throw new ApiError(
                "ABORTED",
                "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
            );
        }
        checkVersion(policy.version, "version");
        const masks = updateMask.split(",").map((mask) => mask.trim());
        const bindings = masks.includes("bindings")
            ? this.check(resource, policy.bindings ?? [], policy.version ?? 1)
            : (before?.bindings ?? []);
        const auditConfigs = masks.includes("auditConfigs") ? policy.auditConfigs : before?.auditConfigs;
        const after: Policy = {
            version: bindings.some((binding) => binding.condition) ? 3 : 1,
            etag: randomBytes(8).toString("base64"),
            ...(bindings.length > 0 ? { bindings } : {}),
            ...(auditConfigs && auditConfigs.length > 0 ? { auditConfigs } : {}),
        };
        this.delay(resource, before);
        this.store.put(collection, resource, after);
        // A policy is prepared when it is written, so that the first decision about a resource costs what the next ones cost.
        this.compile({ before: this.stored(resource) });
        return this.get(resource);
    }

    delete(resource: string): void {
        this.pending.delete(resource);
        this.store.delete(collection, resource);
    }

    /** The grants that are in force now. */
    inForce(resource: string): Grants {
        return this.compile(this.waiting(resource)[0] ?? { before: this.stored(resource) });
    }

    /** The grants that come into force, and in how many milliseconds; undefined if no change is pending. */
    onTheWay(resource: string): { grants: Grants; milliseconds: number } | undefined {
        const last = this.waiting(resource).at(-1);
        return (
            last && {
                grants: this.compile({ before: this.stored(resource) }),
                milliseconds: last.arrives - this.clock.now(),
            }
        );
    }

    /** Every resource with a change that has not arrived, and in how many milliseconds the last one does. */
    allOnTheWay(): { resource: string; milliseconds: number }[] {
        return [...this.pending.keys()].flatMap((resource) => {
            const last = this.waiting(resource).at(-1);
            return last === undefined ? [] : [{ resource, milliseconds: last.arrives - this.clock.now() }];
        });
    }

    private stored(resource: string): Policy | undefined {
        const found = this.store.get(collection, resource) as Policy | undefined;
        if (found) {
            return found;
        }
        const container = containerIn(resource);
        if (container !== undefined) {
            return initialContainerPolicy(container, this.settings, this.store);
        }
        const [, project] = /^\/\/cloudresourcemanager\.googleapis\.com\/projects\/([^/]+)$/.exec(resource) ?? [];
        if (project === undefined) {
            return undefined;
        }
        const initial = this.initial.get(project) ?? initialProjectPolicy(project, this.settings, this.store);
        this.initial.set(project, initial);
        return initial;
    }

    private delay(resource: string, before: Policy | undefined): void {
        if (this.propagation <= 0) {
            return;
        }
        const arrives = this.clock.now() + this.propagation;
        this.pending.set(resource, [...this.waiting(resource), { before, arrives }]);
    }

    private waiting(resource: string): Pending[] {
        const all = this.pending.get(resource);
        if (!all) {
            return [];
        }
        const left = all.filter((change) => change.arrives > this.clock.now());
        if (left.length === 0) {
            this.pending.delete(resource);
        } else {
            this.pending.set(resource, left);
        }
        return left;
    }

    private compile({ before: policy }: { before: Policy | undefined }): Grants {
        if (!policy) {
            return NO_GRANTS;
        }
        const known = this.compiled.get(policy);
        if (known) {
            return known;
        }
        const byMember = new Map<string, Binding[]>();
        for (const binding of policy.bindings ?? []) {
            for (const member of binding.members) {
                const held = byMember.get(member);
                if (held) {
                    held.push(binding);
                } else {
                    byMember.set(member, [binding]);
                }
            }
        }
        const grants = { byMember, basic: [...byMember.keys()].filter((member) => basicRoleOf(member)) };
        this.compiled.set(policy, grants);
        return grants;
    }

    private check(resource: string, bindings: Binding[], version: number): Binding[] {
        const merged = new Map<string, Binding>();
        // A binding without members arrives without the field, because canonical JSON omits empty lists.
        for (const { role, members = [], condition } of bindings as (Omit<Binding, "members"> & Partial<Binding>)[]) {
            const known = this.role(role);
            if (!known || !isSupported(known, resource)) {
                throw new ApiError("INVALID_ARGUMENT", `Role ${role} is not supported for this resource.`);
            }
            if (condition) {
                // Google's rule; its wording is not verified [K].
                if (version < 3) {
                    throw new ApiError(
                        "INVALID_ARGUMENT",
                        `Policy version ${version} cannot hold the conditional binding of ${role}; set version to 3`,
                    );
                }
                checkExpression(condition.expression);
            }
            const stored = members.map((member) => toStored(member, this.store));
            const everyone = members.find((member) => member === "allUsers" || member === "allAuthenticatedUsers");
            if (everyone !== undefined && resource.startsWith("//cloudresourcemanager.googleapis.com/")) {
                throw new ApiError("INVALID_ARGUMENT", `${everyone} cannot be a member of a project's policy`);
            }
            // Google merges bindings of the same role and condition, and drops members that are there twice.
            const key = JSON.stringify([role, condition]);
            const into = merged.get(key) ?? { role, members: [], ...(condition ? { condition } : {}) };
            into.members = [...new Set([...into.members, ...stored])];
            if (into.members.length > 0) {
                merged.set(key, into);
            }
        }
        // Members that are written as Google writes them; a binding without members has none to check.
        checkMemberDomains(
            resource,
            bindings.flatMap(({ members }: Partial<Binding>) => members ?? []),
            this,
        );
        return [...merged.values()];
    }
}

/** @throws ApiError INVALID_ARGUMENT for a version that no policy has: there are 0 (the same as 1), 1 and 3 */
function checkVersion(version = 1, field: string): void {
    if (![0, 1, 3].includes(version)) {
        throw new ApiError("INVALID_ARGUMENT", `Invalid ${field} ${version}: a policy has version 0, 1 or 3`);
    }
}

/**
 * A policy as a reader gets it that asked for the version `requested`. Below version 3, a conditional binding loses its
 * condition, and its role gets another name, so that nobody takes it for a binding without a condition.
 * https://cloud.google.com/iam/docs/policies#versions
 */
export function atVersion(policy: Policy, requested = 1): Policy {
    checkVersion(requested, "requested_policy_version");
    if (requested >= 3 || policy.version !== 3) {
        return policy;
    }
    const bindings = (policy.bindings ?? []).map(({ role, members, condition }) => ({
        role: condition
            ? `${role}_withcond_${Buffer.from(JSON.stringify(condition)).toString("hex").slice(-20)}`
            : role,
        members,
    }));
    return { ...policy, version: 1, bindings };
}
