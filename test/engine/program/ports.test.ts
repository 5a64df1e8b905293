import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";

import * as grpc from "@grpc/grpc-js";
import { Callback, CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";

import { Callbacks } from "../../../engine/callbacks/callbacks";
import { bindUnusedPort } from "../../../engine/program/port";

/** The system may give the port of an earlier program of the same process to a later one. */
describe("a port that an earlier program had", () => {
    it("is not used by another monitor, as the SDK's client would treat it as unreachable", async () => {
        const given = [4, 5, 4, 5, 6];
        const freed: string[] = [];
        const server = {
            bindAsync: (_: string, __: grpc.ServerCredentials, done: (error: Error | null, port: number) => void) =>
                done(null, given.shift() ?? 0),
            unbind: (address: string) => void freed.push(address),
        };
        assert.deepEqual(
            [await bindUnusedPort(server), await bindUnusedPort(server), await bindUnusedPort(server)],
            [4, 5, 6],
        );
        assert.deepEqual(freed.toSorted(), ["127.0.0.1:4", "127.0.0.1:5"]);
    });

    it("does not prevent calls to the transforms and hooks of the next program", async () => {
        const gone = createServer();
        const port = await new Promise<number>((resolve) =>
            gone.listen(0, "127.0.0.1", () => resolve((gone.address() as AddressInfo).port)),
        );
        await new Promise((resolve) => gone.close(resolve));
        const callback = new Callback();
        callback.setTarget(`127.0.0.1:${port}`);
        callback.setToken("token");
        const before = new Callbacks();
        await assert.rejects(before.invoke(callback, new Uint8Array()), /ECONNREFUSED/);

        const server = new grpc.Server();
        server.addService(CallbacksService, {
            invoke: (_: unknown, answer: grpc.sendUnaryData<CallbackInvokeResponse>) =>
                answer(null, new CallbackInvokeResponse()),
        });
        await new Promise((resolve) =>
            server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), resolve),
        );
        const after = new Callbacks();
        assert.equal((await after.invoke(callback, new Uint8Array())).length, 0);
        before.close();
        after.close();
        server.forceShutdown();
    });
});
