import { isTransient, type Context } from "../attempt";
import { diagnoseAudience } from "./audience";
import { diagnoseGrants, type GrantFinding } from "./diagnose";
import type { WorkflowProbe } from "../spec";
import { diagnoseStart } from "./startup";
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
    text: string;
}

/** https://cloud.google.com/workflows/docs/reference/syntax/error-types */
const transientTags = ["ConnectionError", "ConnectionFailedError", "TimeoutError", "AuthError"];

/** Reads the error of an execution: a payload in JSON, a context and a stack. */
export function readFailure(payload = "", context = "", stack: readonly StackElement[] = []): Failure {
    const error = parsed(payload);
    const code = typeof error["code"] === "number" ? error["code"] : undefined;
    const tags = Array.isArray(error["tags"]) ? (error["tags"] as unknown[]).map(String) : [];
    const message = typeof error["message"] === "string" ? error["message"] : payload || context || "no message";
    const body = typeof error["body"] === "string" ? error["body"] : JSON.stringify(error["body"] ?? "");
    return {
        tags,
        ...defined({ code }),
        message: message.slice(0, 300),
        ...place(stack, context),
        transient: (code !== undefined && isTransient(code)) || tags.some((tag) => transientTags.includes(tag)),
        byIap: /Invalid IAP credentials/.test(body),
        text: body,
    };
}

/** Why an execution failed: at which step, with which error, and for lack of which grant. */
export async function diagnoseExecution(
    context: Context,
    probe: WorkflowProbe,
    failure: Failure,
): Promise<GrantFinding> {
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
        if (finding && (code !== 401 || finding.final)) {
            return {
                ...finding,
                diagnosis: { ...finding.diagnosis, cause: `${at}${said}: ${finding.diagnosis.cause}` },
            };
        }
    }
    const audience = code === 401 ? await diagnoseAudience(context, probe, failure) : undefined;
    if (audience) {
        return { final: false, diagnosis: { ...audience, cause: `${at}401: ${audience.cause}` } };
    }
    if (code !== undefined && code >= 500) {
        for (const { resource } of probe.grants ?? []) {
            const why = await diagnoseStart(context, resource);
            if (why) {
                return { ...why, diagnosis: { ...why.diagnosis, cause: `${at}${code}: ${why.diagnosis.cause}` } };
            }
        }
    }
    const [kind, hint] = hints(failure);
    return { final: false, diagnosis: { code: kind, cause: `${at}${hint}` } };
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
        return [
            "receiver-fails",
            `${code}: the receiver crashes, does not start in time, or fails by itself: see its log`,
        ];
    }
    if (tags.includes("TimeoutError")) {
        return ["receiver-slow", `the receiver did not answer in time: ${message}`];
    }
    if (tags.some((tag) => tag.startsWith("Connection"))) {
        return ["no-answer", `no answer: ${message}`];
    }
    return ["execution-failed", [...tags, message].join(": ")];
}

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
    try {
        const value: unknown = JSON.parse(payload);
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
        return {};
    }
}
