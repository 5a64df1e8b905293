/** `apigateway.googleapis.com`. */
export { apigateway, gatewayAt, type ServedGateway } from "./api";
export type { GatewayOperation, TokenRule } from "./openapi";
export { acceptedOperations, operationsOf } from "./openapi";
