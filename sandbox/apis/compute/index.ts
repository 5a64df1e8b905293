/** `compute.googleapis.com`, as far as services are reached by it. */
export { compute } from "./api";
export { backendServiceId, collectionOf, findByKey, keyOf, linkOf, partsOf } from "./links";
export { refusedBy, type ArmorRequest } from "./security-policies";
export { takesHost, wayOf } from "./url-map-route";
export type { UrlMap } from "./url-map-types";
