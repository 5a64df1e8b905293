import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { secretValues } from "../../../engine/project";
import type { ResourceState } from "../../../engine/state";
import { SecretTexts } from "../../../engine/state/secret-texts";
import { KINDS, type Properties, secret, SIGNATURE, type Value } from "../../../engine/values";
import { AnyResource, Bench } from "../helper";

const SECRETS = ["sesame", 'a "quoted"\nsecret', "über-geheim", "1234567890", "$& $1 .* \\d"];
const none = (): ResourceState[] => [];

describe("the secrets of a run", () => {
    const ways: Record<string, (text: string) => Value> = {
        "as itself": secret,
        "in a list": (text) => ({ list: ["plain", secret(text)] }),
        "in a secret object": (text) => secret({ a: { b: [text, null, true] } }),
        "in an output": (text) => ({ [SIGNATURE]: KINDS.output, value: text, secret: true }),
        "in the value of a plain output": (text) => ({ [SIGNATURE]: KINDS.output, value: { a: secret(text) } }),
    };
    for (const [way, wrap] of Object.entries(ways)) {
        it(`are hidden in messages, in any form, ${way}`, () => {
            for (const text of SECRETS) {
                const secrets = new SecretTexts(none);
                secrets.add(wrap(text));
                for (const message of [text, `it is ${text}!`, JSON.stringify({ text }), `${text}${text}`]) {
                    const shown = secrets.hide(message);
                    assert.ok(!shown.includes(text) && !shown.includes(JSON.stringify(text).slice(1, -1)), shown);
                    assert.match(shown, /\[secret\]/);
                }
                assert.equal(secrets.hide("nothing of that kind"), "nothing of that kind");
            }
        });
    }

    it("do not hide what is plain, or what the stack shows elsewhere", () => {
        const plain: Properties = { region: "europe-west1", list: ["sesame-seed"] };
        const secrets = new SecretTexts(() => [{ inputs: plain, outputs: {} } as unknown as ResourceState]);
        secrets.add({ region: "europe-west1", all: secret(["europe-west1", "sesame"]) });
        assert.equal(
            secrets.hide("sesame in europe-west1 and us-central1"),
            "[secret] in europe-west1 and us-central1",
        );
    });

    it("do not hide the words true, false and null, which stand in messages about any value", () => {
        const secrets = new SecretTexts(none);
        secrets.add(secret(["true", "false", "null", "truely"]));
        assert.equal(secrets.hide("set it to true, false or null: truely"), "set it to true, false or null: [secret]");
    });

    it("are those of the state too, and short ones where they are quoted", () => {
        const inputs: Properties = { password: secret("sesame"), pin: secret("12") };
        const secrets = new SecretTexts(() => [{ inputs, outputs: {} } as unknown as ResourceState]);
        assert.equal(secrets.hide('sesame, 12 resources, "12"'), '[secret], 12 resources, "[secret]"');
    });

    it("are those of the configuration: what is marked, and credentials", () => {
        const values = secretValues({
            "shop:password": { value: "sesame", secret: true },
            "shop:keys": { value: '{"a":["inner"]}', secret: true, object: true },
            "gcp:accessToken": { value: "token-of-mine" },
            "shop:color": { value: "red" },
        });
        const secrets = new SecretTexts(none);
        values.forEach((value) => secrets.add(value, true));
        assert.equal(secrets.hide("sesame inner token-of-mine red"), "[secret] [secret] [secret] red");
    });

    describe("of a program", function () {
        this.timeout(60_000);
        it("are in no event and in no result, whoever says them", async () => {
            const bench = new Bench(".");
            const program = async (): Promise<Record<string, unknown>> => {
                const password = pulumi.secret("sesame-4711");
                const made = new AnyResource("pulumi:index:Stash", "gate", { input: password, output: undefined });
                await pulumi.log.info("info sesame-4711", made);
                await pulumi.log.warn(`warn ${JSON.stringify({ a: "sesame-4711" })}`, made);
                await pulumi.log.info("passing sesame-4711", made, undefined, true);
                await new Promise<void>((resolve) => void made.urn.apply(() => resolve()));
                await pulumi.log.warn("late sesame-4711");
                return { password, open: "open-text" };
            };
            const stack = await bench.open({}, { program, project: "shop" });
            const { result, diagnostics } = await stack.up({ preview: false });
            const said = diagnostics.map(({ message }) => message);
            assert.equal(result, "succeeded", said.join("\n"));
            assert.ok(said.includes("info [secret]") && said.includes("late [secret]"), said.join("\n"));
            assert.ok(bench.events.some((event) => event.type === "progress"));
            assert.doesNotMatch(JSON.stringify([bench.events, diagnostics]), /sesame-4711/);
            assert.match(JSON.stringify(bench.events), /open-text/);
            bench.close();
        });

        it("are in no error of a failing one", async () => {
            const bench = new Bench(".");
            const program = (): Promise<Record<string, unknown>> => {
                const made = new AnyResource("pulumi:index:Stash", "gate", { input: pulumi.secret("sesame-4711") });
                return new Promise((_, reject) => made.urn.apply(() => reject(new Error("bad sesame-4711"))));
            };
            const stack = await bench.open({}, { program, project: "shop" });
            const { result, diagnostics } = await stack.up({ preview: false });
            assert.equal(result, "failed");
            assert.match(diagnostics.map(({ message }) => message).join("\n"), /bad \[secret\]/);
            assert.doesNotMatch(JSON.stringify([bench.events, diagnostics]), /sesame-4711/);
            bench.close();
        });
    });
});
