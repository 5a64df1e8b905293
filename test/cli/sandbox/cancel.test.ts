import assert from "node:assert/strict";

import { cancellable } from "../../../cli/sandbox/cancel";

describe("Ctrl-C in an operation", () => {
    it("cancels it with Pulumi's messages, and does nothing after it has ended", async () => {
        const before = process.listenerCount("SIGINT");
        let said = "";
        const aborted = await cancellable({ write: (text) => void (said += text) }, true, (signal) => {
            process.emit("SIGINT", "SIGINT");
            return Promise.resolve(signal.aborted);
        });
        assert.equal(aborted, true);
        assert.match(
            said,
            /^\^C received; cancelling\. If you would like to terminate immediately, press \^C again\.\n/,
        );
        assert.match(said, /terminating immediately may lead to orphaned resources and other inconsistencies\.\n$/);
        assert.equal(process.listenerCount("SIGINT"), before);
    });

    it("warns of nothing left behind if the operation changes nothing", async () => {
        let said = "";
        await cancellable({ write: (text) => void (said += text) }, false, () => {
            process.emit("SIGTERM", "SIGTERM");
            return Promise.resolve();
        });
        assert.match(said, /^SIGTERM received; cancelling\. .* send SIGTERM again\.\n$/);
    });
});
