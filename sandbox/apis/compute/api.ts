import type { ApiDefinition } from "../framework";
import { kinds } from "./kinds";
import { routesOf } from "./methods";
import { operationRoutes } from "./operations";
import { placeRoutes } from "./regions";

/**
 * Compute Engine as far as services are reached by it: load balancers in front of them, and the networks around them.
 * https://cloud.google.com/compute/docs/reference/rest/v1
 */
export const compute: ApiDefinition = {
    host: "compute.googleapis.com",
    scopes: ["https://www.googleapis.com/auth/compute", "https://www.googleapis.com/auth/compute.readonly"],
    routes: [...["v1", "beta"].flatMap(placeRoutes), ...kinds.flatMap(routesOf), ...operationRoutes],
    unverified: [
        "for Cloud Armor, the address of a client is that of its connection, and a request from Google's services is in no range of addresses",
        "a load balancer sends each request to the first serverless group of a backend service; there is one instance of everything",
    ],
};
