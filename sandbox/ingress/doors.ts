import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud, HostHandler } from "../cloud";
import { knockOf } from "./door";
import { createFunctionsDoor } from "./functions";
import { applicationOfBackend, passIap } from "./iap";
import { addForwarded, createRunDoor, type Backend } from "./run";

/** Puts the front doors where the world knocks. */
export function registerIngress(cloud: Cloud, backend: Backend): void {
    cloud.hosts.serve("*.run.app", createRunDoor(cloud, backend));
    cloud.hosts.serve("*.cloudfunctions.net", createFunctionsDoor(cloud, backend));
}

/**
 * What answers for a host of one's own, behind Identity-Aware Proxy where a backend service is named.
 * @param backendService its name in the sandbox's project, as grants name it
 */
export function hostDoor(
    cloud: Cloud,
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    backendService?: string,
): HostHandler {
    if (backendService === undefined) {
        return answer;
    }
    return (request, response) => {
        if (passIap(cloud, knockOf(request, response), applicationOfBackend(cloud, backendService))) {
            addForwarded(request);
            answer(request, response);
        }
    };
}
