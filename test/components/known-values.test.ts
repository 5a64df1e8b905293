import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { warnOfUnknown } from "../../components/base";

describe("a region or a runtime that the components do not know", () => {
    it("is a warning with the nearest, and no error, because it may be new", () => {
        const told: string[] = [];
        const { warn } = pulumi.log;
        Object.assign(pulumi.log, {
            warn: (text: string) => {
                told.push(text);
                return Promise.resolve();
            },
        });
        try {
            const component = {} as pulumi.Resource;
            warnOfUnknown(component, { location: "europe-west1", runtime: "nodejs22" });
            warnOfUnknown(component, { location: pulumi.output("europ-west1") });
            assert.deepEqual(told, []);
            warnOfUnknown(component, { location: "europ-west1", runtime: "node22" });
        } finally {
            Object.assign(pulumi.log, { warn });
        }
        assert.deepEqual(told, [
            'location: "europ-west1" is no region that is known; did you mean "europe-west1"?',
            'runtime: "node22" is no runtime that is known; did you mean "nodejs22"?',
        ]);
    });
});
