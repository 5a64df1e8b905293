import assert from "node:assert/strict";
import { join } from "node:path";
import { Ingress, InvokableService, Protocol } from "../../../index";
import { deployProgram, type DeployedProgram } from "./deployed";

const location = "europe-west1";
const probeMinters = ["user:owner@example.com"];
const fixtures = join(__dirname, "../../sandbox/workloads/fixtures/protocols");

function program(): Promise<Record<string, unknown>> {
    const grpc = { image: "demo/grpc:1", location, ingress: Ingress.All, protocol: Protocol.Http2 };
    new InvokableService("whole", { ...grpc, smokeCheck: { grpcService: "", probeMinters } });
    new InvokableService("one", { ...grpc, smokeCheck: { grpcService: `shop.${"x".repeat(200)}`, probeMinters } });
    return Promise.resolve({});
}

describe("the check of a service that speaks gRPC", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [
            { image: "demo/grpc:*", command: [process.execPath, join(fixtures, "grpc.cjs")] },
        ]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    /** The check as if it asked about another service. */
    const asking = (grpcService: string) =>
        deployed.specs.map((spec) => ({
            ...spec,
            probes: spec.probes.map((probe) => ("grpcService" in probe ? { ...probe, grpcService } : probe)),
        }));

    for (const name of ["whole", "one"]) {
        it(`asks for its health as an account that may call, and tries the denials by gRPC too: ${name}`, async () => {
            const verdicts = await deployed.verdicts(name);
            for (const probe of ["probe account", "token for another audience", "account without grant", "anonymous"]) {
                assert.equal(verdicts[`${probe} → ${name}`], "passed", probe);
            }
            const { sandbox } = deployed.world;
            const asked = sandbox
                .decisions()
                .filter(({ request = "" }) => request.includes("/grpc.health.v1.Health/Check"));
            assert.deepEqual([...new Set(asked.map(({ allowed }) => allowed))].sort(), [false, true]);
        });
    }

    it("fails without the grant", async () => {
        const probe = deployed.specs
            .find(({ name }) => name === "whole")
            ?.probes.find(({ name }) => name === "probe account → whole");
        assert.ok(probe?.kind === "request" && probe.grants?.[0]);
        await deployed.without(probe.grants[0], async () => {
            assert.equal((await deployed.verdicts("whole"))[probe.name], "failed");
        });
    });

    for (const [service, said] of [
        ["stock.down", /the service stock\.down is NOT_SERVING/],
        ["unknown", /NOT_FOUND: the server does not know the health of the service unknown: unknown service/],
    ] as const) {
        it(`fails where the answer is not SERVING: ${service}`, async () => {
            const { text, report } = await deployed.check("whole", asking(service));
            assert.match(text, said);
            assert.equal(report.probes.find(({ name }) => name === "probe account → whole")?.verdict, "failed");
        });
    }
});
