/** API Gateway: what a gateway is made of, and its check. */
export type { InvokableGatewayArgs, InvokableGatewayOptions } from "./args";
export { checkGateway } from "./check";
export type { GatewaySmokeCheckArgs } from "./check-args";
export { exposeGateway } from "./expose";
