import assert from "node:assert/strict";

import { nodeOptions } from "../../../engine/project/node-options";
import { stateName } from "../../../engine/state-name";

describe("runtime options of a program", () => {
    const given = (nodeargs: unknown) => nodeOptions({ nodeargs }, "Pulumi.yaml: runtime.options").arguments;

    it("are split into arguments as a shell splits words", () => {
        assert.deepEqual(given(""), []);
        assert.deepEqual(given("  --a  --b=c "), ["--a", "--b=c"]);
        assert.deepEqual(given(`--title="a b" 'c "d"' e\\ f "g\\"h" ''`), ["--title=a b", 'c "d"', "e f", 'g"h', ""]);
    });

    it("are refused, with the reason, where they are wrong", () => {
        assert.throws(
            () => given(`--a "b`),
            /^ProgramError: Pulumi\.yaml: runtime\.options\.nodeargs is --a "b, which has an open quote$/,
        );
        assert.throws(() => given(["--a"]), /runtime\.options\.nodeargs is \["--a"\], expected one text/);
        assert.throws(() => nodeOptions({ typescript: "no" }, "x"), /x\.typescript is "no", expected true or false/);
    });

    it("name the configuration of the compiler", () => {
        assert.deepEqual(nodeOptions({ tsconfig: "tsconfig.pulumi.json" }, "x"), {
            arguments: [],
            typescript: true,
            tsconfig: "tsconfig.pulumi.json",
        });
    });
});

describe("the name of a state", () => {
    it("is different for every project and stack", () => {
        assert.equal(stateName("shop", "dev"), "shop.dev.json");
        assert.notEqual(stateName("a.b", "c"), stateName("a", "b.c"));
    });
});
