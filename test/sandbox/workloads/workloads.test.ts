import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch as undiciFetch, ProxyAgent } from "undici";
import { Sandbox } from "../../../sandbox";

const location = "projects/demo/locations/europe-west1";
const fixtures = join(__dirname, "fixtures");

describe("what answers behind the front door", () => {
    let folder: string;
    let sandbox: Sandbox;
    let written: string[];
    const write = process.stderr.write.bind(process.stderr);

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "workloads-"));
        writeFileSync(join(folder, "no-function.cjs"), "module.exports = 1;");
        writeFileSync(join(folder, "module.mjs"), "export default (request, response) => response.end('a module');");
        sandbox = await Sandbox.start({
            mapping: mapping(`
services:
  - { image: "*/echo:*", handler: ${fixtures}/echo.js }
  - { image: "*/module:*", handler: ./module.mjs }
  - { image: "*/program:*", command: [node, program.cjs], directory: ${fixtures} }
  - { image: "*/crash:*", command: [node, program.cjs, crash], directory: ${fixtures} }
  - { image: "*/no-function:*", handler: ./no-function.cjs }
`),
        });
        written = [];
        process.stderr.write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    });
    afterEach(async () => {
        process.stderr.write = write;
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    function mapping(text: string): string {
        const file = join(folder, "sandbox.yaml");
        writeFileSync(file, text);
        return file;
    }
    async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, url, { body });
        if (answer.status !== 200) {
            throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    }
    async function deploy(id: string, image: string, more: object = {}, open = true): Promise<string> {
        const url = `https://run.googleapis.com/v2/${location}/services`;
        const containers = [{ image: `example/${image}`, env: [{ name: "GREETING", value: "hello" }] }];
        await call("POST", `${url}?serviceId=${id}`, { template: { containers, ...more } });
        if (open) {
            await call("POST", `${url}/${id}:setIamPolicy`, {
                policy: { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] },
            });
        }
        return String((await call("GET", `${url}/${id}`)).uri);
    }
    async function get(url: string): Promise<{ status: number; text: string; json: () => Record<string, unknown> }> {
        const dispatcher = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
        try {
            const answer = await undiciFetch(url, { dispatcher });
            const text = await answer.text();
            return { status: answer.status, text, json: () => JSON.parse(text) as Record<string, unknown> };
        } finally {
            await dispatcher.destroy();
        }
    }

    it("is the handler that the mapping names for the image, told as which service it runs", async () => {
        const one = (await get(await deploy("one", "echo:1"))).json();
        const two = (await get(await deploy("two", "echo:2"))).json();
        assert.deepEqual([one.service, two.service, one.greeting], ["one", "two", "hello"]);
        assert.equal((await get(await deploy("module", "module:1"))).text, "a module");
    });

    it("answers 500 to a request on which a handler throws, and serves the next", async () => {
        const url = await deploy("one", "echo:1");
        assert.equal((await get(`${url}/throw`)).status, 500);
        assert.match(written.join(""), /echo\.js: Error: as asked/);
        assert.equal((await get(url)).status, 200);
    });

    it("is a program with its own port, environment, identity and way to others", async () => {
        await call("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "program" });
        const serviceAccount = "program@demo.iam.gserviceaccount.com";
        const url = await deploy("one", "program:1", { serviceAccount });
        const seen = (await get(url)).json();
        assert.deepEqual(seen, { service: "one", greeting: "hello", email: serviceAccount, protocol: "https" });
        const guarded = await deploy("two", "echo:1", {}, false);
        const calling = `${url}/call?${encodeURIComponent(guarded)}`;
        assert.equal((await get(calling)).json().called, 403);
        await call("POST", `https://run.googleapis.com/v2/${location}/services/two:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${serviceAccount}`] }] },
        });
        assert.equal((await get(calling)).json().called, 200);
    });

    it("answers 503 for a program that ends, a module without a function, and says why", async () => {
        assert.equal((await get(await deploy("one", "crash:1"))).status, 503);
        assert.match(written.join(""), /sandbox\.yaml:\d+:\d+: .*one: the program ended with exit code 3/);
        assert.equal((await get(await deploy("two", "no-function:1"))).status, 503);
        assert.match(written.join(""), /sandbox\.yaml:\d+:\d+: the handler .*no-function\.cjs exports no function/);
    });

    it("is a page that says who called, for an image that the mapping does not name", async () => {
        const page = (await get(`${await deploy("one", "unknown:1")}/path`)).json();
        assert.equal(page.service, "one");
        assert.equal(page.caller, null);
        assert.equal(page.path, "/path");
        assert.match(written.join(""), /one: nothing in sandbox\.yaml is mapped to the image example\/unknown:1/);
    });

    it("calls others as itself from a handler too", async () => {
        const url = await deploy("one", "echo:1", { vpcAccess: { egress: "ALL_TRAFFIC" } });
        const internal = await deploy("two", "echo:1");
        await call("PATCH", `https://run.googleapis.com/v2/${location}/services/two?updateMask=ingress`, {
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        });
        assert.equal((await get(internal)).status, 404);
        assert.equal((await get(`${url}/call?${encodeURIComponent(internal)}`)).json().called, 200);
    });

    for (const [what, text, expected] of [
        [
            "a handler that is not there",
            'services:\n  - image: "*"\n    handler: ./no.js',
            /sandbox\.yaml:3:14: the handler .*no\.js does not exist/,
        ],
        [
            "an unknown key",
            "service: []",
            /sandbox\.yaml:1:1: unknown key service; allowed are services, functions, jobs, workerPools, hosts/,
        ],
        ["an entry without a runner", 'services:\n  - image: "*"', /sandbox\.yaml:2:5: handler must be a text/],
        [
            "both runners",
            'services:\n  - { image: "*", handler: x, command: [y] }',
            /give one of handler, command, container, not 2/,
        ],
        [
            "a command that is no list",
            'services:\n  - { image: "*", command: node server.js }',
            /command must be a list/,
        ],
        ["an origin that is none", "hosts:\n  - { host: a.example, forward: a.example/x }", /it must be an origin/],
        ["broken YAML", "services: [", /sandbox\.yaml: /],
    ] as const) {
        it(`refuses a mapping with ${what}, and says where`, async () => {
            await assert.rejects(Sandbox.start({ mapping: mapping(text) }), expected);
        });
    }
});
