import { strict as assert } from "node:assert";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..", "..");

const blocksOf = (file: string): string[] =>
    [...readFileSync(join(root, file), "utf8").matchAll(/```ts[^\n]*\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");

describe("the README and the pages on options, workflows and the move from plain resources", () => {
    it("hold TypeScript that compiles against the package", () => {
        const pages = ["README.md", "docs/options.md", "docs/workflows.md", "docs/migrate.md"].map(blocksOf);
        assert.ok(pages.every((blocks) => blocks.length > 0));
        const blocks = pages.flat();
        const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
            config: object;
        };
        const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
        const host = ts.createCompilerHost(options);
        const read = host.getSourceFile.bind(host);
        // In the checkout's own folder, where the package's name means its sources.
        const file = (index: number): string => join(root, `readme-${index}.ts`);
        const files = new Map(blocks.map((code, index) => [file(index), code]));
        host.getSourceFile = (name, version, ...rest) => {
            const code = files.get(name);
            return code === undefined ? read(name, version, ...rest) : ts.createSourceFile(name, code, version);
        };
        host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
        const program = ts.createProgram([...files.keys()], options, host);
        const problems = [...files.keys()].flatMap((name) =>
            ts.getPreEmitDiagnostics(program, program.getSourceFile(name)),
        );
        assert.deepEqual(
            problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
            [],
        );
    });
});

describe("the images of the documents", () => {
    const images = globSync(["README.md", "docs/*.md"], { cwd: root }).flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(
            ([, words = "", path = ""]) => ({ words, path: join(root, dirname(file), path) }),
        ),
    );

    it("say in words what they show, and load and run nothing", () => {
        assert.equal(images.length, 1);
        for (const { words, path } of images) {
            const image = readFileSync(path, "utf8");
            assert.match(image, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" role="img"/);
            assert.doesNotMatch(image, /<script|<image|<foreignObject|href|url\(|@import|\son\w+=/);
            const shown = [...image.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text = ""]) => text);
            assert.ok(shown.length > 5, path);
            assert.deepEqual(
                shown.filter((text) => !words.includes(text)),
                [],
            );
        }
    });
});
