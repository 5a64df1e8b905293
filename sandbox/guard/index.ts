/** Keeps the connections of a process, a thread or a function on loopback, and leads those to elsewhere into the sandbox. */
export { guardNetwork } from "./guard";
export { runInside } from "./inside";
export { nodeOptions } from "./node-options";
export type { Way } from "./way";
