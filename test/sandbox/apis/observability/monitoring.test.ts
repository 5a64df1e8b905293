import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileLogFilter } from "../../../../sandbox/apis/observability/log-filter";
import { registerSenders, type Senders } from "../../../../sandbox/senders";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

type Body = Record<string, unknown>;

const STRANGER = { kind: "user", email: "stranger@example.com" } as const;
const POLICIES = "https://monitoring.googleapis.com/v3/projects/demo/alertPolicies";
const CHANNELS = "https://monitoring.googleapis.com/v3/projects/demo/notificationChannels";
const ALERTS = "https://monitoring.googleapis.com/v3/projects/demo/alerts";
const METRICS = "https://logging.googleapis.com/v2/projects/demo/metrics";

const onLog = {
    displayName: "a check failed",
    combiner: "OR",
    conditions: [
        { displayName: "failed", conditionMatchedLog: { filter: 'jsonPayload.check="pulse" AND severity>=ERROR' } },
    ],
    alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "1800s" },
};

describe("Cloud Monitoring", () => {
    let cloud: TestCloud;
    let senders: Senders;
    let folder: string;
    const start = (): void => {
        cloud = testCloud(join(folder, "sandbox.json"));
        senders = registerSenders(cloud);
    };
    const stop = async (): Promise<void> => {
        await senders.close();
        cloud.close();
    };
    const restart = async (): Promise<void> => {
        await stop();
        start();
    };
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "monitoring-"));
        start();
    });
    afterEach(async () => {
        await stop();
        rmSync(folder, { recursive: true });
    });

    const call = (method: string, url: string, body?: unknown): Promise<Body> => cloud.call(owner, method, url, body);
    const status = (method: string, url: string, body?: unknown): Promise<number> =>
        cloud.status(owner, method, url, body);
    const write = (entry: Body): Promise<Body> =>
        call("POST", "https://logging.googleapis.com/v2/entries:write", {
            logName: "projects/demo/logs/checks",
            resource: { type: "global" },
            entries: [entry],
        });
    const states = async (filter = ""): Promise<unknown[]> => {
        const { alerts = [] } = await call("GET", `${ALERTS}?filter=${encodeURIComponent(filter)}`);
        return (alerts as Body[]).map(({ state }) => state);
    };

    it("keeps a policy as it was asked for, and names it and its conditions", async () => {
        const made = await call("POST", POLICIES, onLog);
        const name = String(made.name);
        assert.match(name, /^projects\/demo\/alertPolicies\/\d+$/);
        const [condition] = made.conditions as Body[];
        assert.match(String(condition?.name), new RegExp(`^${name}/conditions/\\d+$`));
        assert.deepEqual([made.enabled, made.alertStrategy], [true, onLog.alertStrategy]);
        const url = `https://monitoring.googleapis.com/v3/${name}`;
        assert.deepEqual(await call("GET", url), made);
        const changed = await call("PATCH", `${url}?updateMask=displayName`, { displayName: "other", combiner: "AND" });
        assert.deepEqual([changed.displayName, changed.combiner, changed.conditions], ["other", "OR", made.conditions]);
        const listed = await call("GET", `${POLICIES}?filter=${encodeURIComponent('display_name="other"')}`);
        assert.equal((listed.alertPolicies as Body[]).length, 1);
        await call("DELETE", url);
        for (const method of ["GET", "DELETE"]) {
            assert.equal(await status(method, url), 404);
        }
        assert.equal(await status("PATCH", url, onLog), 404);
    });

    it("refuses a policy that could never be met, each for its own reason", async () => {
        const { conditions } = onLog;
        assert.equal(await status("POST", POLICIES, { ...onLog, combiner: undefined }), 400);
        assert.equal(await status("POST", POLICIES, { ...onLog, conditions: [] }), 400);
        assert.equal(await status("POST", POLICIES, { ...onLog, alertStrategy: undefined }), 400);
        assert.equal(await status("POST", POLICIES, { ...onLog, conditions: [...conditions, ...conditions] }), 400);
        const broken = [{ displayName: "x", conditionMatchedLog: { filter: "severity >=" } }];
        assert.equal(await status("POST", POLICIES, { ...onLog, conditions: broken }), 400);
        const lost = ["projects/demo/notificationChannels/1"];
        assert.equal(await status("POST", POLICIES, { ...onLog, notificationChannels: lost }), 404);
        assert.equal(await cloud.status(STRANGER, "POST", POLICIES, onLog), 403);
    });

    it("opens one alert for what matches, and closes it in time", async () => {
        const { name } = await call("POST", POLICIES, onLog);
        await write({ severity: "INFO", jsonPayload: { check: "pulse" } });
        await write({ severity: "ERROR", jsonPayload: { check: "other" } });
        assert.deepEqual(await states(), []);
        await write({ severity: "ERROR", jsonPayload: { check: "pulse" } });
        await write({ severity: "ALERT", jsonPayload: { check: "pulse" } });
        assert.deepEqual(await states(), ["OPEN"]);
        const { alerts } = (await call("GET", ALERTS)) as { alerts: Body[] };
        const [alert] = alerts;
        assert.deepEqual(alert?.policy, { name, displayName: "a check failed" });
        assert.deepEqual(await call("GET", `https://monitoring.googleapis.com/v3/${String(alert.name)}`), alert);
        cloud.clock.advance(1_801_000);
        assert.deepEqual([await states('state="OPEN"'), await states()], [[], ["CLOSED"]]);
        assert.equal(await cloud.status(STRANGER, "GET", ALERTS), 403);
    });

    it("stays silent where the policy is disabled or gone", async () => {
        const { name } = await call("POST", POLICIES, { ...onLog, enabled: false });
        await write({ severity: "ERROR", jsonPayload: { check: "pulse" } });
        assert.deepEqual(await states(), []);
        await call("DELETE", `https://monitoring.googleapis.com/v3/${String(name)}`);
        await write({ severity: "ERROR", jsonPayload: { check: "pulse" } });
        assert.deepEqual(await states(), []);
    });

    describe("with a metric of the log", () => {
        const metric = { name: "beats", filter: 'jsonPayload.check="pulse"' };
        const filter = 'metric.type="logging.googleapis.com/user/beats" AND resource.type="global"';
        beforeEach(() => call("POST", METRICS, metric));

        it("misses what was there and did not come again", async () => {
            const conditions = [{ displayName: "silent", conditionAbsent: { filter, duration: "600s" } }];
            await call("POST", POLICIES, { combiner: "OR", conditions });
            await write({ jsonPayload: { check: "pulse" } });
            cloud.clock.advance(590_000);
            await write({ jsonPayload: { check: "pulse" } });
            cloud.clock.advance(590_000);
            assert.deepEqual(await states(), []);
            cloud.clock.advance(11_000);
            assert.deepEqual(await states(), ["OPEN"]);
            await write({ jsonPayload: { check: "pulse" } });
            assert.deepEqual(await states(), ["CLOSED"]);
        });

        it("misses it after a restart too, when it would have, and not where it came in time or the policy is gone", async () => {
            const conditions = [{ displayName: "silent", conditionAbsent: { filter, duration: "600s" } }];
            const { name } = await call("POST", POLICIES, { combiner: "OR", conditions });
            await write({ jsonPayload: { check: "pulse" } });
            cloud.clock.advance(590_000);
            await restart();
            assert.deepEqual(await states(), []);
            cloud.clock.advance(11_000);
            assert.deepEqual(await states(), ["OPEN"]);
            await write({ jsonPayload: { check: "pulse" } });
            assert.deepEqual(await states(), ["CLOSED"]);
            await restart();
            cloud.clock.advance(590_000);
            await write({ jsonPayload: { check: "pulse" } });
            cloud.clock.advance(11_000);
            assert.deepEqual(await states(), ["CLOSED"]);
            await call("DELETE", `https://monitoring.googleapis.com/v3/${String(name)}`);
            assert.deepEqual(cloud.store.list("monitoring.absences"), []);
            await restart();
            cloud.clock.advance(601_000);
            assert.deepEqual(await states(), ["CLOSED"]);
        });

        it("counts to a threshold within a period", async () => {
            const conditionThreshold = { filter, comparison: "COMPARISON_GT", thresholdValue: 1, duration: "0s" };
            await call("POST", POLICIES, { combiner: "OR", conditions: [{ displayName: "many", conditionThreshold }] });
            await write({ jsonPayload: { check: "pulse" } });
            cloud.clock.advance(61_000);
            await write({ jsonPayload: { check: "pulse" } });
            assert.deepEqual(await states(), []);
            await write({ jsonPayload: { check: "pulse" } });
            assert.deepEqual(await states(), ["OPEN"]);
        });

        it("keeps the metric: made, read, changed, deleted", async () => {
            const url = `${METRICS}/beats`;
            const { metricDescriptor } = (await call("GET", url)) as { metricDescriptor: Body };
            assert.equal(metricDescriptor.type, "logging.googleapis.com/user/beats");
            assert.equal(await status("POST", METRICS, metric), 409);
            assert.equal(await status("POST", METRICS, { name: "x", filter: "(" }), 400);
            assert.equal((await call("PUT", url, { ...metric, description: "heart" })).description, "heart");
            assert.equal(await status("PUT", url, { ...metric, name: "other" }), 400);
            assert.equal(await cloud.status(STRANGER, "GET", url), 403);
            await call("DELETE", url);
            for (const method of ["GET", "DELETE"]) {
                assert.equal(await status(method, url), 404);
            }
        });
    });

    it("keeps channels, never what is secret in them, and not without force away from a policy", async () => {
        const made = await call("POST", CHANNELS, {
            type: "slack",
            labels: { channel_name: "#ops", auth_token: "xoxb" },
        });
        assert.deepEqual(made.labels, { channel_name: "#ops", auth_token: "**********" });
        assert.equal(JSON.stringify(cloud.store.snapshot()).includes("xoxb"), false);
        assert.equal(await status("POST", CHANNELS, { type: "email", labels: {} }), 400);
        assert.equal(await status("POST", CHANNELS, { type: "pigeon" }), 400);
        const url = `https://monitoring.googleapis.com/v3/${String(made.name)}`;
        const { name } = await call("POST", POLICIES, { ...onLog, notificationChannels: [made.name] });
        assert.equal(await status("DELETE", url), 400);
        assert.equal(await status("DELETE", `${url}?force=true`), 200);
        assert.equal(
            (await call("GET", `https://monitoring.googleapis.com/v3/${String(name)}`)).notificationChannels,
            undefined,
        );
        assert.equal(await status("GET", url), 404);
    });
});

