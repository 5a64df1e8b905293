import assert from "node:assert/strict";
import { auditFile, type AuditOptions, injectFile } from "../../../../workflow/auth";
import { causes, leftCauses } from "../../../../workflow/auth/advice";
import { audienceRows } from "./audience";
import { authRows } from "./auth";
import { credentialRows } from "./credential";
import { deliveryLeftRows, deliveryRows } from "./delivery";
import { headerRows } from "./header";
import { hostRows } from "./host";
import { leftRows as otherLeftRows } from "./left";
import type { Row } from "./row";
import { scopeRows } from "./scope";
import { sourceRows } from "./source";

const rows: Row[] = [
    ...credentialRows,
    ...authRows,
    ...headerRows,
    ...hostRows,
    ...audienceRows,
    ...sourceRows,
    ...scopeRows,
    ...deliveryRows,
];

const leftRows = [...otherLeftRows, ...deliveryLeftRows];

function audit(source: string, options: AuditOptions): ReturnType<typeof auditFile>["findings"] {
    const { findings, diagnostics } = auditFile(source, "w.yaml", options);
    assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        [],
        source,
    );
    return findings;
}

const sorted = (list: readonly string[]): string[] => [...list].sort();

/** The source and the options once the advice is followed. */
function followed({ source, options = {}, then }: Pick<Row, "source" | "options" | "then">): [string, AuditOptions] {
    if (then === "inject") {
        return [injectFile(source, "w.yaml", options).text, options];
    }
    const { edits, changed } = Array.isArray(then)
        ? { edits: then, changed: {} }
        : "edits" in then
          ? { edits: then.edits, changed: then.options }
          : { edits: [], changed: then };
    const edited = edits.reduce((text, [from, to]) => {
        assert.ok(text.includes(from), `${from} is not in\n${text}`);
        return text.replace(from, () => to);
    }, source);
    return [edited, { ...options, ...changed }];
}

describe("the advice of the audit", () => {
    for (const [index, row] of rows.entries()) {
        const { cause, source, options = {}, fix, also = [], rest = [] } = row;
        it(`for ${cause} is right, and makes the finding go away (row ${index})`, () => {
            const findings = audit(source, options);
            assert.deepEqual(sorted(findings.map((finding) => finding.cause)), sorted([cause, ...also]), source);
            assert.equal(findings.find((finding) => finding.cause === cause)?.fix, fix);
            const [after, then] = followed(row);
            assert.deepEqual(sorted(audit(after, then).map((finding) => finding.cause)), sorted(rest), after);
            if (rest.length === 0) {
                const again = injectFile(after, "w.yaml", then);
                assert.equal(again.text, after);
                assert.deepEqual(again.left, []);
            }
        });
    }

    it("never says to do without a credential where nobody knows the receiver", () => {
        for (const { cause, fix } of hostRows) {
            assert.doesNotMatch(fix, /without auth|remove auth/, cause);
        }
    });

    it("has a row for every cause", () => {
        assert.deepEqual(sorted([...new Set(rows.map(({ cause }) => cause))]), sorted(causes));
    });
});

describe("the advice of the injector for what it leaves", () => {
    for (const row of leftRows) {
        const { cause, source, options = {}, fix } = row;
        it(`for ${cause} is right, and leaves nothing more to do`, () => {
            const { text, left } = injectFile(source, "w.yaml", options);
            assert.equal(text, source);
            assert.deepEqual(
                left.map((each) => [each.cause, each.fix]),
                left.map(() => [cause, fix]),
            );
            assert.ok(left.length > 0, source);
            const [after, then] = followed(row);
            const again = injectFile(after, "w.yaml", then);
            assert.deepEqual(again.left, []);
            assert.deepEqual(audit(again.text, then), []);
        });
    }

    it("has a row for every reason", () => {
        assert.deepEqual(sorted([...new Set(leftRows.map(({ cause }) => cause))]), sorted(leftCauses));
    });
});
