import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../support/cloud";

type Body = Record<string, unknown>;

const PLACE = "projects/demo/locations/europe-west1";

/** Requests as the gcp provider and the Go clients in it make them, where these differ from what others send. */
describe("the gcp provider's clients", () => {
    let cloud: TestCloud;
    beforeEach(() => (cloud = testCloud()));
    afterEach(() => cloud.close());
    const call = (method: string, url: string, body?: unknown): Promise<Body> =>
        cloud.call(owner, method, `https://${url}`, body);

    it("send a large object in chunks, by POST, and are not redirected between them", async () => {
        await call("POST", "storage.googleapis.com/storage/v1/b?project=demo", { name: "sources", location: "EU" });
        const send = async (url: string, body: unknown, headers: Record<string, string>) => {
            return (await cloud.apis.request("POST", url, { principal: owner, body, headers }))!;
        };
        const begin = "https://storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=resumable&name=a.zip";
        const { location } = (await send(begin, { name: "a.zip" }, {})).headers;
        const first = await send(location!, Buffer.from("first "), {
            "content-range": "bytes 0-5/*",
            "x-guploader-no-308": "yes",
        });
        assert.deepEqual([first.status, first.headers["x-http-status-code-override"]], [200, "308"]);
        assert.equal(first.headers["range"], "bytes=0-5");
        const last = await send(location!, Buffer.from("last"), {
            "content-range": "bytes 6-9/10",
            "x-guploader-no-308": "yes",
        });
        assert.deepEqual([last.status, (last.body as Body).size], [200, "10"]);
    });

    it("ask for the operations of Service Usage by the names that they were given", async () => {
        const project = "serviceusage.googleapis.com/v1/projects/demo";
        const { name } = await call("POST", `${project}/services/run.googleapis.com:enable`, {});
        for (const version of ["v1", "v1beta1"]) {
            assert.equal((await call("GET", `serviceusage.googleapis.com/${version}/${String(name)}`)).done, true);
        }
    });

    it("ask for the operations of identity pools, which lie beneath them", async () => {
        const pools = "iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
        const { name } = await call("POST", `${pools}?workloadIdentityPoolId=builds`, { displayName: "Builds" });
        const operation = await call("GET", `iam.googleapis.com/v1/${String(name)}`);
        assert.deepEqual([operation.name, operation.done], [name, true]);
        assert.equal((operation.response as Body).displayName, "Builds");
    });

    it("may leave out the account of a function of the 1st generation: it is App Engine's", async () => {
        await call("POST", "storage.googleapis.com/storage/v1/b?project=demo", { name: "sources", location: "EU" });
        await call("POST", "storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=f.zip", "zip");
        const functions = `cloudfunctions.googleapis.com/v1/${PLACE}/functions`;
        const wanted = { name: `${PLACE}/functions/f`, sourceArchiveUrl: "gs://sources/f.zip", httpsTrigger: {} };
        await call("POST", functions, { ...wanted, runtime: "nodejs22", entryPoint: "f" });
        const { serviceAccountEmail } = await call("GET", `${functions}/f`);
        assert.equal(serviceAccountEmail, "demo@appspot.gserviceaccount.com");
    });

    it("read of a project whether it is billed, and of its services the accounts", async () => {
        const billing = "cloudbilling.googleapis.com/v1/projects/demo/billingInfo";
        assert.match(String((await call("GET", billing)).billingAccountName), /^billingAccounts\/[0-9-]+$/);
        const stranger = { kind: "user", email: "stranger@example.com" } as const;
        assert.equal(await cloud.status(stranger, "GET", `https://${billing}`), 403);
        const { defaultServiceAccount } = await call("GET", "compute.googleapis.com/compute/v1/projects/demo");
        const accounts = "iam.googleapis.com/v1/projects/demo/serviceAccounts";
        const { email } = await call("GET", `${accounts}/${String(defaultServiceAccount)}`);
        assert.equal(email, "100000000001-compute@developer.gserviceaccount.com");
        assert.equal(
            (await call("GET", "storage.googleapis.com/storage/v1/projects/demo/serviceAccount")).email_address,
            "service-100000000001@gs-project-accounts.iam.gserviceaccount.com",
        );
    });

    it("read where an image repository's clients find it", async () => {
        const repositories = `artifactregistry.googleapis.com/v1/${PLACE}/repositories`;
        await call("POST", `${repositories}?repository_id=images`, { format: "DOCKER" });
        const { registryUri } = await call("GET", `${repositories}/images`);
        assert.equal(registryUri, "europe-west1-docker.pkg.dev/demo/images");
    });

    it("send fields that the published protos lack, and read them back", async () => {
        const services = `run.googleapis.com/v2/${PLACE}/services`;
        const probe = { successThreshold: 2, httpGet: { path: "/ready" } };
        const template = { containers: [{ image: "a/b", readinessProbe: probe }], scaling: { cpuUtilization: 0.5 } };
        await call("POST", `${services}?serviceId=s`, { template });
        const { containers, scaling } = (await call("GET", `${services}/s`)).template as typeof template;
        assert.deepEqual([containers[0]!.readinessProbe, scaling], [probe, { cpuUtilization: 0.5 }]);
        const network = [{ network: "default", subnetwork: "default", tags: ["internal"] }];
        const serviceConfig = { directVpcNetworkInterface: network, directVpcEgress: "VPC_EGRESS_ALL_TRAFFIC" };
        await call("POST", "storage.googleapis.com/storage/v1/b?project=demo", { name: "sources", location: "EU" });
        await call("POST", "storage.googleapis.com/upload/storage/v1/b/sources/o?uploadType=media&name=f.zip", "zip");
        const source = { storageSource: { bucket: "sources", object: "f.zip" } };
        const functions = `cloudfunctions.googleapis.com/v2beta/${PLACE}/functions`;
        const buildConfig = { runtime: "nodejs22", entryPoint: "f", source };
        await call("POST", `${functions}?functionId=f`, { buildConfig, serviceConfig });
        const read = (await call("GET", `${functions}/f`)).serviceConfig as typeof serviceConfig;
        assert.deepEqual(read.directVpcNetworkInterface, network);
        assert.equal(read.directVpcEgress, "VPC_EGRESS_ALL_TRAFFIC");
    });

    it("are told that a method is not here, in other words than that a resource is not there", async () => {
        const answer = await cloud.apis.request("POST", "https://pubsub.googleapis.com/v1/projects/demo/schemas", {
            principal: owner,
        });
        const { error } = answer!.body as { error: { code: number; message: string } };
        assert.equal(error.code, 404);
        assert.match(
            error.message,
            /^the sandbox serves no POST .*; `gcp-invoke sandbox apis pubsub\.googleapis\.com`/,
        );
    });
});
