import assert from "node:assert/strict";
import { auditFile, type AuditOptions, injectFile } from "../../../../workflow/auth";

const apiGateway = "https://gw-4xk1.uc.gateway.dev/pets";
const endpoints = "https://echo.endpoints.acme.cloud.goog";
const appEngine = "https://acme.ew.r.appspot.com/x";
const api = "https://my-api-1.apigateway.acme.cloud.goog";
const client = "1-a.apps.googleusercontent.com";
const service = "projects/p/locations/l/namespaces/n/services/s";

interface Case {
    args: string[];
    /** Severity and rule of what is found. */
    found: string[];
    /** What the first finding advises. */
    advice: RegExp;
    /** The advice, followed: other arguments, or other options. */
    followed: { args?: string[]; options?: AuditOptions };
    /** What `inject` writes by itself; nothing where it cannot know. */
    injected?: string[];
    options?: AuditOptions;
}

const cases: Case[] = [
    {
        args: [`url: ${apiGateway}`],
        found: ["error missing-auth"],
        advice: /declare gw-4xk1\.uc\.gateway\.dev as a target with its audience, what its OpenAPI document names/,
        followed: { args: [`url: ${apiGateway}`, `auth: {type: OIDC, audience: ${api}}`] },
    },
    {
        args: [`url: ${apiGateway}`, "auth: {type: OAuth2}"],
        found: ["error wrong-auth-type"],
        advice: /as a target with its audience/,
        followed: { args: [`url: ${apiGateway}`, `auth: {type: OIDC, audience: ${api}}`] },
    },
    {
        args: [`url: ${apiGateway}`, "auth: {type: OIDC}"],
        found: ["error audience-path"],
        advice: /audience, what its OpenAPI document names in x-google-audiences/,
        followed: {
            options: { targets: [{ name: "pets", kind: "api-gateway", url: apiGateway.slice(0, -5), audience: api }] },
        },
        injected: ["auth: {type: OIDC, audience: " + api + "}"],
    },
    {
        args: [`url: ${endpoints}/echo`],
        found: ["error missing-auth"],
        advice: /^add auth: \{type: OIDC, audience: https:\/\/echo\.endpoints\.acme\.cloud\.goog\}$/,
        followed: { args: [`url: ${endpoints}/echo`, `auth: {type: OIDC, audience: ${endpoints}}`] },
        injected: ["auth:", "  type: OIDC", `  audience: ${endpoints}`],
    },
    {
        args: [`url: ${endpoints}/echo`, "auth: {type: OIDC}"],
        found: ["warning audience-path"],
        advice: /write audience: https:\/\/echo\.endpoints\.acme\.cloud\.goog$/,
        followed: { args: [`url: ${endpoints}/echo`, `auth: {type: OIDC, audience: ${endpoints}}`] },
        injected: [`auth: {type: OIDC, audience: ${endpoints}}`],
    },
    {
        args: [`url: ${appEngine}`],
        found: ["info missing-auth"],
        advice: /kind app-engine if it is open/,
        followed: {
            options: { targets: [{ name: "acme", kind: "app-engine", url: "https://acme.ew.r.appspot.com" }] },
        },
    },
    {
        args: [`url: ${appEngine}`],
        found: ["info missing-auth"],
        advice: /kind iap with IAP's client ID as its audience/,
        followed: {
            args: [`url: ${appEngine}`, `auth: {type: OIDC, audience: ${client}}`],
            options: {
                targets: [{ name: "acme", kind: "iap", url: "https://acme.ew.r.appspot.com", audience: client }],
            },
        },
    },
    {
        args: [`url: ${appEngine}`, "auth: {type: OIDC}"],
        found: ["error audience-path"],
        advice: /its audience, IAP's client ID/,
        followed: { args: [`url: ${appEngine}`, `auth: {type: OIDC, audience: ${client}}`] },
    },
    {
        args: [`url: ${appEngine}`, "auth: {type: OAuth2}"],
        found: ["error token-leak"],
        advice: /^remove auth/,
        followed: {
            args: [`url: ${appEngine}`],
            options: { targets: [{ name: "acme", kind: "app-engine", url: "https://acme.ew.r.appspot.com" }] },
        },
    },
    {
        args: ["url: https://pubsub.us-central1.rep.googleapis.com/v1/x"],
        found: ["error missing-auth"],
        advice: /type: OAuth2/,
        followed: { args: ["url: https://pubsub.us-central1.rep.googleapis.com/v1/x", "auth: {type: OAuth2}"] },
        injected: ["auth:", "  type: OAuth2"],
    },
    {
        args: ["url: https://storage-mine.p.googleapis.com/b", "auth: {type: OIDC}"],
        found: ["error wrong-auth-type"],
        advice: /type: OAuth2/,
        followed: { args: ["url: https://storage-mine.p.googleapis.com/b", "auth: {type: OAuth2}"] },
        injected: ["auth: {type: OAuth2}"],
    },
    {
        args: ["url: https://pubsub.mtls.googleapis.com/v1/x"],
        found: ["error missing-auth"],
        advice: /type: OAuth2/,
        followed: { args: ["url: https://pubsub.mtls.googleapis.com/v1/x", "auth: {type: OAuth2}"] },
        injected: ["auth:", "  type: OAuth2"],
    },
    {
        args: ["url: https://storage.s3nsapis.fr/b"],
        found: ["warning other-universe"],
        advice: /set the universe domain to s3nsapis\.fr/,
        followed: {
            args: ["url: https://storage.s3nsapis.fr/b", "auth: {type: OAuth2}"],
            options: { universeDomain: "s3nsapis.fr" },
        },
    },
    {
        args: ["url: https://compute.apis-tpczero.goog/c"],
        options: { universeDomain: "apis-tpczero.goog" },
        found: ["error missing-auth"],
        advice: /type: OAuth2/,
        followed: {
            args: ["url: https://compute.apis-tpczero.goog/c", "auth: {type: OAuth2}"],
            options: { universeDomain: "apis-tpczero.goog" },
        },
        injected: ["auth:", "  type: OAuth2"],
    },
    {
        args: ["url: https://a-1.u-france-east1.s3nsrun.fr/x"],
        options: { universeDomain: "s3nsapis.fr" },
        found: ["error missing-auth"],
        advice: /OIDC, audience: https:\/\/a-1\.u-france-east1\.s3nsrun\.fr\}$/,
        followed: {
            args: [
                "url: https://a-1.u-france-east1.s3nsrun.fr/x",
                "auth: {type: OIDC, audience: https://a-1.u-france-east1.s3nsrun.fr}",
            ],
            options: { universeDomain: "s3nsapis.fr" },
        },
        injected: ["auth:", "  type: OIDC", "  audience: https://a-1.u-france-east1.s3nsrun.fr"],
    },
    {
        args: ["url: https://orders.internal/x", `private_service_name: ${service}`, "auth: {type: OAuth2}"],
        found: ["error token-leak"],
        advice: /^remove auth/,
        followed: { args: ["url: https://orders.internal/x", `private_service_name: ${service}`] },
    },
    {
        args: ["url: https://compute.googleapis.com/x", `private_service_name: ${service}`, "auth: {type: OAuth2}"],
        found: ["error token-leak"],
        advice: /^remove auth/,
        followed: { args: ["url: https://compute.googleapis.com/x", "auth: {type: OAuth2}"] },
    },
    {
        args: ["url: https://a-uc.a.run.app/x", "private_service_name: ${args.p}", "auth: {type: OAuth2}"],
        found: ["error token-leak"],
        advice: /write private_service_name as a text/,
        followed: { args: ["url: https://a-uc.a.run.app/x", "auth: {type: OIDC, audience: https://a-uc.a.run.app}"] },
    },
];

