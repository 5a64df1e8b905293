import assert from "node:assert/strict";
import fc from "fast-check";
import { redact } from "../../credentials";

const word = fc.stringMatching(/^[\w-]{20,60}$/);
/** Tokens of the kinds that Google gives. */
const token = fc.oneof(
    fc.tuple(word, word, word).map(([head, body, signature]) => `eyJ${head}.${body}.${signature}`),
    word.map((rest) => `ya29.${rest}`),
    word.map((rest) => `Bearer ${rest}`),
);

describe("redact", () => {
    it("leaves no token, and none in base64 or base64url", () => {
        fc.assert(
            fc.property(token, fc.constantFrom("utf8", "base64", "base64url"), (secret, form) => {
                const written = form === "utf8" ? secret : Buffer.from(secret).toString(form);
                const clean = redact(`before "${written}" after`);
                assert.match(clean, /^before "(Bearer )?\[token\]=*" after$/);
            }),
        );
    });

    it("leaves words, numbers and other base64 as they are", () => {
        for (const text of [
            "the bearer of news",
            "ya",
            Buffer.from("an order of 5 books for you").toString("base64"),
        ]) {
            assert.equal(redact(text), text);
        }
    });
});
