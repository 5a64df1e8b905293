/** Who answers for which host, and the way there. */
export { createHosts } from "./hosts";
export { startNetwork, type Network } from "./network";
