import type { Attempt, Context, Trial } from "../attempt";
import { emailOf, senderAudience } from "../diagnosis";
import type { GrantRef } from "../spec";
import { ask, isEnd, type Need } from "./api";

/** One of Google's own senders, as the report shows it, and how to read it. */
export interface Sender {
    /** The account in words, such as `the job's account`, in case no grant names it. */
    account: string;
    grants?: GrantRef[] | undefined;
    target: string;
    token: string;
    expected: string;
    /** The REST URL of the sender, which is read before it sends. */
    url: string;
    reading: Need;
}

/**
 * A probe that reads a sender as it is deployed, and makes it send. Each try sends again. Nothing is sent with a token that the
 * receiver would not accept.
 * @param audienceOf The audience of the sender's tokens. Undefined if it sends none, or not ID tokens.
 */
export function senderTrial<T extends object>(
    context: Context,
    { account, grants = [], target, token, expected, url, reading }: Sender,
    audienceOf: (sender: T) => string | undefined,
    send: (sender: T) => Promise<Attempt>,
): Trial {
    const member = grants[0]?.member;
    return {
        ...{ caller: member === undefined ? account : emailOf(member), target, token, expected },
        async attempt() {
            const sender = await ask<T>(context, reading, "GET", url);
            if (isEnd(sender)) {
                return sender;
            }
            const audience = audienceOf(sender);
            const diagnosis = audience === undefined ? undefined : await senderAudience(context, grants, audience);
            return diagnosis ? { outcome: "failed", got: "not sent", diagnosis } : send(sender);
        },
    };
}

/** The last part of a full name: `T` of `projects/P/topics/T`. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
