import { setTimeout as sleep } from "node:timers/promises";

const POLL_MILLISECONDS = 250;

/**
 * Shows the entries that exist, and with `on` also new ones until the sandbox has ended.
 *
 * @param read - the entries after the one of this number, oldest first; rejects if the sandbox is gone
 * @returns the entries that existed at the beginning
 */
export async function follow<T extends { id: number }>(
    read: (after: number) => Promise<T[]>,
    show: (entry: T) => void,
    on: boolean,
): Promise<T[]> {
    const first = await read(0);
    first.forEach(show);
    let after = first.at(-1)?.id ?? 0;
    while (on) {
        await sleep(POLL_MILLISECONDS);
        const more = await read(after).catch(() => undefined);
        if (!more) {
            break;
        }
        more.forEach(show);
        after = more.at(-1)?.id ?? after;
    }
    return first;
}
