/** Requests that a call has another service send, with a token: tasks, jobs and pushes. */
export { deliverySites } from "./delivery-sites";
