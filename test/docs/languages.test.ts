import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { skip } from "../support/skip";

const page = readFileSync(join(__dirname, "..", "..", "docs", "languages.md"), "utf8");
const programs = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, mark = "", code = ""]) => ({ mark, code }));

/** The programs in Go, .NET and Java are compiled in `test/plugin/sdks`, and `test/packed` deploys that in YAML. */
describe("the guide of other languages", () => {
    it("has one program in each language, and they say the same", () => {
        const marks = programs.map(({ mark }) => mark).filter((mark) => mark !== "sh");
        assert.deepEqual(marks, ["yaml", "python", "go", "csharp", "java"]);
        for (const { code, mark } of programs.filter((each) => each.mark !== "sh")) {
            for (const word of [
                "shop/orders:1",
                "europe-west1",
                "fulfil.yaml",
                "InvokableService",
                "AuthenticatedWorkflow",
            ]) {
                assert.ok(code.includes(word), `${mark}: ${word}`);
            }
        }
    });

    it("has a program that Python can read", function () {
        const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";
        if (spawnSync(python, ["--version"]).status !== 0) {
            skip(this, `this machine has no ${python}`);
        }
        const { code = "" } = programs.find(({ mark }) => mark === "python") ?? {};
        const read = (input: string) =>
            spawnSync(python, ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input, encoding: "utf8" });
        const { status, stderr } = read(code);
        assert.equal(status, 0, stderr);
        assert.notEqual(read(`${code}\n)`).status, 0);
    });
});
