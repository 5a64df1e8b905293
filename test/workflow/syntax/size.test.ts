import assert from "node:assert/strict";
import { auditFile, injectFile } from "../../../workflow/auth";
import { parseWorkflow, SOURCE_BYTES } from "../../../workflow/syntax";
import { validateWorkflow } from "../../../workflow/validate";

const step = '- ask: {call: http.get, args: {url: "https://a-abcdefghij-uc.a.run.app/x"}}\n';
/** A source of exactly so many bytes. */
const sized = (bytes: number): string => `${step}#${"x".repeat(bytes - step.length - 2)}\n`;

describe("a source as long as a workflow may be", () => {
    it("is read, audited and injected", () => {
        const source = sized(SOURCE_BYTES);
        assert.equal(Buffer.byteLength(source), SOURCE_BYTES);
        assert.deepEqual(validateWorkflow(parseWorkflow(source, { file: "w.yaml" })), []);
        assert.equal(injectFile(source, "w.yaml").changes.length, 1);
    });

    it("is refused with one byte more, by its size and the limit, and is left as it is", () => {
        const source = sized(SOURCE_BYTES + 1);
        const refused = /^the source has 131073 bytes, more than the 131072 that a workflow may have: move/;
        for (const [found, ...others] of [
            validateWorkflow(parseWorkflow(source, { file: "w.yaml" })),
            auditFile(source, "w.yaml").diagnostics,
            injectFile(source, "w.yaml").unreadable,
        ]) {
            assert.match(found?.message ?? "", refused);
            assert.equal(found?.severity, "error");
            assert.equal(others.length, 0);
        }
        assert.equal(injectFile(source, "w.yaml").text, source);
    });

    it("counts bytes, not characters", () => {
        const source = `${step}#${"ü".repeat(SOURCE_BYTES / 2)}\n`;
        assert.ok(source.length < SOURCE_BYTES);
        assert.match(parseWorkflow(source, { file: "w.yaml" }).diagnostics[0]?.message ?? "", /^the source has/);
    });

    it("may be longer where the limit is lifted", () => {
        const source = sized(2 * SOURCE_BYTES);
        assert.deepEqual(parseWorkflow(source, { file: "w.yaml", maxBytes: Infinity }).diagnostics, []);
    });
});
