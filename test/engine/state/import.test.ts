import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { Stack } from "../../../engine";
import { Crypter } from "../../../engine/state/secrets";
import { KINDS, SIGNATURE, type Value } from "../../../engine/values/values";

import { Bench } from "../helper";

const STACK = "urn:pulumi:dev::inline::pulumi:pulumi:Stack::inline-dev";
const stash = (name: string) => `urn:pulumi:dev::inline::pulumi:index:Stash::${name}`;

/** A program with a secret in a resource and in its outputs. */
const program = () => {
    const kept = new pulumi.Stash("kept", { input: pulumi.secret("hush, hush") });
    return Promise.resolve({ key: kept.output });
};

/** The state of that program as the real CLI writes it. `secret` is a secret value as the CLI writes it. */
function exported(secret: Value, more: Record<string, unknown> = {}, resource: Record<string, unknown> = {}) {
    const hidden = { [SIGNATURE]: KINDS.secret, ...(secret as object) };
    return {
        version: 3,
        deployment: {
            manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.259.0" },
            resources: [
                { urn: STACK, custom: false, type: "pulumi:pulumi:Stack", outputs: { key: hidden } },
                {
                    urn: stash("kept"),
                    custom: true,
                    id: "0b6d",
                    type: "pulumi:index:Stash",
                    inputs: { input: hidden },
                    outputs: { input: hidden, output: hidden },
                    parent: STACK,
                    ...resource,
                },
            ],
            ...more,
        },
    };
}

