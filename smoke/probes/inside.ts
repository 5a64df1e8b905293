import type { Attempt, Context } from "../attempt";
import { audienceOf, readFailure } from "../diagnosis";
import type { RequestProbe } from "../spec";
import { isEnd } from "./api";
import { execute } from "./workflow";

/** What the workflow that sends from inside takes. It mints its tokens itself, as an account without any grant. */
interface Argument {
    url: string;
    /** `none`, `broken`, or `token` for an ID token of the workflow's own account. */
    credential: "none" | "broken" | "token";
    audience: string;
}

/** The statuses that the receiver answered to a workflow in Google Cloud; or how the attempt ended without any. */
export async function statusesFromInside(
    probe: RequestProbe & { inside: object },
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
    const { where, message } = readFailure(error?.payload, error?.context, error?.stackTrace?.elements);
    const cause = `the workflow that probes from inside gave no statuses: ${where}: ${message}`;
    return { outcome: "retry", got: ended.state ?? "no state", diagnosis: { code: "inside-probe-failed", cause } };
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

/** The statuses that the workflow returned. Where a request had no answer, there is nothing to judge. */
function statusesIn(result = ""): [number, ...number[]] | undefined {
    const { statuses } = Object(JSON.parse(result)) as { statuses?: unknown };
    const known = Array.isArray(statuses) && statuses.length > 0 && statuses.every((each) => typeof each === "number");
    return known ? (statuses as [number, ...number[]]) : undefined;
}
