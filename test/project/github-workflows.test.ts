import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { manifest, root } from "../support/packed";
import { problemsOf, type GithubWorkflow } from "./github-workflows";

const folder = join(root, ".github", "workflows");
const scripts = Object.keys(manifest()["scripts"] as Record<string, string>);

describe("the workflows of GitHub", () => {
    for (const file of readdirSync(folder)) {
        it(`${file} is sound: its keys, its actions by commit, the scripts that it runs`, () => {
            assert.deepEqual(problemsOf(readFileSync(join(folder, file), "utf8"), scripts), []);
        });
    }

    it("are refused with each mistake that GitHub would meet, or that would let other code in", () => {
        const job = "jobs: {a: {runs-on: x, timeout-minutes: 1, steps: [STEP]}}\n";
        const sound = `name: n\non: push\npermissions: {}\n${job.replace("STEP", "{run: npm run types}")}`;
        const cases: [change: [from: string, to: string], problem: string][] = [
            [["on: push\n", ""], "the workflow has no on"],
            [["permissions: {}\n", ""], "the workflow has no permissions"],
            [["timeout-minutes: 1, ", ""], "job a has no timeout-minutes"],
            [["run: npm run types", "run: npm run nothing"], "job a, step 1: there is no script nothing"],
            [["run: npm run types", "name: x"], "job a, step 1: a step has either uses or run"],
            [["run: npm run types", "uses: o/r@v1"], "job a, step 1: o/r@v1 names no full commit"],
        ];
        assert.deepEqual(problemsOf(sound, scripts), []);
        for (const [[from, to], problem] of cases) {
            assert.deepEqual(problemsOf(sound.replace(from, to), scripts), [problem]);
        }
        assert.equal(problemsOf(`${sound}name: twice\n`, scripts).length, 1);
    });

    it("release only with an identity for the provenance, and with no more rights than that takes", () => {
        const release = parse(readFileSync(join(folder, "release.yml"), "utf8")) as GithubWorkflow;
        assert.deepEqual(release.permissions, {});
        assert.deepEqual(
            Object.values(release.jobs ?? {}).map(({ permissions }) => permissions),
            [{ contents: "write", "pull-requests": "write", "id-token": "write" }],
        );
        assert.deepEqual(manifest()["publishConfig"], { access: "public", provenance: true });
    });
});
