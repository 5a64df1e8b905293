import { endpointsOf, networkOf } from "../../apis";
import type { Cloud } from "../../cloud";
import { projectId, serviceAgent } from "../../iam";
import { HostError } from "../../../workflow";

/** Where a request goes that names a service of Service Directory. */
interface PrivateAddress {
    /** The address and the port of the service's endpoint. */
    address: string;
    /** The network in which that address is: `projects/P/global/networks/N`. */
    network: string;
}

/**
 * Looks up the endpoint of a service, as the service agent of Workflows, which must be allowed to resolve the service and to access the
 * network of its endpoint. Which error an execution gets otherwise no page says [K].
 * https://docs.cloud.google.com/workflows/docs/invoke-private-endpoint-vpc
 * @param project the workflow's project
 * @param name `projects/P/locations/L/namespaces/N/services/S`
 * @throws HostError
 */
export function privateAddress(cloud: Cloud, project: string, name: string): PrivateAddress {
    const idOf = (given: string): string => projectId(given, cloud.settings, cloud.store);
    const service = name.replace(/^projects\/([^/]+)/, (_, given: string) => `projects/${idOf(given)}`);
    const principal = serviceAgent(cloud, project, "gcp-sa-workflows");
    const check = (permission: string, resource: string): void => {
        const decision = cloud.iam.check({ principal, permission, resource, request: `a request through ${name}` });
        if (!decision.allowed) {
            throw new HostError("SystemError", `private_service_name: ${decision.reason}`);
        }
    };
    check("servicedirectory.services.resolve", `//servicedirectory.googleapis.com/${service}`);
    // Of several endpoints Google chooses one [K].
    const [endpoint] = endpointsOf(cloud, service).filter(({ address }) => address);
    if (endpoint === undefined) {
        throw new HostError("ConnectionFailedError", `${name} has no endpoint with an address in Service Directory`);
    }
    const network = networkOf(cloud, endpoint);
    if (network === undefined) {
        const fix = "make it again with network: projects/NUMBER/locations/global/networks/NAME";
        throw new HostError("ConnectionFailedError", `the endpoint ${endpoint.name} is in no network; ${fix}`);
    }
    const [, owner = ""] = network.split("/");
    check("servicedirectory.networks.access", `//cloudresourcemanager.googleapis.com/projects/${owner}`);
    const { address = "", port = 0 } = endpoint;
    const host = address.includes(":") ? `[${address}]` : address;
    return { address: port === 0 ? host : `${host}:${port}`, network };
}
