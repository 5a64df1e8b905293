import assert from "node:assert/strict";
import type { AuditOptions } from "../../../workflow/auth";
import { WorkflowFile } from "../../../workflow/editor";

/** A file from a text in which ‸ stands for the cursor, and the offset of that. */
export function withCursor(marked: string, options: AuditOptions = {}, path = "/w.yaml"): [WorkflowFile, number] {
    const offset = marked.indexOf("‸");
    assert.ok(offset >= 0, "the text has a cursor");
    return [new WorkflowFile(marked.replace("‸", ""), path, options), offset];
}
