/** The types of connectors, generated. */
export type { Connectors } from "./connectors";
