import type { Slot } from "./slots";

/** What a key does, in one sentence. */
const SAYS: Readonly<Partial<Record<Slot, Readonly<Record<string, string>>>>> = {
    routine: {
        params: "The parameters of the routine. One that is written `name: value` has a default.",
        steps: "The steps, which run one after the other.",
    },
    step: {
        call: "Calls a function of the standard library, a connector or a subworkflow.",
        args: "The arguments of the call, by their names.",
        result: "The variable that gets the result of the call.",
        assign: "Sets variables, one after the other: at most 50.",
        switch: "Does the first case whose condition holds.",
        for: "Runs steps for each item of a list, each key of a map, or each number of a range.",
        parallel: "Runs branches, or the iterations of a loop, at the same time.",
        try: "Runs a call or steps, whose errors `retry` and `except` handle.",
        retry: "When and how often the steps of `try` run again.",
        except: "What runs if `try` fails.",
        raise: "Raises an error: a text, or a map.",
        return: "Ends the routine with a result.",
        steps: "Steps within this step.",
        next: "The step that follows; `end` ends the routine, `break` and `continue` are for loops.",
    },
    case: { condition: "An expression that is true or false." },
    for: {
        value: "The variable that holds the item, the key or the number.",
        index: "The variable that holds the number of the iteration, from 0.",
        in: "The list, or the map whose keys are used.",
        range: "The first and the last number: `[1, 9]`.",
        steps: "The steps of each iteration.",
    },
    parallel: {
        shared: "The variables from outside that the branches may write.",
        exception_policy: "`continueAll` lets the other branches go on if one fails.",
        concurrency_limit: "How many branches run at the same time, at most 20.",
        branches: "The branches, each a step with steps.",
        for: "A loop whose iterations run at the same time.",
    },
    retry: {
        predicate: "The subworkflow or function that tells whether an error is worth another try.",
        max_retries: "How often the steps run again at most.",
        backoff: "How long to wait before the steps run again.",
    },
    backoff: {
        initial_delay: "The first wait, in seconds.",
        max_delay: "The longest wait, in seconds.",
        multiplier: "By what each wait is longer than the one before.",
    },
    except: { as: "The variable that holds the error, a map.", steps: "The steps that handle the error." },
    auth: {
        type: "`OIDC` for an ID token, as Cloud Run and functions check it; `OAuth2` for an access token for Google APIs.",
        audience: "Whom the ID token is for. Default: the URL.",
        scope: "The scope of the access token.",
        scopes: "The scopes of the access token. Default: cloud-platform.",
    },
    "connector-params": {
        timeout: "How long the call may take, in seconds.",
        polling_policy: "How often to ask whether a long-running operation has ended.",
        skip_polling: "`true` does not wait until a long-running operation has ended.",
        scopes: "The scopes of the access token.",
    },
    "polling-policy": {
        initial_delay: "The first wait, in seconds.",
        multiplier: "By what each wait is longer than the one before.",
        max_delay: "The longest wait, in seconds.",
    },
};

const PAGES = "https://docs.cloud.google.com/workflows/docs/reference/";

/** The page that documents a key. */
const PAGE: Readonly<Record<string, string>> = {
    params: "syntax/subworkflows",
    call: "syntax/calls",
    args: "syntax/calls",
    result: "syntax/calls",
    assign: "syntax/variables",
    switch: "syntax/conditions",
    condition: "syntax/conditions",
    for: "syntax/iteration",
    value: "syntax/iteration",
    index: "syntax/iteration",
    in: "syntax/iteration",
    range: "syntax/iteration",
    parallel: "syntax/parallel-steps",
    shared: "syntax/parallel-steps",
    exception_policy: "syntax/parallel-steps",
    concurrency_limit: "syntax/parallel-steps",
    branches: "syntax/parallel-steps",
    try: "syntax/catching-errors",
    except: "syntax/catching-errors",
    as: "syntax/catching-errors",
    retry: "syntax/retrying",
    predicate: "syntax/retrying",
    max_retries: "syntax/retrying",
    backoff: "syntax/retrying",
    raise: "syntax/raising-errors",
    return: "syntax/completing",
    next: "syntax/jumps",
    steps: "syntax/steps",
};

/** What a key of a map does, with its page; undefined if the grammar does not know the key there. */
export function describeKey(slot: Slot, key: string): string | undefined {
    const keyword = SAYS[slot]?.[key] ?? (slot === "case" || slot === "try" ? SAYS.step?.[key] : undefined);
    const page =
        slot === "auth"
            ? "../authenticate-from-workflow"
            : /^(connector|polling)/.test(slot)
              ? "googleapis"
              : PAGE[key];
    return keyword === undefined || page === undefined
        ? keyword
        : `${keyword}\n\n[${key}](${new URL(page, PAGES).href})`;
}
