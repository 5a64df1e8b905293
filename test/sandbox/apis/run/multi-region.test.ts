import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import { openStack } from "../../../../engine";
import { startSandboxed, type Sandboxed } from "../../../support/sandboxed";

const at = (region: string): string => `https://run.googleapis.com/v2/projects/demo/locations/${region}/services`;
const WHOLE = `${at("global")}/shop`;
const template = { containers: [{ image: "a/b" }] };
const REGIONS = ["europe-west1", "us-east1"];

describe("a multi-region service of Cloud Run", () => {
    let cloud: Sandboxed;
    let email: string;
    before(async () => {
        cloud = await startSandboxed({ project: "demo" });
        email = await cloud.account("caller");
    });
    after(() => cloud.close());
    beforeEach(() => create(REGIONS));
    afterEach(() => cloud.sandbox.request("DELETE", WHOLE, {}));

    const create = (regions: unknown, place = "global") =>
        cloud.sandbox.request("POST", `${at(place)}?serviceId=shop`, {
            body: { template, ...(regions !== undefined && { multiRegionSettings: { regions } }) },
        });
    const change = (body: object, url = WHOLE) => cloud.sandbox.request("PATCH", url, { body: { template, ...body } });
    const found = async (region: string): Promise<Record<string, unknown> | undefined> => {
        const { status, body } = await cloud.sandbox.request("GET", `${at(region)}/shop`, {});
        return status === 200 ? (body as Record<string, unknown>) : undefined;
    };
    const uri = async (region: string): Promise<string> => String((await found(region))?.["uri"]);
    /** The status that the caller gets at a URL, with a token for an audience. */
    async function statusAt(url: string, audience = url): Promise<number> {
        const accounts = `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`;
        const { uniqueId } = (await cloud.admin("GET", accounts)) as { uniqueId: string };
        const token = cloud.sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, audience, { includeEmail: true });
        return (await cloud.http.request({ url, headers: { authorization: `Bearer ${token}` } })).status;
    }

    it("is a service in each of its regions, and nothing at an address of its own", async () => {
        const whole = (await found("global")) ?? {};
        assert.equal(whole["uri"], undefined);
        assert.equal(whole["urls"], undefined);
        for (const region of REGIONS) {
            assert.equal((await cloud.http.request({ url: await uri(region) })).status, 403);
        }
        const nowhere = `https://shop-${cloud.sandbox.cloud.settings.projectNumber}.global.run.app`;
        assert.equal((await cloud.http.request({ url: nowhere })).status, 404);
    });

    it("lets a caller in where the caller has the grant, with a token for that region, and nowhere else", async () => {
        const [here = "", there = ""] = await Promise.all(REGIONS.map(uri));
        const member = `serviceAccount:${email}`;
        await cloud.grant(WHOLE, "roles/run.invoker", member);
        assert.deepEqual([await statusAt(here), await statusAt(there)], [403, 403]);
        await cloud.grant(`${at("europe-west1")}/shop`, "roles/run.invoker", member);
        assert.deepEqual([await statusAt(here), await statusAt(there)], [200, 403]);
        assert.equal(await statusAt(here, there), 401);
        await cloud.grant(`${at("us-east1")}/shop`, "roles/run.invoker", member);
        assert.deepEqual([await statusAt(here), await statusAt(there)], [200, 200]);
        assert.equal(await statusAt(there, here), 401);
    });

    it("takes a custom audience in every region", async () => {
        const customAudiences = ["https://shop.example.com"];
        await change({ multiRegionSettings: { regions: REGIONS }, customAudiences });
        for (const region of REGIONS) {
            await cloud.grant(`${at(region)}/shop`, "roles/run.invoker", `serviceAccount:${email}`);
            assert.equal(await statusAt(await uri(region), customAudiences[0]), 200);
        }
    });

    it("gets and loses regions, and all of them when it is deleted", async () => {
        await change({ multiRegionSettings: { regions: ["us-east1", "asia-east1"] } });
        assert.equal(await found("europe-west1"), undefined);
        assert.ok((await found("us-east1")) && (await found("asia-east1")));
        await cloud.admin("DELETE", WHOLE);
        assert.deepEqual(
            [await found("us-east1"), await found("asia-east1"), await found("global")],
            [...[undefined, undefined, undefined]],
        );
    });

    it("alone changes what it has in its regions", async () => {
        for (const answer of [
            await change({ ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" }, `${at("us-east1")}/shop`),
            await cloud.sandbox.request("DELETE", `${at("us-east1")}/shop`, {}),
        ]) {
            assert.equal(answer.status, 400, JSON.stringify(answer.body));
            assert.match(JSON.stringify(answer.body), /belongs to projects\/demo\/locations\/global\/services\/shop/);
        }
        await change({ multiRegionSettings: { regions: REGIONS }, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" });
        for (const region of REGIONS) {
            assert.equal((await found(region))?.["ingress"], "INGRESS_TRAFFIC_INTERNAL_ONLY");
        }
    });

    it("is deployed by a program, and unchanged by the second update", async () => {
        const stateDirectory = mkdtempSync(join(tmpdir(), "multi-region-"));
        try {
            const stack = await openStack({
                program: () => {
                    new cloudrunv2.Service("shop", {
                        ...{ name: "other", location: "global", deletionProtection: false },
                        template: { containers: [{ image: "a/b" }] },
                        multiRegionSettings: { regions: REGIONS },
                    });
                    return Promise.resolve({});
                },
                ...{ config: { "gcp:project": "demo" }, stateDirectory },
                request: (method, url, body, headers) =>
                    cloud.sandbox.request(method, url, { body, ...(headers && { headers }) }),
            });
            const { result, diagnostics } = await stack.up();
            assert.equal(result, "succeeded", diagnostics.map(({ message }) => message).join("\n"));
            assert.deepEqual(Object.keys((await stack.up()).changes), ["same"]);
            assert.equal((await stack.refresh()).result, "succeeded");
            assert.deepEqual(Object.keys((await stack.up()).changes), ["same"]);
            const { body } = await cloud.sandbox.request("GET", `${at("us-east1")}/other`, {});
            assert.match(String((body as { uri?: string }).uri), /^https:\/\/other-/);
            await stack.destroy();
            const { status: gone } = await cloud.sandbox.request("GET", `${at("us-east1")}/other`, {});
            assert.equal(gone, 404);
        } finally {
            rmSync(stateDirectory, { recursive: true, force: true });
        }
    });

    it("is made, listed, changed and deleted by the older API, as gcloud does", async () => {
        await cloud.sandbox.request("DELETE", WHOLE, {});
        const serving = "https://run.googleapis.com/apis/serving.knative.dev/v1/namespaces/demo/services";
        const of = (regions: string[] | undefined, image = "a/b") => ({
            metadata: { name: "shop", annotations: regions && { "run.googleapis.com/regions": regions.join(",") } },
            spec: { template: { spec: { containers: [{ image }] } } },
        });
        const made = await cloud.admin("POST", serving, of(REGIONS));
        assert.match(JSON.stringify(made), /"run.googleapis.com\/regions":"europe-west1,us-east1"/);
        assert.match(await uri("us-east1"), /^https:\/\/shop-/);
        await cloud.admin("PUT", `${serving}/shop`, of(["us-east1"], "a/c"));
        assert.equal(await found("europe-west1"), undefined);
        assert.match(JSON.stringify(await found("us-east1")), /"a\/c"/);
        const { items } = await cloud.admin("GET", `${serving}?fieldSelector=multiRegionOnly`);
        assert.equal((items as unknown[]).length, 1);
        await cloud.admin("DELETE", `${serving}/shop`);
        assert.deepEqual(await Promise.all(["global", "us-east1"].map(found)), [undefined, undefined]);
        for (const url of [
            serving,
            ...["jobs", "workerpools"].map((each) =>
                serving.replace(/serving.*services/, `run.googleapis.com/v1/namespaces/demo/${each}`),
            ),
        ]) {
            const { status } = await cloud.sandbox.request("POST", url, { body: of(undefined) });
            assert.equal(status, 400, `${url} makes nothing without a region`);
        }
    });

    const wrong: [what: string, regions: unknown, place?: string][] = [
        ["no regions", undefined],
        ["an empty list of regions", []],
        ["a region twice", ["us-east1", "us-east1"]],
        ["a region that does not exist", ["us-east1", "us-nowhere9"]],
        ["the location global as a region", ["us-east1", "global"]],
        ["regions in a region", REGIONS, "asia-east1"],
    ];
    for (const [what, regions, place] of wrong) {
        it(`is refused with ${what}`, async () => {
            await cloud.sandbox.request("DELETE", WHOLE, {});
            const { status: code, body } = await create(regions, place);
            assert.equal(code, 400, JSON.stringify(body));
            assert.match(JSON.stringify(body), /multi_region_settings\.regions/);
            assert.equal(await found("us-east1"), undefined);
        });
    }

    it("is refused where another service has its name, which stays as it is", async () => {
        await cloud.sandbox.request("DELETE", WHOLE, {});
        await cloud.admin("POST", `${at("us-east1")}?serviceId=shop`, { template });
        const { status: code } = await create(REGIONS);
        assert.equal(code, 409);
        assert.equal(await found("europe-west1"), undefined);
        await cloud.admin("DELETE", `${at("us-east1")}/shop`);
    });

    it("changes nothing when it is only validated", async () => {
        await cloud.sandbox.request("DELETE", WHOLE, {});
        const body = { template, multiRegionSettings: { regions: REGIONS } };
        await cloud.admin("POST", `${at("global")}?serviceId=shop&validateOnly=true`, body);
        assert.deepEqual(await Promise.all(["global", ...REGIONS].map(found)), [undefined, undefined, undefined]);
    });
});
