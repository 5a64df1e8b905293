import assert from "node:assert/strict";
import { claimsOf } from "../../credentials";
import { formatReport, runSmokeCheck, type GrantRef, type Probe, type RequestProbe, type SmokeSpec } from "../../smoke";
import { apiError, fakeGoogle, unsignedToken, type FakeAnswer } from "../support/fake-google";
import { virtualClock } from "../support/virtual-clock";

const orders = "https://orders-abc-ew.a.run.app";
const fulfil = "fulfil@demo.iam.gserviceaccount.com";
const prober = "prober@demo.iam.gserviceaccount.com";
const service = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/orders";
const workflow = "projects/demo/locations/europe-west1/workflows/fulfil";
const executions = `https://workflowexecutions.googleapis.com/v1/${workflow}/executions`;
const grant: GrantRef = {
    member: `serviceAccount:${fulfil}`,
    role: "roles/run.invoker",
    resource: service,
    label: "orders",
};
const bound = [{ role: grant.role, members: [grant.member] }];

const specOf = (...probes: Probe[]): SmokeSpec => ({
    version: 1,
    name: "fulfil",
    project: "demo",
    fingerprint: {},
    probes,
});
const workflowProbe: Probe = { kind: "workflow", name: "fulfil → orders", workflow, argument: 7, grants: [grant] };
const policyProbe: Probe = { kind: "policy", name: "grant on orders", grant };
const denied: RequestProbe = {
    kind: "request",
    name: "anonymous",
    url: orders,
    credential: { kind: "none" },
    outcome: "denied",
};
const allowed: RequestProbe = {
    kind: "request",
    name: "prober → orders",
    url: `${orders}/health`,
    credential: { kind: "idToken", serviceAccount: prober, audience: orders },
    outcome: "allowed",
};

/** A project where all is well, with the clock and the check that go with it. */
function world() {
    const google = fakeGoogle();
    const clock = virtualClock();
    google.on("https://iam.googleapis.com/", { body: { disabled: false } });
    google.on("https://openidconnect.googleapis.com/", { body: { email: "owner@example.com" } });
    google.on("https://iamcredentials.googleapis.com/", ({ body }) => {
        const { audience } = JSON.parse(body ?? "") as { audience: string };
        return { body: { token: unsignedToken({ aud: audience, email: prober, exp: 2e9 }) } };
    });
    google.policy(service, bound);
    const check = (probes: Probe[], deadlineSeconds = 600, more: Partial<SmokeSpec> = {}) =>
        runSmokeCheck(
            { ...specOf(...probes), ...more },
            {
                http: google.http,
                clock,
                deadlineSeconds,
                credentials: { accessToken: "ya29.deployer", env: {} },
            },
        );
    return { google, clock, check };
}

/** How executions end, one after the other; the last one again and again. */
function executing(google: ReturnType<typeof fakeGoogle>, ...ends: object[]): { arguments: unknown[] } {
    const seen = { arguments: [] as unknown[] };
    google.on(executions, ({ method, body }) => {
        if (method === "POST") {
            seen.arguments.push((JSON.parse(body ?? "") as { argument: unknown }).argument);
            return { body: { name: `${workflow}/executions/${seen.arguments.length}`, state: "ACTIVE" } };
        }
        const end = ends[Math.min(seen.arguments.length, ends.length) - 1];
        return { body: { name: `${workflow}/executions/${seen.arguments.length}`, ...end } };
    });
    return seen;
}

const httpError = (code: number, step = "reserve") => ({
    state: "FAILED",
    error: {
        payload: JSON.stringify({
            tags: ["HttpError"],
            code,
            message: `HTTP server responded with error code ${code}`,
        }),
        context: `HTTP server responded with error code ${code}\nin step "${step}", routine "main", line: 12`,
        stackTrace: { elements: [{ step, routine: "main", position: { line: "12", column: "7" } }] },
    },
});

