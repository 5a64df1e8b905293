export { parseDuration, parsePort } from "./flags";
export { registerGroups } from "./groups";
