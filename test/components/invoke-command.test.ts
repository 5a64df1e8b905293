import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { deploy, value } from "./support/deploy";
import { caller } from "./support/programs";

/** A shell that has no gcloud, but says what it would be given as data. */
const GCLOUD = 'gcloud() { for word; do case $word in --data=*) printf %s "${word#--data=}";; esac; done; }';

async function dataOf(smokeCheck: object | undefined): Promise<unknown> {
    let command = "";
    await deploy(async () => {
        command = await value(caller({}, smokeCheck && { smokeCheck }).invokeCommand);
    });
    const { stdout, status } = spawnSync("sh", ["-c", `${GCLOUD}; ${command}`], { encoding: "utf8" });
    assert.equal(status, 0);
    return JSON.parse(stdout);
}

describe("the command that executes a workflow", () => {
    it("has the argument of the smoke check, whatever is in it, and arrives as it is through a shell", async () => {
        const texts = fc.constantFrom("it's", "$HOME `id` \\", '"x"', "a\nb", "''", "{}", "");
        const some = fc.oneof(
            fc.dictionary(texts, texts, { noNullPrototype: true }),
            fc.array(texts),
            texts,
            fc.integer(),
            fc.constant(null),
        );
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
