import { parse } from "yaml";
import { NetworkError } from "../../credentials";
import type { Context } from "../attempt";
import { callGoogle, parseAnswer } from "./policies";
import { wrongAudience } from "./accepted-audience";
import { CONNECTION_PATIENCE_SECONDS, type Finding, permanent, temporary } from "./findings";
import { audienceOf, readReceiver } from "./receiver";
import type { WorkflowProbe } from "../spec";

interface Deployed {
    sourceContents?: string;
    userEnvVars?: Record<string, string>;
}

/** Where a workflow failed. */
export interface FailedStep {
    step?: string;
    routine?: string;
}

/** Compares the audience of a step's token with those that its receiver accepts. Undefined if they cannot be read. */
export async function diagnoseAudience(
    context: Context,
    probe: WorkflowProbe,
    failed: FailedStep,
): Promise<Finding | undefined> {
    const workflow = await readWorkflow(context, probe.workflow);
    const args = workflow && argsOf(workflow.sourceContents ?? "", failed);
    if (!workflow || !args) {
        return undefined;
    }
    const value = (raw: unknown) => constantText(raw, workflow.userEnvVars ?? {});
    const url = value(args["url"]);
    const auth = objectOf(args["auth"]);
    const type = auth?.["type"];
    if (url === undefined) {
        return undefined;
    }
    if (type !== "OIDC") {
        return permanent(
            "wrong-credential",
            `the call sends ${type === undefined ? "no token" : `an access token (${JSON.stringify(type)})`}, and ${new URL(url).host} wants an ID token`,
            `auth: {type: OIDC, audience: "${audienceOf(url)}"}`,
        );
    }
    const audience = auth?.["audience"] === undefined ? url : value(auth["audience"]);
    if (audience === undefined) {
        return undefined;
    }
    const own = audienceOf(url);
    const { accepts, resource } = await acceptedBy(context, probe, own);
    if (accepts ? accepts.includes(audience) : audience === own) {
        return undefined;
    }
    const { code, cause, fix } = wrongAudience({
        ...{ audience, accepts: accepts ?? [own], resource, own },
        declared: true,
    });
    // Whether it is written in the source or generated, an audience in a workflow is part of `auth`.
    const edit = fix?.startsWith("audience: ") ? `auth: {type: OIDC, ${fix}}` : fix;
    return accepts ? permanent(code, cause, edit) : temporary(code, cause, edit);
}

/**
 * Why a call was refused whose step sends no token at all; undefined if it sends one, or if that cannot be read. No grant of
 * the workflow's account mends that. One for everybody may still be on its way, so it is tried again for some seconds.
 */
export async function diagnoseNoToken(
    context: Context,
    probe: WorkflowProbe,
    failed: FailedStep,
): Promise<Finding | undefined> {
    const workflow = await readWorkflow(context, probe.workflow);
    const step = workflow && stepOf(workflow.sourceContents ?? "", failed);
    const args = objectOf(step?.["args"]);
    const { headers = {}, auth } = args ?? {};
    const given = objectOf(headers);
    const sendsNone = auth === undefined && given && !Object.keys(given).some((name) => /^authorization$/i.test(name));
    if (!workflow || !args || !sendsNone || !/^http\./.test(String(step?.["call"]))) {
        return undefined;
    }
    const url = constantText(args["url"], workflow.userEnvVars ?? {});
    const where =
        url === undefined ? `to ${String(args["url"])}, a URL that cannot be followed to a target` : `to ${url}`;
    const fix =
        url === undefined
            ? 'begin the URL with the variable of a declared target, such as ${sys.get_env("ORDERS_URL")}, and go on with /; or write auth: {type: OIDC, audience: the target\'s https: URL}, and call https:'
            : `auth: {type: OIDC, audience: "${audienceOf(url.replace(/^http:/, "https:"))}"}${url.startsWith("http:") ? ", and call https:" : ""}`;
    const cause = `the call sends no token ${where}`;
    return { ...temporary("no-token", cause, fix), patienceSeconds: CONNECTION_PATIENCE_SECONDS };
}

async function readWorkflow(context: Context, workflow: string): Promise<Deployed | undefined> {
    const url = `https://workflows.googleapis.com/v1/${workflow}`;
    try {
        const answer = await callGoogle(context.http, await context.credentials(), "GET", url);
        return answer.status === 200 ? parseAnswer<Deployed>(answer, url) : undefined;
    } catch (error) {
        if (!(error instanceof NetworkError)) {
            throw error;
        }
        return undefined;
    }
}

/** The audiences of the receiver that has this address, among those that the workflow has a grant on. */
async function acceptedBy(
    context: Context,
    probe: WorkflowProbe,
    own: string,
): Promise<{ accepts?: string[]; resource?: string }> {
    const resources = new Set((probe.grants ?? []).map(({ resource }) => resource));
    for (const resource of resources) {
        const accepts = (await readReceiver(context, resource))?.accepts;
        if (accepts?.includes(own)) {
            return { accepts, resource };
        }
    }
    return {};
}

/** The `args` of a step. */
function argsOf(source: string, failed: FailedStep): Record<string, unknown> | undefined {
    return objectOf(stepOf(source, failed)?.["args"]);
}

/** A step. The parser for YAML reads sources in JSON too. */
function stepOf(source: string, { step, routine }: FailedStep): Record<string, unknown> | undefined {
    let definition: unknown;
    try {
        definition = parse(source);
    } catch {
        return undefined;
    }
    const within = (routine === undefined ? undefined : objectOf(definition)?.[routine]) ?? definition;
    return step === undefined ? undefined : objectOf(findKey(within, step));
}

/** The value of the first key with that name at any depth, because steps are in lists, branches and loops. */
function findKey(value: unknown, name: string): unknown {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    if (!Array.isArray(value) && Object.hasOwn(value, name)) {
        return (value as Record<string, unknown>)[name];
    }
    for (const inner of Object.values(value)) {
        const found = findKey(inner, name);
        if (found !== undefined) {
            return found;
        }
    }
    return undefined;
}

/** The value of a text, of an environment variable, or of several joined. Undefined if more is needed to know it. */
function constantText(raw: unknown, variables: Record<string, string>): string | undefined {
    if (typeof raw !== "string") {
        return undefined;
    }
    const [, expression] = /^\$\{([\s\S]*)\}$/.exec(raw.trim()) ?? [];
    if (expression === undefined) {
        return raw.includes("${") ? undefined : raw;
    }
    const operands = expression.split("+").map((operand) => {
        const [, name] = /^\s*sys\.get_env\(\s*["']([^"']+)["'](?:\s*,[^)]*)?\)\s*$/.exec(operand) ?? [];
        if (name !== undefined) {
            return variables[name];
        }
        return /^\s*"([^"\\]*)"\s*$/.exec(operand)?.[1];
    });
    return operands.includes(undefined) ? undefined : operands.join("");
}

const objectOf = (value: unknown): Record<string, unknown> | undefined =>
    typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : undefined;
