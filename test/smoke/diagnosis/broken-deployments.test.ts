import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { formatReport, type Expectation } from "../../../smoke";
import { accountUrl } from "../../support/sandboxed";
import { apply, isCommand } from "./apply";
import { assertPatience } from "./patience";
import {
    allGreen,
    deploy,
    front,
    healthy,
    invoker,
    location,
    minter,
    owner,
    verdicts,
    type Deployment,
} from "../deployment";

interface Case {
    what: string;
    break: (deployment: Deployment) => unknown;
    /** Which probe tells, and what. */
    probe?: string;
    code: string;
    cause: RegExp;
    verdict?: "failed" | "not-tried";
    /** For how many seconds the check waits for what may pass. Without it no time mends the cause, and it is tried only once. */
    waits?: number;
    /** What is done where nothing is suggested that can be run or written as it stands: the service's own code changes. */
    mend?: (deployment: Deployment) => unknown;
}

const credentialsApi = "https://serviceusage.googleapis.com/v1/projects/demo/services/iamcredentials.googleapis.com";

const member = ({ prober }: Deployment) => `serviceAccount:${prober}`;
const expecting = ({ spec }: Deployment, expect: Expectation) => Object.assign(spec.probes[0] ?? {}, { expect });
const audience = ({ spec, prober }: Deployment, value: string) =>
    Object.assign(spec.probes[0] ?? {}, { credential: { kind: "idToken", serviceAccount: prober, audience: value } });

