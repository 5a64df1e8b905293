import type { Attempt, Context, Trial } from "../attempt";
import { emailOf } from "../diagnosis";
import type { GrantRef } from "../spec";
import { ask, isEnd, type Need } from "./api";

/** One of Google's own senders, as the report shows it and as it is read. */
export interface Sender {
    /** In words, where no grant names the account: `the job's account`. */
    account: string;
    grants?: GrantRef[] | undefined;
    target: string;
    token: string;
    expected: string;
    /** Where the sender itself is read, before it sends. */
    url: string;
    reading: Need;
}

/** A probe through a sender: reads it as it is deployed, and has it send. Each try sends again. */
export function senderTrial<T extends object>(
    context: Context,
    { account, grants, target, token, expected, url, reading }: Sender,
    send: (sender: T) => Promise<Attempt>,
): Trial {
    const member = grants?.[0]?.member;
    return {
        ...{ caller: member === undefined ? account : emailOf(member), target, token, expected },
        async attempt() {
            const sender = await ask<T>(context, reading, "GET", url);
            return isEnd(sender) ? sender : send(sender);
        },
    };
}

/** `projects/P/topics/T` → `T`. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
