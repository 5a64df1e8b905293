import { children, type Expression } from "../../expression";
import type { Program, Span, Value } from "../../syntax";
import type { Cause, Facts } from "../advice";
import { isPlaceholder } from "../receivers";
import { eachValue } from "./values";

/** Reports a cause at a place in a step. */
type Report = <C extends Cause>(cause: C, step: string, span: Span, ...facts: Facts<C>) => void;

/** Credentials that can be recognised by their form. The value itself never goes into a message. */
const credentialForms: [name: string, pattern: RegExp][] = [
    ["a Google API key", /\bAIza[\w-]{35}(?![\w-])/],
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

/** An access token of Google's, which is valid for an hour. */
const accessToken = /\bya29\.[\w-]{20,}/;

/** No credential is shorter than this. */
const SHORTEST = 16;

const credentialNames =
    /(^|[_-])(password|passwd|secret|client_secret|api_?key|access_?token|auth_?token|bearer_?token|private_?key)$/i;

/** Texts that should not be in a source: credentials, and what another tool was meant to fill in. */
export function checkLiterals(program: Program, report: Report): void {
    eachValue(program, (value, step, key, callee) => {
        const texts = textsIn(value);
        for (const text of texts.filter((each) => each.length >= SHORTEST)) {
            const form = credentialForms.find(([, pattern]) => pattern.test(text))?.[0];
            const named = key !== undefined && credentialNames.test(key) && looksRandom(text);
            const name = step.name.text;
            if (accessToken.test(text)) {
                report("credential-literal/token", name, value.span, `step "${name}"`);
            } else if (form !== undefined) {
                report("credential-literal/form", name, value.span, `step "${name}"`, form);
            } else if (named) {
                report("credential-literal/name", name, value.span, `step "${name}"`, key);
            }
        }
        const placeholder = texts.find((text) => isPlaceholder(text, key));
        // The names of environment variables look like placeholders, and are none.
        const isVariable = callee === "sys.get_env" && (key === undefined || key === "name");
        if (placeholder !== undefined && !isVariable) {
            const shown = placeholder.replaceAll(/\uE000+/g, "${…}");
            report("placeholder/text", step.name.text, value.span, `step "${step.name.text}"`, shown);
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
    if (expression.kind === "literal") {
        return typeof expression.value === "string" ? [expression.value] : [];
    }
    // The names of environment variables look like placeholders, and are none.
    const isName = expression.kind === "call" && expression.callee === "sys.get_env";
    return isName ? [] : children(expression).flatMap(textsWithin);
}

/** Whether a text looks like a random value: long, of letters and digits, without a blank. */
function looksRandom(text: string): boolean {
    return (
        /^[\w.~+/=-]{16,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && !/^(projects|https?:)\//.test(text)
    );
}
