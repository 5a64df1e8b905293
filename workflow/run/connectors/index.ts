/** Connectors: calls of Google APIs by name. */
export { connector, HELPER_NAMES } from "./connector";
export { findMethod, methodsOf } from "./table";
