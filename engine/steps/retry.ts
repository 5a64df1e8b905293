import type { HookSubject } from "../callbacks";
import { CloudError } from "../provider";
import { Stopped } from "../errors";
import type { Deployment } from "./deployment";
import { messageOf } from "../../errors";

/** How many attempts Pulumi's engine lets error hooks ask for. */
const ATTEMPTS = 100;

/**
 * Runs an operation of a provider, and runs it again as long as the resource's error hooks ask for it. Throws the error of
 * the last attempt, after the operation has been ended in the journal, unless nobody knows what it did.
 */
export async function attempt<T>(
    deployment: Deployment,
    { names, subject, operation }: { names: string[]; subject: HookSubject; operation: "create" | "update" | "delete" },
    work: () => Promise<T>,
): Promise<T> {
    const { journal, hooks, dryRun } = deployment.options;
    const errors: string[] = [];
    try {
        for (;;) {
            try {
                return await work();
            } catch (error) {
                errors.unshift(messageOf(error));
                const mayRetry = !dryRun && !deployment.failed && !(error instanceof Stopped) && names.length > 0;
                if (!mayRetry) {
                    throw error;
                }
                if (errors.length >= ATTEMPTS) {
                    deployment.report(
                        "warning",
                        `maximum number of error hook retries (${ATTEMPTS}) reached`,
                        subject.urn,
                    );
                    throw error;
                }
                const asked = hooks?.retry(names, subject, operation, errors).catch((reason: unknown) => {
                    // An error hook whose program has ended does not hide the error that it was asked about.
                    throw reason instanceof Stopped ? error : reason;
                });
                if ((await asked) !== true) {
                    throw error;
                }
                const count = `${errors.length}/${ATTEMPTS}`;
                deployment.report(
                    "warning",
                    `retrying ${operation} due to on-error hook request (${count})`,
                    subject.urn,
                );
            }
        }
    } catch (error) {
        // An operation that may have succeeded in spite of the error stays open, and the next update looks for its resource.
        if (!(error instanceof CloudError && error.isUncertain)) {
            journal.end(subject.urn);
        }
        throw error;
    }
}