describe("a workflow probe", () => {
    it("executes the workflow with the argument and passes when the result has what is expected", async () => {
        const { google, check } = world();
        const seen = executing(google, { state: "SUCCEEDED", result: '{"status":"reserved","extra":1}' });
        const report = await check([{ ...workflowProbe, expect: { result: { status: "reserved" } } }]);
        assert.equal(report.verdict, "passed");
        assert.deepEqual(seen.arguments, ["7"]);
        assert.equal(report.probes[0]?.caller, fulfil);
    });

    it("fails at once and shows a diff when the result is another", async () => {
        const { google, check } = world();
        const seen = executing(google, { state: "SUCCEEDED", result: '{"status":"sold out","items":[1]}' });
        const report = await check([{ ...workflowProbe, expect: { result: { status: "reserved", items: [1] } } }]);
        assert.equal(report.verdict, "failed");
        assert.equal(seen.arguments.length, 1);
        assert.deepEqual(report.probes[0]?.diff, ['- result.status: "reserved"', '+ result.status: "sold out"']);
    });

    it("waits for a grant that is in the policy but has not arrived, and passes when it has", async () => {
        const { google, clock, check } = world();
        executing(google, httpError(403));
        google.on(executions, ({ method }) =>
            method === "GET" && clock.elapsed() > 120 ? { body: { state: "SUCCEEDED", result: "null" } } : undefined,
        );
        const report = await check([workflowProbe]);
        assert.equal(report.verdict, "passed");
        assert.ok((report.probes[0]?.attempts ?? 0) > 3);
        assert.ok(report.seconds >= 120 && report.seconds < 160, `${report.seconds}`);
    });

    it("gives up at the deadline and says that the grant is late", async () => {
        const { google, check } = world();
        executing(google, httpError(403));
        const report = await check([workflowProbe], 300);
        assert.equal(report.verdict, "failed");
        assert.equal(report.probes[0]?.diagnosis?.code, "grant-late");
        assert.match(
            report.probes[0].diagnosis.cause,
            /^step "reserve" \(main, line 12\): 403: fulfil@.*deadline of 300 s/,
        );
    });

    it("fails at once when the policy can be read and lacks the binding, and names it", async () => {
        const { google, check } = world();
        const seen = executing(google, httpError(403));
        google.policy(service, []);
        const report = await check([workflowProbe]);
        assert.equal(report.verdict, "failed");
        assert.equal(seen.arguments.length, 1);
        assert.equal(report.probes[0]?.diagnosis?.code, "grant-missing");
        assert.match(report.probes[0].diagnosis.cause, /403: fulfil@\S+ lacks run\.routes\.invoke on orders/);
        assert.equal(
            report.probes[0].diagnosis.fix,
            `gcloud run services add-iam-policy-binding orders --region=europe-west1 --project=demo --member=serviceAccount:${fulfil} --role=roles/run.invoker`,
        );
    });

    it("does not execute again while an execution that it cannot see is still running", async () => {
        const { google, check } = world();
        const seen = executing(google, { state: "SUCCEEDED", result: "null" });
        let looks = 0;
        google.on(`${executions}/`, () => ((looks += 1) < 4 ? { status: 503 } : undefined));
        const report = await check([workflowProbe]);
        assert.equal(report.verdict, "passed");
        assert.equal(seen.arguments.length, 1);
    });

    it("names the step and the error of an execution that fails by itself", async () => {
        const { google, check } = world();
        const payload = JSON.stringify({ tags: ["KeyError", "LookupError"], message: "key not found: status" });
        executing(google, {
            state: "FAILED",
            error: { payload, context: 'KeyError: key not found\nin step "done", routine "main", line: 20' },
        });
        const report = await check([workflowProbe]);
        assert.equal(
            report.probes[0]?.diagnosis?.cause,
            'step "done" (main, line 20): KeyError: LookupError: key not found: status',
        );
        assert.equal(report.probes[0].attempts, 1);
    });

    it("fails at once when the check itself may not execute the workflow, and says who lacks what", async () => {
        const { google, check } = world();
        google.on(executions, apiError(403, "PERMISSION_DENIED", "Permission denied"));
        google.on("https://cloudresourcemanager.googleapis.com/v1/projects/demo:testIamPermissions", { body: {} });
        const report = await check([workflowProbe]);
        assert.equal(report.probes[0]?.attempts, 1);
        assert.match(
            report.probes[0].diagnosis?.cause ?? "",
            /user:owner@example.com.* lacks workflows.executions.create/,
        );
    });

    it("names a disabled API and the command that enables it", async () => {
        const { google, check } = world();
        google.on(executions, apiError(403, "PERMISSION_DENIED", "disabled", "SERVICE_DISABLED"));
        const report = await check([workflowProbe]);
        assert.equal(
            report.probes[0]?.diagnosis?.fix,
            "gcloud services enable workflowexecutions.googleapis.com --project=demo",
        );
    });
});

