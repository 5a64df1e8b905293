/** The processes beside the engine: which are alive, and how those that the engine starts end with it. */
export { isAlive } from "./alive";
export { companion, ownGroup } from "./lifeline";
