import { functionUrl } from "../apis";
import type { Cloud } from "../cloud";
import { findAccount, serviceAgent } from "../iam";
import { milliseconds, succeeded, type Deliverer } from "./delivery";

const agent = "gcf-admin-robot";

/**
 * Calls functions of the first generation for who tests them: `gcloud functions call`. The request comes from Google, as
 * Cloud Functions' own agent.
 */
export function answerCalls(cloud: Cloud, deliverer: Deliverer): void {
    cloud.signals.on((signal) => {
        if (signal.kind === "call") {
            signal.answer = call(cloud, deliverer, signal.name, signal.data, signal.timeout);
        }
    });
}

async function call(
    cloud: Cloud,
    deliverer: Deliverer,
    name: string,
    data: string,
    timeout: string | undefined,
): Promise<{ result: string } | { error: string }> {
    const [, project = ""] = name.split("/");
    const url = functionUrl(name);
    const account = findAccount(cloud.store, serviceAgent(cloud, project, agent).email);
    const token = account && cloud.tokens.mintIdToken(account, url);
    const outcome = await deliverer.deliver({
        project,
        service: "cloudfunctions",
        agent,
        target: { url, httpMethod: "POST", body: Buffer.from(data).toString("base64") },
        headers: {
            "content-type": "application/json",
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        timeoutMilliseconds: milliseconds(timeout, 60_000),
    });
    if (succeeded(outcome)) {
        return { result: outcome.body };
    }
    return { error: outcome.message || `HTTP status ${outcome.status}: ${outcome.body}` };
}
