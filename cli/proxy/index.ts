/** Sends what comes from this machine to one receiver, with tokens that are always valid. */
export { startProxy, type Proxy } from "./server";
export { bridge, type Bridge } from "./stdio";
