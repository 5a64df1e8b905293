/** Small helpers that every folder may use. They know nothing of Google Cloud, Pulumi or this package. */
export { defined, type Defined } from "./defined";
export { Heap } from "./heap";
export { addTo, groupBy } from "./lists";
export { Semaphore } from "./semaphore";
export { type Timer, Timers } from "./timers";
export { zip } from "./zip";
