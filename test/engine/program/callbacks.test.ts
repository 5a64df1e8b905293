import { strict as assert } from "node:assert";
import { setImmediate as turn } from "node:timers/promises";
import { CallbackServer } from "@pulumi/pulumi/runtime/callbacks";
import { bindCallbacks } from "../../../engine/program/inline";

/** The parts of the SDK's server that it keeps for itself. */
interface Inside {
    _server: { http2Servers: Map<unknown, unknown> };
    _target: Promise<string>;
}

describe("the SDK's server of transforms and hooks", () => {
    it("ends if its program fails at once, and does not call itself for ever", async () => {
        bindCallbacks();
        const server = new CallbackServer({} as never);
        const { _server, _target } = server as unknown as Inside;
        while (_server.http2Servers.size === 0) {
            await turn();
        }
        server.shutdown();
        // The address of a server that ends before it has called itself never comes.
        assert.match(await _target, /^127\.0\.0\.1:\d+$/);
    });
});
