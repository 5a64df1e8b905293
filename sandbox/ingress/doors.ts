import type { IncomingMessage, ServerResponse } from "node:http";
import { serviceOfDomain } from "../apis";
import { type Cloud, type HostHandler, isPrivateAddress } from "../cloud";
import { doorRequestOf } from "./door";
import { createBalancerDoor, frontEndsOf } from "./balancer";
import { withEndpoints } from "./espv2";
import { createFunctionsDoor, enterFunction } from "./functions";
import { createGatewayDoor } from "./gateway";
import { applicationOfBackend, passIap } from "./iap";
import { outsideOfNetworks } from "./network-access";
import { refuse } from "./pages";
import { addForwarded, createDomainDoor, createRunDoor, enterService, type Backend } from "./run";

/** Registers the front doors for the host names of services, functions and gateways, and for those of load balancers. */
export function registerIngress(cloud: Cloud, own: Backend): void {
    const backend = withEndpoints(cloud, own);
    cloud.hosts.serve("*.run.app", createRunDoor(cloud, backend));
    cloud.hosts.serve("*.cloudfunctions.net", createFunctionsDoor(cloud, backend));
    cloud.hosts.serve("*.gateway.dev", createGatewayDoor(cloud));
    const balancers = createBalancerDoor(cloud, {
        service: (service, request, origin, through) =>
            enterService(cloud, service, request, origin, backend, { through }),
        function: (fn, id, request, origin, through) =>
            enterFunction(cloud, fn, id, request, origin, backend, { through }),
    });
    const domains = createDomainDoor(cloud, backend);
    cloud.hosts.serveFound((host) => (serviceOfDomain(cloud, host) ? domains : undefined));
    cloud.hosts.serveFound((host) => (frontEndsOf(cloud, host).length > 0 ? balancers : undefined));
}

/**
 * The handler for a host that sandbox.yaml names. The address of a machine in a network is reached from inside only: by a workload
 * that sends its traffic through a network, and by whom Service Directory led there.
 * @param iap the name of the backend service with which Identity-Aware Proxy guards it, as grants name it
 */
export function hostDoor(
    cloud: Cloud,
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    { pattern, iap: backendService }: { pattern: string; iap?: string },
): HostHandler {
    const enter: HostHandler =
        backendService === undefined
            ? answer
            : (request, response) => {
                  if (passIap(cloud, doorRequestOf(request, response), applicationOfBackend(cloud, backendService))) {
                      addForwarded(request);
                      answer(request, response);
                  }
              };
    if (!isPrivateAddress(pattern)) {
        return enter;
    }
    return (request, response, origin) => {
        const outside = outsideOfNetworks(origin);
        if (outside === undefined) {
            enter(request, response, origin);
        } else {
            refuse(request, response, 404, `${pattern} is an address of a network, and ${outside}`);
        }
    };
}
