import { randomUUID } from "node:crypto";
import { notTried, type Attempt, type Context, type Trial } from "../attempt";
import { diagnoseGrants, diagnoseStarts, type Finding } from "../diagnosis";
import type { GrantRef, MessageProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";
import { requestTrial } from "./request";
import { senderTrial, shortName } from "./sender";
import { defined } from "../../common";

interface Subscription {
    topic?: string;
    pushConfig?: { pushEndpoint?: string; oidcToken?: { serviceAccountEmail?: string; audience?: string } };
    detached?: boolean;
}

const api = "https://pubsub.googleapis.com/v1";

const publishing: Need = {
    failure: "the message could not be published",
    permission: "pubsub.topics.publish",
    role: "roles/pubsub.publisher",
};
const reading: Need = {
    failure: "the subscription cannot be read",
    permission: "pubsub.subscriptions.get",
    role: "roles/pubsub.viewer",
};

/** The pause between two looks for the message, in milliseconds. */
const pause = 2000;

/** How long a message may take to arrive, in milliseconds. */
const longestDelivery = 120_000;

/**
 * Publishes a message, and looks for it where the probe says. Pub/Sub itself tells neither that a push was accepted nor that it
 * was refused (Cloud Monitoring does, minutes later). So nothing is published if the probe names no place to look.
 */
export function messageTrial(probe: MessageProbe, context: Context): Trial {
    const sender = {
        ...{ account: "Pub/Sub", grants: probe.grants, target: shortName(probe.subscription) },
        ...{ token: "the subscription's own", expected: "the message arrives" },
        ...{ url: `${api}/${probe.subscription}`, reading },
    };
    return senderTrial<Subscription>(context, sender, audienceOf, async (subscription) => {
        const problem = problemOf(probe, subscription);
        if (problem !== undefined) {
            return {
                outcome: "failed",
                got: "not sent",
                diagnosis: { code: "subscription-wrong", cause: `${probe.subscription} ${problem}` },
            };
        }
        const { arrival } = probe;
        if (!arrival) {
            return notTried(
                "arrival-unknown",
                "no API of Pub/Sub tells whether a push was accepted: name a place where the message can be seen (arrival)",
            );
        }
        const id = randomUUID();
        const data = Buffer.from(JSON.stringify(probe.body ?? {})).toString("base64");
        const published = await ask(context, publishing, "POST", `${api}/${probe.topic}:publish`, {
            messages: [{ data, attributes: { ...probe.attributes, "gcp-invoke-probe": id } }],
        });
        return isEnd(published) ? published : lookForMessage(probe, context, arrival, id);
    });
}

/** The audience of the subscription's ID tokens. Without one in the subscription, it is the URL that it pushes to. */
function audienceOf({ pushConfig: { oidcToken, pushEndpoint } = {} }: Subscription): string | undefined {
    return oidcToken && (oidcToken.audience ?? pushEndpoint);
}

function problemOf(probe: MessageProbe, { topic, pushConfig, detached }: Subscription): string | undefined {
    if (detached === true) {
        return "is detached from its topic: it gets no message";
    }
    if (topic !== probe.topic) {
        return `is of the topic ${topic ?? "(none)"}, not of ${probe.topic}`;
    }
    if (!pushConfig?.pushEndpoint) {
        return "has no push endpoint: it waits to be pulled";
    }
    if (!pushConfig.oidcToken?.serviceAccountEmail) {
        return "pushes without a token: set pushConfig.oidcToken";
    }
    return undefined;
}

async function lookForMessage(
    probe: MessageProbe,
    context: Context,
    arrival: NonNullable<MessageProbe["arrival"]>,
    id: string,
): Promise<Attempt> {
    const request = requestTrial(
        {
            kind: "request",
            name: probe.name,
            url: arrival.url.replaceAll("{id}", id),
            credential: arrival.credential,
            outcome: "allowed",
            expect: arrival.expect,
            ...defined({ grants: arrival.grants }),
        },
        context,
    );
    const giveUpAt = context.clock.now() + longestDelivery;
    for (let first = true; ; first = false) {
        const seen = await request.attempt();
        if (seen.outcome === "passed" || seen.outcome === "not-tried") {
            return seen;
        }
        const why = first ? await whyNotDelivered(probe.grants ?? [], context) : undefined;
        if (why?.final === true) {
            const cause = `the message does not arrive: ${why.diagnosis.cause}`;
            return { outcome: "failed", got: "not arrived", diagnosis: { ...why.diagnosis, cause } };
        }
        if (context.clock.now() >= giveUpAt) {
            return seen.outcome === "failed" ? { ...seen, outcome: "retry" } : seen;
        }
        await context.clock.sleep(pause, context.signal);
    }
}

/** Why the receiver gets no message: a grant is missing, or it cannot start. Undefined if neither is known to be the reason. */
async function whyNotDelivered(grants: readonly GrantRef[], context: Context): Promise<Finding | undefined> {
    const finding = await diagnoseGrants(context, grants);
    return finding?.final === true ? finding : ((await diagnoseStarts(context, grants)) ?? finding);
}