function workflow(args: string[]): string {
    const lines = ["main:", "  params: [args]", "  steps:", "  - ask:", "      call: http.get", "      args:"];
    return [...lines, ...args.map((each) => `        ${each}`), ""].join("\n");
}

function findings(args: string[], options: AuditOptions = {}): { id: string; fix: string }[] {
    const { findings: found, diagnostics } = auditFile(workflow(args), "w.yaml", options);
    assert.deepEqual(diagnostics, []);
    return found.map(({ rule, severity, fix }) => ({ id: `${severity} ${rule}`, fix }));
}

describe("each kind of receiver, audited and injected", () => {
    for (const { args, options = {}, found, advice, followed, injected } of cases) {
        it(`{${args.join(", ")}}${options.universeDomain === undefined ? "" : ` in ${options.universeDomain}`}: ${found.join(", ")}`, () => {
            const before = findings(args, options);
            assert.deepEqual(
                before.map(({ id }) => id),
                found,
            );
            assert.match(before[0]?.fix ?? "", advice);
            const after = { args: followed.args ?? args, options: { ...options, ...followed.options } };
            if (injected !== undefined) {
                const { text, left } = injectFile(workflow(args), "w.yaml", after.options);
                assert.deepEqual(left, []);
                assert.equal(text, workflow([...args.filter((each) => !each.startsWith("auth:")), ...injected]));
                assert.deepEqual(auditFile(text, "w.yaml", after.options).findings, []);
            } else {
                assert.equal(injectFile(workflow(args), "w.yaml", options).text, workflow(args));
                assert.deepEqual(findings(after.args, after.options), []);
            }
        });
    }

    it("lists a call whose audience no URL tells, with where it is found", () => {
        const [left, ...more] = injectFile(workflow([`url: ${apiGateway}`]), "w.yaml", {}).left;
        assert.deepEqual(more, []);
        assert.match(
            left?.why ?? "",
            /no URL tells the audience of gw-4xk1\.uc\.gateway\.dev: it is what its OpenAPI document/,
        );
        assert.match(left?.fix ?? "", /declare gw-4xk1\.uc\.gateway\.dev as a target with its audience/);
    });

    it("never writes a gateway's URL, or its variable, for its audience", () => {
        for (const target of [{ url: "https://gw-4xk1.uc.gateway.dev" }, { urlVariable: "PETS_URL" }]) {
            const url = target.url === undefined ? '${sys.get_env("PETS_URL") + "/x"}' : `${target.url}/x`;
            const options: AuditOptions = { targets: [{ name: "pets", kind: "api-gateway", ...target }] };
            const { text, left } = injectFile(workflow([`url: ${url}`]), "w.yaml", options);
            assert.equal(text, workflow([`url: ${url}`]));
            assert.equal(left.length, 1);
        }
    });

    it("takes an API key for a gateway's credential, and an audience of its configuration", () => {
        for (const more of [
            "headers: {X-Api-Key: '${args.k}'}",
            "query: {key: '${args.k}'}",
            "auth: {type: OIDC, audience: https://pets.example}",
        ]) {
            assert.deepEqual(findings([`url: ${apiGateway}`, more]), []);
            assert.deepEqual(findings([`url: ${endpoints}`, more]), []);
        }
    });

    it("lets an access token go to no host of another universe", () => {
        const args = ["url: https://storage.s3nsapis.fr/b", "auth: {type: OAuth2}"];
        assert.ok(findings(args).some(({ id }) => id === "error other-universe"));
        assert.deepEqual(findings(args, { universeDomain: "s3nsapis.fr" }), []);
        assert.ok(
            findings(["url: https://storage.googleapis.com/b", "auth: {type: OAuth2}"], {
                universeDomain: "s3nsapis.fr",
            }).some(({ id }) => id === "error other-universe"),
        );
    });

    it("takes a written private service beside a declared URL for a way to it, and a chosen one for anyone", () => {
        const options: AuditOptions = { targets: [{ name: "orders", kind: "run", url: "https://a-uc.a.run.app" }] };
        const args = ["url: https://a-uc.a.run.app/x", "auth: {type: OIDC, audience: https://a-uc.a.run.app}"];
        assert.deepEqual(findings([...args, `private_service_name: ${service}`], options), []);
        assert.deepEqual(
            findings([...args, "private_service_name: ${args.p}"], options).map(({ id }) => id),
            ["warning id-token-elsewhere"],
        );
        const bare = [args[0] ?? "", "private_service_name: ${args.p}"];
        assert.equal(injectFile(workflow(bare), "w.yaml", options).text, workflow(bare));
        assert.deepEqual(
            findings(bare, { ...options, closed: true }).map(({ id }) => id),
            ["warning unknown-host"],
        );
    });
});
