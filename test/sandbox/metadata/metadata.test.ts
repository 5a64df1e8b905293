import { strict as assert } from "node:assert";
import { findAccount } from "../../../sandbox/iam";
import { startMetadataServer, type MetadataServer } from "../../../sandbox/metadata";
import { decodeJwt } from "../../../sandbox/tokens";
import { owner, testCloud, type TestCloud } from "../support/cloud";

describe("the metadata server of a workload", () => {
    let cloud: TestCloud;
    let server: MetadataServer;
    const email = "fulfil@demo.iam.gserviceaccount.com";
    const identity = { project: "demo", region: "europe-west1", account: () => findAccount(cloud.store, email) };

    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("fulfil");
        server = await startMetadataServer(cloud, identity);
    });
    afterEach(async () => {
        await server.close();
        cloud.close();
    });
    const ask = (path: string, headers: Record<string, string> = { "metadata-flavor": "Google" }) =>
        fetch(`http://${server.host}${path}`, { headers });
    const read = async (path: string) => (await ask(`/computeMetadata/v1/${path}`)).text();

    it("answers the documented paths", async () => {
        assert.equal(await read("project/project-id"), "demo");
        assert.equal(await read("project/numeric-project-id"), "100000000001");
        assert.equal(await read("instance/region"), "projects/100000000001/regions/europe-west1");
        assert.equal(await read("instance/zone"), "projects/100000000001/zones/europe-west1-1");
        assert.equal(await read("universe/universe-domain"), "googleapis.com");
        assert.equal(await read("instance/service-accounts/default/email"), email);
        assert.equal(await read("instance/service-accounts/"), `default/\n${email}/\n`);
        assert.match(await read("instance/service-accounts/default/scopes"), /cloud-platform\n/);
        assert.equal(await read("instance/service-accounts/default/"), "aliases\nemail\nidentity\nscopes\ntoken\n");
        assert.equal(await read("project/"), "attributes/\nnumeric-project-id\nproject-id\n");
        const recursive = await ask("/computeMetadata/v1/instance/service-accounts/default/?recursive=true");
        const account = (await recursive.json()) as { aliases: string[]; email: string };
        assert.deepEqual([account.aliases, account.email], [["default"], email]);
        assert.equal((await ask("/computeMetadata/v1/instance/attributes/none")).status, 404);
    });

    it("says what it is at its root, and refuses whoever does not ask as its clients do", async () => {
        const root = await ask("/", {});
        assert.equal(root.status, 200);
        assert.equal(root.headers.get("metadata-flavor"), "Google");
        assert.equal((await ask("/computeMetadata/v1/project/project-id", {})).status, 403);
        const forwarded = { "metadata-flavor": "Google", "x-forwarded-for": "10.0.0.1" };
        assert.equal((await ask("/computeMetadata/v1/project/project-id", forwarded)).status, 403);
    });

    it("gives out ID tokens with the type by which Google's library for Ruby knows them", async () => {
        const path = "/computeMetadata/v1/instance/service-accounts/default/";
        const type = async (entry: string) => (await ask(path + entry)).headers.get("content-type");
        assert.equal(await type("identity?audience=https://orders.example.com"), "text/html");
        assert.equal(await type("token"), "application/json");
        assert.equal(await type("email"), "application/text");
    });

    it("answers in the format that is asked for, numbers as numbers", async () => {
        assert.equal(await read("project/project-id?alt=json"), '"demo"');
        assert.equal(await read("instance/service-accounts/default/aliases?alt=json"), '["default"]');
        assert.match(
            await read("project/?recursive=true"),
            /^\{"attributes":\{\},"numericProjectId":100000000001,"projectId":"demo"\}$/,
        );
        assert.equal(
            await read("project/?recursive=true&alt=text"),
            "numeric-project-id 100000000001\nproject-id demo\n",
        );
        assert.equal((await ask("/computeMetadata/v1/project/project-id?alt=xml")).status, 400);
        assert.equal((await ask("/computeMetadata/v2/project/project-id")).status, 404);
        const put = await fetch(`http://${server.host}/computeMetadata/v1/project/project-id`, {
            method: "PUT",
            headers: { "metadata-flavor": "Google" },
        });
        assert.equal(put.status, 405);
        assert.doesNotMatch(await read("?recursive=true"), /access_token|ya29|eyJ/);
    });

    it("waits for a change, and no longer than it is told to", async () => {
        const scopes = "/computeMetadata/v1/instance/service-accounts/?recursive=true";
        const etag = (await ask(scopes)).headers.get("etag") ?? "";
        assert.notEqual(etag, "");
        const seen = await ask(`${scopes}&wait_for_change=true&last_etag=other`);
        assert.equal(seen.headers.get("etag"), etag);
        const arrived = ask(`${scopes}&wait_for_change=true&last_etag=${etag}`);
        await cloud.call(owner, "DELETE", `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`);
        const advance = setInterval(() => cloud.clock.advance(1000), 5);
        assert.equal(await (await arrived).text(), "{}");
        const same = await ask("/computeMetadata/v1/project/project-id?wait_for_change=true&timeout_sec=30");
        assert.equal(await same.text(), "demo");
        clearInterval(advance);
    });

    it("gives access tokens of its account", async () => {
        const answer = await ask("/computeMetadata/v1/instance/service-accounts/default/token?scopes=a,b");
        const { access_token: token } = (await answer.json()) as { access_token: string };
        const verified = cloud.tokens.verifyAccessToken(token);
        assert.equal(
            verified.ok && verified.value.principal.kind === "serviceAccount" && verified.value.principal.email,
            email,
        );
        assert.deepEqual(verified.ok && verified.value.scopes, ["a", "b"]);
    });

    it("gives ID tokens for the audience that is asked for, and none without", async () => {
        const path = "instance/service-accounts/default/identity";
        const token = await read(`${path}?audience=https://orders.example&format=full`);
        const claims = decodeJwt(token)?.claims ?? {};
        assert.deepEqual([claims.aud, claims.email, "google" in claims], ["https://orders.example", email, false]);
        assert.equal((await ask(`/computeMetadata/v1/${path}`)).status, 400);
        assert.equal((await ask(`/computeMetadata/v1/${path.replace("default", "other@x")}?audience=a`)).status, 404);
    });

    it("tells of the instance in the full format where it is one's", async () => {
        const instance = { zone: "europe-west1-b", name: "vm-1" };
        const vm = await startMetadataServer(cloud, { ...identity, instance });
        const url = `http://${vm.host}/computeMetadata/v1/instance/service-accounts/default/identity?audience=a`;
        const headers = { "metadata-flavor": "Google" };
        const full = decodeJwt(await (await fetch(`${url}&format=full`, { headers })).text())?.claims ?? {};
        const standard = decodeJwt(await (await fetch(url, { headers })).text())?.claims ?? {};
        assert.match(JSON.stringify(full.google), /"instance_name":"vm-1"/);
        assert.deepEqual([full.email, standard.email, standard.google], [email, undefined, undefined]);
        assert.match(JSON.stringify(full.google), /"instance_id":"\d{19}"/);
        assert.doesNotMatch(JSON.stringify(full.google), /license_id/);
        const licensed = await (await fetch(`${url}&format=full&licenses=TRUE`, { headers })).text();
        assert.match(JSON.stringify(decodeJwt(licensed)?.claims.google), /"license_id":\["\d+"\]/);
        await vm.close();
    });

    it("has every documented entry of a Compute Engine instance", async () => {
        const instance = { zone: "europe-west1-b", name: "vm-1", attributes: { "my-key": "my value" } };
        const vm = await startMetadataServer(cloud, { ...identity, instance });
        const get = async (path: string): Promise<string> =>
            (
                await fetch(`http://${vm.host}/computeMetadata/v1/instance/${path}`, {
                    headers: { "metadata-flavor": "Google" },
                })
            ).text();
        const listing = (await get("")).split("\n");
        const documented =
            "attributes/ cpu-platform description disks/ guest-attributes/ hostname id image licenses/ machine-type maintenance-event name network-interfaces/ preempted remaining-cpu-time scheduling/ service-accounts/ tags virtual-clock/ zone";
        assert.deepEqual(listing.slice(0, -1), documented.split(" "));
        assert.equal(await get("disks/"), "0/\n");
        assert.equal(await get("disks/0/mode"), "READ_WRITE");
        assert.equal(await get("network-interfaces/0/access-configs/0/type"), "ONE_TO_ONE_NAT");
        assert.equal(await get("network-interfaces/0/dns-servers"), "169.254.169.254\n");
        assert.equal(await get("scheduling/preemptible"), "FALSE");
        assert.equal(await get("tags"), "[]");
        assert.match(await get("licenses/0/id"), /^\d+$/);
        assert.equal(await get("attributes/my-key"), "my value");
        assert.equal(await get("hostname"), "vm-1.europe-west1-b.c.demo.internal");
        const all = JSON.parse(await get("?recursive=true")) as Record<string, unknown>;
        assert.deepEqual(all.attributes, { "my-key": "my value" });
        assert.equal((all.networkInterfaces as { dnsServers: string[] }[])[0]?.dnsServers[0], "169.254.169.254");
        await vm.close();
    });

    it("gives nothing of an account that is disabled or gone", async () => {
        const token = "/computeMetadata/v1/instance/service-accounts/default/token";
        const account = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        await cloud.call(owner, "POST", `${account}:disable`, {});
        assert.equal((await ask(token)).status, 403);
        await cloud.call(owner, "POST", `${account}:enable`, {});
        assert.equal((await ask(token)).status, 200);
        await cloud.call(owner, "DELETE", account);
        assert.equal((await ask(token)).status, 404);
    });
});
