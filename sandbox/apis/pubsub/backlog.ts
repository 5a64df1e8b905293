import type { Cloud } from "../../cloud";
import { numericId, type Message } from "../framework";

/** A message as Pub/Sub delivers it. */
export type PubsubMessage = Message<"google.pubsub.v1.PubsubMessage"> & { messageId: string; publishTime: string };

/** A message that a subscription has not acknowledged. */
export interface Waiting {
    message: PubsubMessage;
    /** How often the message was delivered. */
    attempts: number;
    /** When the message can be delivered (again), in milliseconds of the sandbox's clock. */
    availableAt: number;
    /** Acknowledges one delivery only. */
    ackId: string;
}

/**
 * The messages that each subscription has not delivered yet. They are kept in memory only, as messages can contain anything.
 * There are messages of pull and of push subscriptions; the sender delivers the latter.
 */
export class Backlog {
    private readonly waiting = new Map<string, Waiting[]>();

    add(subscription: string, message: PubsubMessage, now: number): void {
        this.of(subscription).push({ message, attempts: 0, availableAt: now, ackId: "" });
    }

    /** Leases up to `most` messages: nobody else gets them for `seconds`. */
    lease(subscription: string, most: number, seconds: number, now: number): Waiting[] {
        const due = this.of(subscription).filter(({ availableAt }) => availableAt <= now);
        return due.slice(0, most).map((waiting) => {
            waiting.attempts += 1;
            waiting.availableAt = now + seconds * 1000;
            waiting.ackId = `${waiting.message.messageId}-${numericId(12)}`;
            return { ...waiting };
        });
    }

    /** Those of some deliveries whose lease has not ended. */
    leased(subscription: string, ackIds: ReadonlySet<string>, now: number): Waiting[] {
        return this.of(subscription).filter(({ ackId, availableAt }) => ackIds.has(ackId) && availableAt > now);
    }

    acknowledge(subscription: string, ackIds: readonly string[]): void {
        this.waiting.set(
            subscription,
            this.of(subscription).filter(({ ackId }) => !ackIds.includes(ackId)),
        );
    }

    /** Extends the lease of messages by `seconds`. */
    extend(subscription: string, ackIds: readonly string[], seconds: number, now: number): void {
        for (const waiting of this.held(subscription, ackIds)) {
            waiting.availableAt = now + seconds * 1000;
        }
    }

    /**
     * Ends the lease of messages that were not taken. Their IDs acknowledge nothing any more.
     * @param delay in how many seconds a message can be delivered again
     */
    giveBack(subscription: string, ackIds: readonly string[], delay: (waiting: Waiting) => number, now: number): void {
        for (const waiting of this.held(subscription, ackIds)) {
            waiting.availableAt = now + delay(waiting) * 1000;
            waiting.ackId = "";
        }
    }

    /** When the next message can be delivered; undefined if no message waits. */
    nextAt(subscription: string): number | undefined {
        const times = this.of(subscription).map(({ availableAt }) => availableAt);
        return times.length === 0 ? undefined : Math.min(...times);
    }

    size(subscription: string): number {
        return this.of(subscription).length;
    }

    drop(subscription: string): void {
        this.waiting.delete(subscription);
    }

    private held(subscription: string, ackIds: readonly string[]): Waiting[] {
        return this.of(subscription).filter(({ ackId }) => ackId !== "" && ackIds.includes(ackId));
    }

    private of(subscription: string): Waiting[] {
        let list = this.waiting.get(subscription);
        if (!list) {
            this.waiting.set(subscription, (list = []));
        }
        return list;
    }
}

const backlogs = new WeakMap<Cloud, Backlog>();

/** The backlog of a sandbox. */
export function backlogOf(cloud: Cloud): Backlog {
    let backlog = backlogs.get(cloud);
    if (!backlog) {
        backlogs.set(cloud, (backlog = new Backlog()));
    }
    return backlog;
}
