import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { whyNoRealCli } from "../../engine/real-cli";
import { skip } from "../../support/skip";
import { compile, LANGUAGES, mistakesInPython, Sdks, whyNoHost, whyNotIn } from "./sdk";

/** All source files below a folder, by their paths. */
function sources(folder: string): [string, string][] {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files
        .filter((file) => /\.(py|go|cs|java)$/.test(file))
        .map((file) => [file, readFileSync(join(folder, file), "utf8")]);
}

/** These tests need the Pulumi CLI with its gcp plugin, and each the host of its language. */
describe("the SDKs that the real Pulumi CLI makes", function () {
    this.timeout(900_000);
    let sdks: Sdks;
    before(function () {
        const reason = whyNoRealCli();
        if (reason !== undefined) {
            skip(this, reason);
        }
        sdks = new Sdks("made");
    });

    for (const language of LANGUAGES.filter((each) => each !== "yaml")) {
        it(`are made for ${language}, with words of every language in their help`, async function () {
            const reason = whyNoHost(language);
            if (reason !== undefined) {
                skip(this, reason);
            }
            const files = sources(await sdks.make(language));
            const text = files.map(([, content]) => content).join("\n");
            assert.match(text, /InvokableService/);
            for (const [file, content] of files) {
                assert.doesNotMatch(content, /```ts|\{@link|new (Invokable|Authenticated)\w+\(\\?"/, file);
            }
        });
    }

    it("have no mistake for mypy, together with a program", async function () {
        const reason = whyNotIn("python");
        if (reason !== undefined) {
            skip(this, reason);
        }
        assert.deepEqual(mistakesInPython(await sdks.program("python")), []);
    });

    for (const language of LANGUAGES.filter((each) => !["yaml", "python"].includes(each))) {
        it(`are compiled for ${language}, together with a program`, async function () {
            const reason = whyNotIn(language);
            if (reason !== undefined) {
                skip(this, reason);
            }
            await compile(await sdks.program(language), language);
        });
    }
});
