export { createHosts } from "./hosts";
export { startNetwork, type Network } from "./network";
