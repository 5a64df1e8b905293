import { strict as assert } from "node:assert";
import { nextRun } from "../../../sandbox/schedule/cron";

/** A Wednesday. */
const from = Date.parse("2026-04-01T12:02:00Z");

/** The next runs, by `after` or in a row. */
function runs(schedule: string, count: number, zone = "UTC"): string[] {
    const found: string[] = [];
    for (let at: number | undefined = from; found.length < count;) {
        at = nextRun(schedule, zone, at);
        if (at === undefined) {
            break;
        }
        found.push(new Date(at).toISOString().slice(0, 16));
    }
    return found;
}

describe("a schedule in App Engine's words", () => {
    for (const [schedule, ...next] of [
        ["every 5 minutes", "2026-04-01T12:07", "2026-04-01T12:12"],
        ["every 5 mins", "2026-04-01T12:07"],
        ["every 1 hours", "2026-04-01T13:02", "2026-04-01T14:02"],
        ["every 24 hours", "2026-04-02T12:02"],
        ["every 2 hours synchronized", "2026-04-01T14:00", "2026-04-01T16:00"],
        ["every 5 minutes from 10:00 to 12:05", "2026-04-01T12:05", "2026-04-02T10:00", "2026-04-02T10:05"],
        [
            "every 50 minutes from 23:00 to 01:00",
            "2026-04-01T23:00",
            "2026-04-01T23:50",
            "2026-04-02T00:40",
            "2026-04-02T23:00",
        ],
        ["every day 09:00", "2026-04-02T09:00", "2026-04-03T09:00"],
        ["Every Monday 9:00", "2026-04-06T09:00", "2026-04-13T09:00"],
        ["every mon, fri 09:30", "2026-04-03T09:30", "2026-04-06T09:30"],
        ["every sunday of may 00:00", "2026-05-03T00:00"],
        ["1st,3rd monday of month 04:00", "2026-04-06T04:00", "2026-04-20T04:00", "2026-05-04T04:00"],
        ["2nd,third mon,wed of march 17:00", "2027-03-08T17:00", "2027-03-10T17:00", "2027-03-15T17:00"],
        ["1 of jan,april,july,oct 00:00", "2026-07-01T00:00", "2026-10-01T00:00", "2027-01-01T00:00"],
        ["1,15 of month 00:00", "2026-04-15T00:00", "2026-05-01T00:00"],
        ["first monday of quarter 06:00", "2026-04-06T06:00", "2026-07-06T06:00"],
        ["first monday of 2nd month of quarter 06:00", "2026-05-04T06:00", "2026-08-03T06:00"],
    ] as [string, ...string[]][]) {
        it(`"${schedule}" runs when it says`, () => {
            assert.deepEqual(runs(schedule, next.length), next);
        });
    }

    it("holds in the job's time zone, with its summer time", () => {
        const night = Date.parse("2026-03-28T12:00:00Z");
        assert.equal(nextRun("every day 09:00", "Europe/Berlin", night), Date.parse("2026-03-29T07:00:00Z"));
    });

    for (const [schedule, why] of [
        ["every minutes", /words look like/],
        ["every 0 minutes", /0/],
        ["every 5 seconds", /words look like/],
        ["every 7 hours synchronized", /do not divide a day/],
        ["every 5 minutes from 10:00", /words look like/],
        ["every 5 minutes from 10:00 to 25:00", /words look like/],
        ["every day", /words look like/],
        ["every funday 09:00", /"funday" is no day of the week; one of sunday/],
        ["6th monday of month 09:00", /"6th" is no ordinal/],
        ["1st monday of smarch 09:00", /"smarch" is no month; one of january/],
        ["32 of month 09:00", /"32" is no day of a month/],
        ["15 09:00", /say "15 of month"/],
        ["1st day of month 09:00", /not implemented by the sandbox/],
    ] as [string, RegExp][]) {
        it(`"${schedule}" is refused, and said why`, () => {
            assert.throws(() => nextRun(schedule, "UTC", from), why);
        });
    }
});
