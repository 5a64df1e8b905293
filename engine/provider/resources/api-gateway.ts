import { asText, isObject } from "../../values";
import type { RestType } from "../rest";

const base = "https://apigateway.googleapis.com/v1beta/";
const apiPath = "projects/{project}/locations/global/apis";

/** `gcp.apigateway.Api`. https://cloud.google.com/api-gateway/docs/reference/rest/v1/projects.locations.apis */
export const gatewayApi: RestType = {
    token: "gcp:apigateway/api:Api",
    base,
    id: `${apiPath}/{apiId}`,
    create: `${apiPath}?apiId={apiId}`,
    update: "mask",
    notSent: ["apiId"],
};

/** `gcp.apigateway.ApiConfig`. https://cloud.google.com/api-gateway/docs/reference/rest/v1/projects.locations.apis.configs */
export const gatewayApiConfig: RestType = {
    token: "gcp:apigateway/apiConfig:ApiConfig",
    base,
    id: `${apiPath}/{api}/configs/{apiConfigId}`,
    create: `${apiPath}/{api}/configs?apiConfigId={apiConfigId}`,
    update: "mask",
    autoName: { property: "apiConfigId", maximum: 63 },
    notSent: ["api", "apiConfigId", "apiConfigIdPrefix"],
    toBody({ gatewayConfig, ...body }) {
        const backend = isObject(gatewayConfig) ? gatewayConfig["backendConfig"] : undefined;
        return isObject(backend) ? { ...body, gatewayServiceAccount: asText(backend["googleServiceAccount"]) } : body;
    },
    // The API answers with the document only to who asks for it, and with another form of the account.
    toOutputs: (outputs, _, { gatewayConfig, openapiDocuments }) => ({
        ...outputs,
        ...(gatewayConfig !== undefined && { gatewayConfig }),
        ...(openapiDocuments !== undefined && { openapiDocuments }),
    }),
};

/** `gcp.apigateway.Gateway`. https://cloud.google.com/api-gateway/docs/reference/rest/v1/projects.locations.gateways */
export const apiGateway: RestType = {
    token: "gcp:apigateway/gateway:Gateway",
    base,
    id: "projects/{project}/locations/{region}/gateways/{gatewayId}",
    create: "projects/{project}/locations/{region}/gateways?gatewayId={gatewayId}",
    update: "mask",
    notSent: ["gatewayId"],
};
