import { Double, failure, toNumber } from "../values";
import { define } from "./define";

const HOUR = /(?:[01]\d|2[0-3])/.source;
const RFC3339 = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})[Tt ](${HOUR}:\\d{2}:\\d{2})(\\.\\d+)?([Zz]|[-+]${HOUR}:\\d{2})$`);
/** The seconds of the years 1 to 9999, which are those that ISO 8601 writes with four digits. */
const [FIRST_SECOND, LAST_SECOND] = [
    Date.parse("0001-01-01T00:00:00Z") / 1000,
    Date.parse("9999-12-31T23:59:59Z") / 1000,
];

/** https://cloud.google.com/workflows/docs/reference/stdlib/time. Times are seconds since 1970. */
export const TIMES = [
    define("time.parse", { value: "string" }, ({ value }) => new Double(parseTime(value, "time.parse"))),
    define("time.format", { seconds: "number", timezone: "string?" }, ({ seconds, timezone }) =>
        formatTime(toNumber(seconds), timezone === undefined || timezone === "" ? "UTC" : timezone),
    ),
];

/** Seconds since 1970. @throws WorkflowError `ValueError` if the text is not in the format of RFC 3339 */
export function parseTime(text: string, name: string): number {
    const [, day, time, fraction = "", zone] = RFC3339.exec(text) ?? [];
    const whole = day === undefined ? NaN : Date.parse(`${day}T${time ?? ""}${(zone ?? "Z").toUpperCase()}`);
    // JavaScript reads the 30th of February as the 2nd of March.
    if (Number.isNaN(whole) || new Date(`${day ?? ""}T00:00:00Z`).getUTCDate() !== Number(day?.slice(-2))) {
        throw failure("ValueError", `${name}: "${text}" is no time such as 2026-01-31T12:00:00Z`);
    }
    return whole / 1000 + Number(`0${fraction}`);
}

/** Writes a time in ISO 8601 with microseconds. https://cloud.google.com/workflows/docs/reference/stdlib/time/format */
function formatTime(seconds: number, timezone: string): string {
    const micros = Math.round(seconds * 1e6);
    const second = Math.floor(micros / 1e6);
    const fraction = String(micros - second * 1e6).padStart(6, "0");
    // The instant first, which also the search for the offset needs in its range; then what is written.
    const offset = inFourDigits(second) ? offsetMinutes(new Date(second * 1000), timezone) : NaN;
    if (!inFourDigits(second + offset * 60)) {
        throw failure("ValueError", `time.format: ${seconds} seconds are not in the years 1 to 9999`);
    }
    const local = new Date((second + offset * 60) * 1000).toISOString().replace(/\.\d+Z$/, "");
    return `${local}.${fraction}${offsetText(offset)}`;
}

const inFourDigits = (second: number): boolean => second >= FIRST_SECOND && second <= LAST_SECOND;

function offsetText(offset: number): string {
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((each) =>
        String(each).padStart(2, "0"),
    );
    return offset === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${hours ?? ""}:${minutes ?? ""}`;
}

function offsetMinutes(moment: Date, timezone: string): number {
    try {
        const format = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" });
        const name = format.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
        const [, sign, hours, minutes] = /GMT([-+])(\d{2}):(\d{2})/.exec(name) ?? [];
        return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
    } catch {
        throw failure(
            "ValueError",
            `time.format: unknown time zone "${timezone}"; names are those of the IANA database, such as Europe/Berlin`,
        );
    }
}
