import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { redactJson } from "../../credentials";
import type { ConsoleData } from "./data";

const POLL_MILLISECONDS = 250;

/**
 * Sends decisions and printed lines as they come, until the page or the sandbox is gone.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function follow(data: ConsoleData, response: ServerResponse): Promise<void> {
    let [decision, line] = [0, 0];
    for (let first = true; !response.destroyed; first = false) {
        const batch = await data.batch(decision, line).catch(() => undefined);
        if (batch === undefined) {
            response.end("event: gone\ndata: {}\n\n");
            return;
        }
        decision = batch.decisions.at(-1)?.id ?? decision;
        line = batch.lines.at(-1)?.id ?? line;
        if (first || batch.decisions.length > 0 || batch.lines.length > 0) {
            response.write(`data: ${JSON.stringify(redactJson(batch))}\n\n`);
        }
        await sleep(POLL_MILLISECONDS, undefined, { ref: false });
    }
}
