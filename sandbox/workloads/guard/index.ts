/** Keeps the connections of a process or a thread on loopback, and leads those to elsewhere into the sandbox. */
export { guardNetwork, type Way } from "./guard";
export { nodeOptions } from "./node-options";
