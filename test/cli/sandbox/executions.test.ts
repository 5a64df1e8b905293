import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../cli/commands/run";
import { traceExecution } from "../../../cli/run";
import { findExecution, idOf, keptExecutions } from "../../../cli/sandbox/executions";
import { withSandbox } from "../../../cli/sandbox/session";
import { findStateFolder, type StateFolder } from "../../../cli/sandbox/state-folder";
import { setTimeout as sleep } from "node:timers/promises";

const location = "projects/demo/locations/europe-west1";
const account = "fulfil@demo.iam.gserviceaccount.com";
const handler = join(__dirname, "../../sandbox/workloads/fixtures/echo.js");
const RUN = "https://run.googleapis.com/v2";

/** Orders is called with an ID token, and somebody else's token is asked for and kept in a variable. */
const source = (url: string): string => `main:
  params: [a]
  steps:
    - set:
        assign:
          - n: \${a.n + 1}
          - id: \${uuid.generate()}
    - ask:
        call: http.post
        args:
          url: ${url}/reserve
          auth:
            type: OIDC
            audience: ${url}
          body: {n: "\${n}"}
        result: r
    - token:
        call: http.post
        args:
          url: https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken
          auth: {type: OAuth2}
          body: {scope: ["https://www.googleapis.com/auth/cloud-platform"]}
        result: t
    - wait:
        call: events.create_callback_endpoint
        args: {http_callback_method: POST}
        result: c
    - check:
        switch:
          - condition: \${a.n > 5}
            raise: too many
    - done:
        return: ["\${n}", "\${id}", "\${r.code}", "\${c.url}", "\${sys.now() > 0}"]
`;

describe("the executions that a sandbox keeps", function () {
    this.timeout(120_000);
    let root: string;
    let folder: StateFolder;
    const results: string[] = [];
    before(async () => {
        root = mkdtempSync(join(tmpdir(), "kept-executions-"));
        folder = findStateFolder(join(root, "state"), root, {});
        const mapping = join(root, "sandbox.yaml");
        writeFileSync(mapping, `services:\n  - image: "*/orders:*"\n    handler: ${handler}\n`);
        await withSandbox({ folder, mapping, project: "demo" }, async ({ sandbox }) => {
            const call = async (method: string, url: string, body?: unknown): Promise<Record<string, unknown>> => {
                const answer = await sandbox.request(method, url, { body });
                assert.equal(answer.status, 200, `${url} ${JSON.stringify(answer.body)}`);
                return answer.body as Record<string, unknown>;
            };
            const grant = (url: string, role: string): Promise<unknown> =>
                call("POST", `${url}:setIamPolicy`, {
                    policy: { bindings: [{ role, members: [`serviceAccount:${account}`] }] },
                });
            const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
            await call("POST", accounts, { accountId: "fulfil" });
            await grant(`${accounts}/${account}`, "roles/iam.serviceAccountTokenCreator");
            const services = `${RUN}/${location}/services`;
            await call("POST", `${services}?serviceId=orders`, {
                template: { containers: [{ image: "example/orders:1" }] },
            });
            await grant(`${services}/orders`, "roles/run.invoker");
            const { uri } = await call("GET", `${services}/orders`);
            await call("POST", `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=fulfil`, {
                sourceContents: source(String(uri)),
                serviceAccount: account,
            });
            const api = "https://workflowexecutions.googleapis.com/v1";
            for (const n of [1, 9]) {
                const { name } = await call("POST", `${api}/${location}/workflows/fulfil/executions`, {
                    argument: JSON.stringify({ n }),
                });
                let execution = await call("GET", `${api}/${String(name)}`);
                while (execution.state === "ACTIVE") {
                    await sleep(5);
                    execution = await call("GET", `${api}/${String(name)}`);
                }
                const { result, error } = execution as { result?: string; error?: { payload: string } };
                results.push(result ?? error?.payload ?? "");
            }
        });
    });
    after(() => {
        rmSync(root, { recursive: true });
    });

    it("are listed after the sandbox has ended, and found by their name, their identifier or their workflow", () => {
        const [first, second] = keptExecutions(folder);
        assert.deepEqual([first?.state, second?.state], ["SUCCEEDED", "FAILED"]);
        assert.deepEqual([first?.result, second?.error], results);
        const name = first?.name ?? "";
        assert.equal(findExecution(folder, name).name, name);
        assert.equal(findExecution(folder, idOf(name).slice(0, 12)).name, name);
        assert.equal(findExecution(folder, "fulfil").name, second?.name);
        assert.throws(
            () => findExecution(folder, "nothing"),
            /no execution nothing has ended in .*; the last ones are/s,
        );
    });

    it("hold no token, wherever one came from", () => {
        const text = readFileSync(folder.file("executions.jsonl"), "utf8");
        assert.match(text, /accessToken/);
        assert.doesNotMatch(text, /ya29|eyJ/);
    });

    it("show each step with its variables, its call, the claims of its token, the answer and the time", async () => {
        const lines: string[] = [];
        const record = findExecution(folder, idOf(keptExecutions(folder)[0]?.name ?? ""));
        const outcome = await traceExecution(record, (text) => lines.push(text));
        assert.equal(outcome.state, "SUCCEEDED");
        const trace = lines.join("");
        assert.match(trace, /→ main\.set \(assign, line 4\)/);
        assert.match(trace, /n = 2, before not set/);
        assert.match(trace, /call http\.post .*reserve/);
        assert.match(trace, /ID token for https:.*: aud "https:.*", email "fulfil@demo\.iam\.gserviceaccount\.com"/);
        assert.match(trace, /answer after \d+ ms: .*"code":200/);
        assert.doesNotMatch(trace, /ya29|eyJ/);
    });

    it("are run again with what they got, alone or with another source, and become tests", async () => {
        const [succeeded, failed] = keptExecutions(folder).map(({ name }) => idOf(name));
        const out: string[] = [];
        const log: string[] = [];
        const replay = (file: string | undefined, id = "", saveTest?: string): Promise<number> =>
            run(
                file,
                { replay: id, state: folder.path, ...(saveTest !== undefined && { saveTest }) },
                { write: (text: string) => out.push(text) },
                { write: (text: string) => log.push(text) },
            );
        assert.equal(await replay(undefined, succeeded, join(root, "saved.test.mjs")), 0);
        assert.deepEqual(JSON.parse(out.join("")), JSON.parse(results[0] ?? ""));
        assert.equal(await replay(undefined, failed), 1);
        assert.match(log.join(""), /too many/);
        const changed = join(root, "changed.yaml");
        writeFileSync(changed, "main:\n  params: [a]\n  steps:\n    - done: {return: '${a.n * 100}'}\n");
        assert.equal(await replay(changed, failed), 0);
        assert.equal(out.at(-1), "900\n");
        await assert.rejects(replay(undefined, "nothing"), /no execution nothing/);
        await assert.rejects(replay(undefined, "./nothing.json"), /there is no such file/);
    });
});
