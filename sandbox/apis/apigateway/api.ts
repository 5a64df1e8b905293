import { ApiError, type Cloud } from "../../cloud";
import { digits, projectNumberOf } from "../../iam";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    createOperations,
    crud,
    invalidArgument,
    locationMethods,
    nameParts,
    Resources,
    shortName,
    unimplemented,
    type ApiDefinition,
    type Call,
    type Json,
    type Stored,
} from "../framework";
import { regionCode } from "../run";
import { acceptedOperations, operationsOf, type GatewayOperation } from "./openapi";

type Api = Stored<"google.cloud.apigateway.v1.Api", "name" | "managedService">;
type Config = Stored<"google.cloud.apigateway.v1.ApiConfig", "name" | "gatewayServiceAccount">;
type Gateway = Stored<"google.cloud.apigateway.v1.Gateway", "name" | "apiConfig" | "defaultHostname">;

const HOST = "apigateway.googleapis.com";
const apis = new Resources<Api>("apigateway.apis", "google.cloud.apigateway.v1.Api");
const configs = new Resources<Config>("apigateway.configs", "google.cloud.apigateway.v1.ApiConfig");
const gateways = new Resources<Gateway>("apigateway.gateways", "google.cloud.apigateway.v1.Gateway");
const operations = createOperations("apigateway", "v1", "apigateway.operations.get");
const metadata = "google.cloud.apigateway.v1.OperationMetadata";

/** What a gateway answers requests by. */
export interface ServedGateway {
    name: string;
    /** The email of the account that calls the backends. */
    account: string;
    /** The name of the API, which tokens can always be for. */
    managedService: string;
    operations: GatewayOperation[];
}

/**
 * API Gateway: APIs, their configurations, and gateways that serve them.
 * https://cloud.google.com/api-gateway/docs/reference/rest
 */
export const apigateway: ApiDefinition = {
    host: HOST,
    // The provider's resources ask for v1beta, which has the same messages.
    versions: { v1: ["v1beta"] },
    unverified: [
        "the errors of a configuration that cannot be used, and the words after the number of a refused call, are those of ESPv2 and not seen at API Gateway",
        "every gateway streams: Google lets a gateway with streaming alone pass on WebSockets, events and gRPC (https://docs.cloud.google.com/api-gateway/docs/streaming-configure), and no page says which gateways have it that do not ask for it",
        "gRPC services, API keys and managed_service_configs are refused by name",
    ],
    services: {
        "google.cloud.apigateway.v1.ApiGatewayService": {
            ...crud({
                resources: apis,
                singular: "Api",
                permissions: "apigateway.apis",
                idField: "apiId",
                immutable: ["managedService"],
                build: ({ time, cloud }, name, wanted, current) => ({
                    ...wanted,
                    name,
                    state: "ACTIVE",
                    managedService: current?.managedService ?? wanted.managedService ?? managedServiceOf(name, cloud),
                    createTime: current?.createTime ?? time,
                    updateTime: time,
                }),
                deleting({ cloud }, { name }) {
                    refuseUsed(name, configs.list(cloud, `${name}/configs`), "configurations");
                },
                operations: { operations, metadata, type: "google.cloud.apigateway.v1.Api" },
            }),
            ...crud({
                resources: configs,
                singular: "ApiConfig",
                permissions: "apigateway.apiconfigs",
                segment: "configs",
                idField: "apiConfigId",
                immutable: ["gatewayServiceAccount", "openapiDocuments"],
                build: buildConfig,
                deleting({ cloud }, { name }) {
                    const used = gateways.list(cloud, "projects/-").filter(({ apiConfig }) => apiConfig === name);
                    refuseUsed(name, used, "gateways");
                },
                answer: basic,
                operations: { operations, metadata, type: "google.cloud.apigateway.v1.ApiConfig" },
            }),
            GetApiConfig: {
                permission: "apigateway.apiconfigs.get",
                handle({ name, view }, { cloud }) {
                    const config = configs.get(cloud, name);
                    return view === "FULL" ? config : basic(config);
                },
            },
            ...crud({
                resources: gateways,
                singular: "Gateway",
                permissions: "apigateway.gateways",
                idField: "gatewayId",
                build({ time, cloud }, name, wanted, current) {
                    const apiConfig = wanted.apiConfig ?? "";
                    configs.get(cloud, apiConfig);
                    return {
                        ...wanted,
                        name,
                        apiConfig,
                        state: "ACTIVE",
                        defaultHostname: current?.defaultHostname ?? hostnameOf(name),
                        createTime: current?.createTime ?? time,
                        updateTime: time,
                    };
                },
                operations: { operations, metadata, type: "google.cloud.apigateway.v1.Gateway" },
            }),
        },
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.longrunning.Operations": operations.service,
    },
};

/** A configuration without its document, as clients get it that do not ask for the view FULL. */
function basic({ openapiDocuments: _, ...config }: Config): Json {
    return config;
}

function buildConfig(call: Call, name: string, wanted: Partial<Config>, current: Config | undefined): Config {
    if (current !== undefined) {
        return { ...current, ...wanted, name, updateTime: call.time };
    }
    const [first, second] = wanted.openapiDocuments ?? [];
    if (second !== undefined) {
        throw unimplemented("api_config.openapi_documents with more than one document");
    }
    if (first?.document?.contents === undefined) {
        throw invalidArgument("api_config.openapi_documents has no document", "api_config.openapi_documents");
    }
    operationsOf(first.document.contents, first.document.path ?? "openapi.yaml");
    const { projects: project = "" } = nameParts(name);
    const account = shortName(wanted.gatewayServiceAccount ?? defaultServiceAccount(call, project));
    checkActAs(call, account);
    return {
        ...wanted,
        name,
        state: "ACTIVE",
        gatewayServiceAccount: `projects/-/serviceAccounts/${account}`,
        serviceConfigId: shortName(name),
        createTime: call.time,
        updateTime: call.time,
    };
}

function refuseUsed(name: string, users: readonly { name: string }[], what: string): void {
    const [first] = users;
    if (first !== undefined) {
        throw new ApiError("FAILED_PRECONDITION", `${name} has ${what}: ${first.name}; delete them first`);
    }
}

/** `API-HASH.apigateway.PROJECT.cloud.goog`. */
function managedServiceOf(name: string, cloud: Cloud): string {
    const { projects: project = "", apis: api = "" } = nameParts(name);
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    return `${api}-${digits(`${number}/${api}`).slice(0, 13)}.apigateway.${project}.cloud.goog`;
}

/** `GATEWAY-HASH.REGION.gateway.dev`. https://cloud.google.com/api-gateway/docs/deploying-api */
function hostnameOf(name: string): string {
    const { locations: region = "", gateways: gateway = "" } = nameParts(name);
    return `${gateway}-${digits(name).slice(0, 8)}.${regionCode(region)}.gateway.dev`;
}

/** The gateway that has a host name. */
export function gatewayAt(cloud: Cloud, host: string): ServedGateway | undefined {
    const gateway = gateways.list(cloud, "projects/-").find(({ defaultHostname }) => defaultHostname === host);
    const config = gateway && configs.find(cloud, gateway.apiConfig);
    const api = config && apis.find(cloud, config.name.replace(/\/configs\/.*$/, ""));
    const document = config?.openapiDocuments?.[0]?.document;
    if (!gateway || !config || !api || document?.contents === undefined) {
        return undefined;
    }
    return {
        name: gateway.name,
        account: shortName(config.gatewayServiceAccount),
        managedService: api.managedService,
        operations: acceptedOperations(document.contents),
    };
}
