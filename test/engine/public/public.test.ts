import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { openStack, type Stack } from "../../../engine";
import { Sandbox } from "../../../sandbox";
import { everything } from "../../examples/remains";
import { data } from "./data";
import { machines } from "./machines";
import { serverless } from "./serverless";

const programs = { ...serverless, ...machines, ...data };

/** What Google keeps of what was destroyed: default accounts, keys, services that stay enabled, and names that cannot be reused. */
const LEFT =
    /^cloudkms\.|^iam\.(defaultAccounts|roles|workloadIdentityPool\w*) |@(developer|appspot)\.|^serviceusage\./;

/** What a program leaves behind and Google does not. */
function remains(sandbox: Sandbox): Map<string, string> {
    return new Map([...everything(sandbox)].filter(([name]) => !LEFT.test(name)));
}

/** Values that an update must know, wherever they are. */
function unknowns(value: unknown): string[] {
    return JSON.stringify(value ?? null).match(/"04da6b54-80e4-46f7-96ec-b56ff0331ba9"|undefined/g) ?? [];
}

describe("programs with the resources of public repositories", () => {
    let sandbox: Sandbox;
    let state = "";
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        state = mkdtempSync(join(tmpdir(), "public-"));
        // A project has a policy before anyone writes it: from here on it is among what is kept.
        const path = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        const { body: policy } = await sandbox.request("POST", `${path}:getIamPolicy`);
        await sandbox.request("POST", `${path}:setIamPolicy`, { body: { policy } });
    });
    after(async () => {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    });

    const open = (name: string, program: () => Record<string, pulumi.Input<unknown>>): Promise<Stack> =>
        openStack({
            program: () => Promise.resolve(program()),
            project: name.replaceAll(/\W+/g, "-"),
            stateDirectory: state,
            config: { "gcp:project": "demo", "gcp:region": "us-central1" },
            request: (method, url, body, headers) =>
                sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });

    it("are twenty at least", () => assert.ok(Object.keys(programs).length >= 20));

    for (const [name, program] of Object.entries(programs)) {
        it(`go up, are unchanged, and are destroyed: ${name}`, async () => {
            const before = remains(sandbox);
            const stack = await open(name, program);
            const up = await stack.up();
            const errors = up.diagnostics.filter(({ severity }) => severity === "error");
            assert.deepEqual([errors, up.result], [[], "succeeded"]);
            assert.deepEqual(unknowns(up.outputs), []);
            const again = await stack.up({ preview: false });
            assert.deepEqual(Object.keys(again.changes), ["same"]);
            const gone = await stack.destroy();
            assert.deepEqual([gone.result, stack.resources], ["succeeded", []]);
            assert.deepEqual(remains(sandbox), before);
        });
    }
});
