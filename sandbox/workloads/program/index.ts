/** Runs a program of its own behind a front door. */
export { commandWorkload, type Started } from "./command";
