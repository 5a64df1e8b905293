import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatReport, type RequestProbe } from "../../smoke";
import { deploy, front, type Deployment } from "./deployment";

/** The requests that reached the code of the service, after a check of one request alone. */
async function reaching(it_: Deployment, change: Partial<RequestProbe>, safeToRepeat: boolean): Promise<number> {
    const [allowed] = it_.spec.probes;
    it_.received.length = 0;
    const probes = [{ ...allowed, ...change } as RequestProbe];
    const report = await it_.check(60, 0, { ...it_.spec, probes, safeToRepeat });
    assert.equal(report.verdict, "failed", formatReport(report));
    assert.equal(report.probes[0]?.attempts, it_.received.length, formatReport(report));
    return it_.received.length;
}

describe("what a check sends again", () => {
    let it_: Deployment;
    before(async () => {
        it_ = await deploy();
    });
    after(() => it_.close());

    const statuses = fc.constantFrom(400, 401, 402, 403, 404, 405, 409, 422, 429, 500, 501, 502, 503, 504);
    const bodies = fc.constantFrom("no", '{"error":"no"}', "<h1>no</h1>", '{"error":{"code":1}}');
    const methods = fc.constantFrom("GET", "POST", "PUT", "DELETE");

    it("reaches code that fails by itself once, whatever it answers", async () => {
        await fc.assert(
            fc.asyncProperty(statuses, bodies, methods, async (status, body, method) => {
                it_.handle((_, response) => response.writeHead(status).end(body));
                assert.equal(await reaching(it_, { method }, false), 1);
            }),
            { numRuns: 30 },
        );
    });

    it("reaches it again where the user says that this is safe, and the status may pass", async () => {
        await fc.assert(
            fc.asyncProperty(statuses, bodies, methods, async (status, body, method) => {
                it_.handle((_, response) => response.writeHead(status).end(body));
                const passing = status === 401 || status === 403 || status === 429 || status >= 500;
                const count = await reaching(it_, { method }, true);
                assert.ok(passing ? count > 3 : count === 1, `${status}: ${count}`);
            }),
            { numRuns: 20 },
        );
    });

    it("does not repeat a request that may have been done although no answer came, unless it only reads", async () => {
        it_.handle((request) => request.socket.destroy());
        assert.equal(await reaching(it_, { method: "POST" }, false), 1);
        assert.ok((await reaching(it_, { method: "GET" }, false)) > 3);
        assert.ok((await reaching(it_, { method: "POST" }, true)) > 3);
    });

    it("waits for grants of the service itself, and names one that is missing", async () => {
        it_.handle((_, response) => response.writeHead(502).end("stock does not let me in"));
        const own = { member: `serviceAccount:${it_.prober}`, role: "roles/run.viewer", label: "stock" };
        const stock = front.replace(/front$/, "stock");
        const receiverGrants = [{ ...own, resource: stock }];
        assert.equal(await reaching(it_, { receiverGrants }, false), 1);
        await it_.grant(stock, own.role, own.member);
        assert.ok((await reaching(it_, { receiverGrants }, false)) > 3);
        assert.equal(await reaching(it_, { receiverGrants, method: "POST" }, false), 1);
    });

    it("mints no token for a URL with user information", async () => {
        const url = `${it_.url.replace("https://", "https://front.example.com@")}/hello`;
        await assert.rejects(reaching(it_, { url }, false), /has a URL with user information before its host/);
        assert.equal(it_.received.length, 0);
    });

    it("ends a match of any expression, and refuses one that RE2 does not have", async () => {
        it_.handle((_, response) => response.end("a".repeat(200_000)));
        assert.equal(await reaching(it_, { expect: { matches: "^(a+)+$b" } }, false), 1);
        await assert.rejects(reaching(it_, { expect: { matches: "(?=a)" } }, false), /expects a match of \/\(\?=a\)\//);
    });
});
