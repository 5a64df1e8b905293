import { ApiError, type Call, type Cloud, type Json, type Route, type RouteRequest } from "../../cloud";
import { acceptedOperations, operationsOf, type ServedGateway } from "../apigateway";
import {
    alreadyExists,
    type ApiDefinition,
    invalidArgument,
    isObject,
    page,
    policyRoutes,
    uid,
    unimplemented,
} from "../framework";
import { serviceConfig } from "./config";
import { datedId, found, managed, type ManagedService, servedConfig } from "./managed";
import { getRollout, listRollouts, pageIn, rollOut } from "./rollouts";

const HOST = "servicemanagement.googleapis.com";
const PATH = "/v1/services/{service}";

/** The full name of a service, which its policy is at. */
export const managedServiceName = (name: string): string => `//${HOST}/services/${name}`;

/** The name of a service is a host: one of Cloud Run, or `API.endpoints.PROJECT.cloud.goog`. */
const NAME = /^[a-z0-9]([a-z0-9.-]{1,250}[a-z0-9])$/;

/** A method of a service, which its own policy decides about, and that of its project. */
const on = (verb: string): Pick<Route, "permission" | "resource"> => ({
    permission: `servicemanagement.services.${verb}`,
    resource: ({ params: { service = "" } }) => managedServiceName(service),
});

const done = (response: Json): Json => ({ name: `operations/services.${uid()}`, done: true, response });

function create({ json }: RouteRequest, { cloud }: Call): Json {
    const { serviceName, producerProjectId = cloud.settings.project } = json;
    if (typeof serviceName !== "string" || !NAME.test(serviceName)) {
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
    const service = { serviceName, producerProjectId: String(producerProjectId), documents: {}, rollouts: [] };
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
    const id = datedId(cloud, Object.keys(service.documents));
    const documents = { ...service.documents, [id]: contents };
    if (validateOnly !== true) {
        managed.put(cloud, service.serviceName, { ...service, documents });
    }
    return done({ serviceConfig: configOf({ ...service, documents }, id) });
}

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** @param view `FULL` for the document too: https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/ConfigView */
function configOf({ serviceName, producerProjectId, documents }: ManagedService, id: string, view?: string): Json {
    const contents = documents[id];
    if (contents === undefined) {
        throw new ApiError("NOT_FOUND", `Service '${serviceName}' has no configuration ${id}.`);
    }
    const file = { filePath: "openapi.yaml", fileContents: contents, fileType: "OPEN_API_YAML" };
    const type = "type.googleapis.com/google.api.servicemanagement.v1.ConfigFile";
    return {
        ...{ name: serviceName, id, producerProjectId, title: serviceName },
        ...serviceConfig(serviceName, contents),
        ...(view === "FULL" && { sourceInfo: { sourceFiles: [{ "@type": type, ...file }] } }),
    };
}

/** The configuration that a request names, or else the one that proxies serve. */
function getConfig({ query, ...request }: RouteRequest, { cloud }: Call): Json {
    const service = found({ query, ...request }, cloud);
    const id = request.params["config"] ?? query.get("configId") ?? servedConfig(service);
    if (id === undefined) {
        throw new ApiError("NOT_FOUND", `Service '${service.serviceName}' has no rolled out configuration.`);
    }
    return configOf(service, id, query.get("view") ?? "BASIC");
}

/** From the newest to the oldest. */
function listConfigs(request: RouteRequest, { cloud }: Call): Json {
    const service = found(request, cloud);
    const configs = Object.keys(service.documents).map((id) => configOf(service, id));
    return page("serviceConfigs", configs.toReversed(), pageIn(request.query));
}

const listed = ({ serviceName, producerProjectId }: ManagedService): Json => ({ serviceName, producerProjectId });

function listServices({ query }: RouteRequest, { cloud }: Call): Json {
    const project = projectAsked({ query }, cloud);
    const own = cloud.store
        .list(managed.collection)
        .map(([, service]) => service as ManagedService)
        .filter(({ producerProjectId }) => producerProjectId === project);
    return page("services", own.map(listed), pageIn(query));
}

const projectAsked = ({ query }: Pick<RouteRequest, "query">, { settings }: Cloud): string =>
    query.get("producerProjectId") ?? settings.project;

const PAGES = ["pageSize", "pageToken"];

/** Cloud Endpoints: services, their configurations, and which one is rolled out. */
export const servicemanagement: ApiDefinition = {
    host: "servicemanagement.googleapis.com",
    unverified: [
        "an operation is done in the answer that begins it, and what becomes of a document beside its tokens, paths and backends is left out",
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
            ...on("list"),
            resource: (request, cloud) => `projects/${projectAsked(request, cloud)}`,
            verb: "GET",
            path: "/v1/services",
            parameters: ["producerProjectId", ...PAGES],
            handle: listServices,
        },
        {
            ...on("get"),
            verb: "GET",
            path: PATH,
            handle: (request, { cloud }) => listed(found(request, cloud)),
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
        { ...on("get"), verb: "GET", path: `${PATH}/configs`, parameters: PAGES, handle: listConfigs },
        { ...on("get"), verb: "GET", path: `${PATH}/configs/{config}`, parameters: ["view"], handle: getConfig },
        { ...on("get"), verb: "GET", path: `${PATH}/config`, parameters: ["view", "configId"], handle: getConfig },
        {
            ...on("update"),
            verb: "POST",
            path: `${PATH}/rollouts`,
            handle: (request, call) => done(rollOut(request, call)),
        },
        { ...on("get"), verb: "GET", path: `${PATH}/rollouts`, parameters: ["filter", ...PAGES], handle: listRollouts },
        { ...on("get"), verb: "GET", path: `${PATH}/rollouts/{rollout}`, handle: getRollout },
        ...policyRoutes(
            {
                ...{ host: HOST, permissions: "servicemanagement.services", getVerb: "POST" },
                mustExist: (cloud, name) => void managed.get(cloud, name.replace(/^services\//, "")),
            },
            PATH,
            ({ service = "" }) => `services/${service}`,
        ),
    ],
};

/**
 * What a proxy of Cloud Endpoints answers requests by; undefined if there is no such service or configuration.
 * @param id the configuration; by default the one that is rolled out
 */
export function endpointsService(cloud: Cloud, name: string, id?: string): Omit<ServedGateway, "account"> | undefined {
    const service = managed.find(cloud, name);
    const contents = service?.documents[id ?? servedConfig(service) ?? ""];
    return service && contents !== undefined
        ? {
              ...{ name: service.serviceName, managedService: service.serviceName },
              operations: acceptedOperations(contents),
          }
        : undefined;
}