describe("a policy probe", () => {
    const outcome = async (answer: FakeAnswer) => {
        const { google, check } = world();
        google.on(`${service}:getIamPolicy`, answer);
        const report = await check([policyProbe], 30);
        return [report.probes[0]?.verdict, report.probes[0]?.diagnosis?.code];
    };

    it("passes when the binding is there, whatever the case of the member", async () => {
        const members = [grant.member.replace("fulfil", "Fulfil")];
        assert.deepEqual(await outcome({ body: { bindings: [{ role: grant.role, members }] } }), ["passed", undefined]);
    });

    it("fails when the binding is missing, of another role, or of an account that was deleted", async () => {
        const other = [{ role: "roles/cloudfunctions.invoker", members: [grant.member] }];
        const deleted = [{ role: grant.role, members: [`deleted:${grant.member}?uid=12`] }];
        assert.deepEqual(await outcome({ body: {} }), ["failed", "grant-missing"]);
        assert.deepEqual(await outcome({ body: { bindings: other } }), ["failed", "wrong-role"]);
        assert.deepEqual(await outcome({ body: { bindings: deleted } }), ["failed", "account-recreated"]);
    });

    it("is not tried when the policy may not be read, and fails when the resource is gone", async () => {
        assert.deepEqual(await outcome(apiError(403, "PERMISSION_DENIED", "no")), ["not-tried", "policy-unreadable"]);
        assert.deepEqual(await outcome(apiError(404, "NOT_FOUND", "gone")), ["failed", "resource-missing"]);
    });

    it("fails when the API has no answer until the deadline", async () => {
        assert.deepEqual(await outcome({ status: 503 }), ["failed", "policy-unreadable"]);
    });
});

describe("a denied probe", () => {
    it("passes after the denial came three times in a row, and carries nothing", async () => {
        const { google, check } = world();
        google.on(orders, { status: 403 });
        const report = await check([denied]);
        assert.equal(report.verdict, "passed");
        assert.equal(google.sentTo(orders).length, 3);
        assert.ok(google.sentTo(orders).every(({ headers }) => headers?.["authorization"] === undefined));
    });

    it("does not pass on denials that an answer interrupts", async () => {
        const { google, check } = world();
        let count = 0;
        google.on(orders, () => ({ status: (count += 1) % 3 === 0 ? 200 : 403 }));
        const report = await check([denied], 60);
        assert.equal(report.verdict, "failed");
    });

    for (const [what, answer] of Object.entries({
        "a 503": { status: 503 },
        "a 429": { status: 429 },
        silence: undefined,
    })) {
        it(`never passes on ${what}`, async () => {
            const { google, check } = world();
            if (answer) {
                google.on(orders, answer);
            }
            const report = await check([denied], 60);
            assert.equal(report.verdict, "failed");
            assert.ok((report.probes[0]?.attempts ?? 0) > 1);
        });
    }

    it("does not count a 404 as a denial", async () => {
        const { google, check } = world();
        google.on(orders, { status: 404 });
        assert.equal((await check([denied])).probes[0]?.diagnosis?.code, "not-a-denial");
    });

    it("is not tried against internal ingress", async () => {
        const { google, check } = world();
        const report = await check([{ ...denied, ingress: "internal" }]);
        assert.equal(report.probes[0]?.verdict, "not-tried");
        assert.equal(google.sentTo(orders).length, 0);
    });

    it("fails at once when the policy lets everyone in", async () => {
        const { google, check } = world();
        google.on(orders, { status: 200 });
        google.policy(service, [{ role: "roles/run.invoker", members: ["allUsers"] }]);
        const report = await check([{ ...denied, grants: [grant] }]);
        assert.equal(report.probes[0]?.attempts, 1);
        assert.match(report.probes[0].diagnosis?.cause ?? "", /lets in allUsers/);
    });

    it("sends a token for a receiver that does not exist, and refuses to send one that another receiver would accept", async () => {
        const { google, check } = world();
        google.on(orders, { status: 401 });
        const nobody = { kind: "idToken", serviceAccount: prober, audience: "https://denied.invalid" } as const;
        assert.equal((await check([{ ...denied, credential: nobody }])).verdict, "passed");
        const elsewhere = { ...nobody, audience: "https://stock-abc-ew.a.run.app" };
        await assert.rejects(check([{ ...denied, credential: elsewhere }]), /could use it elsewhere/);
    });
});

