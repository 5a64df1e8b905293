/** Reads schedules, and says when they are due. */
export { nextRun } from "./cron";
