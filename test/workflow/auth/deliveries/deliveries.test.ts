import assert from "node:assert/strict";
import { auditFile, type AuditOptions, auditWorkflow, injectFile } from "../../../../workflow/auth";
import { parseWorkflow } from "../../../../workflow/syntax";

const ORDERS = "https://orders-abcdefghij-ew.a.run.app";
const API = "https://storage.googleapis.com/x";
const options: AuditOptions = { targets: [{ name: "orders", kind: "run", url: ORDERS, urlVariable: "ORDERS_URL" }] };

interface Delivery {
    connector: string;
    /** The same by HTTP. */
    http: [verb: string, url: string];
    body: (url: string, token: string) => string;
    oidc: string;
    oauth?: string;
}

const account = "serviceAccountEmail: w@p.iam.gserviceaccount.com";
const oidc = `oidcToken: {${account}, audience: ${ORDERS}}`;
const oauth = `oauthToken: {${account}}`;
const both = { oidc, oauth };
const tasks = "googleapis.cloudtasks.v2.projects.locations.queues.tasks";
const queue = "https://cloudtasks.googleapis.com/v2/projects/p/locations/l/queues/q";
const jobs = "googleapis.cloudscheduler.v1.projects.locations.jobs";
const location = "https://cloudscheduler.googleapis.com/v1/projects/p/locations/l";
const subscriptions = "googleapis.pubsub.v1.projects.subscriptions";
const subscription = "https://pubsub.googleapis.com/v1/projects/p/subscriptions/s";
const pipelines = "https://eventarc.googleapis.com/v1/projects/p/locations/l/pipelines";
const pipeline = (url: string, token: string): string =>
    `{destinations: [{httpEndpoint: {uri: ${url}}, authenticationConfig: {${token}}}]}`;
const ofPipeline = {
    body: pipeline,
    oidc: oidc.replace("oidcToken: {serviceAccountEmail", "googleOidc: {serviceAccount"),
    oauth,
};
const job = (url: string, token: string): string => `{httpTarget: {uri: ${url}, ${token}}}`;

/** Each method that takes a request with a token. */
const deliveries: Record<string, Delivery> = {
    "a task": {
        ...both,
        connector: `${tasks}.create`,
        http: ["post", `${queue}/tasks`],
        body: (url, token) => `{task: {httpRequest: {url: ${url}, ${token}}}}`,
    },
    "a task in the names of protocol buffers": {
        oidc: `oidc_token: {service_account_email: w, audience: ${ORDERS}}`,
        oauth: "oauth_token: {service_account_email: w}",
        connector: `${tasks}.create`,
        http: ["post", `${queue.replace("v2", "v2beta3")}/tasks`],
        body: (url, token) => `{task: {http_request: {url: ${url}, ${token}}}}`,
    },
    "one of several tasks": {
        ...both,
        connector: `${tasks}.batchCreate`,
        http: ["post", `${queue}/tasks:batchCreate`],
        body: (url, token) =>
            `{requests: [{task: {httpRequest: {url: ${ORDERS}/x, ${oidc}}}}, {task: {httpRequest: {url: ${url}, ${token}}}}]}`,
    },
    "a job": { ...both, connector: `${jobs}.create`, http: ["post", `${location}/jobs`], body: job },
    "a changed job": { ...both, connector: `${jobs}.patch`, http: ["patch", `${location}/jobs/j`], body: job },
    "a push": {
        oidc,
        connector: `${subscriptions}.create`,
        http: ["put", subscription],
        body: (url, token) => `{pushConfig: {pushEndpoint: ${url}, ${token}}}`,
    },
    "a changed subscription": {
        oidc,
        connector: `${subscriptions}.patch`,
        http: ["patch", subscription],
        body: (url, token) => `{subscription: {pushConfig: {pushEndpoint: ${url}, ${token}}}}`,
    },
    "a changed push": {
        oidc,
        connector: `${subscriptions}.modifyPushConfig`,
        http: ["post", `${subscription}:modifyPushConfig`],
        body: (url, token) => `{pushConfig: {pushEndpoint: ${url}, ${token}}}`,
    },
    "a pipeline": {
        ...ofPipeline,
        connector: "googleapis.eventarc.v1.projects.locations.pipelines.create",
        http: ["post", pipelines],
    },
    "a changed pipeline": {
        ...ofPipeline,
        connector: "googleapis.eventarc.v1.projects.locations.pipelines.patch",
        http: ["patch", `${pipelines}/p`],
    },
};

