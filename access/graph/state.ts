import { filled, invokableUrl, isOfThisPackage, policyCarrier, urlsInRegions } from "../grant-resources";
import { accountUrl } from "../names";
import type { CallFact, NamedNode } from "./types";

/** A resource as the state of a stack keeps it. */
export interface KeptResource {
    urn?: string;
    type?: string;
    parent?: string;
    /** Whether the stack only reads it. */
    external?: boolean;
    /** Whether it was replaced and waits to be deleted. */
    delete?: boolean;
    outputs?: Record<string, unknown>;
}

/** What calls or is called, and what it is called in a graph. */
const KINDS: Record<string, string> = {
    "gcp:cloudrunv2/service:Service": "service",
    "gcp:cloudrun/service:Service": "service",
    "gcp:cloudrunv2/job:Job": "job",
    "gcp:cloudrunv2/workerPool:WorkerPool": "worker pool",
    "gcp:cloudfunctions/function:Function": "function",
    "gcp:cloudfunctionsv2/function:Function": "function",
    "gcp:workflows/workflow:Workflow": "workflow",
    "gcp:cloudscheduler/job:Job": "schedule",
    "gcp:cloudtasks/queue:Queue": "queue",
    "gcp:pubsub/subscription:Subscription": "push",
    "gcp:eventarc/trigger:Trigger": "trigger",
    "gcp:pubsub/topic:Topic": "topic",
    "gcp:secretmanager/secret:Secret": "secret",
};

/** The URLs of what is called beside those that a policy search knows. */
const OTHERS: Record<string, string> = {
    "gcp:cloudtasks/queue:Queue":
        "https://cloudtasks.googleapis.com/v2/projects/{project}/locations/{location}/queues/{name}",
    "gcp:pubsub/topic:Topic": "https://pubsub.googleapis.com/v1/projects/{project}/topics/{name}",
    "gcp:secretmanager/secret:Secret": "https://secretmanager.googleapis.com/v1/projects/{project}/secrets/{secretId}",
};

/**
 * What programs name, and the grants that they declare, by the states of their stacks.
 * @param resources those of one stack, or of several that are drawn together
 */
export function graphOfState(resources: readonly KeptResource[]): { named: NamedNode[]; facts: CallFact[] } {
    // What a stack only reads comes first, so that the stack that has it gives it its name.
    const kept = resources
        .filter(({ delete: replaced = false }) => !replaced)
        .toSorted((one, other) => Number(other.external ?? false) - Number(one.external ?? false));
    const parents = new Map(kept.map(({ urn = "", parent = "" }) => [urn, parent]));
    const named = new Map<string, { id: string; label: string; kind: string; names: string[] }>();
    const ownerOf = (urn: string): string => {
        let owner = urn;
        for (let each = urn; each !== ""; each = parents.get(each) ?? "") {
            owner = isOfThisPackage(each) ? each : owner;
        }
        return owner;
    };
    const name = (id: string, label: string, kind: string, names: readonly string[]): void => {
        const node = named.get(id) ?? { id, label, kind, names: [] };
        node.names.push(...names);
        named.set(id, node);
    };
    const users = new Set<string>();
    for (const { urn = "", type = "", outputs = {} } of kept) {
        const kind = KINDS[type];
        if (kind !== undefined) {
            const owner = ownerOf(urn);
            const accounts = accountsIn(outputs);
            const isCheck = /:(InsideProbe|ContinuousCheck)(::|\$)/.test(owner);
            accounts.forEach((email) => users.add(email));
            const members = accounts.flatMap((email) => [`serviceAccount:${email}`, accountUrl(email)]);
            name(owner, lastOf(owner), isCheck ? "check" : kind, [...urlsOf(type, outputs), ...members]);
        }
    }
    for (const { urn = "", type = "", outputs = {} } of kept) {
        const { email } = outputs;
        if (type === "gcp:serviceaccount/account:Account" && typeof email === "string" && !users.has(email)) {
            const owner = ownerOf(urn);
            const names = [`serviceAccount:${email}`, accountUrl(email)];
            // What runs as no account of its own uses this one only to try out what others may not do.
            if (owner !== urn && named.has(owner) && /-(probe|stranger)$/.test(urn)) {
                name(`${owner} (check)`, `check of ${lastOf(owner)}`, "check", names);
            } else {
                name(owner, lastOf(owner), named.get(owner)?.kind ?? "account", names);
            }
        }
    }
    return { named: distinct([...named.values()]), facts: kept.flatMap(declaredBy) };
}

