import assert from "node:assert/strict";
import { startSandboxed, type Sandboxed } from "../../support/sandboxed";

const ALL = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

describe("the address of a revision's tag", () => {
    let cloud: Sandboxed;
    let email: string;
    let uri: string;
    before(async () => {
        cloud = await startSandboxed({ project: "demo" });
        email = await cloud.account("caller");
        const traffic = [
            { type: LATEST, percent: 100 },
            { type: LATEST, tag: "next" },
        ];
        await cloud.admin("POST", `${ALL}?serviceId=shop`, { template: { containers: [{ image: "a/b" }] }, traffic });
        uri = String((await cloud.admin("GET", `${ALL}/shop`))["uri"]);
        await cloud.grant(`${ALL}/shop`, "roles/run.invoker", `serviceAccount:${email}`);
    });
    after(() => cloud.close());

    const tagged = (url: string): string => url.replace("https://", "https://next---");
    async function statusAt(url: string, audience: string): Promise<number> {
        const accounts = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const { uniqueId } = (await cloud.admin("GET", accounts)) as { uniqueId: string };
        const token = cloud.sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, audience, { includeEmail: true });
        return (await cloud.http.request({ url, headers: { authorization: `Bearer ${token}` } })).status;
    }

    it("takes a token for the service, and none for the address itself", async () => {
        const { urls } = (await cloud.admin("GET", `${ALL}/shop`)) as { urls: string[] };
        for (const url of urls) {
            assert.equal(await statusAt(tagged(uri), url), 200, url);
            assert.equal(await statusAt(tagged(uri), tagged(url)), 401, url);
            assert.equal(await statusAt(uri, tagged(url)), 401, url);
        }
    });

    it("asks for the grant on the service, as the service's own address does", async () => {
        await cloud.revoke(`${ALL}/shop`, "roles/run.invoker", `serviceAccount:${email}`);
        assert.deepEqual([await statusAt(tagged(uri), uri), await statusAt(uri, uri)], [403, 403]);
        await cloud.grant(`${ALL}/shop`, "roles/run.invoker", `serviceAccount:${email}`);
        assert.deepEqual([await statusAt(tagged(uri), uri), await statusAt(uri, uri)], [200, 200]);
    });

    it("is none where no revision has the tag", async () => {
        assert.equal(await statusAt(uri.replace("https://", "https://other---"), uri), 404);
    });
});
