import type { EngineEvent, StackResult } from "./events";
import type { Run } from "./program";

/** Starts a program, whose first request is answered once `ready` resolves. */
type Start = (
    operation: "preview" | "update",
    ready: Promise<void>,
    onEvent: (event: EngineEvent) => void,
) => Promise<Run>;

/**
 * Updates a stack after a preview that was found good. A preview that is not shown only finds the
 * resources that are refused for their types, before anything is made.
 */
export async function updateAfterPreview(
    start: Start,
    onEvent: (event: EngineEvent) => void,
    shown: boolean,
): Promise<StackResult> {
    // Both programs start at once, so that the second one costs no time. It waits at its first request.
    let allowUpdate: () => void = () => undefined;
    const updateAllowed = new Promise<void>((done) => (allowUpdate = done));
    const hidden: EngineEvent[] = [];
    const preview = await start("preview", Promise.resolve(), shown ? onEvent : (event) => hidden.push(event));
    const update = await start("update", updateAllowed, onEvent);
    const { refusedTypes, ...previewed } = await preview.finish(!shown);
    if (shown ? previewed.result === "failed" : refusedTypes) {
        update.abandon();
        hidden.forEach(onEvent);
        return previewed;
    }
    allowUpdate();
    const { refusedTypes: _, ...updated } = await update.finish();
    return updated;
}
