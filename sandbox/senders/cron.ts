import { Cron } from "croner";

/**
 * When a job runs next, in milliseconds since 1970; undefined where it never does.
 * @throws Error where the schedule is no Unix cron expression
 */
export function nextRun(schedule: string, timeZone: string, after: number): number | undefined {
    return new Cron(schedule, { timezone: timeZone, mode: "5-part" }).nextRun(new Date(after))?.getTime();
}
