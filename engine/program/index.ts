/** One run of a program: its process or function, and the engine that answers its requests. */
export { type InlineProgram, inlineProject } from "./inline";
export { type Run, startRun, summarize } from "./run";
