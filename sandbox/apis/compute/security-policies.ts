import type { IncomingHttpHeaders } from "node:http";
import { ApiError, type Json, type RouteRequest } from "../../cloud";
import { checkExpression, evaluateExpression, isInRange, isRange } from "../../iam";
import { checkServed, message, type Message, parse, print } from "../framework";
import { invalidField } from "./links";
import type { Wanted } from "./wanted";

type SecurityPolicy = Message<"google.cloud.compute.v1.SecurityPolicy">;
type Rule = Message<"google.cloud.compute.v1.SecurityPolicyRule">;

/** The priority of the rule that decides where no other one does. */
const DEFAULT = 2_147_483_647;
const ACTIONS = /^(allow|deny\((403|404|502)\))$/;
/** What an expression may ask about; everything else of Google's language is refused by its name. */
const SERVED = /^(origin\.ip|request\.(method|path|query|scheme|headers)|inIpRange|has|true|false|in)$/;
const METHODS = /^(contains|endsWith|matches|startsWith|lower|upper|size)$/;

/**
 * Checks the rules of a policy of Cloud Armor, and adds the one that lets everything else in.
 * https://cloud.google.com/armor/docs/security-policy-overview
 */
export function checkSecurityPolicy(resource: Json, { current }: Wanted): Json {
    const { rules = [], type = "CLOUD_ARMOR" } = resource as Partial<SecurityPolicy>;
    if (type !== "CLOUD_ARMOR") {
        throw invalidField("type", type, "The sandbox enforces policies of the type CLOUD_ARMOR alone.");
    }
    const priorities = rules.map(({ priority = 0 }) => priority);
    rules.forEach((rule, i) => checkRule(rule, `rules[${i}]`));
    if (new Set(priorities).size < priorities.length) {
        throw invalidField("rules", priorities.join(", "), "Two rules have the same priority.");
    }
    const last = {
        action: "allow",
        description: "default rule",
        match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
        preview: false,
        priority: DEFAULT,
    };
    const whole = priorities.includes(DEFAULT) ? rules : [...rules, last];
    return { ...current, ...resource, type, rules: whole };
}

function checkRule({ action = "", match = {}, priority = 0 }: Partial<Rule>, at: string): void {
    if (!ACTIONS.test(action)) {
        throw invalidField(`${at}.action`, action, "The sandbox enforces allow, deny(403), deny(404) and deny(502).");
    }
    if (priority < 0) {
        throw invalidField(`${at}.priority`, priority, "It must be 0 to 2147483647.");
    }
    const { versionedExpr, config, expr } = match;
    if ((versionedExpr === undefined) === (expr === undefined)) {
        throw invalidField(`${at}.match`, JSON.stringify(match), "It needs either versionedExpr or expr.");
    }
    for (const range of config?.srcIpRanges ?? []) {
        if (range !== "*" && !isRange(range)) {
            throw invalidField(`${at}.match.config.srcIpRanges`, range, "It is no range of addresses.");
        }
    }
    if (priority === DEFAULT && !config?.srcIpRanges?.includes("*")) {
        throw invalidField(
            `${at}.match`,
            JSON.stringify(match),
            "The rule of the last priority must match all with *.",
        );
    }
    checkLanguage(expr?.expression, `${at}.match.expr.expression`);
}

/** @throws ApiError for an expression that is none, or that asks about what the sandbox does not know */
function checkLanguage(expression: string | undefined, field: string): void {
    if (expression === undefined) {
        return;
    }
    checkExpression(asCel(expression));
    const code = expression.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
    const names = [...code.matchAll(/(\.?)\b([a-zA-Z_]\w*(?:\.[a-z_]\w*)*)/g)].flatMap(([, dot, name = ""]) => {
        const [, known = name, method] = /^(origin\.\w+|request\.\w+)(?:\.(\w+))?$/.exec(name) ?? [];
        return dot === "." ? [] : [known, ...(method === undefined || METHODS.test(method) ? [] : [method])];
    });
    const unknown = names.find((name) => !SERVED.test(name));
    if (unknown !== undefined) {
        throw new ApiError("UNIMPLEMENTED", `the sandbox does not enforce ${unknown} in ${field}: ${expression}`);
    }
}

/**
 * An expression in plain CEL, which knows `has` for fields alone. One about a header that is missing matches nothing.
 * https://cloud.google.com/armor/docs/rules-language-reference
 */
const asCel = (expression: string): string =>
    expression.replace(/\bhas\(\s*request\.headers\[([^\]]+)\]\s*\)/g, "($1 in request.headers)");

/** What of a request the rules ask about. */
export interface ArmorRequest {
    /** Undefined where it is not known, as of a request that Google sends: no range but `*` has it then. */
    address: string | undefined;
    method: string;
    path: string;
    query: string;
    scheme: "http" | "https";
    headers: IncomingHttpHeaders;
}

/** The rule that refuses a request, with the status of its answer; undefined if the policy lets the request in. */
export function refusedBy(
    { rules = [] }: SecurityPolicy,
    request: ArmorRequest,
): { rule: Rule; status: 403 | 404 | 502 } | undefined {
    const decides = rules
        .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
        .find((rule) => rule.preview !== true && matches(rule, request));
    const status = /^deny\((\d+)\)$/.exec(decides?.action ?? "")?.[1];
    return decides === undefined || status === undefined
        ? undefined
        : { rule: decides, status: Number(status) as 403 | 404 | 502 };
}

function matches({ match = {} }: Rule, { address, headers, ...request }: ArmorRequest): boolean {
    const { config, expr } = match;
    if (expr?.expression !== undefined) {
        const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        return (
            evaluateExpression(asCel(expr.expression), {
                origin: { ip: address ?? "" },
                request: { ...request, headers: named },
            }) === true
        );
    }
    return (config?.srcIpRanges ?? []).some((range) => range === "*" || isInRange(address ?? "", range));
}

/** https://cloud.google.com/compute/docs/reference/rest/v1/securityPolicies/addRule */
export const ruleActions = Object.fromEntries(
    ["addRule", "patchRule", "removeRule"].map((method) => [
        method,
        ({ json, query }: RouteRequest) => {
            const descriptor = message("google.cloud.compute.v1.SecurityPolicyRule");
            const wanted: Json = print(descriptor, parse(descriptor, json));
            checkServed("compute.securityPolicies", descriptor, wanted, "resource.");
            const priority = Number(query.get("priority") ?? wanted.priority ?? 0);
            return (policy: Json): Json => withRule(policy, method, { ...wanted, priority });
        },
    ]),
);

function withRule(policy: Json, method: string, wanted: Json): Json {
    const { priority } = wanted;
    const rules = (policy.rules ?? []) as Json[];
    const before = rules.find((rule) => (rule.priority ?? 0) === priority);
    if ((method === "addRule") === (before !== undefined)) {
        const problem = before ? "Cannot have rules with the same priorities." : "There is no such rule.";
        throw invalidField("priority", priority, problem);
    }
    const others = rules.filter((rule) => rule !== before);
    return { ...policy, rules: method === "removeRule" ? others : [...others, { ...before, ...wanted }] };
}
