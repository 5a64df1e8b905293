import assert from "node:assert/strict";
import fc from "fast-check";
import { accountPrincipal } from "../../../sandbox/iam";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const KMS = "https://cloudkms.googleapis.com/v1";
const PLACE = "projects/demo/locations/europe-west1";
const RING = `${PLACE}/keyRings/ring`;
const KEY = `${RING}/cryptoKeys/key`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
type Body = Record<string, unknown>;

describe("Cloud KMS", () => {
    let cloud: TestCloud;
    const call = (verb: string, path: string, body?: object): Promise<Body> =>
        cloud.call(owner, verb, `${KMS}/${path}`, body);
    const encrypt = async (plaintext: string, more: object = {}): Promise<string> =>
        String((await call("POST", `${KEY}:encrypt`, { plaintext: base64(plaintext), ...more })).ciphertext);
    const decrypt = async (ciphertext: string, more: object = {}): Promise<string> =>
        Buffer.from(
            (await call("POST", `${KEY}:decrypt`, { ciphertext, ...more })).plaintext as string,
            "base64",
        ).toString();

    beforeEach(async () => {
        cloud = testCloud();
        await call("POST", `${PLACE}/keyRings?keyRingId=ring`, {});
        await call("POST", `${RING}/cryptoKeys?cryptoKeyId=key`, { purpose: "ENCRYPT_DECRYPT" });
    });
    afterEach(() => cloud.close());

    it("gives back what it encrypted, and refuses what was changed", async () => {
        await fc.assert(
            fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), fc.string(), async (text, extra) => {
                const more = { additionalAuthenticatedData: base64(extra) };
                const ciphertext = await encrypt(text, more);
                assert.equal(await decrypt(ciphertext, more), Buffer.from(text).toString());
                await assert.rejects(
                    decrypt(ciphertext, { additionalAuthenticatedData: base64(`${extra}x`) }),
                    /verify that 'name'/,
                );
            }),
            { numRuns: 20 },
        );
        const ciphertext = Buffer.from(await encrypt("secret"), "base64");
        assert.ok(!ciphertext.includes("secret"));
        for (let at = 0; at < ciphertext.length; at++) {
            const changed = Buffer.from(ciphertext);
            changed[at] = (changed[at] ?? 0) ^ 1;
            await assert.rejects(decrypt(changed.toString("base64")), /^Error: 400.*verify that 'name'/, `byte ${at}`);
            await assert.rejects(decrypt(ciphertext.subarray(0, at).toString("base64")), /^Error: 400/);
        }
        await call("POST", `${RING}/cryptoKeys?cryptoKeyId=other`, { purpose: "ENCRYPT_DECRYPT" });
        const other = cloud.call(owner, "POST", `${KMS}/${RING}/cryptoKeys/other:decrypt`, {
            ciphertext: ciphertext.toString("base64"),
        });
        await assert.rejects(other, /verify that 'name'/);
    });

    it("decrypts by the version that encrypted, as long as that is enabled", async () => {
        const before = await encrypt("old");
        await call("POST", `${KEY}/cryptoKeyVersions`, {});
        await call("POST", `${KEY}:updatePrimaryVersion`, { cryptoKeyVersionId: "2" });
        const { name } = await call("POST", `${KEY}:encrypt`, { plaintext: base64("new") });
        assert.equal(name, `${KEY}/cryptoKeyVersions/2`);
        assert.equal(await decrypt(before), "old");
        const first = `${KEY}/cryptoKeyVersions/1`;
        await call("PATCH", `${first}?updateMask=state`, { state: "DISABLED" });
        await assert.rejects(decrypt(before), /cryptoKeyVersions\/1 is not enabled, current state is: DISABLED/);
        await call("PATCH", `${first}?updateMask=state`, { state: "ENABLED" });
        assert.equal(await decrypt(before), "old");
    });

    it("destroys a version only after its time, until when it can be restored", async () => {
        const ciphertext = await encrypt("kept");
        const version = `${KEY}/cryptoKeyVersions/1`;
        assert.equal((await call("POST", `${version}:destroy`, {})).state, "DESTROY_SCHEDULED");
        await assert.rejects(decrypt(ciphertext), /DESTROY_SCHEDULED/);
        await assert.rejects(encrypt("more"), /DESTROY_SCHEDULED/);
        assert.equal((await call("POST", `${version}:restore`, {})).state, "DISABLED");
        await call("PATCH", `${version}?updateMask=state`, { state: "ENABLED" });
        assert.equal(await decrypt(ciphertext), "kept");
        await call("POST", `${version}:destroy`, {});
        cloud.clock.advance(31 * 24 * 3600 * 1000);
        assert.equal((await call("GET", version)).state, "DESTROYED");
        await assert.rejects(call("POST", `${version}:restore`, {}), /has the state DESTROYED/);
        await assert.rejects(decrypt(ciphertext), /DESTROYED/);
    });

    it("lets only those encrypt and decrypt who may, on the key or the ring", async () => {
        const { email, uniqueId } = await cloud.call(
            owner,
            "POST",
            "https://iam.googleapis.com/v1/projects/demo/serviceAccounts",
            {
                accountId: "reader",
            },
        );
        const reader = accountPrincipal({ email: String(email), uniqueId: String(uniqueId) });
        const ciphertext = await encrypt("secret");
        const status = (verb: string, body: object) => cloud.status(reader, "POST", `${KMS}/${KEY}:${verb}`, body);
        const both = async () => [
            await status("encrypt", { plaintext: base64("a") }),
            await status("decrypt", { ciphertext }),
        ];
        const grant = (at: string, role: string) =>
            call("POST", `${at}:setIamPolicy`, {
                policy: { bindings: [{ role, members: [`serviceAccount:${String(email)}`] }] },
            });
        assert.deepEqual(await both(), [403, 403]);
        await grant(KEY, "roles/cloudkms.admin");
        assert.deepEqual(await both(), [403, 403], "who administers keys does not use them");
        await grant(KEY, "roles/cloudkms.cryptoKeyEncrypter");
        assert.deepEqual(await both(), [200, 403]);
        await grant(KEY, "roles/cloudkms.cryptoKeyDecrypter");
        assert.deepEqual(await both(), [403, 200]);
        await grant(KEY, "roles/cloudkms.viewer");
        await grant(RING, "roles/cloudkms.cryptoKeyEncrypterDecrypter");
        assert.deepEqual(await both(), [200, 200]);
        await assert.rejects(grant(KEY, "roles/run.invoker"), /^Error: 400/);
    });

    it("deletes nothing, and does not know a key that there is not", async () => {
        assert.notEqual(await cloud.status(owner, "DELETE", `${KMS}/${RING}`), 200);
        assert.notEqual(await cloud.status(owner, "DELETE", `${KMS}/${KEY}`), 200);
        assert.equal(await cloud.status(owner, "GET", `${KMS}/${RING}/cryptoKeys/none`), 404);
        assert.equal(await cloud.status(owner, "POST", `${KMS}/${PLACE}/keyRings?keyRingId=ring`, {}), 409);
    });

    const bodies: Record<string, [url: string, body: (key: string) => object, agent: string, words: RegExp]> = {
        "a bucket": [
            "https://storage.googleapis.com/storage/v1/b?project=demo",
            (key) => ({ name: "a-bucket", location: "europe-west1", encryption: { defaultKmsKeyName: key } }),
            "gs-project-accounts",
            /Permission denied on Cloud KMS key\. Please ensure that your Cloud Storage service account/,
        ],
        "a secret": [
            "https://secretmanager.googleapis.com/v1/projects/demo/secrets?secretId=s",
            (kmsKeyName) => ({
                replication: {
                    userManaged: {
                        replicas: [{ location: "europe-west1", customerManagedEncryption: { kmsKeyName } }],
                    },
                },
            }),
            "gcp-sa-secretmanager",
            /useToEncrypt' denied on resource/,
        ],
        "a service of Cloud Run": [
            `https://run.googleapis.com/v2/${PLACE}/services?serviceId=s`,
            (encryptionKey) => ({ template: { encryptionKey, containers: [{ image: "a" }] } }),
            "serverless-robot-prod",
            /useToEncrypt' denied on resource/,
        ],
        "a job of Cloud Run": [
            `https://run.googleapis.com/v2/${PLACE}/jobs?jobId=s`,
            (encryptionKey) => ({ template: { template: { encryptionKey, containers: [{ image: "a" }] } } }),
            "serverless-robot-prod",
            /useToEncrypt' denied on resource/,
        ],
        "a worker pool of Cloud Run": [
            `https://run.googleapis.com/v2/${PLACE}/workerPools?workerPoolId=s`,
            (encryptionKey) => ({ template: { encryptionKey, containers: [{ image: "a" }] } }),
            "serverless-robot-prod",
            /useToEncrypt' denied on resource/,
        ],
        "a workflow": [
            `https://workflows.googleapis.com/v1/${PLACE}/workflows?workflowId=s`,
            (cryptoKeyName) => ({ cryptoKeyName, sourceContents: "main: {steps: [{a: {return: 1}}]}" }),
            "gcp-sa-workflows",
            /useToEncrypt' denied on resource/,
        ],
        "a repository": [
            `https://artifactregistry.googleapis.com/v1/${PLACE}/repositories?repositoryId=s`,
            (kmsKeyName) => ({ kmsKeyName, format: "DOCKER" }),
            "gcp-sa-artifactregistry",
            /useToEncrypt' denied on resource/,
        ],
        "a function": [
            `https://cloudfunctions.googleapis.com/v2/${PLACE}/functions?functionId=s`,
            (kmsKeyName) => ({
                kmsKeyName,
                buildConfig: {
                    runtime: "nodejs22",
                    entryPoint: "a",
                    source: { storageSource: { bucket: "b", object: "o" } },
                },
            }),
            "gcf-admin-robot",
            /useToEncrypt' denied on resource/,
        ],
        "a topic": [
            "https://pubsub.googleapis.com/v1/projects/demo/topics/one",
            (kmsKeyName) => ({ kmsKeyName }),
            "gcp-sa-pubsub",
            /did not have the necessary permissions .* granted the Cloud KMS CryptoKey Encrypter\/Decrypter role/,
        ],
    };
    for (const [what, [url, body, agent, words]] of Object.entries(bodies)) {
        it(`encrypts ${what} once the agent of its service may use the key, and not before`, async () => {
            const verb = what === "a topic" ? "PUT" : "POST";
            const make = (key: string) => cloud.call(owner, verb, url, body(key));
            await assert.rejects(make(KEY), words);
            await assert.rejects(make(`${RING}/cryptoKeys/none`), /^Error: 403/);
            await assert.rejects(make("a-key"), /projects\/PROJECT\/locations/);
            const member = `serviceAccount:service-${cloud.settings.projectNumber}@${agent}.iam.gserviceaccount.com`;
            const grant = (role: string) =>
                call("POST", `${KEY}:setIamPolicy`, { policy: { bindings: [{ role, members: [member] }] } });
            await grant("roles/cloudkms.cryptoKeyEncrypter");
            await assert.rejects(make(KEY), words);
            await grant("roles/cloudkms.cryptoKeyEncrypterDecrypter");
            const made = await make(KEY);
            assert.doesNotMatch(JSON.stringify(made), /"error"/);
        });

        it(`encrypts ${what} ${what === "a topic" ? "with a key of any place" : "with a key of its own place alone"}`, async () => {
            const away = "projects/demo/locations/us-east1/keyRings/ring";
            await call("POST", "projects/demo/locations/us-east1/keyRings?keyRingId=ring", {});
            await call("POST", `${away}/cryptoKeys?cryptoKeyId=key`, { purpose: "ENCRYPT_DECRYPT" });
            const member = `serviceAccount:service-${cloud.settings.projectNumber}@${agent}.iam.gserviceaccount.com`;
            const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
            await call("POST", `${away}/cryptoKeys/key:setIamPolicy`, {
                policy: { bindings: [{ role, members: [member] }] },
            });
            const made = cloud.call(owner, what === "a topic" ? "PUT" : "POST", url, body(`${away}/cryptoKeys/key`));
            await (what === "a topic"
                ? made
                : assert.rejects(made, /is in us-east1, and .* needs a key in europe-west1/));
        });
    }

    it("encrypts an object with the key of its request, or else with that of its bucket, while the agent may use it", async () => {
        const agent = `service-${cloud.settings.projectNumber}@gs-project-accounts.iam.gserviceaccount.com`;
        const grant = (role: string) =>
            call("POST", `${KEY}:setIamPolicy`, {
                policy: { bindings: [{ role, members: [`serviceAccount:${agent}`] }] },
            });
        const makeBucket = (name: string, encryption?: object) =>
            cloud.call(owner, "POST", "https://storage.googleapis.com/storage/v1/b?project=demo", {
                name,
                location: "europe-west1",
                ...(encryption && { encryption }),
            });
        const upload = async (bucket: string, query = ""): Promise<unknown> => {
            const url = `https://storage.googleapis.com/upload/storage/v1/b/${bucket}/o?uploadType=media&name=o${query}`;
            return (await cloud.call(owner, "POST", url, {}))["kmsKeyName"];
        };
        await makeBucket("plain");
        const named = `&kmsKeyName=${encodeURIComponent(KEY)}`;
        await assert.rejects(upload("plain", named), /Permission denied on Cloud KMS key/);
        await grant("roles/cloudkms.cryptoKeyEncrypterDecrypter");
        await makeBucket("encrypted", { defaultKmsKeyName: KEY });
        const patch = { encryption: { defaultKmsKeyName: KEY } };
        await cloud.call(owner, "PATCH", "https://storage.googleapis.com/storage/v1/b/encrypted", patch);
        const version = `${KEY}/cryptoKeyVersions/1`;
        assert.deepEqual(
            [await upload("plain"), await upload("plain", named), await upload("encrypted")],
            [undefined, version, version],
        );
        await grant("roles/cloudkms.viewer");
        await assert.rejects(upload("encrypted"), /Permission denied on Cloud KMS key/);
        assert.equal(await upload("plain"), undefined);
    });

    it("encrypts secrets that Google replicates with a global key alone", async () => {
        const replication = { automatic: { customerManagedEncryption: { kmsKeyName: KEY } } };
        const url = "https://secretmanager.googleapis.com/v1/projects/demo/secrets?secretId=s";
        await assert.rejects(cloud.call(owner, "POST", url, { replication }), /needs a key in global/);
    });
});