describe("denials that are not always possible", () => {
    const credential = { serviceAccount: prober, audience: orders };
    const expired: RequestProbe = { ...denied, name: "expired", credential: { kind: "expired", ...credential } };

    it("sends an expired token once the process has one, and says so until then", async () => {
        const { google, clock } = world();
        const minted = () => Math.floor(clock.now() / 1000);
        google.on("https://iamcredentials.googleapis.com/", () => ({
            body: { token: unsignedToken({ aud: orders, email: prober, exp: minted() + 3600 }) },
        }));
        // The receiver lets in what has not ended.
        google.on(orders, ({ headers }) => {
            const token = (headers?.["authorization"] ?? "").slice("Bearer ".length);
            return { status: Number(claimsOf(token)?.["exp"]) > minted() ? 200 : 401 };
        });
        const oldTokens = new Map<string, string>();
        const round = () =>
            runSmokeCheck(specOf(allowed, expired), {
                ...{ http: google.http, clock, oldTokens, deadlineSeconds: 30 },
                credentials: { accessToken: "ya29.deployer", env: {} },
            });
        const first = await round();
        assert.deepEqual(
            first.probes.map(({ verdict }) => verdict),
            ["passed", "not-tried"],
        );
        assert.match(first.probes[1]?.diagnosis?.cause ?? "", /no token that has already ended/);
        await clock.sleep(3 * 3_600_000);
        assert.deepEqual(
            (await round()).probes.map(({ verdict }) => verdict),
            ["passed", "passed"],
        );
    });

    it("calls as an account without a grant if there is one, and never as one with the grant", async () => {
        const { google, check } = world();
        google.on(orders, { status: 403 });
        const own = { ...grant, member: `serviceAccount:${prober}` };
        const probe = (serviceAccount?: string): RequestProbe => ({
            ...denied,
            credential: { kind: "ungranted", audience: orders, ...(serviceAccount && { serviceAccount }) },
            grants: [own],
        });
        assert.equal((await check([probe()])).probes[0]?.diagnosis?.code, "no-other-account");
        assert.equal((await check([probe(prober)])).verdict, "passed");
        google.policy(service, [{ role: grant.role, members: [own.member] }]);
        assert.equal((await check([probe(prober)])).probes[0]?.diagnosis?.code, "account-granted");
    });

    it("lists the denials that no probe tries, each with the reason", async () => {
        const { google, check } = world();
        google.on(orders, { status: 403 });
        const report = await check([{ ...denied, grants: [grant] }, expired]);
        assert.deepEqual(
            report.untried.map(({ receiver, denial }) => `${receiver}: ${denial}`),
            ["orders: broken token", "orders: wrong audience", "orders: account without grant"],
        );
        assert.match(
            formatReport(report),
            /denial by account without grant \(orders\): not tried: .*name an account in the probe/,
        );
    });

    it("names what the component knows that no probe tries, beside the denials", async () => {
        const { google, check } = world();
        google.on(orders, { status: 403 });
        const untried = [{ receiver: "front", denial: "the document", why: "no probe reads it" }];
        const report = await check([denied], 600, { untried });
        assert.deepEqual(report.untried.slice(-1), untried);
        assert.match(formatReport(report), /denial by the document \(front\): not tried: no probe reads it/);
    });

    it("fails if the service denies by its own code behind an open front door", async () => {
        const { google, check } = world();
        google.on(orders, { status: 403 });
        google.policy(service, [{ role: grant.role, members: ["allUsers"] }]);
        const report = await check([{ ...denied, resource: service }]);
        assert.equal(report.probes[0]?.diagnosis?.code, "open-to-everyone");
        assert.match(report.probes[0].diagnosis.cause, /denied by its own code, and its front door is open/);
        assert.match(report.probes[0].diagnosis.fix ?? "", /^gcloud run services remove-iam-policy-binding orders/);
    });

    it("waits for a minter's grant if the policy cannot be read, and is then not tried", async () => {
        const { google, clock, check } = world();
        google.on(orders, { status: 200 });
        google.on(`https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${prober}:`, { status: 403 });
        google.on("https://iamcredentials.googleapis.com/", () =>
            clock.elapsed() < 100 ? apiError(403, "PERMISSION_DENIED", "denied") : undefined,
        );
        assert.equal((await check([allowed], 60)).probes[0]?.verdict, "not-tried");
        assert.equal((await check([allowed])).probes[0]?.verdict, "passed");
    });

    it("needs no credentials to say that there are none", async () => {
        const { google, clock } = world();
        const report = await runSmokeCheck(specOf(allowed, policyProbe), {
            ...{ http: google.http, clock },
            credentials: { credentials: "/none.json", env: {} },
        });
        assert.deepEqual(
            report.probes.map(({ verdict }) => verdict),
            ["not-tried", "not-tried"],
        );
    });
});

