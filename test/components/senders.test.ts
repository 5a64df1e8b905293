import assert from "node:assert/strict";
import { AuthenticatedPush, AuthenticatedQueue, AuthenticatedSchedule, googleApi } from "../../index";
import { audiences, callers, email, grants, targets } from "./support/cells";
import { type Deployed, deploy } from "./support/deploy";
import { location } from "./support/programs";

type Kind = keyof typeof targets;
const kinds = Object.keys(targets) as Kind[];

/** What each sender makes beside account, grant and gate: its type, and its inputs around the token. */
const senders = {
    schedule: {
        component: "AuthenticatedSchedule",
        type: "Job",
        inputs: (url: string, token: object) => ({
            region: location,
            schedule: "0 6 * * *",
            timeZone: "Etc/UTC",
            httpTarget: { uri: url, httpMethod: "POST", ...token },
        }),
    },
    queue: {
        component: "AuthenticatedQueue",
        type: "Queue",
        inputs: (url: string, token: object) => ({
            location,
            httpTarget: {
                httpMethod: "POST",
                uriOverride: {
                    scheme: "HTTPS",
                    host: new URL(url).host,
                    pathOverride: { path: new URL(url).pathname },
                    uriOverrideEnforceMode: "ALWAYS",
                },
                ...token,
            },
        }),
    },
    push: {
        component: "AuthenticatedPush",
        type: "Subscription",
        inputs: (url: string, token: object) => ({
            topic: "projects/demo/topics/from-0000000",
            pushConfig: { pushEndpoint: url, ...token },
            expirationPolicy: { ttl: "" },
        }),
    },
};

/** Names without what only Pub/Sub makes: the topic. */
const names = (deployed: Deployed): string[] => deployed.names().filter((name) => name !== "Topic from");

describe("a component that sends requests for its caller", () => {
    for (const from of Object.keys(senders) as (keyof typeof senders)[]) {
        const { component, type, inputs } = senders[from];
        for (const to of kinds) {
            it(`${from} → ${to}: an account, the grant on the target, and an ID token for its audience`, async () => {
                const deployed = await deploy(() => callers[from](targets[to]));
                const [grantType, on, grant] = grants[to];
                assert.deepEqual(
                    names(deployed),
                    [
                        "Account from-account",
                        `${component} from`,
                        `${grantType} from-${on}`,
                        `${type} from`,
                        "Stash from-last-change",
                        "Stash from-smoke",
                    ].sort(),
                );
                const serviceAccountEmail = email(deployed, "from-account");
                assert.deepEqual(deployed.find(grantType, `from-${on}`), {
                    ...grant,
                    member: `serviceAccount:${serviceAccountEmail}`,
                });
                const oidcToken = { serviceAccountEmail, audience: audiences[to] };
                assert.deepEqual(deployed.find(type, "from"), inputs(targets[to].url as string, { oidcToken }));
            });
        }
    }

    for (const from of ["schedule", "queue"] as const) {
        it(`${from} → Google API: the role that is named, and an access token of the one scope`, async () => {
            const scope = "https://www.googleapis.com/auth/bigquery";
            const api = googleApi("bigquery.googleapis.com", {
                grants: [{ role: "roles/bigquery.jobUser" }],
                scopes: [scope],
            });
            const deployed = await deploy(() => callers[from](api));
            const serviceAccountEmail = email(deployed, "from-account");
            assert.deepEqual(deployed.find("IAMMember", "from-bigquery.jobUser"), {
                project: "demo",
                role: "roles/bigquery.jobUser",
                member: `serviceAccount:${serviceAccountEmail}`,
            });
            const oauthToken = { serviceAccountEmail, scope };
            const { type, inputs } = senders[from];
            assert.deepEqual(deployed.find(type, "from"), inputs("https://bigquery.googleapis.com", { oauthToken }));
        });
    }

    it("a schedule passes on path, headers and body, and lets its invokers run it", async () => {
        const deployed = await deploy(
            () =>
                new AuthenticatedSchedule("from", {
                    ...{ location, schedule: "0 6 * * *", timeZone: "Europe/Zurich", target: targets.run },
                    ...{ path: "/daily", method: "PUT", body: "{}", headers: { "X-A": "b" }, retries: 2, paused: true },
                    invokers: ["group:ops@example.com"],
                }),
        );
        const oidcToken = { serviceAccountEmail: email(deployed, "from-account"), audience: audiences.run };
        assert.deepEqual(deployed.find("Job", "from"), {
            region: location,
            schedule: "0 6 * * *",
            timeZone: "Europe/Zurich",
            httpTarget: {
                uri: "https://orders.a.run.app/daily",
                httpMethod: "PUT",
                body: "e30=",
                headers: { "X-A": "b" },
                oidcToken,
            },
            retryConfig: { retryCount: 2 },
            paused: true,
        });
        assert.deepEqual(deployed.find("IAMMember", "from-invoker-group:ops@example.com"), {
            project: "demo",
            role: "roles/cloudscheduler.jobRunner",
            member: "group:ops@example.com",
        });
    });

    it("a queue has its own retries, and lets its enqueuers add tasks", async () => {
        const enqueuer = "serviceAccount:web@demo.iam.gserviceaccount.com";
        const deployed = await deploy(
            () =>
                new AuthenticatedQueue("from", {
                    ...{ location, target: targets.run, retry: { maxAttempts: 3 }, maxDispatchesPerSecond: 5 },
                    enqueuers: [enqueuer],
                }),
        );
        const { retryConfig, rateLimits } = deployed.find("Queue", "from");
        assert.deepEqual([retryConfig, rateLimits], [{ maxAttempts: 3 }, { maxDispatchesPerSecond: 5 }]);
        assert.deepEqual(deployed.find("QueueIamMember", `from-enqueuer-${enqueuer}`), {
            ...{ project: "demo", location, name: "from-0000000" },
            role: "roles/cloudtasks.enqueuer",
            member: enqueuer,
        });
    });

    it("a push keeps messages that failed too often: only Pub/Sub itself may move them, and only to the dead letter topic", async () => {
        const publisher = "user:ann@example.com";
        const deployed = await deploy(
            () => new AuthenticatedPush("from", { target: targets.run, deadLetter: {}, publishers: [publisher] }),
            { outputs: ({ type }) => (type.endsWith(":ServiceIdentity") ? { email: "pubsub@system.example" } : {}) },
        );
        assert.deepEqual(deployed.find("Subscription", "from")["deadLetterPolicy"], {
            deadLetterTopic: "projects/demo/topics/from-dead-letters-0000000",
            maxDeliveryAttempts: 5,
        });
        const member = "serviceAccount:pubsub@system.example";
        assert.deepEqual(deployed.find("TopicIAMMember", "from-dead-letters"), {
            ...{ project: "demo", topic: "from-dead-letters-0000000", role: "roles/pubsub.publisher", member },
        });
        assert.deepEqual(deployed.find("SubscriptionIAMMember", "from-dead-letters-2"), {
            ...{ project: "demo", subscription: "from-0000000", role: "roles/pubsub.subscriber", member },
        });
        assert.deepEqual(deployed.find("TopicIAMMember", `from-publisher-${publisher}`), {
            ...{ topic: "from-0000000", role: "roles/pubsub.publisher", member: publisher },
        });
    });
});
