// Ends a process whose tests have ended but that does not end by itself, and names what keeps it alive.

const { createHook } = require("node:async_hooks");

/** Whatever still keeps the process alive this long after the last test is a leak. */
const LEAK_MILLISECONDS = 10_000;

/** Watches from now on. The watch does not keep the process alive itself. */
function openHandles() {
    const timers = watchTimers();
    setTimeout(() => {
        console.error(
            `the tests ended, but something stays open: ${process.getActiveResourcesInfo().join(", ")}${known()}${timers()}`,
        );
        process.exit(1);
    }, LEAK_MILLISECONDS).unref();
}

/** Returns a function that says where the last timer that keeps the process alive was started from now on, as by a loop that waits. */
function watchTimers() {
    let last;
    createHook({
        init(_id, type, _trigger, timer) {
            if (type === "Timeout") {
                last = { timer, at: new Error("a timer").stack };
            }
        },
    }).enable();
    return () => (last?.timer.hasRef() ? `\n${last.at}` : "");
}

/** What is known of open handles: a program that was started, who is connected, what listens. */
function known() {
    const found = process._getActiveHandles().flatMap((handle) => {
        if (handle.spawnargs) {
            return [`${handle.spawnargs.slice(0, 6).join(" ")} (process ${handle.pid})`];
        }
        if (handle.listening) {
            return [`a server at ${JSON.stringify(handle.address())}`];
        }
        return handle.remotePort ? [`a connection to port ${handle.remotePort}`] : [];
    });
    return found.length > 0 ? `; ${found.join("; ")}` : "";
}

module.exports = { openHandles };
