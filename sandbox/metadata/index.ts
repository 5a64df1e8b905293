export { CLIENT_REGION, registerMetadataHosts } from "./hosts";
export { startMetadataServer, type MetadataIdentity, type MetadataServer } from "./metadata";
