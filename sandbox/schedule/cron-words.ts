import { ScheduleError } from "../cloud";

const TIME = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;
const LIST = String.raw`[\w-]+(?:,[\w-]+)*`;
const INTERVAL = new RegExp(
    String.raw`^every (\d{1,5}) (minutes|mins|hours)(?: (synchronized)| from (${TIME}) to (${TIME}))?$`,
);
const DATES = new RegExp(
    String.raw`^(${LIST})(?: (${LIST}))??(?: of (?:(${LIST}) month of (quarter)|(${LIST})))? (${TIME})$`,
);
const DAY = 1440;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = [
    ...["january", "february", "march", "april", "may", "june"],
    ...["july", "august", "september", "october", "november", "december"],
];
const ordinals = ["first", "second", "third", "fourth", "fifth"];

/** What a schedule in words means: times, each in Unix cron, or the milliseconds between two runs. */
export type WordsMeaning = { crons: string[] } | { every: number };

/** Whether a schedule is in words, and not in Unix cron. */
export function isWords(schedule: string): boolean {
    return /^\s*every\b|\bof\b|:/i.test(schedule);
}

/**
 * Reads a schedule in App Engine's syntax, which Scheduler takes beside Unix cron: `every 5 minutes from 10:00 to 14:00`,
 * `1st,third monday of month 04:00`. https://cloud.google.com/appengine/docs/flexible/scheduling-jobs-with-cron-yaml
 * @throws Error that says what is wrong
 */
export function readWords(schedule: string): WordsMeaning {
    const text = schedule.trim().toLowerCase().replace(/\s+/g, " ").replace(/ ?, ?/g, ",");
    const interval = INTERVAL.exec(text);
    if (interval) {
        return readInterval(interval);
    }
    const dates = DATES.exec(text);
    if (dates) {
        return { crons: [readDates(dates)] };
    }
    throw new ScheduleError(
        'words look like "every 5 minutes", "every 2 hours from 08:00 to 18:00", "every day 09:00" or "1st,third monday of month 04:00"',
    );
}

function readInterval([, count, unit, synchronized, from, to]: RegExpExecArray): WordsMeaning {
    const minutes = Number(count) * (unit === "hours" ? 60 : 1);
    if (minutes < 1) {
        throw new ScheduleError("the interval is 0");
    }
    if (synchronized !== undefined && DAY % minutes !== 0) {
        throw new ScheduleError(`${String(count)} ${String(unit)} do not divide a day, as "synchronized" needs`);
    }
    if (synchronized !== undefined) {
        return { crons: timesOfDay(0, DAY - 1, minutes) };
    }
    if (from === undefined || to === undefined) {
        return { every: minutes * 60_000 };
    }
    const [start, end] = [minuteOf(from), minuteOf(to)];
    return { crons: timesOfDay(start, end < start ? end + DAY : end, minutes) };
}

/** One cron expression for each hour that has a run. */
function timesOfDay(start: number, end: number, step: number): string[] {
    const hours = new Map<number, number[]>();
    for (let at = start; at <= end; at += step) {
        const hour = Math.floor((at % DAY) / 60);
        hours.set(hour, [...(hours.get(hour) ?? []), at % 60]);
    }
    return [...hours].map(([hour, of]) => `${of.join(",")} ${hour} * * *`);
}

function readDates([, which = "", days, monthsOfQuarter, quarter, of, time = ""]: RegExpExecArray): string {
    const at = minuteOf(time);
    const month = quarter === undefined ? monthsOf(of ?? "month") : quarterly(monthsOfQuarter ?? "");
    const clock = `${at % 60} ${Math.floor(at / 60)}`;
    if (days === undefined && quarter === undefined && of === undefined) {
        throw new ScheduleError(`"${which}" does not say of which days`, {
            fix: `say "${which} of month" or "${which} monday"`,
        });
    }
    if (days === undefined) {
        return `${clock} ${daysOfMonth(which)} ${month} *`;
    }
    const nth = which === "every" ? undefined : listed(which, ordinals, "ordinal", /^([1-5])(?:st|nd|rd|th)$/);
    if (days === "day" && nth !== undefined) {
        throw new ScheduleError(`"${which} day" is not implemented by the sandbox`, {
            fix: `say "1,15 of month" for days of the month`,
        });
    }
    const on = days === "day" ? ["*"] : listed(days, weekdays, "day of the week").map((day) => String(day - 1));
    const each = nth === undefined ? on : on.flatMap((day) => nth.map((one) => `${day}#${one}`));
    return `${clock} * ${month} ${each.join()}`;
}

function minuteOf(time: string): number {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return hour * 60 + minute;
}

function daysOfMonth(list: string): string {
    for (const day of list.split(",")) {
        if (!/^\d+$/.test(day) || Number(day) < 1 || Number(day) > 31) {
            throw new ScheduleError(`"${day}" is no day of a month`);
        }
    }
    return list;
}

function monthsOf(list: string): string {
    if (list === "month") {
        return "*";
    }
    return list === "quarter" ? quarterly("first") : listed(list, months, "month").join();
}

function quarterly(list: string): string {
    const nth = listed(list, ordinals.slice(0, 3), "month of a quarter", /^([1-3])(?:st|nd|rd)$/);
    return nth.flatMap((one) => [0, 3, 6, 9].map((before) => before + one)).join();
}

/** The numbers, from 1, of names in a list such as `mon,wednesday`. Names that have no numbers may be cut to three letters. */
function listed(list: string, names: string[], what: string, numbered?: RegExp): number[] {
    return list.split(",").map((given) => {
        const number = numbered?.exec(given)?.[1];
        if (number !== undefined) {
            return Number(number);
        }
        const place = names.findIndex((name) => name === given || (!numbered && name.slice(0, 3) === given));
        if (place < 0) {
            throw new ScheduleError(`"${given}" is no ${what}`, { fix: `one of ${names.join(", ")}` });
        }
        return place + 1;
    });
}
