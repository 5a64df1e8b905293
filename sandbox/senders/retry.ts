import type { Message } from "../apis";
import { milliseconds } from "./delivery";

/**
 * When a sender tries again. The names are those of Cloud Tasks, which has every limit that the other services have.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues#RetryConfig
 */
export type RetryConfig = Message<"google.cloud.tasks.v2.RetryConfig">;

/** The milliseconds from an attempt that failed to the next: doubled so many times, then longer by the same each time. */
export function backoff({ minBackoff, maxBackoff, maxDoublings = 16 }: RetryConfig, attempts: number): number {
    const doubled = milliseconds(minBackoff, 0) * 2 ** Math.min(attempts - 1, maxDoublings);
    return Math.min(milliseconds(maxBackoff, Infinity), doubled * Math.max(1, attempts - maxDoublings));
}

/**
 * Whether there is no further attempt. With a limit of attempts and one of time, both must be reached.
 * @param attempts those that failed
 * @param elapsed milliseconds since the first of them
 */
export function givenUp(
    { maxAttempts = 1, maxRetryDuration }: RetryConfig,
    attempts: number,
    elapsed: number,
): boolean {
    const longest = milliseconds(maxRetryDuration, 0);
    const tooLong = longest > 0 && elapsed >= longest;
    return maxAttempts === -1 ? tooLong : attempts >= maxAttempts && (longest === 0 || tooLong);
}
