import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadMapping } from "../../../sandbox/workloads";

describe("the section resources of a sandbox.yaml", () => {
    const load = (text: string) => {
        const folder = mkdtempSync(join(tmpdir(), "rules-"));
        try {
            writeFileSync(join(folder, "sandbox.yaml"), text);
            return loadMapping(join(folder, "sandbox.yaml")).resources;
        } finally {
            rmSync(folder, { recursive: true });
        }
    };

    it("is strict, or names the types that are kept", () => {
        assert.deepEqual(load("services: []\n"), {});
        assert.deepEqual(load("resources: strict\n"), { strict: true });
        assert.deepEqual(
            load('resources: { "docker:*": keep, "gcp:projects/organizationPolicy:OrganizationPolicy": keep }\n'),
            {
                keep: ["docker:*", "gcp:projects/organizationPolicy:OrganizationPolicy"],
            },
        );
    });

    for (const wrong of ["loose", "[docker]", "{ docker: keep }", '{ "docker:*": drop }', '{ "docker:*": true }']) {
        it(`is refused with its place and with what to write: ${wrong}`, () => {
            assert.throws(() => load(`resources: ${wrong}\n`), /sandbox\.yaml:1:12: resources .*keep/);
        });
    }
});
