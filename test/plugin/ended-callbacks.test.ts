import { strict as assert } from "node:assert";
import { EventEmitter } from "node:events";
import { ignoreEndedCallbacks } from "../../plugin/ended-callbacks";

describe("the process of the plugin", () => {
    const stack = "Error: 1 CANCELLED\n    at connect (/a/node_modules/@pulumi/runtime/callbacks.ts:147:28)";
    const cancelled = (change: object) => Object.assign(new Error("cancelled"), { code: 1, stack, ...change });

    function heardOf(event: string, reason: unknown): unknown[] {
        const emitter = new EventEmitter();
        const heard: unknown[] = [];
        emitter.on(event, (given) => heard.push(given));
        ignoreEndedCallbacks(emitter);
        assert.equal(emitter.emit(event, reason), true);
        return heard;
    }

    it("ignores a server for callbacks that was ended while it began", () => {
        assert.deepEqual(heardOf("unhandledRejection", cancelled({})), []);
        const installed = stack.replace("@pulumi/runtime", "@pulumi/pulumi/runtime").replace(".ts", ".js");
        assert.deepEqual(heardOf("unhandledRejection", cancelled({ stack: installed })), []);
    });

    it("fails with any other error", () => {
        for (const reason of [
            cancelled({ code: 2 }),
            cancelled({ stack: "Error: 1 CANCELLED\n    at handler (/a/index.js:1:1)" }),
            new Error("of a component"),
            "a text",
            undefined,
        ]) {
            assert.deepEqual(heardOf("unhandledRejection", reason), [reason]);
        }
        const exception = cancelled({});
        assert.deepEqual(heardOf("uncaughtException", exception), [exception]);
    });
});
