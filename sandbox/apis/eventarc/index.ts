/** `eventarc.googleapis.com`. */
export { eventarc, putTrigger, removeTrigger, type Trigger, triggers } from "./api";
