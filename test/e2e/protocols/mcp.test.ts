import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ingress, InvokableMcpServer, InvokableService } from "../../../index";
import { value } from "../../components/support/deploy";
import { cli } from "../../support/command";
import { deployProgram, type DeployedProgram } from "./deployed";

const location = "europe-west1";
const probeMinters = ["user:owner@example.com"];
const server = join(__dirname, "mcp-server.cjs");
const MODES = ["json", "sse", "session"];

const made: Record<string, InvokableMcpServer> = {};
const agents: Record<string, InvokableService> = {};

/** A server that answers in each way, one that uses `Authorization` itself, an agent that may use them, and one that may not. */
function program(): Promise<Record<string, unknown>> {
    for (const MODE of [...MODES, "own"]) {
        made[MODE] = new InvokableMcpServer(MODE, {
            ...{ image: "demo/tools:1", location, ingress: Ingress.All, env: { MODE } },
            usesAuthorization: MODE === "own",
            smokeCheck: { tools: ["add"], probeMinters },
        });
    }
    agents["agent"] = new InvokableService("agent", { image: "demo/agent:1", location, invokes: { ...made } });
    agents["stranger"] = new InvokableService("stranger", { image: "demo/agent:1", location });
    return Promise.resolve({});
}

describe("InvokableMcpServer, with the official SDK on both sides", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    before(async () => {
        deployed = await deployProgram(program, [{ image: "demo/tools:*", command: [process.execPath, server] }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(() => deployed.close());

    interface Answered {
        tools?: string[];
        sum?: string;
        seen?: string;
        error?: string;
        code?: number;
    }

    async function call(mode: string, who: string, env: Record<string, string> = {}): Promise<Answered> {
        const email = await value(agents[who]!.serviceAccountEmail);
        const own = await deployed.world.sandbox.clientEnvironment({ as: `serviceAccount:${email}` });
        const target = { SERVER: await value(made[mode]!.mcpUrl), AUDIENCE: await value(made[mode]!.audience) };
        const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, "mcp-client.cjs")], {
            env: { ...process.env, NODE_OPTIONS: "", ...own, ...target, ...env },
        });
        return JSON.parse(stdout) as Answered;
    }

    for (const mode of MODES) {
        it(`lists and calls a tool as the agent, where the server answers by ${mode}`, async () => {
            assert.deepEqual(await call(mode, "agent"), {
                ...{ tools: ["add", "whoami"], sum: "5", seen: "SIGNATURE_REMOVED_BY_GOOGLE" },
            });
        });

        it(`refuses who has no grant, where the server answers by ${mode}`, async () => {
            const { code, tools } = await call(mode, "stranger");
            assert.deepEqual([code, tools], [403, undefined]);
        });
    }

    it("refuses the agent itself for a wrong audience, and for one hour after its token was frozen", async () => {
        const { sandbox } = deployed.world;
        const url = await value(made["json"]!.url);
        assert.equal((await call("json", "agent", { AUDIENCE: "https://elsewhere.example.com" })).code, 401);
        const email = await value(agents["agent"]!.serviceAccountEmail);
        const accountUrl = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const { uniqueId } = (await deployed.world.admin("GET", accountUrl)) as { uniqueId: string };
        const TOKEN = sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, url);
        assert.equal((await call("json", "agent", { TOKEN })).sum, "5");
        sandbox.cloud.clock.advance(3_660_000);
        assert.equal((await call("json", "agent", { TOKEN })).code, 401);
        assert.equal((await call("json", "agent")).sum, "5");
    });

    it("takes the token in a header of its own where the server reads Authorization itself, which arrives as it is", async () => {
        const HEADER = made["own"]!.tokenHeader;
        assert.equal(HEADER, "X-Serverless-Authorization");
        const OWN = "Bearer of.its.own";
        assert.equal((await call("own", "agent", { HEADER, OWN })).seen, "own");
        assert.equal((await call("own", "stranger", { HEADER, OWN })).code, 403);
        assert.equal((await call("own", "agent", { OWN })).seen, "SIGNATURE_REMOVED_BY_GOOGLE");
    });

    for (const mode of MODES) {
        it(`is used by a desktop client through gcp-invoke proxy --stdio, and refuses one without a grant: ${mode}`, async () => {
            const COMMAND = JSON.stringify([...cli, "proxy", "--stdio", await value(made[mode]!.url)]);
            // The client needs no other tool of this machine, such as gcloud.
            const { sum, error } = await call(mode, "agent", { COMMAND, PATH: "" });
            assert.equal(sum, "5", error);
            const refused = await call(mode, "stranger", { COMMAND, PATH: "" });
            assert.match(refused.error ?? "", /403: the caller may not invoke/);
        });
    }

    it("has an audience without the path", async () => {
        for (const one of Object.values(made)) {
            const url = await value(one.url);
            assert.deepEqual([await value(one.audience), await value(one.mcpUrl)], [url, `${url}/mcp`]);
        }
    });

    for (const mode of [...MODES, "own"]) {
        it(`passes its check, which tries the session and its denials, and leaves no session open: ${mode}`, async () => {
            const verdicts = await deployed.verdicts(mode);
            for (const name of [
                ...[`probe account → ${mode}`, `anonymous → ${mode}`, `broken token → ${mode}`],
                ...[`token for another audience → ${mode}`, `account without grant → ${mode}`],
            ]) {
                assert.equal(verdicts[name], "passed", `${name} of ${Object.keys(verdicts).join(", ")}`);
            }
            const url = await value(made[mode]!.url);
            const { email } = { email: await value(agents["agent"]!.serviceAccountEmail) };
            const token = await tokenOf(email, url);
            const { body } = await deployed.world.http.request({ url, headers: { authorization: `Bearer ${token}` } });
            assert.deepEqual(JSON.parse(body), { open: 0 });
        });

        it(`fails its check without the grant of the account that it calls as: ${mode}`, async () => {
            const probes = deployed.specs.find(({ name }) => name === mode)?.probes ?? [];
            const probe = probes.find(({ name }) => name === `probe account → ${mode}`);
            assert.ok(probe?.kind === "request" && probe.grants?.[0]);
            await deployed.without(probe.grants[0], async () => {
                assert.equal((await deployed.verdicts(mode))[probe.name], "failed");
            });
        });
    }

    it("fails its check if a tool is missing, and names those that there are", async () => {
        const specs = deployed.specs.map((spec) => ({
            ...spec,
            probes: spec.probes.map((probe) =>
                "mcpTools" in probe ? { ...probe, mcpTools: ["add", "subtract"] } : probe,
            ),
        }));
        const { text } = await deployed.check("json", specs);
        assert.match(text, /the server lacks the tool subtract; it has add, whoami/);
    });

    async function tokenOf(email: string, audience: string): Promise<string> {
        const accountUrl = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const { uniqueId } = (await deployed.world.admin("GET", accountUrl)) as { uniqueId: string };
        return deployed.world.sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, audience);
    }
});
