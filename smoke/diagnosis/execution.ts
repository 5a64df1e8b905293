import { isTransient, type Context } from "../attempt";
import { readJson } from "../json";
import { excerpt, isByCode } from "./answers";
import { diagnoseAudience, diagnoseNoToken } from "./audience";
import { diagnoseGrants } from "./diagnose";
import { type Finding, ofCode, unreachable } from "./findings";
import type { WorkflowProbe } from "../spec";
import { diagnoseStarts } from "./startup";
import { defined } from "../../common";

/** https://cloud.google.com/workflows/docs/reference/executions/rest/v1/projects.locations.workflows.executions#StackTraceElement */
export interface StackElement {
    step?: string;
    routine?: string;
    position?: { line?: string | number; column?: string | number };
}

/** What is known about a failed execution. */
export interface Failure {
    tags: string[];
    code?: number;
    message: string;
    /** Where it failed, in words: `step "reserve" (main, line 12)`. */
    where: string;
    step?: string;
    routine?: string;
    /** Whether another execution may succeed, because the deployment is new and its grants have not arrived yet. */
    transient: boolean;
    /** Whether IAP refused, and not the application behind it. */
    byIap: boolean;
    /** Whether the receiver's own code answered with an error, and not Google before it. */
    byCode: boolean;
    text: string;
}

/** https://cloud.google.com/workflows/docs/reference/syntax/error-types */
const transientTags = ["ConnectionError", "ConnectionFailedError", "AuthError"];

/** Reads the error of an execution: a payload in JSON, a context and a stack. */
export function readFailure(payload = "", context = "", stack: readonly StackElement[] = []): Failure {
    const error = parsed(payload);
    const code = typeof error["code"] === "number" ? error["code"] : undefined;
    const tags = Array.isArray(error["tags"]) ? (error["tags"] as unknown[]).map(String) : [];
    const message = typeof error["message"] === "string" ? error["message"] : payload || context || "no message";
    const { body: content = "", headers = {} } = error as { body?: unknown; headers?: Record<string, string> };
    const body = typeof content === "string" ? content : JSON.stringify(content);
    return {
        tags,
        ...defined({ code }),
        message: message.slice(0, 300),
        ...place(stack, context),
        transient: (code !== undefined && isTransient(code)) || tags.some((tag) => transientTags.includes(tag)),
        // Without its headers there was no answer, or it is not told.
        byCode:
            code !== undefined &&
            "headers" in error &&
            isByCode({ status: code, headers: lowerCase(headers), body }) !== false,
        byIap: /Invalid IAP credentials/.test(body),
        text: body,
    };
}

/** Why an execution failed: at which step, with which error, and for lack of which grant. */
export async function diagnoseExecution(context: Context, probe: WorkflowProbe, failure: Failure): Promise<Finding> {
    const at = `${failure.where}: `;
    const { code, message, tags } = failure;
    if (failure.byIap) {
        const [, found, expected] = /\('aud' claim \(([^)]*)\).*expected value \(([^)]*)\)/.exec(failure.text) ?? [];
        return {
            final: true,
            diagnosis: {
                code: expected === undefined ? "iap-refused" : "wrong-audience",
                cause: `${at}401 by IAP: ${expected === undefined ? message : `audience was ${found ?? ""}, the application accepts ${expected}`}`,
                ...(expected !== undefined && { fix: `auth: {type: OIDC, audience: "${expected}"}` }),
            },
        };
    }
    if (code === 403 || code === 401 || tags.includes("AuthError")) {
        const finding = await diagnoseGrants(context, probe.grants ?? []);
        const said = code ?? "no token";
        const without =
            code === 403 && !failure.byCode && finding?.final !== true
                ? await diagnoseNoToken(context, probe, failure)
                : undefined;
        if (without) {
            return { ...without, diagnosis: { ...without.diagnosis, cause: `${at}403: ${without.diagnosis.cause}` } };
        }
        if (finding && (finding.final || (code !== 401 && !failure.byCode))) {
            return {
                ...finding,
                diagnosis: { ...finding.diagnosis, cause: `${at}${said}: ${finding.diagnosis.cause}` },
            };
        }
    }
    const audience = code === 401 ? await diagnoseAudience(context, probe, failure) : undefined;
    if (audience) {
        const { diagnosis, final } = audience;
        return { final, diagnosis: { ...diagnosis, cause: `${at}401: ${diagnosis.cause}` } };
    }
    if (code !== undefined && code >= 500) {
        const why = await diagnoseStarts(context, probe.grants ?? []);
        if (why) {
            return { ...why, diagnosis: { ...why.diagnosis, cause: `${at}${code}: ${why.diagnosis.cause}` } };
        }
    }
    if (failure.byCode) {
        return answeredByCode(failure);
    }
    if (tags.includes("ConnectionFailedError")) {
        return unreachable(`${at}no answer: ${message}`);
    }
    const [kind, hint] = hints(failure);
    return { final: false, diagnosis: { code: kind, cause: `${at}${hint}` } };
}

/** Why an execution failed because a receiver's own code answered with an error. */
function answeredByCode({ where, code = 0, text, ...failure }: Failure): Finding {
    const kind = code === 401 ? "token-refused" : hints({ where, code, text, ...failure })[0];
    const what =
        code >= 500
            ? "the receiver crashes, or fails by itself"
            : code === 404
              ? "the path is not served"
              : "the receiver refused by itself";
    return ofCode(kind, `${where}: ${code}: ${what}: its own code answered ${excerpt(text)}`);
}

function hints({ code, message, tags }: Failure): [kind: string, hint: string] {
    if (code === 401) {
        return [
            "wrong-audience",
            "401: the receiver did not accept the token: its audience must be the receiver's own origin, without a path",
        ];
    }
    if (code === 403) {
        return ["forbidden", "403: the workflow's account may not invoke the receiver, or the receiver itself refused"];
    }
    if (code === 404) {
        return ["not-found", "404: the path is not served, or the receiver's ingress does not admit the workflow"];
    }
    if (code === 429) {
        return ["too-many", "429: the receiver had no instance free, or a quota is used up"];
    }
    if (code !== undefined && code >= 500) {
        return ["receiver-fails", `${code}: the receiver crashes, or does not start in time: see its log`];
    }
    if (tags.includes("TimeoutError")) {
        return ["receiver-slow", `the receiver did not answer in time: ${message}`];
    }
    if (tags.some((tag) => tag.startsWith("Connection"))) {
        return ["no-answer", `no answer: ${message}`];
    }
    return ["execution-failed", [...tags, message].join(": ")];
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function place(stack: readonly StackElement[], context: string): Pick<Failure, "where" | "step" | "routine"> {
    const element = stack.findLast(({ step }) => step !== undefined) ?? stack[0];
    const [, ownStep, ownRoutine, ownLine] = /in step "([^"]+)", routine "([^"]+)", line: (\d+)/.exec(context) ?? [];
    const step = element?.step ?? ownStep;
    if (step === undefined) {
        return { where: "the workflow failed" };
    }
    const routine = element?.routine ?? ownRoutine;
    const at = [routine, lineOf(element?.position?.line ?? ownLine)].filter((part) => part !== undefined);
    return {
        where: `step "${step}"${at.length > 0 ? ` (${at.join(", ")})` : ""}`,
        step,
        ...defined({ routine }),
    };
}

const lineOf = (line: string | number | undefined): string | undefined =>
    line === undefined ? undefined : `line ${line}`;

function parsed(payload: string): Record<string, unknown> {
    const value = readJson(payload);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
