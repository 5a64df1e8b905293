import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { Sandbox } from "../../sandbox";
import { kept, taken } from "../support/strays";

const REAL = "what-whoever-works-here-has-set";

describe("the variables of a client", () => {
    let sandbox: Sandbox;
    const preset = { ...process.env };
    before(async () => {
        sandbox = await Sandbox.start();
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "caller" },
        });
    });
    beforeEach(() => {
        for (const name of [...taken, ...kept]) {
            process.env[name] = REAL;
        }
    });
    afterEach(() => {
        for (const name of [...taken, ...kept]) {
            Reflect.deleteProperty(process.env, name);
        }
        Object.assign(process.env, preset);
    });
    after(() => sandbox.close());

    for (const as of ["user:owner@example.com", "serviceAccount:caller@demo.iam.gserviceaccount.com", "allUsers"]) {
        for (const mode of ["proxy", "endpoints"] as const) {
            it(`hold nothing that could bring a real credential or lead elsewhere, and all else: ${as}, ${mode}`, async () => {
                const child = { ...process.env, ...(await sandbox.clientEnvironment({ as, mode })) };
                assert.deepEqual(
                    taken.filter((name) => child[name] === REAL),
                    [],
                );
                assert.deepEqual(
                    kept.filter((name) => child[name] !== REAL),
                    [],
                );
            });
        }
    }

    it("are as empty for a program as for a client", () => {
        const child = { ...process.env, ...sandbox.environment() };
        assert.deepEqual(
            taken.filter((name) => child[name] === REAL),
            [],
        );
    });

    it("keep hosts of Google from going around the proxy, whatever was exempted", () => {
        for (const exempt of ["*", ".googleapis.com", "run.app"]) {
            process.env.NO_PROXY = process.env.no_proxy = exempt;
            const child = { ...process.env, ...sandbox.environment() };
            assert.equal(child.NO_PROXY, "localhost,127.0.0.1,::1");
            assert.equal(child.no_proxy, child.NO_PROXY);
        }
    });

    it("give no token to who has no credentials, and no file in which a library would look for others", async () => {
        const nobody = await sandbox.clientEnvironment({ as: "allUsers" });
        assert.equal(nobody.GOOGLE_OAUTH_ACCESS_TOKEN, undefined);
        assert.equal(nobody.CLOUDSDK_AUTH_ACCESS_TOKEN, undefined);
        assert.ok(!existsSync(nobody.GOOGLE_APPLICATION_CREDENTIALS ?? ""));
        const owner = await sandbox.clientEnvironment();
        assert.ok(existsSync(owner.GOOGLE_APPLICATION_CREDENTIALS ?? ""));
        assert.match(owner.GOOGLE_OAUTH_ACCESS_TOKEN ?? "", /^ya29\./);
    });
});
