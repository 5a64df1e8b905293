import type {
    PolicyConfigSchema,
    ResourceValidation,
    ResourceValidationPolicy,
    StackValidation,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyRule, StackOptions, StackRule } from "./rule";

/** The configuration of a rule in a pack. */
interface Config {
    allow?: string[];
}

const allow = {
    type: "array",
    items: { type: "string" },
    default: [],
    description: "names or URNs of resources that this rule ignores",
} as const;

const stackProperties: PolicyConfigSchema["properties"] = {
    allow,
    allowedCallers: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "members that may call, such as user:ann@example.com",
    },
    administrators: {
        type: "string",
        enum: ["list", "refuse"],
        default: "list",
        description: "whether owners, editors and administrators count as callers that nobody declared",
    },
};

/**
 * A rule as a policy of Pulumi. Its enforcement level and a list of resources to pass over can be configured.
 * @example new PolicyPack("mine", { policies: [...policyRules, ...stackRules].map(asPolicy) });
 */
export function asPolicy(rule: PolicyRule): ResourceValidationPolicy;
export function asPolicy(rule: StackRule): StackValidationPolicy;
export function asPolicy(rule: PolicyRule | StackRule): ResourceValidationPolicy | StackValidationPolicy;
export function asPolicy(rule: PolicyRule | StackRule): ResourceValidationPolicy | StackValidationPolicy {
    const { name, description, level: enforcementLevel = "mandatory" } = rule;
    const common = { name, description, enforcementLevel };
    return "checkStack" in rule
        ? { ...common, configSchema: { properties: stackProperties }, validateStack: stackValidation(rule) }
        : { ...common, configSchema: { properties: { allow } }, validateResource: resourceValidation(rule) };
}

function resourceValidation(rule: PolicyRule): ResourceValidation {
    return (args, report) => {
        const { allow: ignored = [] } = args.getConfig<Config>();
        if (!ignored.includes(args.name) && !ignored.includes(args.urn)) {
            for (const problem of rule.check({ ...args, props: args.props as Readonly<Record<string, unknown>> })) {
                report(problem);
            }
        }
    };
}

function stackValidation(rule: StackRule): StackValidation {
    return async (args, report) => {
        const { allow: ignored = [], ...options } = args.getConfig<Config & StackOptions>();
        const found = await rule.checkStack(args.resources, options);
        for (const { urn, problem } of found.filter(
            (each) => !ignored.includes(each.name) && !ignored.includes(each.urn),
        )) {
            report(problem, urn);
        }
    };
}