describe("a state of the real CLI", function () {
    const bench = new Bench("");
    after(() => {
        bench.close();
    });
    const open = (environment: Record<string, string | undefined> = {}): Promise<Stack> =>
        bench.open({}, { program, environment: { PULUMI_CONFIG_PASSPHRASE: undefined, ...environment } });
    const backups = (): string[] => readdirSync(join(bench.state)).filter((name) => name.endsWith(".bak"));
    const PLAIN = { plaintext: `"hush, hush"` };

    it("is imported with secrets in the clear, which are then encrypted, and nothing is left to do", async () => {
        const stack = await open();
        assert.equal(stack.exists, false);
        assert.deepEqual(await stack.import(exported(PLAIN)), { resources: 2, pending: 0 });
        assert.equal(stack.exists, true);
        const file = readFileSync(join(bench.state, "inline.dev.json"), "utf8");
        assert.doesNotMatch(file, /hush, hush/);
        const result = await (await open()).up();
        assert.deepEqual(result.diagnostics, []);
        assert.deepEqual(result.changes, { same: 2 });
        assert.equal((await open()).resources.find(({ type }) => type.endsWith("Stash"))?.id, "0b6d");
    });

    it("is imported with encrypted secrets, by the passphrase of the environment or of a file", async () => {
        const crypter = await Crypter.create("open sesame");
        const state = exported(
            { ciphertext: crypter.encrypt(`"hush, hush"`) },
            { secrets_providers: { type: "passphrase", state: { salt: crypter.salt } } },
        );
        const file = join(bench.state, "passphrase");
        writeFileSync(file, "open sesame\n");
        for (const environment of [
            { PULUMI_CONFIG_PASSPHRASE: "open sesame" },
            { PULUMI_CONFIG_PASSPHRASE_FILE: file },
        ]) {
            await (await open(environment)).import(state);
            assert.match(JSON.stringify((await open()).export(true)), /"plaintext":"\\"hush, hush\\""/);
        }
        const before = JSON.stringify((await open()).resources);
        const wrong = await open({ PULUMI_CONFIG_PASSPHRASE: "sesame" });
        await assert.rejects(wrong.import(state), /incorrect passphrase; set PULUMI_CONFIG_PASSPHRASE, or/);
        await assert.rejects((await open()).import(state), /has encrypted secrets; set PULUMI_CONFIG_PASSPHRASE to/);
        const lost = await open({ PULUMI_CONFIG_PASSPHRASE_FILE: join(bench.state, "nowhere") });
        await assert.rejects(lost.import(state), /PULUMI_CONFIG_PASSPHRASE_FILE is .*nowhere, which cannot be read/);
        assert.equal(JSON.stringify((await open()).resources), before);
    });

    it("replaces the former state, which is kept in a file and can be imported again", async () => {
        const other = new Bench("");
        try {
            const stack = await other.open({}, { program });
            await stack.up({ preview: false });
            const before = stack.export(true);
            const { backup = "" } = await stack.import(exported(PLAIN));
            assert.equal(stack.resources.length, 2);
            await stack.import(JSON.parse(readFileSync(backup, "utf8")));
            assert.deepEqual(stack.export(true).deployment["resources"], before.deployment["resources"]);
        } finally {
            other.close();
        }
    });

    it("keeps the operations that were under way, and the next update settles them", async () => {
        const stack = await open();
        const [, resource] = exported(PLAIN).deployment.resources;
        const pending = { type: "creating", resource: { ...resource, urn: stash("begun"), id: undefined } };
        const taken = await stack.import(exported(PLAIN, { pending_operations: [pending] }));
        assert.equal(taken.pending, 1);
        assert.equal((stack.export().deployment["pending_operations"] as unknown[]).length, 1);
        const result = await (await open()).up();
        assert.equal(result.result, "succeeded");
        assert.equal((await open()).export().deployment["pending_operations"], undefined);
    });

    it("is refused, and nothing is changed, where it cannot be the state of the stack", async () => {
        const stack = await open();
        await stack.import(exported(PLAIN));
        const before = JSON.stringify(stack.resources);
        const kept = backups().length;
        const good = exported(PLAIN);
        const [root, resource] = good.deployment.resources as Record<string, unknown>[];
        const having = (...resources: unknown[]) => ({ version: 3, deployment: { ...good.deployment, resources } });
        const renamed = (text: string) => JSON.parse(JSON.stringify(good).replaceAll("dev::inline", text)) as unknown;
        const cases: [unknown, RegExp][] = [
            [[], /^StateError: this is not the state of a stack: it has no version and deployment; give what `pulumi/],
            [{ version: 3, deployment: null }, /no version and deployment/],
            [
                { format: 1, sandbox: {}, stacks: {} },
                /a whole sandbox; import it with `gcp-invoke sandbox import FILE`/,
            ],
            [
                { ...good, version: 5 },
                /is of version 5 .* this package reads versions 3 and 4; install a newer version/,
            ],
            [{ ...good, version: 2 }, /is of version 2 .*; export it again with a newer Pulumi CLI/],
            [
                { ...good, version: 4, features: ["hooks", "views"] },
                /^UnsupportedError: the state needs views, which the sandbox/,
            ],
            [{ version: 3, deployment: { resources: {} } }, /the state's resources is not a list/],
            [renamed("prod::inline"), /is that of stack "prod" of project "inline", .*; import it with --stack prod/],
            [renamed("dev::shop"), /stack "dev" of project "shop", and this is stack "dev" of project "inline"; name/],
            [having({ ...root, urn: "x" }), /resource 1 of the state has the urn "x", which is no URN/],
            [having({ ...root, type: undefined }), /resource urn:.*inline-dev of the state has no type/],
            [having(root, resource, resource), /the state has two resources urn:.*::kept/],
            [having(resource), /::kept of the state needs urn:.*inline-dev, which the state does not have/],
            [
                having(root, { ...resource, type: "aws:s3/bucket:Bucket" }),
                /does not support resource type aws:s3\/bucket:Bucket, of which the state has resources; use the Pulumi/,
            ],
            [
                exported({ ciphertext: "v1:AAAA:AAAA" }, { secrets_providers: { type: "service" } }),
                /encrypted by the provider "service", only those by passphrase .* --show-secrets/,
            ],
            [exported({ plaintext: "hush, hush" }), /a secret of urn:.*inline-dev cannot be read/],
        ];
        for (const [state, message] of cases) {
            await assert.rejects(stack.import(state), message);
        }
        assert.equal(JSON.stringify((await open()).resources), before);
        assert.equal(backups().length, kept);
    });

    it("is exported as version 4 where its reader must know hooks, as the real CLI does", async () => {
        const stack = await open();
        await stack.import({
            ...exported(PLAIN, {}, { resourceHooks: { beforeDelete: ["check"] } }),
            version: 4,
            features: ["hooks"],
        });
        const { version, features } = stack.export();
        assert.deepEqual({ version, features }, { version: 4, features: ["hooks"] });
        await stack.import(exported(PLAIN));
        assert.deepEqual(Object.keys(stack.export()), ["version", "deployment"]);
        assert.equal(stack.export().version, 3);
    });

    it("is an error that names the file where the file is broken", async () => {
        const folder = mkdtempSync(join(tmpdir(), "broken-"));
        try {
            const file = join(folder, "inline.dev.json");
            writeFileSync(file, `{ "version": 3, "depl`);
            await assert.rejects(
                bench.open({}, { program, stateDirectory: folder }),
                /the state in .*inline\.dev\.json is broken: it is no JSON .*; replace it by a backup, or delete it/,
            );
            assert.ok(existsSync(file));
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
