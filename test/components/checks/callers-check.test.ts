import assert from "node:assert/strict";
import { Administrators, Callers } from "../../../components";
import type { CallersProbe, SmokeSpec } from "../../../smoke";
import { deploy, refusal } from "../support/deploy";
import { service } from "../support/programs";

const probeOf = async (smokeCheck: object, config: Record<string, string> = {}, more: object = {}) => {
    const deployed = await deploy(() => service("orders", { smokeCheck, ...more }), { config });
    const { probes } = deployed.find("Stash", "orders-smoke")["input"] as SmokeSpec;
    return probes.find((probe): probe is CallersProbe => probe.kind === "callers");
};

describe("the question who may call a service", () => {
    it("is asked without a word about it, and strangers are a warning", async () => {
        const probe = await probeOf({});
        assert.deepEqual([probe?.exactly, probe?.administrators, probe?.allowed], [undefined, undefined, []]);
        assert.deepEqual([probe?.ingress, probe?.audiences], ["internal", []]);
    });

    it("takes words of the check, and otherwise of the stack", async () => {
        const probe = await probeOf({
            callers: Callers.Exactly,
            allowedCallers: ["group:support@example.com"],
            administrators: Administrators.Refuse,
        });
        assert.deepEqual(
            [probe?.exactly, probe?.administrators, probe?.allowed],
            [true, "refuse", ["group:support@example.com"]],
        );
        assert.equal((await probeOf({}, { "gcp-invoke:callers": "exactly" }))?.exactly, true);
        assert.equal(
            (await probeOf({ callers: Callers.Warn }, { "gcp-invoke:callers": "exactly" }))?.exactly,
            undefined,
        );
    });

    it("knows the audiences that the program declares, and none of a service that exists already", async () => {
        const audiences = ["https://orders.example.com"];
        assert.deepEqual((await probeOf({}, {}, { customAudiences: audiences }))?.audiences, audiences);
    });

    it("refuses other words, and everybody as an allowed caller", async () => {
        const refused = (smokeCheck: object, config = {}) =>
            refusal(() => service("orders", { smokeCheck }), { config });
        assert.match(await refused({ callers: "all" }), /smokeCheck\.callers: "all" is none of warn, exactly/);
        assert.match(await refused({ administrators: "x" }), /"x" is none of list, refuse/);
        assert.match(await refused({ allowedCallers: ["allUsers"] }), /allowedCallers\[0\].*would open it to everyone/);
        for (const typo of [
            ...[
                "ann",
                "ann@example.com",
                "User:ann@example.com",
                "user:ann",
                "user:ann@example",
                "user: ann@example.com",
            ],
            ...[
                "group:dev",
                "domain:@example.com",
                "domain:ann@example.com",
                "principalSet:iam",
                "serviceAccount:",
                "",
            ],
        ]) {
            assert.ok((await refused({ allowedCallers: [typo] })).includes(`"${typo}" is no member`), typo);
        }
        for (const allowed of [
            ...[
                "user:ann@example.com",
                "group:dev@example.com",
                "domain:example.com",
                "serviceAccount:p.svc.id.goog[n/a]",
            ],
            "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
        ]) {
            assert.deepEqual((await probeOf({ allowedCallers: [allowed] }))?.allowed, [allowed]);
        }
        assert.match(
            await refused({}, { "gcp-invoke:callers": "some" }),
            /gcp-invoke:callers is "some"; set it to warn/,
        );
    });
});
