import { isIP } from "node:net";
import type { Call, Cloud } from "../cloud";
import { projectId } from "../iam";
import {
    crud,
    invalidArgument,
    locationMethods,
    policyMethodsByKind,
    type PolicyOptions,
    Resources,
    type ApiDefinition,
    type Stored,
    uid,
} from "./framework";

type Namespace = Stored<"google.cloud.servicedirectory.v1.Namespace">;
type Service = Stored<"google.cloud.servicedirectory.v1.Service">;
/** The address of what offers a service, in a network. */
export type DirectoryEndpoint = Stored<"google.cloud.servicedirectory.v1.Endpoint">;

const HOST = "servicedirectory.googleapis.com";
const PACKAGE = "google.cloud.servicedirectory.v1";
const namespaces = new Resources<Namespace>("servicedirectory.namespaces", `${PACKAGE}.Namespace`);
/** The services that are registered, by `projects/P/locations/L/namespaces/N/services/S`. */
export const directoryServices = new Resources<Service>("servicedirectory.services", `${PACKAGE}.Service`);
const endpoints = new Resources<DirectoryEndpoint>("servicedirectory.endpoints", `${PACKAGE}.Endpoint`);

/** The endpoints of a service, in the order of their names. */
export const endpointsOf = (cloud: Cloud, service: string): DirectoryEndpoint[] =>
    cloud.store
        .list(endpoints.collection)
        .filter(([name]) => name.startsWith(`${service}/endpoints/`))
        .map(([, value]) => value as DirectoryEndpoint);

/** `projects/P/global/networks/N`, as Compute Engine calls the network of an endpoint. */
export function networkOf(cloud: Cloud, { network = "" }: Partial<DirectoryEndpoint>): string | undefined {
    const [, project = "", name = ""] = NETWORK.exec(network) ?? [];
    return name === ""
        ? undefined
        : `projects/${projectId(project, cloud.settings, cloud.store)}/global/networks/${name}`;
}

const NETWORK = /^projects\/([^/]+)\/locations\/global\/networks\/([^/]+)$/;

/** @throws ApiError INVALID_ARGUMENT, and PERMISSION_DENIED for a network that the caller may not attach endpoints to */
function checkEndpoint(call: Call, { address, port = 0, network }: Partial<DirectoryEndpoint>): void {
    const { settings, store } = call.cloud;
    if (address && isIP(address) === 0) {
        throw invalidArgument(`"${address}" is no IPv4 or IPv6 address`, "endpoint.address");
    }
    if (port < 0 || port > 65_535) {
        throw invalidArgument(`the port ${port} is not between 0 and 65535`, "endpoint.port");
    }
    if (!network) {
        return;
    }
    const [, project = ""] = NETWORK.exec(network) ?? [];
    if (project === "") {
        const form = "projects/PROJECT_NUMBER/locations/global/networks/NETWORK";
        throw invalidArgument(`"${network}" is no network; write ${form}`, "endpoint.network");
    }
    const owner = projectId(project, settings, store);
    call.authorize("servicedirectory.networks.attach", `//cloudresourcemanager.googleapis.com/projects/${owner}`);
}

/** @throws ApiError NOT_FOUND if there is no such namespace or service */
function mustExist(cloud: Cloud, name: string): void {
    (name.includes("/services/") ? directoryServices : namespaces).get(cloud, name);
}

const removeBelow = (cloud: Cloud, name: string): void => {
    for (const { collection } of [directoryServices, endpoints]) {
        for (const [key] of cloud.store.list(collection)) {
            if (key.startsWith(`${name}/`)) {
                cloud.store.delete(collection, key);
            }
        }
    }
};

const policies = (segment: string): PolicyOptions => ({
    host: HOST,
    permissions: `servicedirectory.${segment}`,
    mustExist,
});

/**
 * The registry of network services. Workflows finds private endpoints in it.
 * https://docs.cloud.google.com/service-directory/docs/reference/rest
 */
export const servicedirectory: ApiDefinition = {
    host: HOST,
    // The gcp provider asks for v1beta1. What it calls metadata there is annotations here.
    versions: { v1: ["v1beta1"] },
    services: {
        [`${PACKAGE}.RegistrationService`]: {
            ...crud({
                ...{ resources: namespaces, singular: "Namespace", permissions: "servicedirectory.namespaces" },
                idField: "namespaceId",
                build: (_, name, wanted, current) => ({ ...wanted, name, uid: current?.uid ?? uid() }),
                deleted: ({ cloud }, name) => removeBelow(cloud, name),
            }),
            ...crud({
                ...{ resources: directoryServices, singular: "Service", permissions: "servicedirectory.services" },
                idField: "serviceId",
                build: ({ cloud }, name, { endpoints: _, ...wanted }, current) => {
                    namespaces.get(cloud, name.replace(/\/services\/.*/, ""));
                    return { ...wanted, name, uid: current?.uid ?? uid() };
                },
                deleted: ({ cloud }, name) => removeBelow(cloud, name),
            }),
            ...crud({
                ...{ resources: endpoints, singular: "Endpoint", permissions: "servicedirectory.endpoints" },
                idField: "endpointId",
                immutable: ["network"],
                build: (call, name, wanted, current) => {
                    directoryServices.get(call.cloud, name.replace(/\/endpoints\/.*/, ""));
                    checkEndpoint(call, wanted);
                    return { ...wanted, name, uid: current?.uid ?? uid() };
                },
            }),
            ...policyMethodsByKind((name) => policies(name.includes("/services/") ? "services" : "namespaces")),
        },
        [`${PACKAGE}.LookupService`]: {
            ResolveService: {
                permission: "servicedirectory.services.resolve",
                handle({ name, maxEndpoints }, { cloud }) {
                    const service = directoryServices.get(cloud, name);
                    const found = endpointsOf(cloud, name).slice(0, maxEndpoints || 100);
                    return { service: { ...service, endpoints: found } };
                },
            },
        },
        "google.cloud.location.Locations": locationMethods("v1"),
    },
};
