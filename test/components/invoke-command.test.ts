import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedPush, AuthenticatedQueue, Ingress, InvokableService } from "../../components";
import { deploy, value } from "./support/deploy";
import { caller } from "./support/programs";

/** A shell that has neither gcloud nor curl, but prints the words that they would get, a line each in base64. */
const STUBS = `words() { for word; do printf %s "$word" | base64 -w0; echo; done; }
gcloud() { case $1 in auth) echo TOKEN;; *) words "$@";; esac; }
curl() { words "$@"; }`;

/** The words of a command, as a shell reads them. */
function wordsOf(command: string): string[] {
    const { stdout, status, stderr } = spawnSync("sh", ["-c", `${STUBS}\n${command}`], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return stdout.split("\n").map((line) => Buffer.from(line, "base64").toString());
}

const option = (words: string[], name: string): string =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

async function dataOf(smokeCheck: object | undefined): Promise<unknown> {
    let command = "";
    await deploy(async () => {
        command = await value(caller({}, smokeCheck && { smokeCheck }).invokeCommand);
    });
    return JSON.parse(option(wordsOf(command), "--data"));
}

const texts = fc.constantFrom("it's", "$HOME `id` \\", '"x"', "a\nb", "''", "{}", "");
const some = fc.oneof(
    fc.dictionary(texts, texts, { noNullPrototype: true }),
    fc.array(texts),
    texts,
    fc.integer(),
    fc.constant(null),
);

describe("the command that executes a workflow", () => {
    it("has the argument of the smoke check, whatever is in it, and arrives as it is through a shell", async () => {
        await fc.assert(
            fc.asyncProperty(some, async (argument) => {
                assert.deepEqual(await dataOf({ argument }), argument);
                assert.deepEqual(await dataOf({ argument: pulumi.output(argument) }), argument);
            }),
            { numRuns: 10 },
        );
    });

    it("has an empty object where the check executes nothing", async () => {
        assert.deepEqual(await dataOf(undefined), {});
    });
});

describe("the command of every other component that a check gives an argument", () => {
    it("sends that argument, whatever is in it, and to the same path by the same method", async () => {
        await fc.assert(
            fc.asyncProperty(some, async (argument) => {
                const commands: Record<string, string> = {};
                await deploy(async () => {
                    const place = { location: "europe-west1" };
                    const smokeCheck = { path: "/a?b='$c'", method: "PUT", argument };
                    const [image, ingress, probeMinters] = ["demo/a:1", Ingress.All, ["user:ann@example.com"]];
                    const target = new InvokableService("service", {
                        ...{ ...place, image, ingress },
                        smokeCheck: { ...smokeCheck, probeMinters },
                    });
                    commands["service"] = await value(target.invokeCommand);
                    const own = { ...place, target, smokeCheck: { argument } };
                    commands["queue"] = await value(new AuthenticatedQueue("queue", own).invokeCommand);
                    commands["push"] = await value(new AuthenticatedPush("push", own).invokeCommand);
                });
                const words = (name: string): string[] => wordsOf(commands[name] ?? "");
                const sent = words("service");
                const after = (flag: string): string => sent[sent.indexOf(flag) + 1] ?? "";
                assert.deepEqual(JSON.parse(after("-d")), argument);
                assert.equal(after("-X"), "PUT");
                assert.equal(sent[1], "Authorization: Bearer TOKEN");
                assert.equal(sent.at(-2), "https://service-abcdefghij-uc.a.run.app/a?b='$c'");
                assert.deepEqual(JSON.parse(option(words("queue"), "--body-content")), argument);
                assert.deepEqual(JSON.parse(option(words("push"), "--message")), argument);
            }),
            { numRuns: 5 },
        );
    });
});
