import { strict as assert } from "node:assert";
import { MissingPackageError, needPackages } from "../../errors";

describe("the packages that an entry point needs", () => {
    it("are taken as they are if they are installed", () => {
        needPackages("pulumi-gcp-invoke", "@pulumi/pulumi", "@pulumi/gcp", "yaml");
        needPackages("pulumi-gcp-invoke");
    });

    it("are named with the command that installs them if they are not", () => {
        for (const [names, message] of [
            [["@none/a"], "x needs @none/a, which is not installed; run npm install @none/a"],
            [
                ["yaml", "@none/a", "@none/b"],
                "x needs @none/a and @none/b, which are not installed; run npm install @none/a @none/b",
            ],
        ] as const) {
            assert.throws(
                () => needPackages("x", ...names),
                (error: Error) => error instanceof MissingPackageError && error.message === message,
            );
        }
    });
});
