/** The metadata server. */
export { awsVariables } from "./aws";
export { registerMetadataHosts } from "./hosts";
export { checkedPlace, CLIENT_REGION, type ClientPlace, identityAt, placeOfPrincipal, variablesAt } from "./places";
export { startMetadataServer, type MetadataServer } from "./metadata";
