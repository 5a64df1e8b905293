import { grantKind } from "../access";
import { at, type Subject, UNKNOWN } from "./rule";

/** A role and who gets it, as far as a preview knows them. */
export interface StackBinding {
    /** Undefined if it is not known yet, or cannot be read. */
    role: string | undefined;
    members: string[];
    /** Whether there are members that are not known yet, or cannot be read. */
    more: boolean;
    /** An expression of IAM. `UNKNOWN` if it is not known yet. */
    condition: string | typeof UNKNOWN | undefined;
}

const unreadable: StackBinding = { role: undefined, members: [], more: true, condition: undefined };

/** The bindings of a resource that changes a policy: one binding, or a whole policy in JSON. Empty for other resources. */
export function bindingsOf({ type, props }: Subject): StackBinding[] {
    switch (grantKind(type)) {
        case "Policy":
            return bindingsIn(at(props, "policyData"));
        case undefined:
            return [];
        default:
            return [bindingOf(props)];
    }
}

function bindingOf(value: unknown): StackBinding {
    const role = at(value, "role");
    const given = [at(value, "member"), ...listAt(value, "members")].filter((each) => each !== undefined);
    const members = given.filter((each) => typeof each === "string");
    const condition = at(value, "condition");
    const expression = condition === undefined || condition === null ? undefined : at(condition, "expression");
    return {
        role: typeof role === "string" ? role : undefined,
        members,
        more: members.length < given.length || given.length === 0,
        condition: expression === undefined || typeof expression === "string" ? expression : UNKNOWN,
    };
}

/** The items of a list; one that is not known if the list is not known. */
function listAt(value: unknown, field: string): unknown[] {
    const list = at(value, field);
    if (list === undefined) {
        return [];
    }
    return Array.isArray(list) ? Array.from({ length: list.length }, (_, index) => itemOf(list, index)) : [UNKNOWN];
}

function itemOf(list: unknown[], index: number): unknown {
    return at(
        {
            get item() {
                return list[index];
            },
        },
        "item",
    );
}

function bindingsIn(policyData: unknown): StackBinding[] {
    if (typeof policyData !== "string") {
        return [unreadable];
    }
    let bindings: unknown;
    try {
        bindings = at(JSON.parse(policyData), "bindings");
    } catch {
        return [unreadable];
    }
    if (bindings === undefined) {
        return [];
    }
    return Array.isArray(bindings) ? bindings.map(bindingOf) : [unreadable];
}
