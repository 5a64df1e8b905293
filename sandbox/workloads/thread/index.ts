/** Runs a handler in a thread of its own. */
export { handlerWorkload, type HandlerOptions } from "./handler";
