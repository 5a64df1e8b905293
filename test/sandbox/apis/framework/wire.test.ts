import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { compileFilter } from "../../../../sandbox/apis/framework";
import { compileLogFilter } from "../../../../sandbox/apis/observability";
import { endpoints } from "../../../../sandbox/apis/framework/endpoint";
import { parse } from "../../../../sandbox/apis/framework/messages";
import { bindQuery } from "../../../../sandbox/apis/framework/query";
import { googleApis as served } from "../../../../sandbox/apis/google-apis";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const TOPICS = "https://pubsub.googleapis.com/v1/projects/demo/topics";
const RUN = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

describe("what clients send over the wire", () => {
    let cloud: TestCloud;
    beforeEach(() => void (cloud = testCloud()));
    afterEach(() => cloud.close());

    const put = async (body: Buffer, encoding: string): Promise<number> => {
        const headers = { "content-encoding": encoding };
        return (await cloud.apis.request("PUT", `${TOPICS}/tee`, { principal: owner, body, headers }))?.status ?? 0;
    };

    it("is read in gzip, and refused in another encoding, where it is damaged, and where too much comes out of it", async () => {
        const json = Buffer.from('{"labels":{"a":"b"}}');
        for (const [body, encoding] of [
            [json, "br"],
            [json, "gzip"],
            [gzipSync(json).subarray(0, 20), "gzip"],
            [gzipSync(Buffer.alloc(130 * 1024 * 1024)), "gzip"],
        ] as const) {
            assert.equal(await put(body, encoding), 400, encoding);
        }
        assert.equal(await put(gzipSync(json), "gzip"), 200);
        assert.deepEqual((await cloud.call(owner, "GET", `${TOPICS}/tee`)).labels, { a: "b" });
    });

    it("has flags as each language writes them, and no other words for them", async () => {
        const create = (flag: string) =>
            cloud.status(owner, "POST", `${RUN}?serviceId=s&validateOnly=${flag}`, {
                template: { containers: [{ image: "a/b" }] },
            });
        for (const flag of ["true", "True", "TRUE", "1"]) {
            assert.equal(await create(flag), 200, flag);
            assert.equal(await cloud.status(owner, "GET", `${RUN}/s`), 404);
        }
        for (const flag of ["yes", "2", "on"]) {
            assert.equal(await create(flag), 400, flag);
        }
        assert.equal(await create("False"), 200);
        assert.equal(await cloud.status(owner, "GET", `${RUN}/s`), 200);
    });

    it("has a value of an enum by its name or by its number, in each parameter that takes one", () => {
        let tried = 0;
        for (const { descriptor } of served.flatMap((definition) => endpoints(definition))) {
            for (const field of descriptor.input.fields.filter(({ fieldKind }) => fieldKind === "enum")) {
                const bound = (value: string): unknown => {
                    const request = {};
                    bindQuery(descriptor.input, new URLSearchParams({ [field.jsonName]: value }), request);
                    return parse(descriptor.input, request);
                };
                for (const { name, number } of field.enum?.values ?? []) {
                    assert.deepEqual(bound(String(number)), bound(name), `${descriptor.name} ${name}`);
                    tried++;
                }
                assert.throws(() => bound("NO_VALUE_OF_IT"), /NO_VALUE_OF_IT/);
            }
        }
        assert.ok(tried > 10);
    });

    it("has another secret at the host of a region than at the API's own", async () => {
        const secret = { replication: { automatic: {} } };
        const at = (host: string, place: string) => `https://${host}/v1/projects/demo/${place}secrets`;
        const GLOBAL = "secretmanager.googleapis.com";
        const REGION = "secretmanager.us-east1.rep.googleapis.com";
        const own = "locations/us-east1/";
        await cloud.call(owner, "POST", `${at(GLOBAL, "")}?secretId=word`, secret);
        assert.equal(await cloud.status(owner, "GET", `${at(REGION, own)}/word`), 404);
        assert.equal(await cloud.status(owner, "GET", `${at(REGION, "")}/word`), 404);
        assert.equal(await cloud.status(owner, "DELETE", `${at(REGION, "")}/word`), 404);
        assert.equal(await cloud.status(owner, "GET", at(REGION, "")), 400);
        assert.equal(await cloud.status(owner, "POST", `${at(REGION, "")}?secretId=word`, secret), 400);
        await cloud.call(owner, "POST", `${at(REGION, own)}?secretId=word`, secret);
        await cloud.call(owner, "POST", `${at(REGION, own)}/word:addVersion`, { payload: { data: "eA==" } });
        assert.equal(await cloud.status(owner, "GET", `${at(REGION, own)}/word/versions/latest:access`), 200);
        assert.equal(await cloud.status(owner, "GET", `${at(GLOBAL, "")}/word/versions/latest:access`), 404);
        await cloud.call(owner, "DELETE", `${at(REGION, own)}/word`);
        assert.equal(await cloud.status(owner, "GET", `${at(GLOBAL, "")}/word`), 200);
    });

    it("names the verb elsewhere where a client can only post, and nowhere else", async () => {
        const name = `${TOPICS}/news`;
        await cloud.call(owner, "PUT", name, {});
        const send = async (verb: string, url: string, headers: Record<string, string>, body?: unknown) =>
            (await cloud.apis.request(verb, url, { principal: owner, headers, body }))?.status;
        const change = { topic: { labels: { a: "b" } }, updateMask: "labels" };
        assert.equal(await send("POST", name, { "x-http-method-override": "PATCH" }, change), 200);
        assert.deepEqual((await cloud.call(owner, "GET", name)).labels, { a: "b" });
        assert.equal(await send("GET", name, { "x-http-method-override": "DELETE" }), 200);
        assert.equal(await send("POST", name, {}), 404);
        assert.equal(await send("POST", `${name}?$httpMethod=DELETE`, {}), 200);
        assert.equal(await cloud.status(owner, "GET", name), 404);
    });

    it("comes to the hosts of regions, which have no resources of other locations", async () => {
        const at = (host: string, path: string, method = "GET", body?: unknown) =>
            cloud.status(owner, method, `https://${host}.googleapis.com/${path}`, body);
        for (const host of ["us-east1-pubsub", "pubsub.us-east1.rep"]) {
            assert.equal(await at(host, `v1/projects/demo/topics/${host}`, "PUT", {}), 200);
            assert.equal(await at("pubsub", `v1/projects/demo/topics/${host}`), 200);
        }
        assert.equal(await at("secretmanager.us-east1.rep", "v1/projects/demo/locations/us-east1/secrets"), 200);
        const service = (location: string) => `v2/projects/demo/locations/${location}/services/none`;
        assert.equal(await at("europe-west1-run", service("europe-west1")), 404);
        assert.equal(await at("europe-west1-run", service("us-east1")), 400);
        assert.equal(await at("run", service("us-east1")), 404);
    });

    it("is refused to gcloud with a status after which it does not try again", async () => {
        const status = async (agent: string) =>
            (
                await cloud.apis.request("GET", `${RUN}?showDeleted=true`, {
                    principal: owner,
                    headers: { "user-agent": agent },
                })
            )?.status;
        assert.equal(await status("google-cloud-sdk gcloud/500.0.0 command/gcloud.run.services.list"), 400);
        assert.equal(await status("google-api-go-client/0.5"), 501);
    });

    it("has filters with some brackets and negations in one another, and not with thousands", () => {
        const fields = { name: () => ["a"] };
        for (const around of [
            (count: number) => ["(".repeat(count), ")".repeat(count)],
            (count: number) => ["NOT ".repeat(count), ""],
        ]) {
            const filter = (count: number): string => around(count).join('name="a"');
            compileLogFilter(filter(50));
            compileFilter(filter(50), fields);
            for (const count of [5000, 100_000]) {
                const status = "INVALID_ARGUMENT";
                assert.throws(() => compileLogFilter(filter(count)), { status });
                assert.throws(() => compileFilter(filter(count), fields), { status });
            }
        }
    });
});
