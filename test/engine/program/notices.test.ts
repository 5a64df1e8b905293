import { strict as assert } from "node:assert";
import { withoutNotices } from "../../../engine/program/program";

/** What the SDK prints, word for word, if it cannot log. */
const notice = (message: string, severity = "info") =>
    `failed to deliver log message. \nerror: Error: Channel has been shut down \noriginal message: ${message}\n message severity: ${severity}\n`;

describe("what a program prints after it has failed", () => {
    it("is its own messages, without the words of the SDK around them", () => {
        const table = "smoke check of orders: 1 failed\n    probe   got\n  ✗ orders  403";
        assert.equal(withoutNotices(notice(table) + notice("one line", "warning")), `${table}\none line\n`);
    });

    it("is unchanged otherwise", () => {
        const text = "failed to deliver the order\noriginal message: none\n";
        assert.equal(withoutNotices(text), text);
    });
});
