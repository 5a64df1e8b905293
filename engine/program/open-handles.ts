import type { Running } from "./program";
import type { Session } from "./session";

/** How long a program may do nothing after its end before somebody waits for it in vain. */
const PATIENCE_MILLISECONDS = 3000;

/** What every process of the SDK has open: its streams, the way to the engine, and what is asked of it here. */
const OWN = /^(PipeWrap|TTYWrap|FSReqCallback|FSReqPromise|MessagePort|Immediate|HTTP2\w*|TCPSocketWrap)$/;

/**
 * Says, once, what keeps a program alive that has registered everything and does not end: Pulumi waits for it without a
 * word, and so does this engine but for that word. Returns what ends the watch.
 */
export function watchLingering(session: Session, program: Running): () => void {
    let waited = 0;
    const step = PATIENCE_MILLISECONDS / 3;
    const timer = setInterval(() => {
        waited = session.evaluated && session.idle && !session.ended && !session.deployment.failed ? waited + step : 0;
        if (waited < PATIENCE_MILLISECONDS) {
            return;
        }
        clearInterval(timer);
        void program.openHandles?.().then((handles) => {
            const names = [...new Set(handles.filter((name) => !OWN.test(name)))];
            session.deployment.report(
                "warning",
                `the program has registered everything and does not end${names.length === 0 ? "" : `: ${names.join(", ")} keeps it open`}; Pulumi would wait for it too: close what it opened, or press Ctrl-C`,
            );
        });
    }, step).unref();
    return () => clearInterval(timer);
}
