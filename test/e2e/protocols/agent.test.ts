import assert from "node:assert/strict";
import { join } from "node:path";
import { Ingress, InvokableAgent } from "../../../index";
import { value } from "../../components/support/deploy";
import { deployProgram, type DeployedProgram } from "./deployed";

const location = "europe-west1";
const probeMinters = ["user:owner@example.com"];
const made: Record<string, InvokableAgent> = {};

/** An agent of each version, one that uses Authorization itself, one with a card for everybody, and one that nobody asks anything. */
function program(): Promise<Record<string, unknown>> {
    const smokeCheck = { skills: ["echo"], message: "hello", expect: { matches: "hello" }, probeMinters };
    const common = { image: "demo/agent:1", location, ingress: Ingress.All, publicCard: false };
    for (const MODE of ["old", "new"]) {
        made[MODE] = new InvokableAgent(MODE, { ...common, env: { MODE }, smokeCheck });
    }
    made["own"] = new InvokableAgent("own", { ...common, usesAuthorization: true, smokeCheck });
    const { message: _, expect: __, ...card } = smokeCheck;
    const published = { publicCard: true, publicCardUrl: "https://cards.example.com/published.json" };
    made["published"] = new InvokableAgent("published", {
        ...common,
        ...published,
        name: "published",
        smokeCheck: card,
    });
    made["quiet"] = new InvokableAgent("quiet", { ...common, smokeCheck: { enabled: true } });
    return Promise.resolve({});
}

describe("InvokableAgent", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        const command = [process.execPath, join(__dirname, "a2a-agent.cjs")];
        const hosts = [{ host: "cards.example.com", handler: join(__dirname, "a2a-cards.cjs") }];
        deployed = await deployProgram(program, [{ image: "demo/agent:*", command }], hosts);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    for (const name of ["old", "new", "own", "published"]) {
        it(`passes its check, which reads the card and tries the denials: ${name}`, async () => {
            const verdicts = await deployed.verdicts(name);
            const more = name === "published" ? [`published card → ${name}`] : [];
            for (const probe of [
                ...[`probe account → ${name}`, `anonymous → ${name}`, `broken token → ${name}`, ...more],
                ...[`token for another audience → ${name}`, `account without grant → ${name}`],
            ]) {
                assert.equal(verdicts[probe], "passed", `${probe} of ${JSON.stringify(verdicts)}`);
            }
        });

        it(`fails its check without the grant of the account that it calls as: ${name}`, async () => {
            const probes = deployed.specs.find((spec) => spec.name === name)?.probes ?? [];
            const probe = probes.find((each) => each.name === `probe account → ${name}`);
            assert.ok(probe?.kind === "request" && probe.grants?.[0]);
            await deployed.without(probe.grants[0], async () => {
                assert.equal((await deployed.verdicts(name))[probe.name], "failed");
            });
        });
    }

    /** The specs, with a change of each agent's probes. */
    const changed = (change: object) =>
        deployed.specs.map((spec) => ({
            ...spec,
            probes: spec.probes.map((probe) =>
                "agent" in probe ? { ...probe, agent: { ...probe.agent, ...change } } : probe,
            ),
        }));

    it("fails its check if the card sends callers elsewhere, and sends nothing there", async () => {
        const { text } = await deployed.check("new", changed({ roots: ["https://other.example.com"] }));
        assert.match(text, /the agent card sends callers, and their tokens, to https:\/\/new-[^ ]+\/a2a, which is not/);
        const published = await deployed.check("published", changed({ roots: ["https://other.example.com"] }));
        assert.match(published.text, /published card.*\n?.*/);
        assert.equal(published.report.verdict, "failed");
        assert.deepEqual(deployed.world.sandbox.refused(), []);
    });

    it("fails its check if a skill is missing, or the agent's task fails", async () => {
        const { text } = await deployed.check("old", changed({ skills: ["fly"] }));
        assert.match(text, /the agent card lacks the skill fly; it has echo/);
        for (const name of ["old", "new"]) {
            const failed = await deployed.check(name, changed({ message: "fail" }));
            assert.match(failed.text, /the state of its task is (TASK_STATE_)?failed/i);
        }
    });

    it("reads no card where nobody may mint a token for that, and says so", () => {
        assert.match(deployed.said, /nothing reads the card of quiet/);
        assert.doesNotMatch(deployed.said, /nothing reads the card of (old|new|own|published)/);
        const { probes = [] } = deployed.specs.find(({ name }) => name === "quiet") ?? {};
        assert.deepEqual(
            probes.filter((probe) => "agent" in probe),
            [],
        );
    });

    it("tells where the card is, and that an audience has no path", async () => {
        const url = await value(made["new"]!.url);
        const { cardUrl, audience } = made["new"]!;
        assert.deepEqual(await Promise.all([cardUrl, audience].map(value)), [
            `${url}/.well-known/agent-card.json`,
            url,
        ]);
        assert.equal(await value(made["published"]!.cardUrl), "https://cards.example.com/published.json");
    });
});
