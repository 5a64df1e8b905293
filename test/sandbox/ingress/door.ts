import { createServer, request, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Decision, Origin } from "../../../sandbox/cloud";
import type { RunService } from "../../../sandbox/apis/run/resource";
import { registerIngress } from "../../../sandbox/ingress";
import type { TestCloud } from "../support/cloud";

export interface Answer {
    status: number;
    body: string;
    headers: IncomingMessage["headers"];
    /** The latest. */
    decision: Decision;
}

/** The front doors of a cloud, without a network: a server on loopback that finds who answers for a host. */
export interface Doors {
    /** Where the next requests come from. */
    origin: Origin;
    /** The last request that was let in, and what it was let in to. */
    reached: { service: RunService; request: IncomingMessage } | undefined;
    /** Headers are a flat list, so that a name can come twice. */
    knock(url: string, headers?: string[], method?: string): Promise<Answer>;
    withToken(url: string, token: string): Promise<Answer>;
    close(): void;
}

export async function openDoors(cloud: TestCloud): Promise<Doors> {
    registerIngress(cloud, (service, incoming, response) => {
        doors.reached = { service, request: incoming };
        response.end("reached");
    });
    const listener: RequestListener = (incoming, response) => {
        // As the network asks: without the port.
        cloud.hosts.find((incoming.headers.host ?? "").replace(/:\d+$/, ""))?.(incoming, response, doors.origin);
    };
    const server: Server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const doors: Doors = {
        origin: { kind: "outside" },
        reached: undefined,
        knock(url, headers = [], method = "GET") {
            const { host, origin } = new URL(url);
            // As it stands: what the parser would escape is to arrive.
            const path = url.slice(origin.length) || "/";
            doors.reached = undefined;
            return new Promise((resolve, reject) => {
                const outgoing = request(
                    { host: "127.0.0.1", port, path, method, headers: ["host", host, ...headers] },
                    (incoming) => {
                        let body = "";
                        incoming.setEncoding("utf8");
                        incoming.on("data", (part: string) => (body += part));
                        incoming.on("end", () => {
                            const decision = cloud.decisions.list().at(-1)!;
                            resolve({ status: incoming.statusCode ?? 0, body, headers: incoming.headers, decision });
                        });
                    },
                );
                outgoing.on("error", reject);
                outgoing.end();
            });
        },
        withToken: (url, token) => doors.knock(url, ["authorization", `Bearer ${token}`]),
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
    return doors;
}
