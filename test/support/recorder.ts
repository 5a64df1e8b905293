import type { Sandbox } from "../../sandbox";
import type { Backend } from "../../sandbox/ingress";
import { createFunctionsDoor } from "../../sandbox/ingress/functions";
import { createRunDoor } from "../../sandbox/ingress/run";

/** A request that reached a service or function behind its front door. */
export interface Arrived {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
}

/** What arrived, and what shall be answered: 200 where nothing is said. */
export const arrived: Arrived[] = [];
export const answers: number[] = [];

/** From now on this process answers for all services and functions of the project demo, and keeps what arrives. */
export function record({ cloud }: Sandbox): void {
    const backend: Backend = (_service, request, response) => {
        const { method = "", url: path = "", headers } = request;
        const pieces: Buffer[] = [];
        request.on("data", (piece: Buffer) => pieces.push(piece));
        request.on("end", () => {
            const body = Buffer.concat(pieces).toString();
            arrived.push({ method, path, headers: headers as Record<string, string>, body });
            response.writeHead(answers.shift() ?? 200).end();
        });
    };
    // The longest pattern wins, so these go before the sandbox's own.
    cloud.hosts.serve("*.a.run.app", createRunDoor(cloud, backend));
    cloud.hosts.serve("*-demo.cloudfunctions.net", createFunctionsDoor(cloud, backend));
}
