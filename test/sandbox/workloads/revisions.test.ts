import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch as undiciFetch, ProxyAgent } from "undici";
import { Sandbox } from "../../../sandbox";

const ALL = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const HANDLER = `
let count = 0;
module.exports = (request, response) => {
    if (request.url === "/begin") {
        response.write("begun");
    } else if (request.url !== "/never") {
        response.end(process.env.K_REVISION + " " + ++count);
    }
};
`;

describe("the revisions behind a front door", () => {
    let folder: string;
    let sandbox: Sandbox;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "revisions-"));
        writeFileSync(join(folder, "handler.cjs"), HANDLER);
        writeFileSync(join(folder, "sandbox.yaml"), 'services:\n  - { image: "*", handler: ./handler.cjs }\n');
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
    });
    after(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });

    async function call(method: string, url: string, body?: unknown): Promise<Record<string, unknown>> {
        const answer = await sandbox.request(method, url, { body });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body as Record<string, unknown>;
    }
    async function deploy(id: string, template: object): Promise<string> {
        await call("POST", `${ALL}?serviceId=${id}`, { template: { containers: [{ image: "a/b" }], ...template } });
        await call("POST", `${ALL}/${id}:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] },
        });
        return String((await call("GET", `${ALL}/${id}`)).uri);
    }
    async function get(url: string): Promise<{ status: number; text: string }> {
        const dispatcher = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
        try {
            const answer = await undiciFetch(url, { dispatcher });
            return { status: answer.status, text: await answer.text() };
        } finally {
            await dispatcher.destroy();
        }
    }
    const textAt = async (url: string): Promise<string> => (await get(url)).text;

    it("run beside one another, each at its tag, until no traffic names them", async () => {
        const uri = await deploy("shop", { revision: "shop-one" });
        assert.equal(await textAt(uri), "shop-one 1");
        const next = (traffic: object[]) =>
            call("PATCH", `${ALL}/shop`, {
                template: { containers: [{ image: "a/c" }], revision: "shop-two" },
                traffic,
            });
        const pinned = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision: "shop-one" };
        await next([
            { ...pinned, percent: 100 },
            { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", tag: "next" },
        ]);
        const tagged = uri.replace("https://", "https://next---");
        assert.deepEqual(
            [await textAt(uri), await textAt(tagged), await textAt(uri), await textAt(tagged)],
            ["shop-one 2", "shop-two 1", "shop-one 3", "shop-two 2"],
        );
        assert.equal((await get(uri.replace("https://", "https://other---"))).status, 404);
        await next([{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }]);
        assert.deepEqual([await textAt(uri), (await get(tagged)).status], ["shop-two 3", 404]);
    });

    it("have a tag's address, and take tokens for the service's own address there", async () => {
        const uri = await deploy("closed", {});
        const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        const { email } = await call("POST", accounts, { accountId: "caller" });
        await call("POST", `${ALL}/closed:setIamPolicy`, {
            policy: { bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${String(email)}`] }] },
        });
        await call("PATCH", `${ALL}/closed`, {
            template: { containers: [{ image: "a/b" }] },
            traffic: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100, tag: "t1" }],
        });
        const owner = { role: "roles/iam.serviceAccountOpenIdTokenCreator", members: ["user:owner@example.com"] };
        await call("POST", `${accounts}/${String(email)}:setIamPolicy`, { policy: { bindings: [owner] } });
        const tagged = uri.replace("https://", "https://t1---");
        const statusWith = async (audience: string): Promise<number> => {
            const credentials = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${String(email)}`;
            const { token } = await call("POST", `${credentials}:generateIdToken`, { audience, includeEmail: true });
            const dispatcher = new ProxyAgent({ uri: sandbox.network.url, requestTls: { ca: sandbox.network.caPem } });
            try {
                const headers = { authorization: `Bearer ${String(token)}` };
                return (await undiciFetch(tagged, { dispatcher, headers })).status;
            } finally {
                await dispatcher.destroy();
            }
        };
        assert.deepEqual([await statusWith(uri), await statusWith(tagged)], [200, 401]);
    });

    it("have as much time for a request as the template says", async () => {
        const uri = await deploy("slow", { timeout: "1s" });
        assert.deepEqual(await get(`${uri}/never`), { status: 504, text: "upstream request timeout" });
        await assert.rejects(get(`${uri}/begin`));
        assert.match(await textAt(uri), / 1$/);
    });
});
