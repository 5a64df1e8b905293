import assert from "node:assert/strict";
import { Account } from "@pulumi/gcp/serviceaccount";
import { Ingress, InvokableMcpServer, TokenMinter } from "../../../index";
import { value } from "../../components/support/deploy";
import { join } from "node:path";
import { deployProgram, type DeployedProgram } from "./deployed";

const engine = (id: string): string =>
    `principal://agents.global.org-987.system.id.goog/resources/aiplatform/projects/1/locations/europe-west1/reasoningEngines/${id}`;

/** An MCP server that one account may use, and an agent with an identity of its own that may mint ID tokens as that account. */
describe("Agent Identity", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    let tools: InvokableMcpServer;
    let buyer: Account;
    before(async () => {
        const program = (): Promise<Record<string, unknown>> => {
            tools = new InvokableMcpServer("tools", {
                ...{ image: "demo/tools:1", location: "europe-west1", ingress: Ingress.All },
            });
            buyer = new Account("buyer", { accountId: "buyer-agent" });
            tools.grantInvoke("buyer", buyer.member);
            new TokenMinter("agent", { caller: engine("7"), privilegedAccount: buyer.email });
            return Promise.resolve({});
        };
        const command = [process.execPath, join(__dirname, "mcp-server.cjs")];
        deployed = await deployProgram(program, [{ image: "demo/tools:*", command }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    async function mint(principal: string, audience: string): Promise<{ status: number; body: { token?: string } }> {
        const { sandbox } = deployed.world;
        const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${await value(buyer.email)}:generateIdToken`;
        const answer = await sandbox.request("POST", url, { principal, body: { audience, includeEmail: true } });
        return answer as { status: number; body: { token?: string } };
    }

    it("mints tokens as the one account that it was given, which let it in", async () => {
        const audience = await value(tools.audience);
        const { status, body } = await mint(engine("7"), audience);
        assert.equal(status, 200, JSON.stringify(body));
        const headers = { authorization: `Bearer ${body.token ?? ""}` };
        const answer = await deployed.world.http.request({ url: `${audience}/nothing`, headers });
        assert.equal(answer.status, 404, "the code of the server answers");
    });

    it("does so for no other agent, and not by a grant on the project", async () => {
        const { status } = await mint(engine("8"), await value(tools.audience));
        assert.equal(status, 403);
        const granted = deployed.stack.resources.filter(({ outputs }) => outputs["member"] === engine("7"));
        assert.deepEqual(
            granted.map(({ type, outputs }) => [type, outputs["role"]]),
            [["gcp:serviceaccount/iAMMember:IAMMember", "roles/iam.serviceAccountOpenIdTokenCreator"]],
        );
    });

    it("fails the check as soon as the grant is gone", async () => {
        const [probe] = (deployed.specs.find(({ name }) => name === "agent")?.probes ?? []).filter(
            ({ kind }) => kind === "policy",
        );
        assert.ok(probe?.kind === "policy");
        await deployed.without(probe.grant, async () => {
            assert.equal((await deployed.check("agent")).report.verdict, "failed");
        });
    });
});
