import { strict as assert } from "node:assert";
import { renderOutputs } from "../../../cli/render/outputs";
import { KINDS, type Properties, secret, SIGNATURE, UNKNOWN } from "../../../engine/values/values";
import { screen } from "../../support/screen";

/** What a stack had. */
const BEFORE: Properties = {
    same: "x",
    number: 3,
    nothing: null,
    text: "v1",
    lines: "a\nb 1",
    hidden: secret("hush"),
    object: { a: 1, b: { c: [1, "two", null] }, n: "1" },
    list: [1, { z: "1" }],
    gone: 1,
    empty: {},
};
/** And has now. */
const AFTER: Properties = {
    ...{ same: "x", number: 3, nothing: null, text: "v2", lines: "a\nb 2", hidden: secret("hush") },
    object: { a: 1, b: { c: [1, "two", null] }, n: "2" },
    list: [1, { z: "2" }],
    come: { d: 1 },
    empty: {},
};

const render = (before: Properties | undefined, after: Properties, all = true): string =>
    renderOutputs(before, after, all, screen()).join("\n");

/** Every expectation is what CLI 3.259 printed of the same program. */
describe("the outputs of a stack", () => {
    it("are shown by name, with their values, and without empty ones", () => {
        assert.equal(
            render(undefined, { ...BEFORE, unknown: UNKNOWN }),
            `    gone   : 1
    hidden : [secret]
    lines  : "a\\nb 1"
    list   : [
        [0]: 1
        [1]: {
            z: "1"
        }
    ]
    number : 3
    object : {
        a: 1
        b: {
            c: [
                [0]: 1
                [1]: "two"
                [2]: <null>
            ]
        }
        n: "1"
    }
    same   : "x"
    text   : "v1"
    unknown: [unknown]`,
        );
    });

    it("show how they differ from those before", () => {
        assert.equal(
            render(BEFORE, AFTER, false),
            `  + come   : {
      + d: 1
    }
  - gone   : 1
  ~ lines  : 
        a
      - b 1
      + b 2
  ~ list   : [
        [0]: 1
      ~ [1]: {
              ~ z: "1" => "2"
            }
    ]
  ~ object : {
        a: 1
        b: {
            c: [
                [0]: 1
                [1]: "two"
                [2]: <null>
            ]
        }
      ~ n: "1" => "2"
    }
  ~ text   : "v1" => "v2"`,
        );
    });

    it("are all shown after an update; a preview leaves out those that do not change", () => {
        assert.match(render(BEFORE, AFTER), /^ {4}same {3}: "x"$/m);
        assert.doesNotMatch(render(BEFORE, AFTER, false), /same/);
        assert.equal(render(BEFORE, BEFORE, false), "");
    });

    it("never show a secret, in any form", () => {
        const blinded = { [SIGNATURE]: KINDS.secret, ciphertext: "[secret]" };
        assert.equal(render({ key: secret("hush") }, { key: blinded }), "  ~ key: [secret] => [secret]");
        assert.equal(render(undefined, { a: [secret("hush")] }), "    a: [\n        [0]: [secret]\n    ]");
    });
});