/** A name that several stacks use says of which stack it is. */
function distinct(named: readonly NamedNode[]): NamedNode[] {
    const places = new Map(named.map(({ id }) => [id, placeOf(id)]));
    const [projects, stacks] = [0, 1].map((at) => new Set([...places.values()].map((place) => place[at])).size);
    const wordsOf = ([project, stack]: readonly [string, string]): string =>
        projects === 1 ? stack : stacks === 1 ? project : `${project}/${stack}`;
    const users = new Map<string, Set<string>>();
    const stackOf = (id: string): string => wordsOf(places.get(id) ?? ["", ""]);
    for (const { id, label } of named) {
        users.set(label, (users.get(label) ?? new Set()).add(stackOf(id)));
    }
    return named.map((node) => {
        const isShared = (users.get(node.label)?.size ?? 0) > 1;
        return isShared ? { ...node, label: `${node.label} (${stackOf(node.id)})` } : node;
    });
}

/** The project and the stack in a URN. */
function placeOf(urn: string): [project: string, stack: string] {
    const [, stack = "", project = ""] = /^urn:pulumi:(.*?)::(.*?)::/.exec(urn) ?? [];
    return [project, stack];
}

const lastOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

const textOf =
    (outputs: Record<string, unknown>) =>
    (name: string): string | undefined => {
        const value = outputs[name];
        // Some outputs of the provider are full names.
        return typeof value === "string" ? value.split("/").at(-1) : undefined;
    };

function urlsOf(type: string, outputs: Record<string, unknown>): string[] {
    const templates = [
        invokableUrl(type),
        OTHERS[type],
        // A function of the second generation is let in by the service beneath it.
        ...(type === "gcp:cloudfunctionsv2/function:Function" ? [invokableUrl("gcp:cloudrunv2/service:Service")] : []),
    ];
    return templates
        .flatMap((template) => (template && filled(template, textOf(outputs))) ?? [])
        .flatMap((url) => urlsInRegions(url, outputs["multiRegionSettings"]));
}

/** The accounts that a resource runs as or sends as: each text under a name such as `serviceAccountEmail`. */
function accountsIn(value: unknown, name = ""): string[] {
    if (Array.isArray(value)) {
        return value.flatMap((each) => accountsIn(each, name));
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value).flatMap(([key, inner]) => accountsIn(inner, key));
    }
    const [email] = typeof value === "string" ? (/[^/\s]+@[^/\s]+\.gserviceaccount\.com$/.exec(value) ?? []) : [];
    return email !== undefined && /^serviceAccount(Email)?$/.test(name) ? [email] : [];
}

/** The grants that a resource of the state makes, on what has a known URL. */
function declaredBy({ urn = "", type = "", outputs = {} }: KeptResource): CallFact[] {
    const carrier = policyCarrier(type);
    const to = carrier && filled(carrier, textOf(outputs));
    const { role, member, members, policyData } = outputs;
    if (to === undefined) {
        return [];
    }
    const why = `${lastOf(urn)} declares it`;
    const fact = (from: unknown, by: unknown): CallFact[] =>
        typeof from === "string" && typeof by === "string" ? [{ from, to, state: "untried", role: by, why }] : [];
    const bindings = typeof policyData === "string" ? bindingsIn(policyData) : [];
    return [
        ...fact(member, role),
        ...(Array.isArray(members) ? members.flatMap((each) => fact(each, role)) : []),
        ...bindings.flatMap((binding) => binding.members.flatMap((each) => fact(each, binding.role))),
    ];
}

function bindingsIn(policyData: string): { role: string; members: string[] }[] {
    try {
        const { bindings = [] } = JSON.parse(policyData) as { bindings?: { role: string; members?: string[] }[] };
        return bindings.map(({ role, members = [] }) => ({ role, members }));
    } catch {
        return [];
    }
}
