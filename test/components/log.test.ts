import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secretTexts, withoutSecrets } from "../../components/base";
import { root, sourceFiles } from "../project/sources";

describe("the messages of components", () => {
    it("quote no secret of an argument", () => {
        secretTexts().add("sesame-4711");
        try {
            assert.equal(withoutSecrets('location: "sesame-4711" is unknown'), 'location: "[secret]" is unknown');
            assert.equal(withoutSecrets("location: europe-west1"), "location: europe-west1");
        } finally {
            secretTexts().delete("sesame-4711");
        }
    });

    it("go through the log that hides them, whichever component says them", () => {
        const own = sourceFiles().filter((file) => /^(components|plugin)\//.test(file));
        const direct = own.filter((file) => /pulumi\.log\b/.test(readFileSync(join(root, file), "utf8")));
        assert.deepEqual(direct, ["components/base/log.ts"]);
    });
});
