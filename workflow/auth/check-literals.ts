import type { Expression } from "../expression/ast";
import type { Program, Severity, Span, Value } from "../syntax/ast";
import type { Values } from "./domain";
import { literalOf } from "./domain";
import { isPlaceholder } from "./placeholder";
import type { ResolvedCall } from "./resolve";
import type { RuleId } from "./rules";
import { eachValue } from "./values";

type Report = (rule: RuleId, span: Span, what: string, fix: string, step: string, severity?: Severity) => void;

/** Credentials that their own form gives away. The value itself never goes into a message. */
const credentialForms: [name: string, pattern: RegExp][] = [
    ["a Google API key", /\bAIza[\w-]{35}(?![\w-])/],
    ["a Google access token", /\bya29\.[\w-]{20,}/],
    ["a Google OAuth client secret", /\bGOCSPX-[\w-]{20,}/],
    ["a signed token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
    ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
    ["an Authorization header", /^(Bearer|Basic|Token) +(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}$/i],
    ["a GitHub token", /\b(gh[pousr]_\w{30,}|github_pat_\w{30,})/],
    ["a Slack token", /\bxox[abprs]-[\w-]{20,}/],
    ["an AWS access key", /\bAKIA[0-9A-Z]{16}\b/],
    ["a Stripe key", /\b[rs]k_live_\w{20,}/],
    ["a password in a URL", /^https?:\/\/[^/@:\s]+:[^/@\s]{4,}@/i],
];

/** No credential is shorter than this. */
const SHORTEST = 16;

const credentialNames =
    /(^|[_-])(password|passwd|secret|client_secret|api_?key|access_?token|auth_?token|bearer_?token|private_?key)$/i;

/** Texts that should not be in a source: credentials, and what another tool was meant to fill in. */
export function checkLiterals(program: Program, report: Report): void {
    eachValue(program, (value, step, key) => {
        const texts = textsIn(value);
        for (const text of texts.filter((each) => each.length >= SHORTEST)) {
            const form = credentialForms.find(([, pattern]) => pattern.test(text))?.[0];
            const named = key !== undefined && credentialNames.test(key) && looksRandom(text);
            if (form !== undefined || named) {
                report(
                    "credential-literal",
                    value.span,
                    `step "${step.name.text}" holds ${form ?? `a credential in "${key ?? ""}"`} in the source`,
                    "keep it in Secret Manager and read it with googleapis.secretmanager.v1.projects.secrets.versions.accessString; revoke this one",
                    step.name.text,
                );
            }
        }
        const placeholder = texts.find((text) => isPlaceholder(text, key));
        if (placeholder !== undefined) {
            const shown = placeholder.replaceAll(/\uE000+/g, "${…}");
            report(
                "placeholder",
                value.span,
                `step "${step.name.text}" holds ${shown.length > 60 ? "a placeholder" : `the placeholder ${shown}`}`,
                "audit the source as it is deployed, or pass the value as an environment variable",
                step.name.text,
            );
        }
    });
}

function textsIn(value: Value): string[] {
    if (value.kind === "literal") {
        return typeof value.value === "string" ? [value.value] : [];
    }
    return value.kind === "expression" ? textsWithin(value.expression) : [];
}

function textsWithin(expression: Expression): string[] {
    switch (expression.kind) {
        case "literal":
            return typeof expression.value === "string" ? [expression.value] : [];
        case "member":
            return textsWithin(expression.object);
        case "index":
            return [...textsWithin(expression.object), ...textsWithin(expression.index)];
        case "call":
            // The names of environment variables look like placeholders, and are none.
            return expression.callee === "sys.get_env" ? [] : expression.args.flatMap(textsWithin);
        case "unary":
            return textsWithin(expression.operand);
        case "binary":
            return [...textsWithin(expression.left), ...textsWithin(expression.right)];
        case "list":
            return expression.items.flatMap(textsWithin);
        case "map":
            return expression.entries.flatMap((entry) => [...textsWithin(entry.key), ...textsWithin(entry.value)]);
        default:
            return [];
    }
}

/** Letters and digits without a blank, long enough: no word and no name. */
function looksRandom(text: string): boolean {
    return (
        /^[\w.~+/=-]{16,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && !/^(projects|https?:)\//.test(text)
    );
}

const everyone = new Set(["allUsers", "allAuthenticatedUsers"]);
const invoker =
    /^roles\/(run\.invoker|run\.servicesInvoker|cloudfunctions\.invoker|workflows\.invoker|iap\.httpsResourceAccessor)$/;

/** A call whose arguments hold an IAM binding that lets everyone invoke something. */
export function checkPublicInvoker(call: ResolvedCall, report: Report): void {
    if (grantsEveryone(call.args)) {
        report(
            "public-invoker",
            call.action.callee.span,
            `step "${call.step.name.text}" grants everyone an invoker role`,
            "grant the role to the service account that calls",
            call.step.name.text,
        );
    }
}

function grantsEveryone(values: Values): boolean {
    return values.some((value) => {
        if (value.kind === "list") {
            return [value.each, ...(value.items ?? [])].some(grantsEveryone);
        }
        if (value.kind !== "map") {
            return false;
        }
        const texts = (name: string): (string | undefined)[] => flat(value.fields.get(name) ?? []).map(literalOf);
        const members = [...texts("members"), ...texts("member")];
        return (
            (texts("role").some((role) => role !== undefined && invoker.test(role)) &&
                members.some((member) => member !== undefined && everyone.has(member))) ||
            [...value.fields.values(), value.rest].some(grantsEveryone)
        );
    });
}

function flat(values: Values): Values {
    return values.flatMap((value) => (value.kind === "list" ? [...value.each] : [value]));
}
