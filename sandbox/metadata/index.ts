export { startMetadataServer, type MetadataIdentity, type MetadataServer } from "./metadata";
