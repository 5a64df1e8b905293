import type { Within } from "./place";

/** What the grammar of workflows has at a place: a map, a list, or a value of some kind. */
export type Slot =
    | "root"
    | "routine"
    | "params"
    | "parameter"
    | "steps"
    | "step-name"
    | "step"
    | "callee"
    | "args"
    | "url"
    | "auth"
    | "auth-type"
    | "audience"
    | "connector-params"
    | "polling-policy"
    | "name"
    | "assign"
    | "assignment"
    | "switch"
    | "case"
    | "for"
    | "parallel"
    | "shared"
    | "policy"
    | "try"
    | "retry"
    | "predicate"
    | "backoff"
    | "except"
    | "next"
    | "value";

/** What the keys of a map and the items of a list are; `any` is for keys that their author chooses. */
interface Rule {
    keys?: Readonly<Record<string, Slot>>;
    any?: Slot;
    item?: Slot;
}

const ACTION: Readonly<Record<string, Slot>> = {
    call: "callee",
    args: "args",
    result: "name",
    assign: "assign",
    switch: "switch",
    for: "for",
    parallel: "parallel",
    try: "try",
    retry: "retry",
    except: "except",
    raise: "value",
    return: "value",
    steps: "steps",
};

/** The grammar of a definition: https://docs.cloud.google.com/workflows/docs/reference/syntax */
const GRAMMAR: Readonly<Partial<Record<Slot, Rule>>> = {
    root: { any: "routine", item: "step-name" },
    routine: { keys: { params: "params", steps: "steps" }, item: "step-name" },
    params: { item: "parameter" },
    parameter: { any: "value" },
    steps: { item: "step-name" },
    "step-name": { any: "step" },
    step: { keys: { ...ACTION, next: "next" } },
    args: { keys: { url: "url", auth: "auth", connector_params: "connector-params" }, any: "value" },
    auth: { keys: { type: "auth-type", audience: "audience", scope: "value", scopes: "value" } },
    "connector-params": {
        keys: { timeout: "value", polling_policy: "polling-policy", skip_polling: "value", scopes: "value" },
    },
    "polling-policy": { keys: { initial_delay: "value", multiplier: "value", max_delay: "value" } },
    assign: { item: "assignment" },
    assignment: { any: "value" },
    switch: { item: "case" },
    case: { keys: { condition: "value", ...ACTION, next: "next" } },
    for: { keys: { value: "name", index: "name", in: "value", range: "value", steps: "steps" } },
    parallel: {
        keys: {
            shared: "shared",
            exception_policy: "policy",
            concurrency_limit: "value",
            branches: "steps",
            for: "for",
        },
    },
    shared: { item: "name" },
    try: { keys: ACTION, item: "step-name" },
    retry: { keys: { predicate: "predicate", max_retries: "value", backoff: "backoff" } },
    backoff: { keys: { initial_delay: "value", max_delay: "value", multiplier: "value" } },
    except: { keys: { as: "name", steps: "steps" } },
    value: { any: "value", item: "value" },
};

/** What the grammar has at a path; undefined if it has nothing there. */
export function slotAt(path: readonly Within[]): Slot | undefined {
    let slot: Slot | undefined = "root";
    for (const within of path) {
        const rule: Rule | undefined = GRAMMAR[slot];
        const keys: Readonly<Record<string, Slot>> = rule?.keys ?? {};
        slot = within.kind === "item" ? rule?.item : Object.hasOwn(keys, within.key) ? keys[within.key] : rule?.any;
        if (slot === undefined) {
            return undefined;
        }
    }
    return slot;
}

/** The keys that the grammar has for a map. */
export function keysIn(slot: Slot): string[] {
    return Object.keys(GRAMMAR[slot]?.keys ?? {});
}