function program(...steps: string[]): string {
    return `main:\n  params: [args]\n  steps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;
}

const ways: Record<string, (delivery: Delivery, body: string) => string[]> = {
    "by a connector": ({ connector }, body) => [`ask: {call: ${connector}, args: {body: ${body}}}`],
    "by HTTP": ({ http: [verb, url] }, body) => [
        `ask: {call: http.${verb}, args: {url: "${url}", auth: {type: OAuth2}, body: ${body}}}`,
    ],
    "by a variable": ({ connector }, body) => [
        `set: {assign: [{b: ${body}}]}`,
        `ask: {call: ${connector}, args: {body: "\${b}"}}`,
    ],
};

const unused = (source: string): string[] =>
    auditWorkflow(parseWorkflow(source, { file: "w.yaml" }), options).unusedTargets;

const found = (source: string, more: AuditOptions = {}): string[] => {
    const { findings, diagnostics } = auditFile(source, "w.yaml", { ...options, ...more });
    assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        [],
        source,
    );
    return findings
        .filter(
            ({ step, what }) => step === "ask" && !/(cloudtasks|cloudscheduler|pubsub|eventarc)\.googleapis/.test(what),
        )
        .map(({ cause }) => cause)
        .sort();
};

describe("a request with a token that another service is to send", () => {
    for (const [name, delivery] of Object.entries(deliveries)) {
        for (const [way, write] of Object.entries(ways)) {
            const { body, oidc: own, oauth: access } = delivery;
            const source = (url: string, token: string): string => program(...write(delivery, body(url, token)));

            it(`goes to a declared target without a finding: ${name} ${way}`, () => {
                assert.deepEqual(found(source(`${ORDERS}/x`, own), { closed: true }), []);
                assert.deepEqual(found(source('\'${sys.get_env("ORDERS_URL") + "/x"}\'', own), { closed: true }), []);
                if (access !== undefined) {
                    assert.deepEqual(found(source(API, access)), []);
                }
            });

            it(`is told where the caller chooses the host, and refused in a component: ${name} ${way}`, () => {
                assert.deepEqual(found(source('"${args.url}"', own)), ["id-token-elsewhere/caller"]);
                assert.deepEqual(found(source('"${args.url}"', own), { closed: true }), [
                    "id-token-elsewhere/caller",
                    "undeclared-target/caller",
                ]);
                if (access !== undefined) {
                    assert.deepEqual(found(source('"${args.url}"', access)), ["token-leak/caller"]);
                }
            });

            it(`is told where the token is of the wrong type, and left by inject: ${name} ${way}`, () => {
                const wrong = source(API, own);
                assert.deepEqual(found(wrong), ["wrong-auth-type/id-token"]);
                const { text, left } = injectFile(wrong, "w.yaml", options);
                assert.equal(text, wrong);
                assert.deepEqual(
                    left.map(({ cause }) => cause),
                    ["delivered"],
                );
                if (access !== undefined) {
                    assert.deepEqual(found(source(`${ORDERS}/x`, access)), ["wrong-auth-type/access-token"]);
                }
            });

            it(`is told where the token is for another service: ${name} ${way}`, () => {
                assert.deepEqual(
                    found(source(`${ORDERS}/x`, own.replace(ORDERS, "https://b-abcdefghij-ew.a.run.app"))),
                    ["audience-mismatch/not-its-own"],
                );
            });
        }

        it(`is told where nothing of the body is known: ${name}`, () => {
            for (const way of ["by a connector", "by HTTP"]) {
                const source = program(...(ways[way]?.(delivery, '"${args.body}"') ?? []));
                assert.ok(found(source).includes("id-token-elsewhere/caller"), source);
            }
        });
    }

    it("is nothing to tell of where it has no token, or the method sends none", () => {
        const body = "{task: {httpRequest: {url: '${args.url}'}}}";
        assert.deepEqual(found(program(`ask: {call: ${tasks}.create, args: {body: ${body}}}`)), []);
        const topic = "https://pubsub.googleapis.com/v1/projects/p/topics/t:publish";
        assert.deepEqual(
            found(
                program(`ask: {call: http.post, args: {url: "${topic}", auth: {type: OAuth2}, body: "\${args.body}"}}`),
            ),
            [],
        );
    });

    it("has the token that a job keeps where a change gives none", () => {
        const changed = (url: string): string =>
            program(`ask: {call: ${jobs}.patch, args: {name: j, body: {httpTarget: {uri: ${url}}}}}`);
        assert.deepEqual(found(changed('"${args.url}"')), ["id-token-elsewhere/caller", "token-leak/caller"]);
        assert.deepEqual(found(changed(`${ORDERS}/x`)), []);
        assert.deepEqual(
            found(program(`ask: {call: ${jobs}.patch, args: {name: j, body: {schedule: "* * * * *"}}}`)),
            [],
        );
    });

    it("is told where nothing of the arguments is known", () => {
        assert.deepEqual(found(program(`ask: {call: ${tasks}.create, args: "\${args.task}"}`)), [
            "id-token-elsewhere/caller",
            "token-leak/caller",
        ]);
    });

    it("has the host of its queue", () => {
        const made = (override: string): string =>
            program(
                `ask: {call: googleapis.cloudtasks.v2.projects.locations.queues.create, args: {parent: l, body: {httpTarget: {${override} ${oidc}}}}}`,
            );
        const host = ORDERS.replace("https://", "");
        assert.deepEqual(found(made(`uriOverride: {host: ${host}},`), { closed: true }), []);
        assert.deepEqual(found(made('uriOverride: {host: "${args.host}"},')), ["id-token-elsewhere/caller"]);
        assert.deepEqual(found(made("")), ["id-token-elsewhere/other"]);
        assert.deepEqual(found(made(`uriOverride: {host: ${host}, uriOverrideEnforceMode: IF_NOT_EXISTS},`)), [
            "id-token-elsewhere/other",
        ]);
    });

    it("is read in a body that is a text", () => {
        const text = (body: string): string =>
            program(`ask: {call: http.post, args: {url: "${queue}/tasks", auth: {type: OAuth2}, body: '${body}'}}`);
        const json = (url: string): string =>
            JSON.stringify({ task: { httpRequest: { url, oidcToken: { audience: ORDERS } } } });
        assert.deepEqual(found(text(json(`${ORDERS}/x`))), []);
        assert.deepEqual(found(text(json("https://evil.example/x"))), ["id-token-elsewhere/external"]);
        const encoded = '${json.encode({"task": {"httpRequest": {"url": args.url, "oidcToken": {"audience": "x"}}}})}';
        assert.ok(found(text(encoded)).includes("token-leak/caller"));
    });

    it("says by which assignment the host can be chosen, and counts as a use of its target", () => {
        const moved = program(
            `set: {assign: [{u: "\${args.url}"}]}`,
            `ask: {call: ${tasks}.create, args: {body: {task: {httpRequest: {url: '\${u}', ${oidc}}}}}}`,
        );
        assert.match(
            auditFile(moved, "w.yaml", options).findings[0]?.what ?? "",
            /`u` can be `args.url`, assigned at line 4/,
        );
        const used = program(
            `ask: {call: ${tasks}.create, args: {body: {task: {httpRequest: {url: ${ORDERS}, ${oidc}}}}}}`,
        );
        assert.deepEqual(unused(used), []);
        assert.deepEqual(unused(moved), ["orders"]);
    });
});
