/** The metadata server. */
export { CLIENT_REGION, registerMetadataHosts } from "./hosts";
export { startMetadataServer, type MetadataServer } from "./metadata";
