import type { Attempt, Context } from "../attempt";
import { accountProblem, audienceOf, CONNECTION_PATIENCE_SECONDS, readFailure } from "../diagnosis";
import type { RequestProbe } from "../spec";
import { readJson } from "../json";
import { isEnd } from "./api";
import { execute } from "./workflow";

/** The argument of the workflow that sends from inside. It mints its tokens itself, as an account without any grant. */
interface Argument {
    url: string;
    /** `none`, `broken`, or `token` for an ID token of the workflow's own account. */
    credential: "none" | "broken" | "token";
    audience: string;
}

/** The statuses that the receiver answered to a workflow in Google Cloud; or how the attempt ended without any. */
export async function statusesFromInside(
    probe: RequestProbe & { inside: NonNullable<RequestProbe["inside"]> },
    context: Context,
): Promise<[number, ...number[]] | Attempt> {
    const ended = await execute(context, { workflow: probe.inside.workflow, argument: argumentOf(probe) });
    if (isEnd(ended)) {
        return ended;
    }
    const statuses = ended.state === "SUCCEEDED" ? statusesIn(ended.result) : undefined;
    if (statuses !== undefined) {
        return statuses;
    }
    const { error } = ended;
    const failure = readFailure(error?.payload, error?.context, error?.stackTrace?.elements);
    const got = ended.state ?? "no state";
    const said = "the workflow that probes from inside gave no statuses";
    const problem = await accountProblem(context, `serviceAccount:${probe.inside.serviceAccount}`);
    if (problem) {
        return { outcome: "failed", got, diagnosis: { ...problem, cause: `${said}: ${problem.cause}` } };
    }
    const { where, message, transient, tags } = failure;
    const unanswered = ended.state === "SUCCEEDED" && Array.isArray(listIn(ended.result));
    return {
        // A workflow that returns something else, or fails in its own steps, is not the one that was deployed.
        outcome: unanswered || transient ? "retry" : "failed",
        ...(tags.includes("ConnectionFailedError") && { patienceSeconds: CONNECTION_PATIENCE_SECONDS }),
        ...{ got, diagnosis: { code: "inside-probe-failed", cause: `${said}: ${where}: ${message}` } },
    };
}

function argumentOf({ url, credential }: RequestProbe): Argument {
    const { kind } = credential;
    const plain = kind === "none" || kind === "broken";
    return {
        url,
        credential: plain ? kind : "token",
        audience: "audience" in credential ? credential.audience : audienceOf(url),
    };
}

/** The statuses that the workflow returned. If a request had no answer, there is nothing to judge. */
function statusesIn(result: string | undefined): [number, ...number[]] | undefined {
    const statuses = listIn(result);
    const known = Array.isArray(statuses) && statuses.length > 0 && statuses.every((each) => typeof each === "number");
    return known ? (statuses as [number, ...number[]]) : undefined;
}

const listIn = (result = ""): unknown => (Object(readJson(result)) as { statuses?: unknown }).statuses;
