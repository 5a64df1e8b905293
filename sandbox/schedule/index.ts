/** When a schedule is due. */
export { nextRun } from "./cron";
