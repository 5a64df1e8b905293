import assert from "node:assert/strict";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { Stack, StackResult } from "../../engine";

import { Bench } from "./helper";

type Program = () => Promise<Record<string, unknown> | undefined>;

/** Each test changes a program from one update to the next. */
describe("resource options", function () {
    let bench: Bench;
    let stack: Stack;
    beforeEach(() => {
        bench = new Bench("");
    });
    afterEach(() => {
        bench.close();
    });

    async function open(program: Program): Promise<Stack> {
        stack = await bench.open(
            { "gcp:project": "demo", "gcp:region": "europe-west1" },
            { directory: undefined as never, program },
        );
        return stack;
    }
    async function up(body: () => unknown): Promise<StackResult> {
        const opened = await open(() => {
            const outputs = body();
            return Promise.resolve(
                pulumi.Resource.isInstance(outputs) ? undefined : (outputs as Record<string, unknown>),
            );
        });
        return await opened.up({ preview: false });
    }
    async function green(body: () => unknown): Promise<string[]> {
        const result = await up(body);
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.result, "succeeded");
        return bench.steps();
    }
    const topic = (name: string, args: gcp.pubsub.TopicArgs = {}, options: pulumi.CustomResourceOptions = {}) =>
        new gcp.pubsub.Topic(name, { name: `fixed-${name}`, ...args }, options);

    it("replace: a resource with a fixed name says what to do, and stays as it was; with deleteBeforeReplace it is replaced", async () => {
        const program = (options: pulumi.CustomResourceOptions) => () => void topic("only", {}, options);
        await green(program({}));
        const held = () => new Map(stack.resources.map(({ urn: each, id, inputs }) => [each, { id, inputs }]));
        const before = held();
        const urn = stack.resources.find(({ type }) => type === "gcp:pubsub/topic:Topic")?.urn ?? "";
        const refused = await stack.up({ preview: false, replace: [urn] });
        assert.equal(refused.result, "failed");
        assert.match(
            refused.diagnostics.map(({ message }) => message).join("\n"),
            /already exists; the resource that it replaces is still there .*deleteBeforeReplace: true/,
        );
        assert.deepEqual(held(), before);
        assert.deepEqual(await green(program({})), []);
        const replacing = await open(() => {
            program({ deleteBeforeReplace: true })();
            return Promise.resolve(undefined);
        });
        assert.equal((await replacing.up({ preview: false, replace: [urn] })).result, "succeeded");
        assert.deepEqual(await green(program({ deleteBeforeReplace: true })), []);
    });

    it("aliases: a renamed resource is neither deleted nor created again", async () => {
        await green(() => void topic("old"));
        const steps = await green(() => void topic("new", { name: "fixed-old" }, { aliases: [{ name: "old" }] }));
        assert.deepEqual(steps, []);
        assert.deepEqual(
            stack.resources.map(({ urn }) => urn.split("::").pop()).filter((name) => name === "old" || name === "new"),
            ["new"],
        );
    });

    it("aliases: without one, the same rename deletes one resource and creates another", async () => {
        await green(() => void topic("old", { name: "a" }));
        const steps = await green(() => void topic("new", { name: "b" }));
        assert.deepEqual(steps, ["create Topic new", "delete Topic old"]);
    });

    it("aliases: the children of a renamed component are kept", async () => {
        class Box extends pulumi.ComponentResource {
            constructor(name: string, options?: pulumi.ComponentResourceOptions) {
                super("test:index:Box", name, {}, options);
                new gcp.pubsub.Topic(`${name}-topic`, { name: "kept" }, { parent: this });
            }
        }
        await green(() => new Box("one"));
        assert.deepEqual(await green(() => new Box("two", { aliases: [{ name: "one" }] })), []);
    });

    it("ignoreChanges: a change at a named path is ignored, and another one is not", async () => {
        const make = (duration: string, team: string) => () =>
            void topic(
                "t",
                { messageRetentionDuration: duration, labels: { team } },
                { ignoreChanges: ["labels.team"] },
            );
        await green(make("600s", "a"));
        assert.deepEqual(await green(make("600s", "b")), []);
        assert.deepEqual(await green(make("700s", "b")), ["update Topic t"]);
    });

    it("replaceOnChanges: a change that would be an update becomes a replacement", async () => {
        const make = (duration: string, options: pulumi.CustomResourceOptions) => () =>
            new gcp.pubsub.Topic("t", { messageRetentionDuration: duration }, options);
        await green(make("600s", {}));
        const steps = await green(make("700s", { replaceOnChanges: ["messageRetentionDuration"] }));
        assert.deepEqual(steps, ["create-replacement Topic t", "delete-replaced Topic t"]);
    });

    it("deleteBeforeReplace: the old resource is deleted first", async () => {
        const make = (duration: string) => () =>
            new gcp.pubsub.Topic(
                "t",
                { messageRetentionDuration: duration },
                { deleteBeforeReplace: true, replaceOnChanges: ["*"] },
            );
        await green(make("600s"));
        assert.deepEqual(await green(make("700s")), [
            "delete-replaced Topic t",
            "replace Topic t",
            "create-replacement Topic t",
        ]);
    });

    it("a secret without an id gets one, and the old secret is deleted first, as with the real provider", async () => {
        const make = (location: string) => () =>
            new gcp.secretmanager.Secret("token", { replication: { userManaged: { replicas: [{ location }] } } });
        await green(make("europe-west1"));
        const made = stack.resources.find(({ type }) => type === "gcp:secretmanager/secret:Secret");
        assert.match(String(made?.id), /^projects\/demo\/secrets\/token-[0-9a-f]{7}$/);
        assert.deepEqual(await green(make("europe-west4")), [
            "delete-replaced Secret token",
            "replace Secret token",
            "create-replacement Secret token",
        ]);
    });

    it("replaceWith: a resource is replaced together with the one that it names, without a change of its own", async () => {
        const make = (duration: string) => () => {
            const other = topic("other", { name: `fixed-${duration}`, messageRetentionDuration: duration });
            new gcp.pubsub.Topic("bound", {}, { replaceWith: [other] });
        };
        await green(make("600s"));
        assert.deepEqual((await green(make("700s"))).filter((step) => step.endsWith("bound")).toSorted(), [
            "create-replacement Topic bound",
            "delete-replaced Topic bound",
            "replace Topic bound",
        ]);
        assert.deepEqual(await green(make("700s")), []);
    });

    it("hideDiffs: the change is made and not shown", async () => {
        const make = (team: string) => () => void topic("t", { labels: { team } }, { hideDiffs: ["labels"] });
        await green(make("a"));
        assert.deepEqual(await green(make("b")), ["update Topic t"]);
        const told = bench.events.find((event) => event.type === "step" && event.step.name === "t");
        assert.ok(told?.type === "step");
        assert.equal(told.step.diff, undefined);
    });

    const existing = (options: pulumi.CustomResourceOptions, args: gcp.pubsub.TopicArgs = {}) =>
        topic("taken", { name: "there", ...args }, options);
    const there = { import: "projects/demo/topics/there" };

    it("import: an existing resource is taken, and changed where it differs", async () => {
        await green(() => void existing({ retainOnDelete: true }, { labels: { by: "us" } }));
        await green(() => undefined);
        assert.deepEqual(await green(() => void existing(there, { labels: { by: "them" } })), [
            "import Topic taken",
            "update Topic taken",
        ]);
        assert.deepEqual(await green(() => void existing(there, { labels: { by: "them" } })), []);
    });

    it("import: it is refused where the inputs would need a replacement", async () => {
        await green(() => void existing({ retainOnDelete: true }, { kmsKeyName: "a" }));
        await green(() => undefined);
        const result = await up(() => void existing(there, { name: "elsewhere" }));
        assert.match(
            result.diagnostics[0]?.message ?? "",
            /^previously-imported resources .* may not be replaced; please remove[^]*name: "there" => "elsewhere"/,
        );
        const absent = await up(() => void existing({ import: "projects/demo/topics/nobody" }));
        assert.match(
            absent.diagnostics[0]?.message ?? "",
            /^resource 'projects\/demo\/topics\/nobody' does not exist$/,
        );
    });

    it("retainOnDelete: a resource that the program no longer has stays in the cloud", async () => {
        await green(() => void topic("t", {}, { retainOnDelete: true }));
        assert.deepEqual(await green(() => undefined), ["delete Topic t"]);
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("retainOnDelete: without it, the resource is deleted", async () => {
        await green(() => void topic("t"));
        assert.deepEqual(await green(() => undefined), ["delete Topic t"]);
        assert.equal(bench.cloud.resources.size, 0);
    });

    it("deletedWith: a resource that is deleted with another one has no deletion of its own", async () => {
        await green(() => {
            const first = topic("first");
            topic("second", {}, { deletedWith: first });
        });
        await green(() => undefined);
        assert.deepEqual(
            [...bench.cloud.resources.keys()],
            ["pubsub.googleapis.com/projects/demo/topics/fixed-second"],
        );
    });

    it("protect: a deletion fails, names the resource and the fix, and after a preview deletes nothing else", async () => {
        await green(() => {
            topic("t", {}, { protect: true, dependsOn: [topic("needed")] });
            topic("other");
        });
        const result = await (await open(() => Promise.resolve(undefined))).up();
        assert.equal(result.result, "failed");
        assert.match(result.diagnostics[0]?.message ?? "", /Topic::t" cannot be deleted\nbecause it is protected/);
        assert.equal(bench.cloud.resources.size, 3);
        const destroyed = await stack.destroy();
        assert.equal(destroyed.result, "failed");
        assert.equal(bench.cloud.resources.size, 3);
    });

    it("protect: without a preview, everything that no protected resource needs is deleted, and the update fails", async () => {
        for (const end of [() => up(() => undefined), () => stack.destroy({ preview: false })]) {
            await green(() => {
                topic("t", {}, { protect: true, dependsOn: [topic("needed")] });
                topic("other");
            });
            const result = await end();
            assert.equal(result.result, "failed");
            assert.match(result.diagnostics[0]?.message ?? "", /Topic::t" cannot be deleted\nbecause it is protected/);
            assert.deepEqual([...bench.cloud.resources.keys()].map((name) => name.split("-").at(-1)).toSorted(), [
                "needed",
                "t",
            ]);
        }
    });

    it("protect: without it, the resource is deleted", async () => {
        await green(() => void topic("t", {}, { protect: true }));
        await green(() => void topic("t"));
        assert.deepEqual(await green(() => undefined), ["delete Topic t"]);
    });

    it("additionalSecretOutputs: the output is a secret among the outputs and in the state", async () => {
        await green(() => ({ id: topic("t", {}, { additionalSecretOutputs: ["name"] }).name }));
        assert.match(
            JSON.stringify(stack.export()),
            /"name":\{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext"/,
        );
    });

    it("transforms: those of the stack and of a parent are applied", async () => {
        await green(() => {
            topic(
                "t",
                {},
                {
                    transforms: [
                        ({ props, opts }) => ({ props: { ...(props as object), labels: { by: "own" } }, opts }),
                    ],
                },
            );
        });
        const kept = bench.cloud.resources.get("pubsub.googleapis.com/projects/demo/topics/fixed-t");
        assert.deepEqual(kept?.["labels"], { "goog-pulumi-provisioned": "true", by: "own" });
    });

    it("transforms: those of a component are applied to its children, and can change options", async () => {
        class Box extends pulumi.ComponentResource {
            constructor(name: string, options?: pulumi.ComponentResourceOptions) {
                super("test:index:Box", name, {}, options);
                topic("inner", {}, { parent: this });
            }
        }
        const protect: pulumi.ResourceTransform = ({ type, props, opts }) =>
            type === "test:index:Box"
                ? undefined
                : {
                      props,
                      opts: { ...opts, protect: true, customTimeouts: { delete: "1m" }, aliases: [{ name: "x" }] },
                  };
        await green(() => new Box("box", { transforms: [protect] }));
        const inner = stack.resources.find(({ urn }) => urn.endsWith("::inner"));
        assert.deepEqual([inner?.protect, inner?.customTimeouts], [true, { delete: 60 }]);
    });

    it("hooks: every kind runs, and a failing after hook fails an update that is already done", async () => {
        const seen: string[] = [];
        const hook = (name: string, fails = false) =>
            new pulumi.ResourceHook(`${name}-${Math.random()}`, () => {
                seen.push(name);
                if (fails) {
                    throw new Error("no");
                }
            });
        const hooks = (fails: boolean) => ({
            beforeCreate: [hook("beforeCreate")],
            afterCreate: [hook("afterCreate", fails)],
            beforeUpdate: [hook("beforeUpdate")],
            afterUpdate: [hook("afterUpdate")],
        });
        const failed = await up(() => void topic("t", {}, { hooks: hooks(true) }));
        assert.match(failed.diagnostics[0]?.message ?? "", /^after hook "afterCreate-.*" failed: no$/);
        assert.equal(bench.cloud.resources.size, 1);
        await green(() => void topic("t", { messageRetentionDuration: "600s" }, { hooks: hooks(false) }));
        assert.deepEqual(seen, ["beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate"]);
    });

    const withDeleteHook = (seen: string[], body: (options: pulumi.CustomResourceOptions) => void) => () => {
        const hook = new pulumi.ResourceHook("goodbye", () => void seen.push("goodbye"));
        body({ hooks: { beforeDelete: [hook] } });
    };

    it("hooks: a delete hook runs as long as the program registers it", async () => {
        const seen: string[] = [];
        await green(withDeleteHook(seen, (options) => void topic("t", {}, options)));
        await green(withDeleteHook(seen, () => undefined));
        assert.deepEqual(seen, ["goodbye"]);
        assert.equal(bench.cloud.resources.size, 0);
    });

    it("hooks: a delete hook that the program no longer registers stops the deletion", async () => {
        await green(withDeleteHook([], (options) => void topic("t", {}, options)));
        const result = await up(() => undefined);
        assert.match(result.diagnostics[0]?.message ?? "", /hook "goodbye" is not registered/);
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("hooks: a stack with delete hooks is not destroyed without its program", async () => {
        await green(
            withDeleteHook([], (options) => {
                topic("t", {}, options);
                topic("other");
            }),
        );
        const result = await stack.destroy();
        assert.equal(result.result, "failed");
        assert.match(result.diagnostics[0]?.message ?? "", /Topic::t has delete hooks, which need the program to run/);
        assert.equal(bench.cloud.resources.size, 2);
    });

    it("hooks: a delete hook is called where the program runs for the destroy, and the program changes nothing", async () => {
        const seen: string[] = [];
        await green(withDeleteHook(seen, (options) => void topic("t", {}, options)));
        const program = withDeleteHook(seen, (options) => {
            topic("t", { messageRetentionDuration: "700s" }, options);
            topic("new");
        });
        const opened = await open(() => {
            program();
            return Promise.resolve(undefined);
        });
        bench.cloud.requests.length = 0;
        const result = await opened.destroy({ runProgram: true });
        assert.deepEqual([result.diagnostics, seen, opened.resources], [[], ["goodbye"], []]);
        assert.deepEqual(
            bench.cloud.requests.map(({ method }) => method),
            ["DELETE"],
        );
    });

    it("get: an existing resource is read and never deleted", async () => {
        const account = () => new gcp.serviceaccount.Account("a", { accountId: "reader-one" });
        await green(account);
        const id = "projects/demo/serviceAccounts/reader-one@demo.iam.gserviceaccount.com";
        const result = await up(() => {
            account();
            return { email: gcp.serviceaccount.Account.get("known", id).email };
        });
        assert.deepEqual(result.diagnostics, []);
        assert.equal(result.outputs["email"], "reader-one@demo.iam.gserviceaccount.com");
        await green(account);
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("get: a resource that is read and one that is owned can replace each other", async () => {
        const base = () => new gcp.serviceaccount.Account("base", { accountId: "reader-one" });
        const id = "projects/demo/serviceAccounts/reader-one@demo.iam.gserviceaccount.com";
        const read = () => {
            base();
            gcp.serviceaccount.Account.get("x", id);
        };
        const own = () => {
            base();
            new gcp.serviceaccount.Account("x", { accountId: "owner-one" });
        };
        await green(base);
        assert.deepEqual([await green(read), await green(read)], [["read Account x"], ["read Account x"]]);
        assert.deepEqual(bench.events.at(-1), { ...bench.events.at(-1), changes: { same: 2 } });
        assert.deepEqual(await green(own), ["create-replacement Account x", "discard-replaced Account x"]);
        assert.deepEqual(bench.events.at(-1), { ...bench.events.at(-1), changes: { same: 2, replace: 1 } });
        assert.equal(bench.cloud.resources.size, 2);
        assert.deepEqual(await green(read), ["read-replacement Account x", "delete-replaced Account x"]);
        assert.deepEqual(bench.events.at(-1), { ...bench.events.at(-1), changes: { same: 2, replace: 1 } });
        assert.equal(bench.cloud.resources.size, 1);
        assert.deepEqual(await green(base), ["discard Account x"]);
        assert.deepEqual(bench.events.at(-1), { ...bench.events.at(-1), changes: { same: 2, discard: 1 } });
        assert.equal(bench.cloud.resources.size, 1);
    });

    it("get: a resource that does not exist is an error that names it", async () => {
        const result = await up(
            () => void gcp.serviceaccount.Account.get("nobody", "projects/demo/serviceAccounts/nobody"),
        );
        assert.match(
            result.diagnostics[0]?.message ?? "",
            /^resource 'projects\/demo\/serviceAccounts\/nobody' does not exist$/,
        );
    });

    it("providers: an explicit provider decides the project", async () => {
        await green(() => {
            const provider = new gcp.Provider("other", { project: "elsewhere" });
            topic("t", {}, { provider });
        });
        assert.deepEqual(
            [...bench.cloud.resources.keys()],
            ["pubsub.googleapis.com/projects/elsewhere/topics/fixed-t"],
        );
    });

    it("invoke: a function is called, and an unknown function is refused by its name", async () => {
        const found = await up(() => {
            const account = new gcp.serviceaccount.Account("a", { accountId: "reader-two" });
            return { project: gcp.organizations.getClientConfigOutput().project, account: account.email };
        });
        assert.deepEqual(found.diagnostics, []);
        assert.equal(found.outputs["project"], "demo");
        const refused = await up(() => ({ x: gcp.dns.getKeysOutput({ managedZone: "zone" }).id }));
        assert.match(refused.diagnostics[0]?.message ?? "", /does not support function gcp:dns\/getKeys:getKeys/);
    });

    it("targets: other resources stay as they are", async () => {
        const make = (duration: string) => () => {
            topic("a", { messageRetentionDuration: duration });
            topic("b", { messageRetentionDuration: duration });
        };
        await green(make("600s"));
        const opened = await open(() => {
            make("700s")();
            return Promise.resolve(undefined);
        });
        const result = await opened.up({
            preview: false,
            target: ["urn:pulumi:dev::inline::gcp:pubsub/topic:Topic::b"],
        });
        assert.equal(result.result, "succeeded");
        assert.deepEqual(bench.steps(), ["update Topic b"]);
    });

    it("targets: a resource that stays must keep its dependencies", async () => {
        await green(() => topic("b", {}, { dependsOn: [topic("a")] }));
        const [a, b] = ["a", "b"].map((name) => `urn:pulumi:dev::inline::gcp:pubsub/topic:Topic::${name}`);
        const refused = await stack.destroy({ target: [a ?? ""] });
        assert.match(
            refused.diagnostics[0]?.message ?? "",
            /Topic::b' will be destroyed but was not specified in --target list/,
        );
        assert.equal(bench.cloud.resources.size, 2);
        const gone = await stack.destroy({ target: [b ?? ""] });
        assert.deepEqual(gone.changes, { same: 3, delete: 1 });
        const nobody = (a ?? "").replace(/a$/, "nobody");
        const unknown = await stack.destroy({ target: [nobody] });
        assert.match(unknown.diagnostics[0]?.message ?? "", /no resource of the stack is ".*::nobody"; give a URN/);
        assert.equal((await stack.destroy({ target: ["**::nobody"] })).changes.delete, undefined);
        assert.equal((await stack.destroy({ target: ["**Topic::*"] })).changes.delete, 1);
    });
});
