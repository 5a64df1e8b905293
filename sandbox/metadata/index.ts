/** The metadata server. */
export { registerMetadataHosts } from "./hosts";
export { checkedPlace, CLIENT_REGION, type ClientPlace, identityAt, placeOfPrincipal, variablesAt } from "./places";
export { startMetadataServer, type MetadataServer } from "./metadata";
