import { Cron } from "croner";
import { isWords, readWords } from "./cron-words";

/**
 * When a job runs next, in milliseconds since 1970. Undefined if it never runs again.
 * @throws Error if the schedule is neither a Unix cron expression nor in App Engine's syntax
 */
export function nextRun(schedule: string, timeZone: string, after: number): number | undefined {
    const meaning = isWords(schedule) ? readWords(schedule) : { crons: [schedule] };
    // App Engine counts the interval from the end of a run, Scheduler from its beginning [K].
    if ("every" in meaning) {
        return after + meaning.every;
    }
    const runs = meaning.crons.flatMap(
        (cron) => new Cron(cron, { timezone: timeZone, mode: "5-part" }).nextRun(new Date(after))?.getTime() ?? [],
    );
    return runs.length === 0 ? undefined : Math.min(...runs);
}
