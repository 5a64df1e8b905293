import * as grpc from "@grpc/grpc-js";

/** The ports of this process's servers, also of those that are closed. */
const had = new Set<number>();

/**
 * Binds a server to a port of loopback that no server of this process had: the SDK's client of an earlier run may still
 * hold what was there for unreachable, and a client of the same process shares that view (with "No connection established").
 *
 * @returns the port
 */
export async function bindFresh(server: Pick<grpc.Server, "bindAsync" | "unbind">): Promise<number> {
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(error);
            }
        });
    });
    if (!had.has(port)) {
        had.add(port);
        return port;
    }
    // Let go only once there is another, so that it is not given again.
    const other = await bindFresh(server);
    server.unbind(`127.0.0.1:${port}`);
    return other;
}
