/** Connectors call Google APIs by the names of their methods. */
export { connector, HELPER_NAMES } from "./connector";
export { findMethod, methodsOf } from "./table";
