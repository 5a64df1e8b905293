export { createAuthority, GOOGLE_DOMAINS, type Authority } from "./authority";
export { createHosts } from "./hosts";
export { startNetwork, type Network, type NetworkOptions } from "./network";
