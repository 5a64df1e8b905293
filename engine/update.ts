import type { EngineEvent, StackResult } from "./events";
import type { Run } from "./program";

/** How one of the two runs of a program is started. */
export interface RunStart {
    operation: "preview" | "update";
    /** The program's first request is answered once this resolves. @default - at once */
    ready?: Promise<void>;
    /** Whether the other run checks the types of the program. */
    typesChecked: boolean;
    onEvent: (event: EngineEvent) => void;
}

type Start = (options: RunStart) => Promise<Run>;

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
    // Only one of them checks the types: the one whose failure ends the operation.
    const preview = await start({
        operation: "preview",
        typesChecked: !shown,
        onEvent: shown ? onEvent : (event) => hidden.push(event),
    });
    const update = await start({ operation: "update", ready: updateAllowed, typesChecked: shown, onEvent });
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
