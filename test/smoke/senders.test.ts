import assert from "node:assert/strict";
import { createRunDoor } from "../../sandbox/ingress/run";
import { formatReport, runSmokeCheck, type Probe, type Report } from "../../smoke";
import { startSandboxed, type Sandboxed } from "../support/sandboxed";
import { apply } from "./diagnosis/apply";
import { healthy, type Handler } from "./deployment";

const region = "projects/demo/locations/europe-west1";
const orders = `https://run.googleapis.com/v2/${region}/services/orders`;
const job = `${region}/jobs/nightly`;
const queue = `${region}/queues/work`;
const topic = "projects/demo/topics/placed";
const subscription = "projects/demo/subscriptions/push";
const invoker = "roles/run.invoker";

describe("a check through Google's own senders", () => {
    let world: Sandboxed;
    let member: string;
    let url: string;
    let handler: Handler;
    let bodies: string[];
    before(async () => {
        world = await startSandboxed({ propagationMilliseconds: 0 });
        const { cloud } = world.sandbox;
        cloud.hosts.serve(
            "*.a.run.app",
            createRunDoor(cloud, (_, request, response) => handler(request, response)),
        );
        const serviceAccountEmail = await world.account("sender");
        member = `serviceAccount:${serviceAccountEmail}`;
        const template = { containers: [{ image: "demo/orders:1" }] };
        const ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY";
        await world.admin("POST", orders.replace(/\/orders$/, "?serviceId=orders"), { template, ingress });
        url = String((await world.admin("GET", orders))["uri"]);
        await world.grant(orders, invoker, member);
        const oidcToken = { serviceAccountEmail, audience: url };
        await world.admin("POST", `https://cloudscheduler.googleapis.com/v1/${region}/jobs`, {
            name: job,
            schedule: "0 3 * * *",
            timeZone: "UTC",
            httpTarget: { uri: `${url}/nightly`, httpMethod: "POST", oidcToken },
        });
        await world.admin("POST", `https://cloudtasks.googleapis.com/v2/${region}/queues`, { name: queue });
        await world.admin("PUT", `https://pubsub.googleapis.com/v1/${topic}`, {});
        await world.admin("PUT", `https://pubsub.googleapis.com/v1/${subscription}`, {
            topic,
            pushConfig: { pushEndpoint: `${url}/push`, oidcToken },
        });
    });
    after(() => world.close());
    beforeEach(() => {
        bodies = [];
        handler = (request, response) => {
            let text = "";
            request.on("data", (chunk: Buffer) => (text += chunk.toString()));
            request.on("end", () => {
                bodies.push(text);
                healthy(request, response);
            });
        };
    });

    const check = (probe: Probe, deadlineSeconds = 30): Promise<Report> => {
        const { clock } = world.sandbox.cloud;
        return runSmokeCheck(
            { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [probe] },
            {
                http: world.http,
                credentials: { env: world.env },
                deadlineSeconds,
                clock: {
                    now: () => clock.now(),
                    // Waiting moves the sandbox's clock.
                    sleep: async (milliseconds) => {
                        clock.advance(milliseconds);
                        // What was sent needs a moment to arrive, and all of it happens in this process: a slow one is late here too.
                        await new Promise((done) => setTimeout(done, 20));
                    },
                },
            },
        );
    };
    const ends = (report: Report) => {
        const [probe] = report.probes;
        return `${probe?.verdict ?? ""} ${probe?.diagnosis?.code ?? ""} ${probe?.got ?? ""}`;
    };
    const grants = () => [{ member, role: invoker, resource: orders, label: "orders" }];
    const scheduled = (): Probe => ({ kind: "schedule", name: "nightly", job, grants: grants() });
    const task = (): Probe => ({
        ...{ kind: "task", name: "work", queue, url: `${url}/work`, body: { order: 7 } },
        ...{ serviceAccount: member.slice("serviceAccount:".length), audience: url, grants: grants() },
    });
    const through: [string, () => Probe, RegExp][] = [
        ["a Cloud Scheduler job", scheduled, /^passed {2}succeeded$/],
        ["a Cloud Tasks queue", task, /^passed {2}taken$/],
    ];

    for (const [what, probe, passed] of through) {
        it(`is green through ${what} that gets in, once`, async () => {
            const report = await check(probe());
            assert.match(ends(report), passed, formatReport(report));
            assert.equal(bodies.length, 1);
        });

        it(`is red through ${what} without the grant, and names it`, async () => {
            await world.revoke(orders, invoker, member);
            try {
                const report = await check(probe());
                assert.match(ends(report), /^failed grant-missing PERMISSION_DENIED$/, formatReport(report));
                assert.match(
                    report.probes[0]?.diagnosis?.cause ?? "",
                    /sender@\S+ lacks run\.routes\.invoke on orders/,
                );
                assert.equal(bodies.length, 0);
            } finally {
                await world.grant(orders, invoker, member);
            }
        });

        it(`is red through ${what} to a service that crashes`, async () => {
            handler = (_, response) => response.writeHead(500).end();
            assert.match(ends(await check(probe())), /^failed target-refused INTERNAL/);
        });
    }

    /** Makes the sender's tokens be for a custom audience. */
    const withAudience: Record<string, (audience: string) => Promise<Probe>> = {
        async "a Cloud Scheduler job"(audience) {
            const jobUrl = `https://cloudscheduler.googleapis.com/v1/${job}`;
            const { httpTarget, ...rest } = await world.admin("GET", jobUrl);
            const target = httpTarget as { oidcToken: object };
            const changed = { ...target, oidcToken: { ...target.oidcToken, audience } };
            await world.admin("PATCH", `${jobUrl}?updateMask=httpTarget`, { ...rest, httpTarget: changed });
            return scheduled();
        },
        "a Cloud Tasks queue": (audience) => Promise.resolve({ ...task(), audience } as Probe),
        async "a push subscription"(audience) {
            const url_ = `https://pubsub.googleapis.com/v1/${subscription}`;
            const { pushConfig } = (await world.admin("GET", url_)) as { pushConfig: { oidcToken: object } };
            const changed = { ...pushConfig, oidcToken: { ...pushConfig.oidcToken, audience } };
            await world.admin("POST", `${url_}:modifyPushConfig`, { pushConfig: changed });
            return { kind: "message", name: "placed", topic, subscription, body: {}, grants: grants() };
        },
    };
    for (const [what, deployed] of Object.entries(withAudience)) {
        it(`sends nothing through ${what} whose audience the service has lost, and the command mends it`, async () => {
            const right = await deployed("orders-api");
            const lost = await check(right);
            assert.match(ends(lost), /^failed wrong-audience not sent$/, formatReport(lost));
            assert.equal(bodies.length, 0);
            assert.equal(lost.probes[0]?.attempts, 1);
            const { cause = "", fix = "" } = lost.probes[0].diagnosis ?? {};
            assert.match(cause, /^audience was orders-api, the service accepts https:\/\/orders-/);
            await apply(world, fix);
            try {
                assert.doesNotMatch(ends(await check(right)), /^failed/);
            } finally {
                await deployed(url);
                await world.admin("PATCH", orders, { ...(await world.admin("GET", orders)), customAudiences: [] });
            }
        });
    }

    const reading = (sender: string, audience = url): Probe => ({
        ...{ kind: "sender", name: "token", sender, label: "sender", audience, grants: grants() },
        account: member.slice("serviceAccount:".length),
    });
    const readable: [what: string, sender: string][] = [
        ["a Cloud Scheduler job", `https://cloudscheduler.googleapis.com/v1/${job}`],
        ["a push subscription", `https://pubsub.googleapis.com/v1/${subscription}`],
    ];
    for (const [what, sender] of readable) {
        it(`reads which token ${what} sends, and sends nothing`, async () => {
            assert.match(ends(await check(reading(sender))), /^passed {2}as declared$/);
            const changed = withAudience[what];
            assert.ok(changed);
            await changed("https://elsewhere.invalid");
            const elsewhere = await check(reading(sender));
            assert.match(ends(elsewhere), /^failed sender-changed https:\/\/elsewhere\.invalid$/);
            assert.match(
                elsewhere.probes[0]?.diagnosis?.cause ?? "",
                /for https:\/\/elsewhere\.invalid, and the program/,
            );
            const [row] = elsewhere.probes;
            assert.deepEqual([row?.diagnosis?.code, row?.attempts], ["sender-changed", 1]);
            // The program declares what the service does not accept.
            const lost = await check(reading(sender, "https://elsewhere.invalid"));
            assert.match(ends(lost), /^failed wrong-audience not accepted$/, formatReport(lost));
            await changed(url);
            assert.match(
                ends(await check({ ...reading(sender), account: "other@demo.iam.gserviceaccount.com" } as Probe)),
                /^failed sender-changed/,
            );
            assert.equal(bodies.length, 0);
        });
    }

    it("does not take a sender without a token, or one that is gone, for one that is right", async () => {
        // The queue has no token for all its tasks.
        const without = await check(reading(`https://cloudtasks.googleapis.com/v2/${queue}`));
        assert.match(ends(without), /^failed sender-changed another token$/);
        assert.match(without.probes[0]?.diagnosis?.cause ?? "", /^sender sends no ID token, and the program declares/);
        const gone = await check(reading(`https://cloudscheduler.googleapis.com/v1/${region}/jobs/gone`));
        assert.match(ends(gone), /^failed resource-missing 404/);
    });

    it("does not take the success of an earlier attempt for this run's", async () => {
        assert.match(ends(await check(scheduled())), /^passed/);
        // It answers long after the run was taken, and then badly.
        handler = (_, response) => setTimeout(() => response.writeHead(500).end(), 300);
        const report = await check(scheduled(), 1);
        assert.match(ends(report), /^failed target-refused INTERNAL/);
    });

    it("does not know whether a task was accepted if its queue tries only once", async () => {
        const single = `${region}/queues/single`;
        const body = { name: single, retryConfig: { maxAttempts: 1 } };
        await world.admin("POST", `https://cloudtasks.googleapis.com/v2/${region}/queues`, body);
        handler = (_, response) => response.writeHead(500).end();
        assert.match(ends(await check({ ...task(), queue: single } as Probe)), /^not-tried task-untraceable/);
    });

    it("finds a message by the request of the probe, and publishes none without such a request", async () => {
        const own = { topic, subscription, body: { order: 7 }, grants: grants() };
        const message: Probe = { kind: "message", name: "placed", ...own };
        assert.match(ends(await check(message)), /^not-tried arrival-unknown/);
        assert.equal(bodies.length, 0);

        const seen = orders.replace(/orders$/, "seen");
        const template = { containers: [{ image: "demo/seen:1" }] };
        const open = { template, ingress: "INGRESS_TRAFFIC_ALL", invokerIamDisabled: true };
        await world.admin("POST", seen.replace(/\/seen$/, "?serviceId=seen"), open);
        const take = handler;
        handler = (request, response) => {
            const id = /id=(.+)/.exec(request.url ?? "")?.[1];
            if (id === undefined) {
                take(request, response);
            } else {
                response.end(JSON.stringify({ seen: bodies.some((text) => text.includes(id)) }));
            }
        };
        const arrival = {
            url: `${String((await world.admin("GET", seen))["uri"])}/?id={id}`,
            credential: { kind: "none" as const },
            expect: { result: { seen: true } },
        };
        const report = await check({ ...message, arrival });
        assert.match(ends(report), /^passed/, formatReport(report));
        await world.revoke(orders, invoker, member);
        assert.match(ends(await check({ ...message, arrival }, 5)), /^failed grant-missing not arrived/);
        await world.grant(orders, invoker, member);
    });

    it("says what is wrong with a subscription that cannot deliver", async () => {
        const pull = "projects/demo/subscriptions/pull";
        await world.admin("PUT", `https://pubsub.googleapis.com/v1/${pull}`, { topic });
        const report = await check({ kind: "message", name: "placed", topic, subscription: pull });
        assert.match(report.probes[0]?.diagnosis?.cause ?? "", /has no push endpoint/);
    });
});
