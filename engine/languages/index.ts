/** How programs are started, a file for what differs by language. */
export { type EarlyProgram, prepareProgram } from "./early";
export { entryPointOf } from "./entry";
export { launchOf } from "./launch";
export type { Command, Launch, ProgramOptions } from "./types";