const cases: Case[] = [
    {
        what: "the invoker role is missing",
        break: (it) => it.revoke(front, invoker, member(it)),
        code: "grant-missing",
        cause: /^403: prober@\S+ lacks run\.routes\.invoke on front: the policy has no binding of roles\/run\.invoker/,
    },
    {
        what: "the role is missing, seen by the policy probe",
        break: (it) => it.revoke(front, invoker, member(it)),
        probe: "policy",
        code: "grant-missing",
        cause: /lacks run\.routes\.invoke on front/,
    },
    {
        what: "the role is on the wrong service",
        async break(it) {
            await it.revoke(front, invoker, member(it));
            await it.grant(`${location}/services/stock`, invoker, member(it));
        },
        code: "grant-missing",
        cause: /on front/,
    },
    {
        what: "the role lets deploy, and not invoke",
        async break(it) {
            await it.revoke(front, invoker, member(it));
            await it.grant(front, "roles/run.developer", member(it));
        },
        code: "wrong-role",
        cause: /it has roles\/run\.developer there, which does not suffice; it needs roles\/run\.invoker/,
    },
    {
        what: "the role only lets look",
        async break(it) {
            await it.revoke(front, invoker, member(it));
            await it.grant(front, "roles/run.viewer", member(it));
        },
        code: "wrong-role",
        cause: /it has roles\/run\.viewer there/,
    },
    {
        what: "the role went to another account",
        async break(it) {
            await it.revoke(front, invoker, member(it));
            await it.grant(front, invoker, `serviceAccount:${await it.account("somebody")}`);
        },
        code: "grant-missing",
        cause: /prober@\S+ lacks/,
    },
    {
        what: "the audience is another service",
        break: (it) => audience(it, "https://stock.example.com"),
        code: "wrong-audience",
        cause: /^audience was https:\/\/stock\.example\.com, the service accepts https:\/\/front-.*not shown to it/,
    },
    {
        what: "the audience has a query",
        break: (it) => audience(it, `${it.url}/hello?full`),
        code: "wrong-audience",
        cause: /^401: audience was \S+\/hello\?full, the service accepts/,
    },
    {
        what: "the ingress is internal",
        break: (it) => it.update({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }),
        code: "internal-ingress",
        cause: /^404: its ingress is internal-only, so everyone outside gets 404: probe it through its caller/,
    },
    {
        what: "the ingress is internal, seen by a denied probe",
        break: (it) => it.update({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }),
        probe: "anonymous",
        code: "not-a-denial",
        cause: /^404 is no denial: its ingress is internal-only/,
    },
    {
        what: "the probe account is disabled",
        break: (it) => it.admin("POST", `${accountUrl(it.prober)}:disable`, {}),
        code: "account-disabled",
        cause: /prober@\S+ is disabled/,
    },
    {
        what: "the probe account is deleted",
        break: (it) => it.admin("DELETE", accountUrl(it.prober)),
        code: "account-deleted",
        cause: /prober@\S+ does not exist/,
        async mend(it) {
            await it.account("prober");
            await it.grant(accountUrl(it.prober), minter, owner);
            await it.grant(front, invoker, member(it));
        },
    },
    {
        what: "the account was deleted and made again",
        async break(it) {
            await it.admin("DELETE", accountUrl(it.prober));
            await it.account("prober");
            await it.grant(accountUrl(it.prober), minter, owner);
        },
        code: "account-recreated",
        cause: /the grant there is of an account of that name that was deleted/,
    },
    {
        what: "nobody may mint ID tokens as the probe account",
        break: (it) => it.revoke(accountUrl(it.prober), minter, owner),
        code: "missing-role",
        cause: /^user:owner@example\.com lacks iam\.serviceAccounts\.getOpenIdToken on prober@/,
        verdict: "not-tried",
    },
    {
        what: "everyone may invoke the service",
        break: (it) => it.grant(front, invoker, "allUsers"),
        probe: "anonymous",
        code: "open-to-everyone",
        cause: /its policy lets in allUsers/,
    },
    {
        what: "the invoker check is switched off",
        break: (it) => it.update({ invokerIamDisabled: true }),
        probe: "anonymous",
        code: "open-to-everyone",
        cause: /answered 200 to a caller that must be denied: its invoker check is switched off/,
    },
    {
        what: "the service crashes",
        break: (it) => it.handle((_, response) => response.writeHead(500).end("stack")),
        code: "receiver-fails",
        cause: /^500: the receiver crashes, or fails by itself: its own code answered "stack"/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service does not start in time",
        break: (it) => it.handle((_, response) => response.writeHead(504).end()),
        waits: 20,
        code: "receiver-fails",
        cause: /^504: .*does not start in time/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "only half of the answer comes",
        break: (it) =>
            it.handle((request, response) => {
                response.writeHead(200, { "content-length": "100" }).write("half");
                setImmediate(() => request.socket.destroy());
            }),
        waits: 20,
        code: "no-answer",
        cause: /^no answer from front-/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the IAM Credentials API is disabled",
        break: (it) => it.admin("POST", `${credentialsApi}:disable`, {}),
        code: "api-disabled",
        cause: /the IAM Credentials API is disabled in the project/,
        verdict: "not-tried",
    },
    {
        what: "the service drops the connection",
        break: (it) => it.handle((request) => request.socket.destroy()),
        waits: 20,
        code: "no-answer",
        cause: /^no answer from front-/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service has no instance free",
        break: (it) => it.handle((_, response) => response.writeHead(429).end()),
        waits: 20,
        code: "too-many",
        cause: /^429/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the body is another",
        break: (it) => it.handle((_, response) => response.end('{"ok":false}')),
        code: "unexpected-answer",
        cause: /not what was expected/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "a header is missing",
        break: (it) => expecting(it, { headers: { "x-version": "2" } }),
        code: "unexpected-answer",
        cause: /not what was expected/,
        mend: (it) => it.handle((_, response) => response.setHeader("x-version", "2").end()),
    },
    {
        what: "the path is not served",
        break: (it) => it.handle((_, response) => response.writeHead(404).end()),
        code: "not-found",
        cause: /^404: the receiver does not serve \/hello; its ingress admits everyone/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service redirects",
        break: (it) =>
            it.handle((_, response) => response.writeHead(302, { location: "https://accounts.google.com/" }).end()),
        code: "iap-sign-in",
        cause: /asks for a sign-in/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service redirects to its own sign-in page",
        break: (it) => it.handle((_, response) => response.writeHead(303, { location: "/login?next=1" }).end()),
        code: "redirected",
        cause: /^303 to \/login of the same receiver: redirects are not followed/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service redirects to another host",
        break: (it) =>
            it.handle((_, response) => response.writeHead(301, { location: "https://evil.example/x" }).end()),
        code: "redirected",
        cause: /^301 to https:\/\/evil\.example: redirects are not followed/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the audience is a custom one that the service has lost",
        break: (it) => audience(it, "front-api"),
        code: "wrong-audience",
        cause: /^audience was front-api, the service accepts \S+ or \S+; front-api is a custom audience that/,
    },
    {
        what: "the URL leads to another host than the service's own",
        break: (it) => Object.assign(it.spec.probes[0] ?? {}, { url: `${it.url}.example.com/hello` }),
        code: "wrong-host",
        cause: /^the URL leads to \S+\.example\.com, and the receiver is at front-.*: no token was minted/,
        mend: (it) => Object.assign(it.spec.probes[0] ?? {}, { url: `${it.url}/hello` }),
    },
    {
        what: "the answer is nested 50,000 levels deep",
        break: (it) => it.handle((_, response) => response.end("[".repeat(50_000) + "]".repeat(50_000))),
        code: "unexpected-answer",
        cause: /not what was expected/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the answer never ends",
        break: (it) => it.handle(endless),
        code: "unexpected-answer",
        cause: /not what was expected/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service itself answers 403",
        break: (it) => it.handle((_, response) => response.writeHead(403).end("not you")),
        code: "forbidden",
        cause: /^403: the receiver refused the caller, although its front door let it in: its own code answered "not you"/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the service itself refuses the caller's token because it verifies it again",
        break: (it) => it.handle((_, response) => response.writeHead(401).end()),
        code: "token-refused",
        cause: /^401: the receiver did not accept the token, although its front door did/,
        mend: (it) => it.handle(healthy),
    },
    {
        what: "the time of the grant is over",
        async break(it) {
            await it.revoke(front, invoker, member(it));
            const condition = { title: "ended", expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' };
            const bindings = [{ role: invoker, members: [member(it)], condition }];
            await it.admin("POST", `${front}:setIamPolicy`, { policy: { version: 3, bindings } });
        },
        code: "grant-conditional",
        cause: /under a condition that may not hold: request\.time </,
    },
    {
        what: "the service is gone",
        break: (it) => it.admin("DELETE", front),
        probe: "policy",
        code: "resource-missing",
        cause: /the policy of front cannot be read: 404/,
        async mend(it) {
            const service = { template: { containers: [{ image: "demo/front:1" }] } };
            await it.admin("POST", `${location}/services?serviceId=front`, service);
            await it.grant(front, invoker, member(it));
        },
    },
];

/** It writes as long as somebody reads. */
function endless(_: unknown, response: ServerResponse): void {
    const chunk = Buffer.alloc(64 * 1024, "x");
    const more = (): void => {
        while (!response.destroyed && response.write(chunk)) {
            // It writes until the buffer is full.
        }
    };
    response.on("drain", more);
    more();
}

describe("a check of a deployment in the sandbox", () => {
    let it_: Deployment;
    beforeEach(async () => {
        it_ = await deploy();
    });
    afterEach(() => it_.close());

    it("is green when all is right, and no other receiver accepts its tokens", async () => {
        const report = await it_.check();
        assert.deepEqual(verdicts(report), allGreen);
        assert.equal(it_.received.length, 1);
        const shown = it_.received[0]?.headers.authorization ?? "";
        assert.match(shown, /SIGNATURE_REMOVED_BY_GOOGLE$/);
    });

    it("covers more than 25 ways to be broken", () => assert.ok(cases.length > 25, String(cases.length)));

    for (const { what, break: breakIt, probe = "allowed", code, cause, verdict = "failed", waits, mend } of cases) {
        it(`names the cause when ${what}, and the suggestion fixes it`, async () => {
            await breakIt(it_);
            const report = await it_.check(waits);
            const found = report.probes.find(({ name }) => name === probe);
            assert.equal(found?.verdict, verdict, formatReport(report));
            assert.equal(found.attempts > 1, waits !== undefined, `${found.attempts} tries`);
            assert.equal(found.diagnosis?.code, code, formatReport(report));
            assert.match(found.diagnosis.cause, cause);
            assertPatience(found);
            assert.doesNotMatch(JSON.stringify(report) + formatReport(report), /eyJ|ya29/);

            const { fix = "" } = found.diagnosis;
            const [, right] = /^audience: "([^"]+)"$/.exec(fix) ?? [];
            if (right !== undefined) {
                audience(it_, right);
            } else if (isCommand(fix)) {
                await apply(it_, fix);
            } else {
                await mend?.(it_);
            }
            const mended = await it_.check();
            assert.deepEqual(verdicts(mended), allGreen, formatReport(mended));
        });
    }
});
