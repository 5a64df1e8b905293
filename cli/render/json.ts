import type { EngineEvent } from "../../engine";
import type { Display } from "./display";
import { createEventLines } from "./json-events";
import { createDigest } from "./json-preview";
import type { Terminal } from "./terminal";

/**
 * What `--json` prints, in the forms of the Pulumi CLI, so that scripts for it work. A preview is one document, and
 * every other operation prints one engine event a line. An update with a preview prints first one and then the other,
 * as Pulumi does.
 */
export function createJsonDisplay(terminal: Pick<Terminal, "write">): Display {
    let current: Display | undefined;
    /** Events from before the operation: what an interrupted update had left open. */
    const early: EngineEvent[] = [];
    return {
        onEvent(event) {
            if (event.type === "start") {
                current = event.operation === "preview" ? createDigest(terminal) : createEventLines(terminal);
                for (const each of [event, ...early.splice(0)]) {
                    current.onEvent(each);
                }
            } else if (current === undefined) {
                early.push(event);
            } else {
                current.onEvent(event);
            }
        },
        close: () => current?.close(),
    };
}
