import { ApiError, type Call, type Cloud, type Json, type Route, type RouteRequest } from "../cloud";
import { acceptedOperations, operationsOf, type ServedGateway } from "./apigateway";
import {
    alreadyExists,
    invalidArgument,
    isObject,
    Resources,
    uid,
    unimplemented,
    type ApiDefinition,
} from "./framework";

/** A service of Cloud Endpoints, with its configurations and the one that is rolled out. */
interface ManagedService extends Json {
    serviceName: string;
    producerProjectId: string;
    /** The document of each configuration, in base64, by its ID. */
    documents: Record<string, string>;
    current?: string;
}

const managed = new Resources<ManagedService>("servicemanagement.services");
const PATH = "/v1/services/{service}";

/** The full name of a service, which its policy is at. */
export const managedServiceName = (name: string): string => `//servicemanagement.googleapis.com/services/${name}`;

/** The name of a service is a host: one of Cloud Run, or `API.endpoints.PROJECT.cloud.goog`. */
const HOST = /^[a-z0-9]([a-z0-9.-]{1,250}[a-z0-9])$/;

const found = ({ params: { service = "" } }: RouteRequest, cloud: Cloud): ManagedService => managed.get(cloud, service);

/** The project of a service, by whose policy its methods are decided. */
function projectOf(request: RouteRequest, cloud: Cloud): string {
    const known = managed.find(cloud, request.params["service"] ?? "");
    return `projects/${known?.producerProjectId ?? cloud.settings.project}`;
}

const on = (verb: string): Pick<Route, "permission" | "resource"> => ({
    permission: `servicemanagement.services.${verb}`,
    resource: projectOf,
});

const done = (response: Json): Json => ({ name: `operations/services.${uid()}`, done: true, response });

function create({ json }: RouteRequest, { cloud }: Call): Json {
    const { serviceName, producerProjectId = cloud.settings.project } = json;
    if (typeof serviceName !== "string" || !HOST.test(serviceName)) {
        throw invalidArgument(
            `${JSON.stringify(serviceName)} is no name of a service, which is a host`,
            "service.service_name",
        );
    }
    const [, owner] = /\.endpoints\.([a-z0-9-]+)\.cloud\.goog$/.exec(serviceName) ?? [];
    if (owner !== undefined && owner !== producerProjectId) {
        throw invalidArgument(`${serviceName} is a name in the project ${owner}`, "service.service_name");
    }
    if (managed.find(cloud, serviceName) !== undefined) {
        throw alreadyExists(serviceName);
    }
    const service = { serviceName, producerProjectId: String(producerProjectId), documents: {} };
    managed.put(cloud, serviceName, service);
    return done({ serviceName, producerProjectId });
}

/** Reads a document as Google does: it must be for this service. https://cloud.google.com/endpoints/docs/openapi/configure-endpoints */
function submit(request: RouteRequest, { cloud }: Call): Json {
    const service = found(request, cloud);
    const { configSource, validateOnly } = request.json;
    const files =
        isObject(configSource) && Array.isArray(configSource["files"]) ? (configSource["files"] as unknown[]) : [];
    const [file, another] = files.filter(isObject);
    if (file === undefined || another !== undefined || file["fileType"] !== "OPEN_API_YAML") {
        throw unimplemented("configurations of Cloud Endpoints other than one document of OpenAPI");
    }
    const contents = textIn(file["fileContents"]);
    const { host } = operationsOf(contents, textIn(file["filePath"]));
    if (host !== service.serviceName) {
        throw invalidArgument(
            `the document is for the host ${host ?? "of nobody"}, and the service is ${service.serviceName}`,
            "config_source.files",
        );
    }
    const id = `${new Date(cloud.clock.now()).toISOString().slice(0, 10)}r${Object.keys(service.documents).length}`;
    if (validateOnly === true) {
        return done({ serviceConfig: configOf(service, id) });
    }
    managed.put(cloud, service.serviceName, { ...service, documents: { ...service.documents, [id]: contents } });
    return done({ serviceConfig: configOf(service, id) });
}

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

const configOf = ({ serviceName, producerProjectId }: ManagedService, id: string): Json => ({
    ...{ name: serviceName, id, producerProjectId, title: serviceName },
});

function rollOut(request: RouteRequest, { cloud }: Call): Json {
    const service = found(request, cloud);
    const { trafficPercentStrategy } = request.json;
    const percentages = isObject(trafficPercentStrategy) ? trafficPercentStrategy["percentages"] : undefined;
    const [[id, percent] = [], another] = Object.entries(isObject(percentages) ? percentages : {});
    if (another !== undefined || percent !== 100) {
        throw unimplemented("rollouts of Cloud Endpoints with other than all of the traffic for one configuration");
    }
    if (id === undefined || service.documents[id] === undefined) {
        throw invalidArgument(
            `${service.serviceName} has no configuration ${id ?? ""}`,
            "rollout.traffic_percent_strategy",
        );
    }
    managed.put(cloud, service.serviceName, { ...service, current: id });
    return done({ rolloutId: `${id}.0`, serviceName: service.serviceName, status: "SUCCESS" });
}

/** Cloud Endpoints: services, their configurations, and which one is rolled out. */
export const servicemanagement: ApiDefinition = {
    host: "servicemanagement.googleapis.com",
    unverified: [
        "an operation is done in the answer that begins it, and a service's own policy decides about its account alone",
        "a configuration is one document of OpenAPI 2.0; gRPC and several files are refused by name",
    ],
    routes: [
        {
            ...on("create"),
            resource: ({ json }, { settings }) => `projects/${textIn(json["producerProjectId"]) || settings.project}`,
            verb: "POST",
            path: "/v1/services",
            handle: create,
        },
        {
            ...on("get"),
            verb: "GET",
            path: PATH,
            handle(request, { cloud }) {
                const { serviceName, producerProjectId } = found(request, cloud);
                return { serviceName, producerProjectId };
            },
        },
        {
            ...on("delete"),
            verb: "DELETE",
            path: PATH,
            handle(request, { cloud }) {
                managed.delete(cloud, found(request, cloud).serviceName);
                return done({});
            },
        },
        { ...on("update"), verb: "POST", path: `${PATH}/configs:submit`, handle: submit },
        { ...on("update"), verb: "POST", path: `${PATH}/rollouts`, handle: rollOut },
        {
            ...on("get"),
            verb: "GET",
            path: `${PATH}/config`,
            handle(request, { cloud }) {
                const service = found(request, cloud);
                if (service.current === undefined) {
                    throw new ApiError(
                        "NOT_FOUND",
                        `Service '${service.serviceName}' has no rolled out configuration.`,
                    );
                }
                return configOf(service, service.current);
            },
        },
    ],
};

/**
 * What a proxy of Cloud Endpoints answers requests by; undefined if there is no such service or configuration.
 * @param id the configuration; by default the one that is rolled out
 */
export function endpointsService(
    cloud: Cloud,
    name: string,
    id?: string,
): (Omit<ServedGateway, "account"> & { project: string }) | undefined {
    const service = managed.find(cloud, name);
    const contents = service?.documents[id ?? service.current ?? ""];
    return service && contents !== undefined
        ? {
              ...{ name: service.serviceName, project: service.producerProjectId, managedService: service.serviceName },
              operations: acceptedOperations(contents),
          }
        : undefined;
}
