import type { RuntimeValue } from "../values";

const REDACTED = "[redacted]";

/**
 * The arguments or the answer of a call without what carries a credential, for logs and traces: headers of that kind, and
 * everything that Secret Manager is asked and answers. Google leaves the Authorization header out of call logs.
 * https://cloud.google.com/workflows/docs/log-workflow
 */
export function withoutCredentials(callee: string, value: RuntimeValue): RuntimeValue {
    if (callee.startsWith("googleapis.secretmanager.")) {
        return REDACTED;
    }
    const headers = value instanceof Map ? value.get("headers") : undefined;
    if (!(value instanceof Map) || !(headers instanceof Map)) {
        return value;
    }
    const kept = Array.from(headers, ([name, each]): [string, RuntimeValue] => [
        name,
        /^(proxy-)?authorization$|api-?key|token|secret|cookie/i.test(name) ? REDACTED : each,
    ]);
    return new Map([...value, ["headers", new Map(kept)]]);
}
