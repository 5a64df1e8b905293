/** The network of the sandbox: its proxy, its certificates, and what answers for which host. */
export { createHosts } from "./hosts";
export { startNetwork, type Network } from "./network";
