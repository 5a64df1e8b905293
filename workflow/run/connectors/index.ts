/** Connectors call Google APIs by the names of their methods. */
export { connector, HELPER_NAMES, isConnectorName } from "./connector";
export { findMethod, methodsOf, SERVICES } from "./table";
