import * as grpc from "@grpc/grpc-js";

/** The ports that servers of this process have had, including closed ones. */
const usedPorts = new Set<number>();

/**
 * Binds a server to a port on loopback that no server of this process has had. Clients of the same process share their
 * connections, so that a client would otherwise fail with "No connection established" if an earlier server has closed.
 *
 * @returns the port
 */
export async function bindUnusedPort(server: Pick<grpc.Server, "bindAsync" | "unbind">): Promise<number> {
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(error);
            }
        });
    });
    if (!usedPorts.has(port)) {
        usedPorts.add(port);
        return port;
    }
    // The port is released only now, so that the system cannot choose it again.
    const other = await bindUnusedPort(server);
    server.unbind(`127.0.0.1:${port}`);
    return other;
}
