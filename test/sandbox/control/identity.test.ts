import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { routes } from "../../../sandbox/control/routes";
import { loadMapping } from "../../../sandbox/workloads";

describe("who is who, by the control API", () => {
    let folder: string;
    let sandbox: Sandbox;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "groups-"));
        const mapping = join(folder, "sandbox.yaml");
        writeFileSync(mapping, 'groups:\n  team@example.com: ["user:ann@example.com"]\n');
        sandbox = await Sandbox.start({ mapping });
    });
    after(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true });
    });
    const ask = (route: string, body: Record<string, unknown> = {}): unknown => routes[route]?.answer(sandbox, body);

    it("is what sandbox.yaml says of groups, until told otherwise", () => {
        assert.deepEqual(ask("GET /v1/groups"), {
            groups: [{ group: "team@example.com", members: ["user:ann@example.com"] }],
        });
        ask("POST /v1/groups", { group: "team@example.com", members: [] });
        assert.deepEqual(ask("GET /v1/groups"), { groups: [] });
        assert.throws(
            () => ask("POST /v1/groups", { group: "team@example.com" }),
            /members is missing; it must be a list/,
        );
    });

    it("is no group where sandbox.yaml has something else under the name", () => {
        const file = join(folder, "broken.yaml");
        for (const text of ["groups: []", "groups:\n  team@example.com: user:ann@example.com"]) {
            writeFileSync(file, text);
            assert.throws(() => loadMapping(file), /broken\.yaml:\d+:\d+: groups must be a map/);
        }
    });

    it("is signed with a new key when told, and the old key stays", () => {
        const { tokens } = sandbox.cloud;
        const before = tokens.jwks().keys.map(({ kid }) => kid);
        const { keys } = ask("POST /v1/rotate-keys") as { keys: unknown[] };
        assert.equal(keys.length, 2);
        assert.deepEqual(keys.slice(1), before);
    });
});
