import assert from "node:assert/strict";
import * as fc from "fast-check";
import { runSmokeCheck, type ProbeReport, type RequestProbe } from "../../smoke";
import { fakeGoogle } from "../support/fake-google";
import { virtualClock } from "../support/virtual-clock";

const workflow = "projects/demo/locations/europe-west1/workflows/inside";
const serviceAccount = "inside@demo.iam.gserviceaccount.com";
const resource = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/stock";
const url = "https://stock-abc-ew.a.run.app";

const probes: RequestProbe[] = (
    [
        ["anonymous", 403, { kind: "none" }],
        ["broken token", 401, { kind: "broken" }],
        ["another audience", 401, { kind: "idToken", serviceAccount, audience: "https://denied.invalid" }],
        ["no grant", 403, { kind: "ungranted", serviceAccount, audience: url }],
    ] as const
).map(([name, status, credential]) => ({
    ...{ kind: "request", name, url, credential, outcome: "denied", deniedStatus: [status] },
    ...{ ingress: "internal", inside: { workflow, serviceAccount }, resource },
}));

/** The rows of a check whose workflow inside returns this, or ends like this. */
async function check(end: { result?: unknown; state?: string; error?: object; disabled?: boolean }) {
    const google = fakeGoogle();
    const { result, state = "SUCCEEDED", error, disabled = false } = end;
    google.on("https://openidconnect.googleapis.com/", { body: { email: "owner@example.com" } });
    google.on("https://iam.googleapis.com/", { body: { disabled } });
    google.on("https://workflowexecutions.googleapis.com/", {
        body: {
            ...{ name: `${workflow}/executions/1`, state },
            ...(result !== undefined && { result: JSON.stringify(result) }),
            ...(error && { error: { payload: JSON.stringify(error) } }),
        },
    });
    google.on(resource, { body: { uri: url, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" } });
    google.policy(resource, []);
    const spec = { version: 1 as const, name: "stock", project: "demo", fingerprint: {}, probes };
    const report = await runSmokeCheck(spec, {
        ...{ http: google.http, clock: virtualClock(), deadlineSeconds: 60 },
        credentials: { accessToken: "ya29.deployer", env: {} },
    });
    return report.probes;
}

const passed = (rows: ProbeReport[]): string[] =>
    rows.filter(({ verdict }) => verdict === "passed").map(({ name }) => name);

describe("what a workflow inside returns", () => {
    const status = fc.constantFrom(200, 204, 301, 302, 401, 403, 404, 429, 500, 503, null);

    it("proves a denial only where each status is that of the denial, whatever else came", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(status, { maxLength: 4 }), async (statuses) => {
                const proven = probes
                    .filter(({ deniedStatus = [] }) => statuses.every((each) => each === deniedStatus[0]))
                    .map(({ name }) => name);
                assert.deepEqual(passed(await check({ result: { statuses } })), statuses.length === 0 ? [] : proven);
            }),
            { numRuns: 60, examples: [[[403, 403, 200]], [[401, 401, 401]], [[200, 403, 403]], [[]]] },
        );
    });

    it("fails the check at the first try if a call got in for which there is no reason to wait", async () => {
        const rows = await check({ result: { statuses: [404, 404, 404] } });
        assert.deepEqual(
            rows.map(({ verdict, attempts }) => [verdict, attempts]),
            probes.map(() => ["failed", 1]),
        );
    });

    it("proves nothing if it is no list of statuses", async () => {
        for (const result of [
            undefined,
            null,
            {},
            403,
            "403",
            { statuses: 403 },
            { statuses: "403" },
            [403, 403, 403],
        ]) {
            const rows = await check(result === undefined ? {} : { result });
            assert.deepEqual(passed(rows), [], JSON.stringify(result));
            assert.ok(
                rows.every(({ diagnosis, attempts }) => diagnosis?.code === "inside-probe-failed" && attempts === 1),
                JSON.stringify(rows),
            );
        }
    });

    it("proves nothing if it failed, and names its account where that is disabled", async () => {
        const error = { tags: ["AuthError"], message: "no token" };
        const late = await check({ state: "FAILED", error });
        assert.ok(late.every(({ verdict, attempts }) => verdict === "failed" && attempts > 1));
        const disabled = await check({ state: "FAILED", error, disabled: true });
        assert.ok(
            disabled.every(({ diagnosis, attempts }) => diagnosis?.code === "account-disabled" && attempts === 1),
            JSON.stringify(disabled),
        );
    });
});
