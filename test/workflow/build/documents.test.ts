import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { googleApi, target, workflow } from "../../../workflow/build";
import { beside, needBeside } from "../../support/beside";

const seeds = beside("seeds") ?? "";

/** The samples of Google's pages on authentication from a workflow, in the order in which they stand there. */
function samples(language: "yaml" | "json"): string[][] {
    return readdirSync(seeds)
        .map((file) => readFileSync(path.join(seeds, file), "utf8"))
        .map((text) =>
            [...text.matchAll(new RegExp(`\`\`\`${language}(.*?)\`\`\``, "gs"))].map(([, sample = ""]) => sample),
        )
        .filter((found) => found.length > 0);
}

/** Without the page's escapes, mark-up and indentation, which the copies have lost. */
function words(text: string): string {
    return text
        .replaceAll("\\n", " ")
        .replaceAll('\\"', '"')
        .replaceAll(/\\u003c.*?\\u003e/g, "")
        .replaceAll(/\s+/g, " ")
        .trim();
}

const stopMachine = workflow({
    form: "list",
    steps: [
        googleApi("compute.googleapis.com", { scopes: "OAUTH_SCOPE" }).post(
            "step_A",
            "/compute/v1/projects/myproject1234/zones/us-central1-b/instances/myvm001/stop",
        ),
    ],
});

const functionA = target({
    name: "functionA",
    kind: "function",
    url: "https://us-central1-project.cloudfunctions.net/functionA",
    audience: "OIDC_AUDIENCE",
});
const sum = workflow({
    form: "list",
    steps: [functionA.get("step_A", "/", { query: { firstNumber: 4, secondNumber: 6, operation: "sum" } })],
});

describe("the samples of the authentication documents, built (read from beside the checkout)", () => {
    beforeEach(function () {
        needBeside(this, "seeds");
    });

    it("equal the documents' own YAML", () => {
        const documents = samples("yaml");
        assert.ok(documents.length > 0);
        for (const [first = "", second = "", ...more] of documents) {
            assert.equal(words(stopMachine.toYaml()), words(first));
            assert.equal(words(sum.toYaml()), words(second));
            assert.equal(more.length, 0);
        }
    });

    it("equal the documents' own JSON", () => {
        for (const [first = "", second = ""] of samples("json")) {
            assert.equal(words(stopMachine.toJson()), words(first));
            assert.equal(words(sum.toJson()), words(second));
        }
    });
});
