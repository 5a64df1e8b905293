import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAllowed } from "../../../../cli/sandbox/mutate/allowed";
import type { Mutant, State } from "../../../../cli/sandbox/mutate/mutants";
import { formatMutation, type MutationReport, reportOf as reported } from "../../../../cli/sandbox/mutate/report";
import { type Checks, runMutants } from "../../../../cli/sandbox/mutate/run";
import type { ProbeReport, Report } from "../../../../smoke";
import { assertPrinted } from "../../../support/printed";

/** The report, as the schema of what `sandbox mutate --json` prints says. */
function reportOf(...args: Parameters<typeof reported>): MutationReport {
    const report = reported(...args);
    assertPrinted("mutate", report);
    return report;
}

/** A deployment with a light, a bell and a lock, and a check that looks at the first two. */
const kept: State = { house: { light: { on: true }, bell: { on: true }, lock: { closed: true, etag: "1" } } };
const mutant = (what: string, value: unknown, collection = "house"): Mutant => ({
    ...{ kind: "grant removed", what },
    edits: [{ collection, name: what, value }],
});
const light = mutant("light", { on: false });
const bell = mutant("bell", { on: false });
const lock = mutant("lock", { closed: false, etag: "2" });
/** A removal that does nothing: only the mark of the entry is another. */
const idle = mutant("lock", { closed: true, etag: "2" });

function house(look: (house: Record<string, { on?: boolean }>) => ProbeReport["verdict"]) {
    const state = structuredClone(kept);
    const store = {
        snapshot: () => structuredClone(state),
        put: (collection: string, name: string, value: unknown) => void ((state[collection] ??= {})[name] = value),
        delete: (collection: string, name: string) => delete state[collection]?.[name],
    };
    const checks: Checks = {
        run() {
            const probe = { name: "light", verdict: look(state["house"] as Record<string, { on?: boolean }>) };
            return Promise.resolve({ reports: [{ probes: [probe] } as unknown as Report] });
        },
    };
    return { store, checks };
}

const sees = ({ light: lamp, bell: ring }: Record<string, { on?: boolean }>): ProbeReport["verdict"] =>
    lamp?.on !== true ? "failed" : ring?.on !== true ? "warning" : "passed";

describe("the check of a check", () => {
    it("tells what a check sees, what it only warns of, and what it does not see", async () => {
        const { store, checks } = house(sees);
        const { mutants, baseline } = await runMutants(store, [light, bell, lock], checks);
        assert.deepEqual(
            mutants.map(({ result, seenBy }) => [result, seenBy]),
            [
                ["killed", "light"],
                ["survived", "a warning: light"],
                ["survived", undefined],
            ],
        );
        assert.deepEqual(baseline, []);
        assert.deepEqual(store.snapshot(), kept);
    });

    it("reports a mutant that changes nothing, which every check survives", async () => {
        const { store, checks } = house(sees);
        const report = reportOf(await runMutants(store, [idle], checks), [{ mutant: "*", why: "all may survive" }]);
        assert.equal(report.passed, false);
        assert.deepEqual(
            report.ineffective.map(({ what }) => what),
            ["lock"],
        );
        assert.match(formatMutation(report), /grant removed: lock: changed nothing/);
    });

    it("tells nothing about mutants of a deployment that is red anyway, or stays red after them", async () => {
        const red = house(() => "failed");
        const never = reportOf(await runMutants(red.store, [light], red.checks), []);
        assert.deepEqual([never.passed, never.baseline, never.mutants.length], [false, ["light"], 0]);
        let count = 0;
        const spoiled = house(() => ((count += 1) === 1 ? "passed" : "failed"));
        const later = reportOf(await runMutants(spoiled.store, [light], spoiled.checks), []);
        assert.deepEqual([later.passed, later.baseline], [false, ["light"]]);
    });

    it("passes only where every survivor is known with its reason", async () => {
        const { store, checks } = house(sees);
        const mutation = await runMutants(store, [light, lock], checks);
        assert.equal(reportOf(mutation, []).passed, false);
        const known = reportOf(mutation, [{ mutant: "grant *: lock", why: "nobody looks at the lock" }]);
        assert.equal(known.passed, true);
        assert.match(formatMutation(known), /- grant removed: lock: survives: nobody looks at the lock/);
        const stale = reportOf(mutation, [
            { mutant: "*lock", why: "so" },
            { mutant: "grant removed: light", why: "so" },
        ]);
        assert.deepEqual(
            stale.unused.map(({ mutant: entry }) => entry),
            ["grant removed: light"],
        );
        assert.equal(reportOf({ mutants: [], baseline: [] }, []).passed, false);
    });

    it("refuses a list of known survivors without reasons", () => {
        const folder = mkdtempSync(join(tmpdir(), "mutants-"));
        const file = join(folder, "mutants.yaml");
        try {
            assert.deepEqual(readAllowed(file, false), []);
            assert.throws(() => readAllowed(file, true), /cannot be read/);
            writeFileSync(file, "- mutant: 'x'\n  why: y\n");
            assert.deepEqual(readAllowed(file, true), [{ mutant: "x", why: "y" }]);
            for (const text of ["x: y\n", "- mutant: x\n", "- mutant: x\n  why: ' '\n", "- x\n"]) {
                writeFileSync(file, text);
                assert.throws(() => readAllowed(file, true), /has an entry/, text);
            }
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
