import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "..", "..");

const blocksOf = (file: string): string[] =>
    [...readFileSync(join(root, file), "utf8").matchAll(/```ts[^\n]*\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");

describe("the README and the pages on errors, options, workflows and the move from plain resources", () => {
    it("hold TypeScript that compiles against the package", () => {
        const pages = ["README.md", "docs/errors.md", "docs/options.md", "docs/workflows.md", "docs/migrate.md"].map(
            blocksOf,
        );
        assert.ok(pages.every((blocks) => blocks.length > 0));
        // In a folder of the checkout, where the package's name means its sources.
        mkdirSync(join(root, "temp"), { recursive: true });
        const folder = mkdtempSync(join(root, "temp", "pages-"));
        try {
            for (const [index, code] of pages.flat().entries()) {
                writeFileSync(join(folder, `block-${index}.ts`), code);
            }
            const config = { extends: "../../tsconfig.json", compilerOptions: { rootDir: "../.." }, include: ["*.ts"] };
            writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
            const tsc = join(root, "node_modules", "typescript-native", "bin", "tsc");
            const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
            assert.equal(stdout, "");
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
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
