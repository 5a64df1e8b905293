import { once } from "node:events";
import { constants } from "node:os";
import type { Terminal } from "../render";

const SIGNALS: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Waits for Ctrl-C, or for another signal that ends a command. */
export const signalled = (): Promise<unknown> => Promise.race(SIGNALS.map((signal) => once(process, signal)));

/**
 * Lets the user cancel work as an update of Pulumi: after the first Ctrl-C (or SIGTERM) the running operations finish,
 * and the second ends them at once.
 *
 * @param changes - whether something would be left half done
 */
export async function cancellable<T>(
    terminal: Pick<Terminal, "write">,
    changes: boolean,
    work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
    const cancel = new AbortController();
    const onSignal = (signal: NodeJS.Signals): void => {
        const name = signal === "SIGINT" ? "^C" : signal;
        if (cancel.signal.aborted) {
            terminal.write(`${name} received; terminating\n`);
            process.exit(128 + constants.signals[signal]);
        }
        const again = signal === "SIGINT" ? "press ^C again" : `send ${name} again`;
        terminal.write(
            `${name} received; cancelling. If you would like to terminate immediately, ${again}.\n${
                changes
                    ? "Note that terminating immediately may lead to orphaned resources and other inconsistencies.\n"
                    : ""
            }`,
        );
        cancel.abort();
    };
    SIGNALS.forEach((signal) => process.on(signal, onSignal));
    try {
        return await work(cancel.signal);
    } finally {
        SIGNALS.forEach((signal) => process.off(signal, onSignal));
    }
}
