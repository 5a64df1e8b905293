/** What clients need that the sandbox did not start itself. */
export { CLIENT_MODES, createClients, type ClientMode, type ClientOptions, type Clients } from "./clients";
export { ENDPOINT_HEADER, endpointTarget } from "./endpoints";