describe("the query language of Cloud Logging", () => {
    const entry = {
        logName: "projects/demo/logs/run.googleapis.com%2Fstdout",
        severity: "ERROR",
        timestamp: "2026-01-02T03:04:05Z",
        jsonPayload: { check: "Pulse", count: 12, list: [{ a: "x" }, { a: "y" }] },
        labels: { "k8s/app": "web" },
    };
    const cases: [query: string, matches: boolean][] = [
        ["", true],
        ['jsonPayload.check="pulse"', true],
        ['jsonPayload.check!="pulse"', false],
        ["jsonPayload.count>9", true],
        ["jsonPayload.count>=12 jsonPayload.count<13", true],
        ["severity>WARNING", true],
        ['severity=("ERROR" OR "ALERT")', true],
        ['severity=("INFO" OR "ALERT")', false],
        ['labels."k8s/app"=web', true],
        ['jsonPayload.list.a="y"', true],
        ['jsonPayload.check=~"^P.l"', true],
        ['jsonPayload.check!~"^P.l"', false],
        ["jsonPayload.none:*", false],
        ["NOT jsonPayload.none:*", true],
        ["-jsonPayload.check:*", false],
        ['timestamp>=2026-01-01T00:00:00Z AND timestamp<"2026-02-01T00:00:00Z"', true],
        ['log_id("run.googleapis.com/stdout")', true],
        ['log_id("other")', false],
        ["pulse", true],
        ['"not there"', false],
        // OR binds tighter than AND.
        ['jsonPayload.check="no" AND severity=INFO OR severity=ERROR', false],
        ['(jsonPayload.check="no" AND severity=INFO) OR severity=ERROR', true],
        ["severity=ERROR -- a comment\njsonPayload.count=12", true],
    ];
    for (const [query, matches] of cases) {
        it(`${matches ? "matches" : "does not match"} ${query || "nothing"}`, () => {
            assert.equal(compileLogFilter(query)(entry), matches);
        });
    }

    for (const query of ["severity=", "(a=b", "a=b)", 'a=~"("', "sample(insertId, 0.1)", "= x"]) {
        it(`refuses ${query}`, () => {
            assert.throws(() => compileLogFilter(query), /Unparseable filter/);
        });
    }
});
