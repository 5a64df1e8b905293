/** What sends requests in the name of Google. */
export { registerSenders, type Senders } from "./register";
export type { ExecutionRecord } from "./workflows";
