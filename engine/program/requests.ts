import * as grpc from "@grpc/grpc-js";

import { messageOf } from "../../errors";
import type { Deployment } from "../steps";

/**
 * The requests of a program that are under way. When one of them fails, the run fails, and every request that is still
 * waiting gets the answer that the engine is gone: the program then stops quietly, and the engine's own message is the only one.
 */
export class Requests {
    private readonly active = new Set<Promise<unknown>>();

    constructor(private readonly deployment: Deployment) {}

    /** Whether nothing that the program asked for is under way. */
    get idle(): boolean {
        return this.active.size === 0;
    }

    /** Resolves when no request is under way any more, not even one that began in the meantime. */
    async settled(): Promise<void> {
        while (this.active.size > 0) {
            await Promise.allSettled([...this.active]);
        }
    }

    /**
     * Answers a request about a resource. Rejects with the status at which the SDK stops the program, if this request
     * or another one fails.
     */
    async answer<T>(urn: string, work: () => Promise<T>): Promise<T> {
        if (this.deployment.failed) {
            throw engineGone();
        }
        const running = work().catch((error: unknown) => {
            // Every failure is reported, also when another one came first: the user must know of each.
            if (!isEngineGone(error) && !(this.deployment.failed && saysThatRunEnded(messageOf(error)))) {
                this.fail(error, urn);
            }
            throw engineGone();
        });
        this.active.add(running);
        let forget: () => void = () => undefined;
        const failure = new Promise<never>((_, reject) => {
            forget = this.deployment.onFailure(() => reject(engineGone()));
        });
        failure.catch(() => undefined);
        try {
            return await Promise.race([running, failure]);
        } finally {
            // A listener that stays would keep the answer for as long as the run lasts.
            forget();
            void running.catch(() => undefined).finally(() => this.active.delete(running));
        }
    }

    /**
     * What a plugin answers. After a failure it has only some time for that: its SDK may wait for ever for a request that was
     * refused. What the plugin itself has asked for until then is under way as a request of its own.
     */
    async ofPlugin<T>(answer: Promise<T>): Promise<T> {
        let forget: () => void = () => undefined;
        const gaveUp = new Promise<never>((_, reject) => {
            forget = this.deployment.onFailure(
                () => void setTimeout(() => reject(engineGone()), EXIT_TIMEOUT_MILLISECONDS).unref(),
            );
        });
        try {
            return await Promise.race([answer, gaveUp]);
        } finally {
            forget();
        }
    }

    /** Fails the run with an error, unless the error only says that the run has failed elsewhere. */
    fail(error: unknown, urn: string): void {
        this.deployment.failFor(error, urn);
    }
}

/** How long a program or a plugin may take to end after a failure. It is the time that Pulumi allows. */
export const EXIT_TIMEOUT_MILLISECONDS = 5000;

/** What a request is told that comes after the run has failed. */
const RUN_ENDED = "the update has ended";

/**
 * Whether a message only says that the run has ended. What a program or a plugin was about to do is refused once the run has
 * failed, and it may report that as an error of its own, in words of its SDK.
 */
export function saysThatRunEnded(message: string): boolean {
    return (
        message.includes(RUN_ENDED) ||
        message.startsWith("Resource monitor has terminated") ||
        /Error: (?:error serializing property "[^"]*": )*Channel has been shut down/.test(message)
    );
}

/** An error with the status at which the SDK ends a program without a message. */
function engineGone(): Error & { code: grpc.status } {
    return Object.assign(new Error(RUN_ENDED), { code: grpc.status.UNAVAILABLE });
}

function isEngineGone(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === grpc.status.UNAVAILABLE;
}
