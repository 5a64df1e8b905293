import assert from "node:assert/strict";
import { formatReport } from "../../smoke";
import { allGreen, deploy, front, invoker, verdicts, type Deployment } from "./deployment";

/** What goes wrong although the deployment is right, for a while. */
interface Weather {
    propagationSeconds?: number;
    /** How far this machine's clock is ahead. */
    skewMilliseconds?: number;
    faults?: { host: string; status?: number; drop?: boolean }[];
}

const receiver = "*.run.app";
const minting = "iamcredentials.googleapis.com";
const weathers: Record<string, Weather> = {
    "grants that arrive 120 s late": { propagationSeconds: 120 },
    "grants that arrive 420 s late": { propagationSeconds: 420 },
    "a minute of 429": { faults: [{ host: receiver, status: 429 }] },
    "a minute of 503": { faults: [{ host: receiver, status: 503 }] },
    "a minute of dropped connections": { faults: [{ host: receiver, drop: true }] },
    "a minute without tokens": { faults: [{ host: minting, status: 503 }] },
    "a minute in which policies cannot be read": { faults: [{ host: "run.googleapis.com", status: 503 }] },
    "a minute in which nothing answers": { faults: [{ host: "*", drop: true }] },
    "a clock that is 5 minutes ahead": { skewMilliseconds: 300_000 },
    "a clock that is 5 minutes behind": { skewMilliseconds: -300_000 },
};

/** What is wrong all the same, and which probe must tell. */
const wrongs: Record<string, { probe: string; break: (it: Deployment) => Promise<void> }> = {
    "a missing grant": {
        probe: "policy",
        break: (it) => it.revoke(front, invoker, `serviceAccount:${it.prober}`),
    },
    "a service that is open to everyone": {
        probe: "anonymous",
        break: (it) => it.grant(front, invoker, "allUsers"),
    },
};

describe("a check during outages and late grants", () => {
    for (const [what, { propagationSeconds = 0, skewMilliseconds = 0, faults = [] }] of Object.entries(weathers)) {
        it(`is right with ${what}: green if the deployment is right, red if it is not`, async () => {
            const end = async (wrong?: (it: Deployment) => Promise<void>) => {
                const deployment = await deploy(propagationSeconds * 1000);
                try {
                    // What is wrong has been so for long.
                    if (wrong) {
                        deployment.sandbox.cloud.clock.advance(propagationSeconds * 1000);
                    }
                    await wrong?.(deployment);
                    if (wrong) {
                        deployment.sandbox.cloud.clock.advance(propagationSeconds * 1000);
                    }
                    for (const fault of faults) {
                        deployment.sandbox.faults.add({ ...fault, forMilliseconds: 60_000 });
                    }
                    return await deployment.check(600, skewMilliseconds);
                } finally {
                    await deployment.close();
                }
            };
            const green = await end();
            assert.deepEqual(verdicts(green), allGreen, formatReport(green));
            const { seconds } = green;
            if (propagationSeconds > 0) {
                assert.ok(seconds >= propagationSeconds && seconds < propagationSeconds + 60, `${seconds}`);
            }
            for (const [how, wrong] of Object.entries(wrongs)) {
                const red = await end(wrong.break);
                assert.equal(verdicts(red)[wrong.probe], "failed", `${how}:\n${formatReport(red)}`);
            }
        });
    }

    it("passes no denied probe while an outage lasts, of whatever kind", async () => {
        const it_ = await deploy();
        try {
            for (const fault of [{ status: 429 }, { status: 500 }, { status: 503 }, { drop: true }, { status: 404 }]) {
                it_.sandbox.faults.add({ host: receiver, ...fault });
                const found = verdicts(await it_.check(60));
                for (const name of ["anonymous", "broken token", "wrong audience"]) {
                    assert.equal(found[name], "failed", `${name} with ${JSON.stringify(fault)}`);
                }
                it_.sandbox.faults.clear();
            }
            assert.deepEqual(verdicts(await it_.check()), allGreen);
        } finally {
            await it_.close();
        }
    });

    it("says that a grant is late, and how late, when the deadline comes first", async () => {
        const late = await deploy(900_000);
        try {
            // The probe account's own minting right is old; what is late is the invoker's grant.
            late.sandbox.cloud.clock.advance(1_000_000);
            await late.revoke(front, invoker, `serviceAccount:${late.prober}`);
            late.sandbox.cloud.clock.advance(1_000_000);
            await late.grant(front, invoker, `serviceAccount:${late.prober}`);
            const report = await late.check(300);
            assert.equal(report.probes[0]?.diagnosis?.code, "grant-late");
            assert.match(report.probes[0].diagnosis.cause, /has roles\/run\.invoker on front, and it has not arrived/);
            assert.match(report.probes[0].diagnosis.cause, /gave up at the deadline of 300 s/);
        } finally {
            await late.close();
        }
    });
});
