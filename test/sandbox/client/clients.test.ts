import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Sandbox } from "../../../sandbox";
import { skip } from "../../support/skip";

const run = promisify(execFile);
const root = resolve(__dirname, "../../..");

/** A client that knows nothing of the sandbox: it reads its own environment. */
const CLIENT = `
const { GoogleAuth } = require("google-auth-library");
const auth = new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" });
auth.request({ url: "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", validateStatus: () => true })
    .then(({ status }) => console.log(status), (error) => console.log(error.message));
`;

/** What the metadata server answers to a client that only knows its proxy. */
function throughProxy(proxy: string, url: string): Promise<string> {
    const { port, username, password } = new URL(proxy);
    const headers: Record<string, string> = { host: new URL(url).host, "metadata-flavor": "Google" };
    if (username) {
        headers["proxy-authorization"] = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    }
    return new Promise((done, fail) => {
        request({ host: "127.0.0.1", port, path: url, headers }, (response) => {
            let text = "";
            response.on("data", (chunk: Buffer) => (text += chunk.toString()));
            response.on("end", () => done(`${response.statusCode ?? 0} ${text}`));
        })
            .on("error", fail)
            .end();
    });
}

describe("clients that the sandbox did not start", () => {
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
    });
    after(() => sandbox.close());

    async function account(id: string): Promise<string> {
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: id },
        });
        return `${id}@demo.iam.gserviceaccount.com`;
    }

    async function statusOf(as?: string): Promise<string> {
        const variables = await sandbox.clientEnvironment(as === undefined ? {} : { as });
        const env = Object.fromEntries(
            Object.entries({ ...process.env, ...variables }).filter(([, value]) => value !== undefined),
        );
        const { stdout } = await run(process.execPath, ["-e", CLIENT], { cwd: root, env });
        return stdout.trim();
    }

    it("act as the owner by default, with credentials that a library finds by itself", async () => {
        assert.equal(await statusOf(), "200");
    });

    it("act as a user who was granted nothing, and are refused", async () => {
        assert.equal(await statusOf("user:guest@example.com"), "403");
    });

    it("act as a service account through a metadata server of its own, allowed by its grant and refused without", async () => {
        const email = await account("reader");
        assert.equal(await statusOf(`serviceAccount:${email}`), "403");
        const policy = sandbox.cloud.iam.getPolicy("//cloudresourcemanager.googleapis.com/projects/demo");
        sandbox.cloud.iam.setPolicy("//cloudresourcemanager.googleapis.com/projects/demo", {
            ...policy,
            bindings: [
                ...(policy.bindings ?? []),
                { role: "roles/iam.serviceAccountViewer", members: [`serviceAccount:${email}`] },
            ],
        });
        assert.equal(await statusOf(`serviceAccount:${email}`), "200");
    });

    it("meet the metadata server under its own name too, each as whom it acts, and a user none", async () => {
        const url = "http://metadata/computeMetadata/v1/instance/service-accounts/default/email";
        const ask = async (as: string): Promise<string> => {
            const { http_proxy: proxy = "" } = await sandbox.clientEnvironment({ as });
            return throughProxy(proxy, url);
        };
        const email = await account("first-one");
        const other = await account("second-one");
        assert.equal(await ask(`serviceAccount:${email}`), `200 ${email}`);
        assert.equal(await ask(`serviceAccount:${other}`), `200 ${other}`);
        assert.match(await ask("user:owner@example.com"), /^404 only workloads have a metadata server/);
    });

    it("get no real credentials that lie in the home folder", async () => {
        const email = await account("far-away");
        const home = mkdtempSync(join(tmpdir(), "home-"));
        const own = process.env.HOME;
        try {
            mkdirSync(join(home, ".config", "gcloud"), { recursive: true });
            const real = {
                type: "authorized_user",
                client_id: "real",
                client_secret: "real",
                refresh_token: "1//real",
            };
            writeFileSync(
                join(home, ".config", "gcloud", "application_default_credentials.json"),
                JSON.stringify(real),
            );
            process.env.HOME = home;
            // With its own credentials it is let in and denied; with the real ones it would get no token at all.
            assert.equal(await statusOf(`serviceAccount:${email}`), "403");
            const { GOOGLE_APPLICATION_CREDENTIALS: file = "" } = await sandbox.clientEnvironment({
                as: `serviceAccount:${email}`,
            });
            assert.equal(statSync(file).mode & 0o777, 0o600);
        } finally {
            if (own === undefined) {
                delete process.env.HOME;
            } else {
                process.env.HOME = own;
            }
            rmSync(home, { recursive: true });
        }
    });

    it("have a configuration of gcloud of their own, each another one", async () => {
        const email = await account("signed-in");
        const folders = [];
        for (const options of [
            {},
            { as: `serviceAccount:${email}` },
            { as: `serviceAccount:${email}`, on: "app-engine" },
        ]) {
            const { CLOUDSDK_CONFIG: config = "" } = await sandbox.clientEnvironment(options);
            assert.equal(statSync(config).mode & 0o777, 0o700);
            folders.push(config);
        }
        assert.equal(new Set(folders).size, 3);
    });

    it("are of the sandbox's project, and pay with no other", async () => {
        const variables = await sandbox.clientEnvironment();
        assert.equal(variables.GCLOUD_PROJECT, "demo");
        for (const name of ["GOOGLE_BILLING_PROJECT", "USER_PROJECT_OVERRIDE", "GOOGLE_UNIVERSE_DOMAIN"]) {
            assert.ok(name in variables && variables[name] === undefined, name);
        }
    });

    it("cannot be an account that does not exist", async () => {
        await assert.rejects(
            sandbox.clientEnvironment({ as: "serviceAccount:nobody@demo.iam.gserviceaccount.com" }),
            /nobody@demo/,
        );
    });

    it("find their credentials in files that only their owner reads", async () => {
        const { GOOGLE_APPLICATION_CREDENTIALS: file = "" } = await sandbox.clientEnvironment();
        assert.equal(statSync(file).mode & 0o777, 0o600);
        assert.doesNotMatch(readFileSync(file, "utf8"), /eyJ|ya29/);
    });
});

describe("the JVM's trust store", () => {
    let sandbox: Sandbox;
    let file: string;
    before(async () => {
        sandbox = await Sandbox.start();
        const { JAVA_TOOL_OPTIONS: options = "" } = await sandbox.clientEnvironment();
        file = /trustStore=([^"]+)"/.exec(options)?.[1] ?? "";
    });
    after(() => sandbox.close());

    it("ends with the digest that Java checks", () => {
        const bytes = readFileSync(file);
        const password = Buffer.from("changeit", "utf16le").swap16();
        const digest = createHash("sha1").update(password).update("Mighty Aphrodite").update(bytes.subarray(0, -20));
        assert.deepEqual(bytes.subarray(-20), digest.digest());
    });

    it("is read by keytool", function () {
        const { stdout, error } = spawnSync("keytool", ["-list", "-keystore", file, "-storepass", "changeit"], {
            encoding: "utf8",
            env: { PATH: process.env.PATH },
        });
        if (error) {
            skip(this, "there is no keytool on this machine");
        }
        assert.match(stdout, /gcp-invoke-sandbox.*trustedCertEntry/);
    });
});