describe("an allowed probe", () => {
    it("sends the probe account's ID token and never the deployer's credential", async () => {
        const { google, check } = world();
        google.on(orders, { status: 200, body: { ok: true } });
        const report = await check([{ ...allowed, expect: { result: { ok: true } } }]);
        assert.equal(report.verdict, "passed");
        assert.equal(report.probes[0]?.claims?.["aud"], orders);
        const shown = google.sentTo(orders).map(({ headers }) => headers?.["authorization"] ?? "");
        assert.equal(shown.length, 1);
        assert.ok(shown.every((value) => value.startsWith("Bearer eyJ")));
    });

    it("names the audience that the token had and the one that the receiver accepts", async () => {
        const { google, check } = world();
        google.on(orders, { status: 401 });
        const credential = { ...allowed.credential, audience: `${orders}/health` };
        const report = await check([{ ...allowed, credential }], 30);
        assert.match(
            report.probes[0]?.diagnosis?.cause ?? "",
            /^401: audience was \S+\/health, the service accepts https:\/\/orders-abc-ew\.a\.run\.app/,
        );
    });

    it("passes in spite of bursts of 429 and 503 and of dropped connections", async () => {
        const { google, clock, check } = world();
        google.on(orders, () => (clock.elapsed() < 30 ? undefined : { status: 200 }));
        google.on(orders, () => (clock.elapsed() < 20 ? { status: 503 } : undefined));
        google.on(orders, () => (clock.elapsed() < 10 ? { status: 429 } : undefined));
        assert.equal((await check([allowed])).verdict, "passed");
    });

    it("is not tried if no ID token can be minted, and says which role is missing on what", async () => {
        const { google, check } = world();
        google.on("https://iamcredentials.googleapis.com/", apiError(403, "PERMISSION_DENIED", "denied"));
        const report = await check([allowed]);
        assert.equal(report.probes[0]?.verdict, "not-tried");
        assert.match(report.probes[0].diagnosis?.cause ?? "", /roles\/iam\.serviceAccountOpenIdTokenCreator/);
        assert.match(report.probes[0].diagnosis?.fix ?? "", /add-iam-policy-binding prober@\S+ --member=user:owner/);
    });

    it("does not follow redirects", async () => {
        const { google, check } = world();
        google.on(orders, { status: 302, headers: { location: "https://evil.example/" } });
        const report = await check([{ ...allowed, expect: { status: 200 } }]);
        assert.equal(report.probes[0]?.diagnosis?.code, "redirected");
        assert.equal(google.sentTo("https://evil.example").length, 0);
    });
});

describe("the check as a whole", () => {
    it("refuses to send the deployer's credential to a host that is not Google's", async () => {
        const { google, check } = world();
        const resource = "https://googleapis.com.evil.example/v2/projects/demo";
        await assert.rejects(check([{ ...policyProbe, grant: { ...grant, resource } }]), /none of Google's APIs/);
        assert.equal(google.sentTo(resource).length, 0);
    });

    it("refuses a kind of probe that it does not know", async () => {
        const { check } = world();
        await assert.rejects(check([{ kind: "ping", name: "x" } as unknown as Probe]), /unknown kind of probe "ping"/);
    });

    it("needs no credentials if no probe does", async () => {
        const { google, clock } = world();
        google.on(orders, { status: 403 });
        const report = await runSmokeCheck(specOf(denied), { http: google.http, clock });
        assert.deepEqual([report.verdict, report.identity], ["passed", "none needed"]);
    });

    it("says what it waits for, and stops when it is aborted", async () => {
        const { google, clock } = world();
        google.on(orders, { status: 503 });
        const stop = new AbortController();
        const seen: string[] = [];
        const running = runSmokeCheck(specOf(denied), {
            http: google.http,
            clock,
            signal: stop.signal,
            onProgress: ({ state, message }) => {
                seen.push(`${state} ${message ?? ""}`.trim());
                if (seen.length === 4) {
                    stop.abort(new Error("enough"));
                }
            },
        });
        await assert.rejects(running, /enough/);
        assert.match(seen[1] ?? "", /^waiting the receiver answered 503/);
    });

    it("holds no token in its report or its table, whatever the receivers say", async () => {
        const { google, check } = world();
        const echo = unsignedToken({ aud: "x" });
        google.on(orders, { status: 200, body: { got: echo, nested: ["ya29.secret"] } });
        const probe = { ...allowed, expect: { result: { got: "other", nested: ["none"] }, matches: "never" } };
        const report = await check([probe, policyProbe]);
        assert.equal(report.verdict, "failed");
        for (const text of [JSON.stringify(report), formatReport(report), formatReport(report, { color: true })]) {
            assert.doesNotMatch(text, /eyJ|ya29/);
        }
    });
});
