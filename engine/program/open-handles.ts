import type { Running } from "./program";
import type { Session } from "./session";

/** How long a program may be idle after its outputs are registered, before the engine says why it does not end. */
const IDLE_MILLISECONDS = 3000;

/** The handles that every process of the SDK has open: its streams, its connection to the engine, and the channel here. */
const OWN = /^(PipeWrap|TTYWrap|FSReqCallback|FSReqPromise|MessagePort|Immediate|HTTP2\w*|TCPSocketWrap)$/;

/**
 * Warns once if a program has registered everything and does not end, and names what keeps it alive. Pulumi waits for
 * such a program without a message.
 *
 * @returns a function that stops watching
 */
export function watchOpenHandles(session: Session, program: Running): () => void {
    return onceIdle(session, () => {
        void program.openHandles?.().then((handles) => {
            const names = [...new Set(handles.filter((name) => !OWN.test(name)))];
            session.deployment.report(
                "warning",
                `the program has registered everything and does not end${names.length === 0 ? "" : `: ${names.join(", ")} keeps it open`}; Pulumi would wait for it too: close what it opened, or press Ctrl-C`,
            );
        });
    });
}

/**
 * Calls a function once the program has registered everything, and nothing that it asked for has been under way for a while.
 *
 * @returns a function that stops watching
 */
export function onceIdle(session: Session, call: () => void): () => void {
    let idle = 0;
    const step = IDLE_MILLISECONDS / 3;
    const timer = setInterval(() => {
        idle =
            session.evaluated && session.requests.idle && !session.ended && !session.deployment.failed
                ? idle + step
                : 0;
        if (idle >= IDLE_MILLISECONDS) {
            clearInterval(timer);
            call();
        }
    }, step).unref();
    return () => clearInterval(timer);
}
