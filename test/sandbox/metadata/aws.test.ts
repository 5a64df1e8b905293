import assert from "node:assert/strict";
import { request } from "node:http";
import { Sandbox } from "../../../sandbox";

const arn = "arn:aws:sts::123456789012:assumed-role/shop/i-0abc";
const metadata = "http://169.254.169.254/latest";
const roles = `${metadata}/meta-data/iam/security-credentials`;

describe("the metadata service of AWS", () => {
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(() => sandbox.close());

    async function ask(as: string, url: string, headers: Record<string, string> = {}, method = "GET"): Promise<string> {
        const { HTTP_PROXY = "" } = await sandbox.clientEnvironment({ as });
        const { port, username, password } = new URL(HTTP_PROXY);
        const known = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
        const own = { host: new URL(url).host, ...(username !== "" && { "proxy-authorization": known }), ...headers };
        return new Promise((done, fail) => {
            request({ host: "127.0.0.1", port, path: url, method, headers: own }, (response) => {
                let text = "";
                response.on("data", (chunk: Buffer) => (text += chunk.toString()));
                response.on("end", () => done(`${response.statusCode ?? 0} ${text}`));
            })
                .on("error", fail)
                .end();
        });
    }
    const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "300" };

    it("gives the role of the client its credentials, and those of no other role", async () => {
        assert.equal(await ask(arn, roles), "200 shop");
        assert.equal(await ask(arn, `${metadata}/meta-data/placement/availability-zone`), "200 us-east-1a");
        const [, json = ""] = /^200 (.*)$/.exec(await ask(arn, `${roles}/shop`)) ?? [];
        const { AccessKeyId, Token } = JSON.parse(json) as Record<string, string>;
        const found = sandbox.cloud.tokens.aws.find(AccessKeyId ?? "");
        assert.deepEqual([found?.identity.arn, found?.sessionToken], [arn, Token]);
        for (const path of [`${roles}/other`, `${roles}/shop/../other`, `${metadata}/user-data`, `${metadata}/..`]) {
            assert.match(await ask(arn, path), /^404/, path);
        }
    });

    it("gives a token to whoever asks for one, and refuses one that it has not given", async () => {
        const [, token = ""] = /^200 (\S+)$/.exec(await ask(arn, `${metadata}/api/token`, ttl, "PUT")) ?? [];
        assert.match(await ask(arn, roles, { "x-aws-ec2-metadata-token": token }), /^200/);
        assert.match(await ask(arn, roles, { "x-aws-ec2-metadata-token": `${token}x` }), /^401/);
        assert.match(await ask(arn, `${metadata}/api/token`, {}, "PUT"), /^400/);
        assert.match(await ask(arn, `${metadata}/api/token`, ttl), /^405/);
        assert.match(await ask(arn, `${roles}/shop`, {}, "POST"), /^405/);
    });

    it("is there for clients on AWS alone, where the one of Google Cloud is not", async () => {
        for (const as of ["user:owner@example.com", "allUsers"]) {
            assert.match(await ask(as, `${roles}/shop`), /^404/);
        }
        const google = { "metadata-flavor": "Google" };
        const path = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token";
        assert.match(await ask(arn, path, google), /^404/);
        assert.match(await ask("arn:aws:iam::123456789012:user/ann", `${roles}/ann`), /^404/);
    });
});
