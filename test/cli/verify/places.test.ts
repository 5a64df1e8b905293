import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSpecs } from "../../../cli/verify";
import type { SmokeSpec } from "../../../smoke";
import { type Sandboxed, startSandboxed } from "../../support/sandboxed";

const spec = (name: string): SmokeSpec => ({ version: 1, name, project: "demo", fingerprint: {}, probes: [] });
const stateOf = (...specs: SmokeSpec[]) => ({
    deployment: { resources: specs.map((input) => ({ type: "pulumi:index:Stash", urn: "urn:x", inputs: { input } })) },
});

describe("the specs of many stacks", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "specs-"))));
    afterEach(() => rmSync(folder, { recursive: true }));
    const keep = (name: string, content: unknown) =>
        writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    const names = async (specs: string, credentials = {}) =>
        (await readSpecs(".", { specs }, credentials)).map(({ name }) => name);

    it("reads specs, lists of specs and states in all files of a folder, in the order of their names", async () => {
        mkdirSync(join(folder, "a"));
        keep("a/late.json", [spec("2"), spec("3")]);
        keep("b.json", stateOf(spec("4"), spec("5")));
        keep("a.json", spec("1"));
        keep("notes.txt", "no JSON");
        assert.deepEqual(await names(folder), ["1", "2", "3", "4", "5"].sort());
    });

    it("refuses a place without specs, and names the file that it cannot read", async () => {
        await assert.rejects(names(folder), /holds no file that ends in \.json.*pulumi stack export --show-secrets/s);
        await assert.rejects(names(join(folder, "none")), /cannot read .*none: there is no such file/);
        await assert.rejects(names("s3://bucket"), /s3:\/\/bucket is no place of specs; give a folder, or gs:/);
        keep("empty.json", stateOf());
        await assert.rejects(names(folder), /holds 1 files, and no smoke spec in them/);
        for (const [text, message] of [
            ["{", /cannot read .*broken\.json/],
            ["7", /broken\.json holds neither a smoke spec nor the state of a stack/],
            [JSON.stringify({ ...spec("new"), version: 2 }), /broken\.json has version 2/],
        ] as const) {
            keep("broken.json", text);
            await assert.rejects(names(folder), message);
        }
    });

    describe("in a bucket", () => {
        let sandboxed: Sandboxed;
        before(async () => {
            sandboxed = await startSandboxed({ project: "demo" });
            await sandboxed.admin("POST", "https://storage.googleapis.com/storage/v1/b?project=demo", {
                name: "demo-specs",
                location: "EU",
            });
            const upload = "https://storage.googleapis.com/upload/storage/v1/b/demo-specs/o?uploadType=media&name=";
            for (let at = 0; at < 30; at++) {
                const name = encodeURIComponent(`fleet/${String(at).padStart(2, "0")} ä.json`);
                await sandboxed.admin("POST", upload + name, stateOf(spec(String(at))));
            }
            await sandboxed.admin("POST", `${upload}other.json`, spec("elsewhere"));
        });
        after(() => sandboxed.close());

        it("reads the objects with the prefix, all pages of them", async () => {
            const { http, env } = sandboxed;
            const wanted = Array.from({ length: 30 }, (_, at) => String(at));
            assert.deepEqual(await names("gs://demo-specs/fleet/", { http, env }), wanted);
            assert.deepEqual(await names("gs://demo-specs", { http, env }), [...wanted, "elsewhere"]);
        });

        it("says which role is missing", async () => {
            const { http, env } = sandboxed;
            const email = await sandboxed.account("checker");
            const impersonateServiceAccount = email;
            await sandboxed.grant(
                `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${email}`,
                "roles/iam.serviceAccountTokenCreator",
                "user:owner@example.com",
            );
            await assert.rejects(
                names("gs://demo-specs/fleet/", { http, env, impersonateServiceAccount }),
                /cannot read gs:\/\/demo-specs\/fleet\/: 403 .*roles\/storage\.objectViewer on the bucket demo-specs/s,
            );
        });
    });
});
