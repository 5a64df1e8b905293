import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** What a plugin expects of the engine that starts it: an address to which it sends its messages, which nobody reads. */
export async function pluginHost(): Promise<{ address: string; close: () => void }> {
    const server = new grpc.Server();
    const log: grpc.handleUnaryCall<unknown, Empty> = (_, done) => done(null, new Empty());
    server.addService(EngineService, { log });
    const port = await new Promise<number>((done, failed) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? done(bound) : failed(error),
        );
    });
    return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
