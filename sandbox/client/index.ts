export { CLIENT_MODES, createClients, type ClientMode, type Clients } from "./clients";
