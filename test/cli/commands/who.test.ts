import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { mayReport } from "../../../cli/who";
import { createScene, invoker, minter, callerUrl, orders, stranger, type Scene } from "../../smoke/callers/scene";
import { command } from "../../support/command";

describe("gcp-invoke who", () => {
    let scene: Scene;
    let folder: string;
    before(async () => {
        scene = await createScene();
        folder = mkdtempSync(path.join(tmpdir(), "who-"));
        const spec = { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [scene.probe] };
        writeFileSync(path.join(folder, "spec.json"), JSON.stringify(spec));
    });
    after(async () => {
        await scene.close();
        rmSync(folder, { recursive: true });
    });

    const who = (...args: string[]) =>
        command(folder, ["who", ...args, "--spec", path.join(folder, "spec.json")], {
            env: scene.env as Record<string, string>,
        });

    it("tells that only declared callers may call, and who the administrators are", async () => {
        const { code, text } = await who("orders");
        assert.equal(code, 0, text);
        assert.match(text, /^orders: proven: only its declared callers may call it$/m);
        assert.match(text, /^ {2}caller +serviceAccount:caller@demo\S+ → roles\/run\.invoker on orders$/m);
        assert.match(text, /^ {2}administrator +user:owner@example\.com → roles\/owner on project demo → orders$/m);
    });

    it("names a stranger, the path and the command that ends it, as text and as JSON", async () => {
        await scene.grant(orders, invoker, stranger);
        const { code, text } = await who();
        assert.equal(code, 1, text);
        assert.match(text, /^orders: violated: /m);
        assert.match(text, /^ {2}stranger +user:stranger@example\.com → roles\/run\.invoker on orders$/m);
        assert.match(text, /fix: gcloud run services remove-iam-policy-binding orders /);
        const { targets } = JSON.parse((await who("orders", "--json")).text) as {
            targets: { label: string; target: string; verdict: string; ways: { kind: string }[] }[];
        };
        assert.deepEqual(
            targets.map(({ label, target, verdict }) => [label, target, verdict]),
            [["orders", orders, "violated"]],
        );
        await scene.revoke(orders, invoker, stranger);
    });

    it("tells what somebody may call, also by becoming another account", async () => {
        await scene.grant(callerUrl(scene), minter, stranger);
        const yes = await who("--may", stranger);
        assert.equal(yes.code, 0, yes.text);
        assert.match(yes.text, /^orders: user:stranger@example\.com may call it$/m);
        assert.match(yes.text, /TokenCreator on caller@demo\S+ → orders/);
        const no = await who("--may", "user:else@example.com");
        assert.match(no.text, /^orders: user:else@example\.com may not call it$/m);
        await scene.revoke(callerUrl(scene), minter, stranger);
    });

    it("asks about any target by its REST URL, and refuses what is none", async () => {
        const { text } = await command(folder, ["who", orders], { env: scene.env as Record<string, string> });
        assert.match(text, /^orders: violated: /m, "without a stack nobody is declared");
        const unknown = await who("stock");
        assert.equal(unknown.code, 1);
        assert.match(unknown.text, /there is no target stock; known are orders/);
        assert.equal((await who("--may", "ann")).code, 2);
    });
});

describe("what a principal may call", () => {
    const asked = (member: string, doubt?: string) => [
        {
            ...{ label: "orders", target: orders, verdict: "violated" as const, unread: [] },
            ways: [{ kind: "stranger" as const, member, path: "…", ...(doubt !== undefined && { doubt }) }],
        },
    ];
    const may = (member: string, principal: string, doubt?: string) =>
        mayReport(asked(member, doubt), principal)[0]?.may;

    it("is what it may call itself, as one of a domain, or as anybody", () => {
        assert.equal(may("user:ann@example.com", "user:Ann@example.com"), "yes");
        assert.equal(may("user:bob@example.com", "user:ann@example.com"), "no");
        assert.equal(may("domain:example.com", "user:ann@example.com"), "yes");
        assert.equal(may("domain:example.com", "user:ann@sub.example.com"), "no");
        assert.equal(may("domain:example.com", "serviceAccount:a@example.com"), "no");
        assert.equal(may("allUsers", "user:ann@example.com"), "yes");
    });

    it("is not known where it may be in a set, or the way is not certain", () => {
        assert.equal(
            may("principalSet://iam.googleapis.com/x/*", "principal://iam.googleapis.com/x/subject/s"),
            "unknown",
        );
        assert.equal(may("group:dev@example.com", "user:ann@example.com", "403"), "unknown");
        assert.equal(may("user:ann@example.com", "user:ann@example.com", "a condition"), "unknown");
        const unread = [{ what: "the policy", why: "403" }];
        const [answer] = mayReport(
            [{ label: "x", target: orders, verdict: "unknown", ways: [], unread }],
            "user:a@b.c",
        );
        assert.equal(answer?.may, "unknown");
    });
});
