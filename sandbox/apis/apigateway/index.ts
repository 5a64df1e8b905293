/** `apigateway.googleapis.com`, and the documents that a gateway and Cloud Endpoints read. */
export { apigateway, gatewayAt, type ServedGateway } from "./api";
export type { GatewayOperation, TokenRule } from "./openapi";
export { acceptedOperations, backendOf, documentOf, operationsOf } from "./openapi";
