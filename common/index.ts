/** Small helpers that every folder may use. They know nothing of Google Cloud, Pulumi or this package. */
export { defined, type Defined } from "./defined";
export { Semaphore } from "./semaphore";
export { zip } from "./zip";
