import type { ResourceValidationPolicy } from "@pulumi/policy";

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
    /** Whether a problem stops the update or is only shown, where the pack's configuration says nothing else. @default mandatory */
    level?: "mandatory" | "advisory";
    /** What is wrong with a resource, and how to fix it: a sentence for each problem. */
    check(subject: Subject): string[];
}

/** The configuration of a rule in a pack. */
interface Config {
    allow?: string[];
}

/**
 * A rule as a policy of Pulumi. Its enforcement level and a list of resources to pass over can be configured.
 * @example new PolicyPack("mine", { policies: policyRules.map(asPolicy) });
 */
export function asPolicy(rule: PolicyRule): ResourceValidationPolicy {
    return {
        name: rule.name,
        description: rule.description,
        enforcementLevel: rule.level ?? "mandatory",
        configSchema: {
            properties: {
                allow: {
                    type: "array",
                    items: { type: "string" },
                    default: [],
                    description: "names or URNs of resources that this rule ignores",
                },
            },
        },
        validateResource: (args, report) => {
            const { allow = [] } = args.getConfig<Config>();
            if (!allow.includes(args.name) && !allow.includes(args.urn)) {
                for (const problem of rule.check({ ...args, props: args.props as Readonly<Record<string, unknown>> })) {
                    report(problem);
                }
            }
        },
    };
}

/** Stands for a value that a preview does not know yet. */
export const UNKNOWN = Symbol("not known yet");

/** Reads a value. Pulumi throws where a preview does not know it yet; the values that it knows are judged all the same. */
function read(get: () => unknown): unknown {
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

/** The text at a path; `undefined` where the value is no text, or is not known yet. */
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
