import assert from "node:assert/strict";
import * as fc from "fast-check";
import { operationsOf } from "../../../sandbox/apis/apigateway";
import { serviceConfig } from "../../../sandbox/apis/servicemanagement/config";
import { hasOwnKeys } from "../../../common";
import { formatReport, runSmokeCheck, type EndpointsProbe, type Report } from "../../../smoke";
import { fakeGoogle } from "../../support/fake-google";
import { virtualClock } from "../../support/virtual-clock";

const service = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/front";
const host = "shop.endpoints.demo.cloud.goog";
const managed = `https://servicemanagement.googleapis.com/v1/services/${host}`;
const image = "gcr.io/endpoints-release/endpoints-runtime-serverless:2";
const signer = "a@demo.iam.gserviceaccount.com";
const keysOf = (account: string): string => `https://www.googleapis.com/service_accounts/v1/metadata/x509/${account}`;
const env = [{ name: "ENDPOINTS_SERVICE_NAME", value: host }];

/** Runs the probe against a service whose container and configurations these are. */
async function checked(
    configs: Record<string, object>,
    declared: Partial<EndpointsProbe> = {},
    container: object = { image, env },
    rollouts: object[] = [
        { trafficPercentStrategy: { percentages: Object.fromEntries(Object.keys(configs).map((id) => [id, 1])) } },
    ],
    revision: object = {},
): Promise<Report> {
    const google = fakeGoogle();
    const described = "template" in container ? container : { template: { containers: [container] } };
    google.on(service, { body: { uri: "https://front-abc-ew.a.run.app", ...described } });
    google.on(`${service}/revisions/front-1`, { body: revision });
    google.on(`${managed}/`, ({ url }) => {
        const config = configs[url.split("/configs/")[1] ?? ""];
        return url.includes("/rollouts?")
            ? { body: { rollouts } }
            : config
              ? { body: config }
              : { status: 404, body: {} };
    });
    const probe: EndpointsProbe = { kind: "endpoints", name: "document", service, label: "front", ...declared };
    return runSmokeCheck(
        { version: 1, name: "front", project: "demo", fingerprint: {}, probes: [probe], deadlineSeconds: 1 },
        { http: google.http, clock: virtualClock(), credentials: { env: { GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.x" } } },
    );
}

const said = (report: Report): string => `${report.probes[0]?.verdict ?? ""}: ${formatReport(report)}`;

const provider = (changes: object = {}): object => ({ id: "a", issuer: signer, jwksUri: keysOf(signer), ...changes });
const requirements = [{ providerId: "a" }];
const config = (rules: object[], providers = [provider()], more: object = {}): object => ({
    http: {
        rules: [
            { selector: "1.x.A", get: "/a" },
            { selector: "1.x.B", custom: { kind: "HEAD", path: "/b" } },
        ],
    },
    authentication: { providers, rules },
    ...more,
});
const closed = [{ selector: "*", requirements }];

describe("the configuration of Cloud Endpoints that a check reads", () => {
    it("is open where the proxy is, for every document", async () => {
        const names = fc.constantFrom("one", "two");
        const security = fc.option(
            fc.array(
                fc.oneof(
                    fc.constant({}),
                    names.map((name) => ({ [name]: [] })),
                ),
                { maxLength: 2 },
            ),
            { nil: undefined },
        );
        const operation = security.map((each, ...rest) => ({ ...(each && { security: each }), rest }));
        const documents = fc.record({
            whole: security,
            paths: fc.dictionary(
                fc.constantFrom("/a", "/b/{x}", "/c"),
                fc.dictionary(fc.constantFrom("get", "post", "delete", "head"), operation, { minKeys: 1 }),
                { minKeys: 1 },
            ),
        });
        await fc.assert(
            fc.asyncProperty(documents, async ({ whole, paths }) => {
                let id = 0;
                const document = {
                    ...{ swagger: "2.0", host, basePath: "/v1", ...(whole && { security: whole }) },
                    "x-google-backend": { address: "https://b-abc-ew.a.run.app" },
                    securityDefinitions: Object.fromEntries(
                        ["one", "two"].map((name) => {
                            const email = `${name}@demo.iam.gserviceaccount.com`;
                            return [name, { "x-google-issuer": email, "x-google-jwks_uri": keysOf(email) }];
                        }),
                    ),
                    paths: Object.fromEntries(
                        Object.entries(paths).map(([path, verbs]) => [
                            path,
                            Object.fromEntries(
                                Object.entries(verbs).map(([verb, each]) => [
                                    verb,
                                    { operationId: `op${id++}`, ...(each.security && { security: each.security }) },
                                ]),
                            ),
                        ]),
                    ),
                };
                const contents = Buffer.from(JSON.stringify(document)).toString("base64");
                const open = operationsOf(contents, "a.yaml").operations.flatMap((each) =>
                    each.rules.length === 0 ? [`${each.verb} ${each.path}`] : [],
                );
                const text = said(await checked({ c: serviceConfig(host, contents) }));
                const found = [...text.matchAll(/asks for no token at ([A-Z]+ \/[^\s,]*)/g)].map(([, each]) => each);
                assert.deepEqual([...new Set(found)].sort(), open.sort());
                assert.equal(text.startsWith("passed"), open.length === 0);
            }),
            { numRuns: 60 },
        );
    });

    it("is judged by the last rule for each method, also for methods without a path", async () => {
        const grpc = { apis: [{ name: "shop.Orders", methods: [{ name: "Get" }] }] };
        const table: [rules: object[], more: object, expected: RegExp][] = [
            [closed, {}, /^passed/],
            [closed, grpc, /^passed/],
            [[...closed, { selector: "1.x.B" }], {}, /asks for no token at HEAD \/b/],
            [[{ selector: "1.x.B" }, ...closed], {}, /^passed/],
            [[{ selector: "1.x.A", requirements }], {}, /asks for no token at HEAD \/b/],
            [[{ selector: "1.x.A, 1.x.B", requirements }], {}, /^passed/],
            [[{ selector: "1.x.*", requirements }], grpc, /asks for no token at shop\.Orders\.Get/],
            [[{ selector: "*", requirements, allowWithoutCredential: true }], {}, /asks for no token at GET \/a/],
            [[{ selector: "*", oauth: { canonicalScopes: "x" } }], {}, /asks for no token at GET \/a/],
            [
                [{ selector: "*", requirements: [{ providerId: "b" }] }],
                {},
                /takes tokens of the provider b, which is not/,
            ],
            [[], {}, /asks for no token at GET \/a/],
        ];
        for (const [rules, more, expected] of table) {
            const report = await checked(
                { c: config(rules, [provider()], more) },
                { issuers: [signer], audiences: [] },
            );
            assert.match(said(report), expected, JSON.stringify(rules));
        }
    });

    it("takes the audiences of providers and of requirements, and no undeclared ones", async () => {
        const both = config(
            [{ selector: "*", requirements: [{ providerId: "a", audiences: "https://r" }] }],
            [provider({ audiences: "https://p, https://q" })],
        );
        const all = ["https://p", "https://q", "https://r"];
        assert.match(said(await checked({ c: both }, { issuers: [signer], audiences: all })), /^passed/);
        for (const left of all) {
            const report = await checked({ c: both }, { audiences: all.filter((each) => each !== left) });
            assert.match(said(report), new RegExp(`takes tokens for ${left}`));
        }
        const more = await checked({ c: both }, { audiences: [...all, "https://s"] });
        assert.match(said(more), /takes no tokens for https:\/\/s/);
    });

    it("is read of every configuration of the newest rollout, and of no older one", async () => {
        const good = config(closed);
        const bad = config([]);
        const rollout = (...ids: string[]) => ({
            trafficPercentStrategy: { percentages: Object.fromEntries(ids.map((id) => [id, 50])) },
        });
        const of = async (...rollouts: object[]) => said(await checked({ good, bad }, {}, { image, env }, rollouts));
        assert.match(await of(rollout("good"), rollout("bad")), /^passed/);
        assert.match(await of(rollout("bad"), rollout("good")), /^failed.*asks for no token/s);
        assert.match(await of(rollout("good", "bad")), /^failed/);
        assert.match(await of(), /no configuration of shop\S+ is rolled out/);
        assert.match(
            await of({ deleteServiceStrategy: {} }, rollout("good")),
            /no configuration of shop\S+ is rolled out/,
        );
    });

    it("is found by variables or by the image, and is not tried where neither tells it", async () => {
        const configs = { "2026-01-01r3": config(closed), other: config([]) };
        const rollouts = [{ trafficPercentStrategy: { percentages: { other: 100 } } }];
        const tagged = `europe-docker.pkg.dev/p/r/endpoints-runtime-serverless:2.51.0-${host}-2026-01-01r3`;
        const version = { name: "ENDPOINTS_SERVICE_VERSION", value: "2026-01-01r3" };
        const flags = (value: string) => ({ image, env: [...env, { name: "ESPv2_ARGS", value }] });
        const table: [container: object, expected: RegExp][] = [
            [{ image: tagged }, /^passed/],
            [{ image, env: [...env, version] }, /^passed/],
            [
                { image: "demo/my-proxy:1", env: [...env, version] },
                /^failed.*runs the image demo\/my-proxy:1, which has not/s,
            ],
            [{ image, env: [...env, { name: "ENDPOINTS_SERVICE_VERSION", valueSource: {} }] }, /^not-tried/],
            [{ image, env: [...env, { name: "ESPv2_ARGS", valueSource: {} }] }, /^not-tried.*whose value is a secret/s],
            [{ image, env: [{ name: "ENDPOINTS_SERVICE_NAME", value: "a.example.com/../b" }] }, /^not-tried/],
            [{ image, env: [...env, version], args: ["--version=x"] }, /^not-tried.*its command line/s],
            [{ image, env: [...env, version], command: ["/evil"] }, /^not-tried.*its command line/s],
            [{ image, env }, /^failed/],
            [{ image: "demo/orders:1" }, /^failed.*it runs the image demo\/orders:1/s],
            [{ image }, /^not-tried.*neither its variables nor the tag/s],
            [{ image: image.replace(":2", "@sha256:0") }, /^not-tried/],
            [{ image, env: [{ name: "ENDPOINTS_SERVICE_NAME", valueSource: {} }] }, /^not-tried/],
            [
                { image, env: [...env, { name: "ENDPOINTS_SERVICE_PATH", value: "/a" }] },
                /^not-tried.*ENDPOINTS_SERVICE_PATH/s,
            ],
            [flags("--rollout_strategy=fixed,--version=x"), /^not-tried/],
            [flags("--service=x.example.com"), /^not-tried.*--service/s],
            [{ ...flags("--enable_debug"), image: tagged }, /^failed/],
        ];
        for (const [container, expected] of table) {
            assert.match(said(await checked(configs, {}, container, rollouts)), expected, JSON.stringify(container));
        }
    });

    it("is that of every revision that requests reach, and of the container that they reach", async () => {
        const good = { image, env: [...env, { name: "ENDPOINTS_SERVICE_VERSION", value: "good" }] };
        const bad = { image, env: [...env, { name: "ENDPOINTS_SERVICE_VERSION", value: "bad" }] };
        const other = { image: "demo/orders:1" };
        const configs = { good: config(closed), bad: config([]) };
        const latest = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 };
        const older = (more: object) => ({
            type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
            revision: "front-1",
            ...more,
        });
        const ready = {
            latestReadyRevision: `${service}/revisions/front-2`,
            latestCreatedRevision: `${service}/revisions/front-2`,
        };
        const table: [service: object, revision: object, declared: Partial<EndpointsProbe>, expected: RegExp][] = [
            [{ containers: [good] }, [bad], {}, /^passed/],
            [{ containers: [good], traffic: [latest] }, [bad], {}, /^passed/],
            [{ containers: [good], traffic: [latest, older({ tag: "old" })] }, [bad], {}, /asks for no token/],
            [{ containers: [bad], traffic: [older({ percent: 100 })] }, [good], {}, /^passed/],
            [
                { containers: [good], traffic: [older({ percent: 1 }), { ...latest, percent: 99 }] },
                [bad],
                {},
                /asks for no token/,
            ],
            [
                { containers: [good], traffic: [older({ tag: "old" })] },
                [other],
                {},
                /its revision front-1 runs the image demo\/orders:1/,
            ],
            [
                {
                    containers: [bad],
                    latestCreatedRevision: `${service}/revisions/front-3`,
                    latestReadyRevision: `${service}/revisions/front-1`,
                },
                [good],
                {},
                /^passed/,
            ],
            [{ containers: [good, { ...other, ports: [{}] }] }, [], {}, /runs the image demo\/orders:1/],
            [{ containers: [{ ...good, ports: [{}] }, other] }, [], {}, /^passed/],
            [{ containers: [good] }, [], { image }, /^passed/],
            [{ containers: [good] }, [], { image: `${image}.1` }, /runs the image gcr\.io\S+:2, and not gcr/],
            [{ containers: [{ ...good, image: "demo/mirror:1" }] }, [], { image: "demo/mirror:1" }, /^passed/],
        ];
        for (const [{ containers, ...fields }, revision, declared, expected] of table as [
            { containers: object[] },
            object[],
            object,
            RegExp,
        ][]) {
            const described = { ...ready, ...fields, template: { containers } };
            const report = await checked(configs, declared, described, undefined, { containers: revision });
            assert.match(said(report), expected, JSON.stringify(described));
        }
    });

    it("trusts keys that Google or the issuer itself publishes, and no others", () => {
        const google = "https://www.googleapis.com/oauth2/v3/certs";
        const firebase = keysOf("securetoken@system.gserviceaccount.com");
        const trusted = [
            ["https://accounts.google.com", google],
            [signer, keysOf(signer)],
            ["https://securetoken.google.com/demo", firebase],
            ["https://acme.eu.auth0.com/", "https://acme.eu.auth0.com/.well-known/jwks.json"],
            ["https://issuer.example.com", ""],
        ] as const;
        for (const [issuer, keys] of trusted) {
            assert.equal(hasOwnKeys(issuer, keys), true, `${issuer} ${keys}`);
            for (const [, others] of trusted.filter((each) => each[1] !== keys && each[1] !== "")) {
                assert.equal(hasOwnKeys(issuer, others), false, `${issuer} ${others}`);
            }
            assert.equal(hasOwnKeys(issuer, keys.replace("https:", "http:") || "http://issuer.example.com"), false);
            assert.equal(hasOwnKeys(issuer, `https://evil.example.com/?${keys}`), false);
            assert.equal(hasOwnKeys(issuer, `https://www.googleapis.com.evil.example.com/${signer}`), false);
        }
        assert.equal(hasOwnKeys("http://issuer.example.com", ""), false);
        assert.equal(hasOwnKeys("accounts.google.com", google), false);
    });
});
