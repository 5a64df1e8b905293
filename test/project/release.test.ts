import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../support/packed";

/** Runs the release script without what a workflow of GitHub's would have set. */
function release(...args: string[]): { status: number | null; stderr: string } {
    const { PATH, HOME } = process.env;
    return spawnSync(process.execPath, [join(root, "scripts", "release.cjs"), ...args], {
        encoding: "utf8",
        env: { PATH, HOME, npm_config_offline: "true" },
    });
}

// What a rehearsed release holds, test/packed checks: it tests the tarball that the rehearsal makes.
describe("npm run release", () => {
    it("publishes nothing outside of the release workflow", () => {
        const { status, stderr } = release("publish");
        assert.equal(status, 1);
        assert.match(
            stderr,
            /^publishing needs the identity of the release workflow .*GITHUB_ACTIONS and .* is not set/,
        );
    });

    it("names its steps where it is asked for one that it does not know", () => {
        const { status, stderr } = release("publsh");
        assert.equal(status, 1);
        assert.equal(stderr, 'no step "publsh"; there are rehearse (the default), version and publish\n');
    });
});
