import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRuntime } from "../../../engine/project/runtime";

const isWindows = process.platform === "win32";

describe("the runtime of a project", () => {
    const root = mkdtempSync(join(tmpdir(), "runtime-"));
    after(() => rmSync(root, { recursive: true }));
    const read = (given: Parameters<typeof readRuntime>[0]) =>
        readRuntime(given, { root, directory: root, main: "." }, "Pulumi.yaml");
    const python = (options: Record<string, string>) => read({ name: "python", options });

    it("is refused, with the way through the Pulumi CLI, where the sandbox does not run the language", () => {
        for (const name of ["dotnet", "java", "Python", "", null]) {
            assert.throws(
                () => read({ name }),
                /runtime is .*, the sandbox runs nodejs, yaml, python and go; use the Pulumi CLI for this program: gcp-invoke sandbox exec -- pulumi up/,
                String(name),
            );
        }
        assert.throws(() => read(undefined), /runtime: expected a map, found null/);
        assert.throws(() => read({ name: "go", options: "x" }), /runtime\.options: expected a map, found x|"x"/);
    });

    it("has the Python of the virtual environment that it names, from the project's folder on", () => {
        const bin = join(root, "venv", isWindows ? "Scripts" : "bin");
        const file = join(bin, isWindows ? "python.exe" : "python");
        mkdirSync(bin, { recursive: true });
        writeFileSync(file, "");
        assert.deepEqual(python({ virtualenv: "venv" }), { name: "python", interpreter: file });
        assert.deepEqual(python({ virtualenv: join(root, "venv") }), { name: "python", interpreter: file });
        assert.throws(
            () => python({ virtualenv: "gone" }),
            /virtualenv leads to .*gone, which is no virtual environment of Python; run python3 -m venv/,
        );
        assert.throws(
            () => python({ toolchain: "uv" }),
            /leads to .*\.venv, which is no virtual .*; run uv sync there/,
        );
        assert.throws(() => python({ toolchain: "poetry" }), /toolchain is "poetry", the sandbox knows pip and uv/);
        assert.throws(
            () => read({ name: "python", options: { virtualenv: true } }),
            /virtualenv is true, expected a path/,
        );
    });

    it("has the Python of the PATH without one, unless the environment names another", () => {
        const before = process.env["PULUMI_PYTHON_CMD"];
        try {
            delete process.env["PULUMI_PYTHON_CMD"];
            assert.deepEqual(read("python"), { name: "python", interpreter: isWindows ? "python" : "python3" });
            process.env["PULUMI_PYTHON_CMD"] = "python9";
            assert.deepEqual(read("python"), { name: "python", interpreter: "python9" });
        } finally {
            if (before === undefined) {
                delete process.env["PULUMI_PYTHON_CMD"];
            } else {
                process.env["PULUMI_PYTHON_CMD"] = before;
            }
        }
    });

    it("has the compiled program that a project in Go names", () => {
        assert.deepEqual(read("go"), { name: "go" });
        assert.deepEqual(read({ name: "go", options: { binary: "shop" } }), { name: "go", binary: join(root, "shop") });
    });
});
