import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, stripVTControlCharacters } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { CredentialError } from "../../credentials";
import { readCredentials } from "../../credentials/files";
import { StateError } from "../../engine/errors";
import { AdvisedError, InvokeError, messageOf, toError } from "../../errors";
import { argumentError } from "../../components/base/errors";
import { UserError, reportError } from "../../cli/errors";
import { errorsIn, errorsOf } from "./codes";

const root = join(__dirname, "..", "..");
const folders = "errors common components workflow credentials smoke policy engine sandbox cli testing".split(" ");
const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${folder}/${file}`),
);
const found = sources.map((file) => errorsIn(root, file));
const classes = found.flatMap((each) => each.classes);
const made = found.flatMap((each) => each.made);

/** Classes whose code is that of another's protocol, and so is not in the list. */
const open = new Map([
    ["NetworkError", "Node's code, such as ECONNREFUSED"],
    ["Refused", "OAuth's code, such as invalid_grant, in an answer of the sandbox"],
]);
/** The classes that others extend. */
const bases = ["InvokeError", "AdvisedError"];

/** The table of docs/errors.md: class and code. */
const listed = [...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(/^\| `([\w-]+)` +\| `(\w+)` /gm)].map(
    ([, code = "", name = ""]) => `${name} ${code}`,
);

describe("the errors of this package", () => {
    it("all extend the base, and so have a code", () => {
        const names = new Set(classes.map(({ name }) => name));
        for (const { name, parent, file, codes } of classes.filter((each) => !bases.includes(each.name))) {
            // An error of Pulumi's own is shown without a stack: ours in a component's arguments must be one.
            const allowed = name === "ArgumentError" ? parent === "pulumi.ResourceError" : names.has(parent);
            assert.ok(allowed, `${file}: ${name} extends ${parent}; extend InvokeError or AdvisedError`);
            assert.ok(codes !== undefined, `${file}: ${name} has no code that can be read here`);
        }
        assert.ok(names.size > 25, `only ${names.size} classes were found`);
    });

    it("have the codes of docs/errors.md: none is new, gone or changed without being told there", () => {
        const codes = classes.flatMap(({ name, codes: own }) =>
            own === "open" || own === undefined ? [] : own.map((code) => `${name} ${code}`),
        );
        assert.deepEqual(codes.toSorted(), listed.toSorted());
        assert.deepEqual(classes.flatMap(({ name, codes: own }) => (own === "open" ? [name] : [])).toSorted(), [
            ...open.keys(),
        ]);
    });

    it("have codes that no two classes share", () => {
        const codes = listed.map((line) => line.split(" ")[1]);
        assert.deepEqual(
            codes.filter((code, index) => codes.indexOf(code) !== index),
            [],
        );
        for (const code of codes) {
            assert.match(code ?? "", /^[a-z]+(-[a-z]+)*$/);
        }
    });

    it("are never bare: a plain Error has no code", () => {
        // `toError` keeps what was thrown, the SDK asks for a gRPC status, and a workload gets errors in Node's own form.
        const allowed = /^(errors\/caught|engine\/program\/requests|sandbox\/guard\/|sandbox\/workloads\/thread\/)/;
        const plain = made.filter(({ name, at }) => name === "Error" && !allowed.test(at));
        assert.deepEqual(plain, []);
    });

    it("say what to change as their fix, not only within the message", () => {
        const advising = new Set(classes.filter(({ parent }) => parent === "AdvisedError").map(({ name }) => name));
        const verbs =
            "add|choose|create|deploy|export|give|install|leave|mend|move|name|put|run|save|set|start|stop|use|write";
        const within = made.filter(
            ({ name, text }) =>
                advising.has(name) && new RegExp(`[^}][;:] (${verbs}) (?!is )`).test(text.replaceAll("\n", " ")),
        );
        assert.deepEqual(within, []);
    });

    it("are found by this test where they are planted", () => {
        const planted = errorsOf(
            "planted.ts",
            "class BadError extends Error {}\nthrow new Error(`${a} is b; use c`);\n",
        );
        assert.deepEqual(planted.classes, [
            { file: "planted.ts", name: "BadError", parent: "Error", codes: undefined },
        ]);
        assert.deepEqual(planted.made, [{ at: "planted.ts:2", name: "Error", text: "${} is b; use c" }]);
    });
});

describe("an error of this package", () => {
    it("has a code, its class's name, and its fix in the sentence", () => {
        const cause = new Error("why");
        const error = new StateError("the state is broken", { fix: "delete it", cause });
        assert.ok(error instanceof InvokeError && error instanceof AdvisedError && error instanceof Error);
        assert.deepEqual(
            [error.name, error.code, error.message, error.fix, error.cause],
            ["StateError", "stack-state", "the state is broken; delete it", "delete it", cause],
        );
    });

    it("has no fix, nor a cause, where none is given", () => {
        const error = new StateError("the state is broken");
        assert.deepEqual([error.message, error.fix, "cause" in error], ["the state is broken", undefined, false]);
    });

    it("is told from an error of the system, which has a code as well", () => {
        for (const text of ["[1]", "7", "{"]) {
            const file = join(mkdtempSync(join(tmpdir(), "errors-")), "credentials.json");
            writeFileSync(file, text);
            const read = (): unknown => readCredentials(file, "a test");
            assert.throws(read, { message: "cannot read the credentials of a test: it is not a JSON object" });
        }
        for (const secret of ["/none.json", `ya29.${"a".repeat(200)}`, "bm90IGEga2V5".repeat(400), "key\0key"]) {
            assert.throws(
                () => readCredentials(secret, "a test"),
                ({ message }: Error) =>
                    /^cannot read the credentials of a test: (there is no|its name is|ERR_)/.test(message) &&
                    !message.includes(secret),
            );
        }
    });

    it("has the same shape where it must be one of Pulumi's", () => {
        const component = Object.create(pulumi.Resource.prototype) as pulumi.Resource;
        const error = argumentError(component, "targets.orders.url", "no URL");
        assert.ok(pulumi.ResourceError.isInstance(error));
        assert.equal((error as { code?: unknown }).code, "argument");
        assert.equal(error.message, "targets.orders.url: no URL");
        assert.equal(error.resource, component);
        const printed = inspect(error);
        // The SDK prints errors so. The resource leads to the whole stack, and lines of the SDK's own stack, such as
        // `node_modules/@pulumi/output.ts:516:25`, keep Node 20.20 busy until its memory is full.
        assert.match(printed, /^\[ArgumentError: targets\.orders\.url: no URL/);
        assert.doesNotMatch(printed, /resource|node_modules|\n +at /);
    });

    it("is shown by the command with its fix once", () => {
        const shown = (error: Error): string => {
            let text = "";
            reportError(error, { write: (more) => (text += more) });
            return stripVTControlCharacters(text);
        };
        assert.equal(shown(new UserError("no file", { fix: "name one" })), "error: no file; name one\n");
        assert.equal(shown(new CredentialError("refused", "no token", "log in")), "error: no token\nfix: log in\n");
        assert.equal(shown(new CredentialError("refused", "no token")), "error: no token\n");
    });
});

describe("what was thrown", () => {
    it("is an error, whatever it was", () => {
        const error = new Error("as it is");
        assert.equal(toError(error), error);
        assert.equal(toError("words").message, "words");
        assert.deepEqual(
            [messageOf(error), messageOf("words"), messageOf(undefined)],
            ["as it is", "words", "undefined"],
        );
    });
});
