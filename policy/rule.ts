/** A resource as a rule sees it. */
export interface Subject {
    /** The type token, such as `gcp:cloudrunv2/service:Service`. */
    type: string;
    /** The resource's name in the program. */
    name: string;
    /** The URN of the resource. */
    urn: string;
    /** The properties of the resource. Reading one that a preview does not know yet throws. */
    props: Readonly<Record<string, unknown>>;
}

/**
 * One rule of the policy pack.
 * @example policyRules.flatMap((rule) => rule.check(subject).map((problem) => `${rule.name}: ${problem}`));
 */
export interface PolicyRule {
    /** The name of the rule, such as `no-public-invoker`. */
    name: string;
    /** What the rule requires, in one sentence. */
    description: string;
    /** Whether a problem stops the update or is only shown, unless the pack's configuration says something else. @default mandatory */
    level?: "mandatory" | "advisory";
    /** What is wrong with a resource, and how to fix it: a sentence for each problem. */
    check(subject: Subject): string[];
}

/** A resource of a stack, as a rule for the whole stack sees it. */
export interface StackSubject extends Subject {
    /** For each property, the resources that its value comes from. */
    propertyDependencies?: Readonly<Record<string, readonly StackSubject[]>>;
}

/** What a program's owners say of its callers. */
export interface StackOptions {
    /** Members that may call by whatever way, such as `user:ann@example.com`. @default - none */
    allowedCallers?: readonly string[];
    /** Whether owners, editors and administrators are only known (`list`), or count as callers that nobody declared (`refuse`). @default list */
    administrators?: "list" | "refuse";
}

/** A problem of a stack, and the resource that makes it. */
export interface StackProblem {
    /** The URN of the resource. */
    urn: string;
    /** The name of the resource. */
    name: string;
    /** What is wrong, and how to fix it. */
    problem: string;
}

/**
 * One rule for all resources of a stack together.
 * @example const problems = await stackRules[0].checkStack(resources, { allowedCallers: ["user:ann@example.com"] });
 */
export interface StackRule {
    /** The name of the rule, such as `only-declared-callers`. */
    name: string;
    /** What the rule requires, in one sentence. */
    description: string;
    /** Whether a problem stops the update or is only shown, where the pack's configuration says nothing else. @default mandatory */
    level?: "mandatory" | "advisory";
    /** What is wrong in a stack. */
    checkStack(stack: readonly StackSubject[], options?: StackOptions): Promise<StackProblem[]>;
}

/** Stands for a value that a preview does not know yet. */
export const UNKNOWN = Symbol("not known yet");

/** Reads a value. Pulumi throws if a preview does not know it yet; the values that it knows are judged all the same. */
export function read(get: () => unknown): unknown {
    try {
        return get();
    } catch {
        return UNKNOWN;
    }
}

/** The value at a path of fields. Where a field is a list, as the provider writes some blocks, its first item is taken. */
export function at(value: unknown, ...path: string[]): unknown {
    return path.reduce<unknown>((inner, field) => {
        const single: unknown = Array.isArray(inner) ? read(() => (inner as unknown[])[0]) : inner;
        if (single === UNKNOWN) {
            return UNKNOWN;
        }
        return typeof single === "object" && single !== null
            ? read(() => (single as Record<string, unknown>)[field])
            : undefined;
    }, value);
}

/** The text at a path, or `undefined` if the value is no text, or is not known yet. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
    const found = at(value, ...path);
    return typeof found === "string" ? found : undefined;
}

/** The texts in a list or a map that are known, by their keys. */
export function textsIn(value: unknown): Record<string, string> {
    const values = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    return Object.fromEntries(
        Object.keys(values)
            .map((key): [string, unknown] => [key, read(() => values[key])])
            .filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}
