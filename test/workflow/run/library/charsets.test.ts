import * as assert from "node:assert/strict";
import fc from "fast-check";
import { decode, encode } from "../../../../workflow/run/library/charsets";

const NAMES = ["UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-2", "ISO-8859-9", "ISO-8859-15", "windows-1251", "KOI8-R"];

describe("charsets", () => {
    it("give back every text that they can encode", () => {
        fc.assert(
            fc.property(fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 40 }), (name, bytes) => {
                const text = decode(bytes, name);
                fc.pre(!text.includes("\ufffd"));
                assert.equal(decode(encode(text, name), name), text);
                assert.deepEqual(encode(text, name), bytes);
            }),
        );
    });

    it("write one U+FFFD for each byte that is no part of a character of UTF-8", () => {
        fc.assert(
            fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array({ min: 0xf8 }))), (parts) => {
                const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
                const expected = parts.map((part) => (typeof part === "string" ? part : "\ufffd".repeat(part.length)));
                assert.equal(decode(bytes, "UTF-8"), expected.join(""));
            }),
        );
    });

    it("read what other libraries write", () => {
        assert.equal(decode(Uint8Array.of(0xae, 0x6c, 0x75, 0xbb), "ISO-8859-2"), "Žluť");
        assert.equal(decode(Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), "windows-1251"), "Привет");
        assert.equal(decode(Uint8Array.of(0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4), "koi8-r"), "Привет");
        assert.equal(decode(Uint8Array.of(0xa4, 0x80), "ISO-8859-15"), "€\u0080");
        assert.equal(decode(Uint8Array.of(0x80, 0x81), "windows-1252"), "€\ufffd");
    });
});
