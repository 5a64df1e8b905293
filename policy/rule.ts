import type { ResourceValidationPolicy } from "@pulumi/policy";

/** A resource as a rule sees it. */
export interface Subject {
    /** `gcp:cloudrunv2/service:Service`. */
    type: string;
    name: string;
    urn: string;
    props: Readonly<Record<string, unknown>>;
}

/** One rule: what is wrong with a resource, in the user's words; nothing where it is right. */
export interface PolicyRule {
    name: string;
    description: string;
    /** Whether it stops an update, or is only told, unless the pack's configuration says otherwise. @default - `mandatory` */
    level?: "mandatory" | "advisory";
    check(subject: Subject): string[];
}

interface Config {
    allow?: string[];
}

/** The rule as Pulumi takes it, configurable by enforcement level and a list of resources to pass over. */
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
                    description: "names or URNs of resources that this rule passes over",
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

/** What stands for a value that a preview does not know yet. */
export const UNKNOWN = Symbol("not known yet");

/** Pulumi throws where a value is read that is not known yet; what is known is judged all the same. */
function read(get: () => unknown): unknown {
    try {
        return get();
    } catch {
        return UNKNOWN;
    }
}

/** What lies at a path of fields within properties; lists of one, which the provider uses for blocks, are looked into. */
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

/** The text at a path; `undefined` where it is none, or not known yet. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
    const found = at(value, ...path);
    return typeof found === "string" ? found : undefined;
}

/** The texts in a list or a map, by their keys, as far as they are known. */
export function textsIn(value: unknown): Record<string, string> {
    const values = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    return Object.fromEntries(
        Object.keys(values)
            .map((key): [string, unknown] => [key, read(() => values[key])])
            .filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}
