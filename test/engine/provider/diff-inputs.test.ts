import { strict as assert } from "node:assert";
import fc from "fast-check";
import { diffInputs } from "../../../engine/provider/inputs";
import { resourceSchema } from "../../../engine/provider/schema";
import { type Properties, UNKNOWN } from "../../../engine/values";
import { defined } from "../../../common";

const TYPES = [
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
    "gcp:cloudrunv2/service:Service",
    "gcp:workflows/workflow:Workflow",
    "gcp:cloudscheduler/job:Job",
    "gcp:serviceaccount/account:Account",
];

describe("a property that a program begins to give", () => {
    const cases = TYPES.flatMap((type) => {
        const schema = resourceSchema(type);
        assert.ok(schema, type);
        const texts = Object.entries(schema.inputs).filter(
            ([
                ,
                {
                    type: { kind },
                },
            ]) => kind === "string",
        );
        return texts.map(([key, { computed, replaces }]) => ({ type, schema, key, computed, replaces }));
    });

    it("is a difference unless the resource has that value already", () => {
        assert.ok(cases.some(({ computed, replaces }) => computed && replaces));
        assert.ok(cases.some(({ computed }) => !computed));
        fc.assert(
            fc.property(fc.constantFrom(...cases), fc.string(), fc.string(), (each, has, gives) => {
                const { key, schema, replaces } = each;
                const { detailed } = diffInputs({}, { [key]: gives }, schema, undefined, { [key]: has });
                const expected = has === gives ? [] : [{ path: key, kind: "add", replaces, after: gives }];
                assert.deepEqual(detailed, expected);
                const same = diffInputs({}, { [key]: has }, schema, undefined, { [key]: has }).detailed;
                assert.equal(same.length, 0);
            }),
        );
    });

    it("is a difference at any depth", () => {
        const schema = resourceSchema("gcp:cloudrunv2/service:Service");
        assert.ok(schema);
        const service = (serviceAccount?: string): Properties => ({
            template: { containers: [{ image: "i" }], ...defined({ serviceAccount }) },
        });
        const paths = (has: string | undefined, gives: string): string[] =>
            diffInputs(service(), service(gives), schema, undefined, service(has)).detailed.map(({ path }) => path);
        assert.deepEqual(paths("default@example.com", "other@example.com"), ["template.serviceAccount"]);
        assert.deepEqual(paths(undefined, "other@example.com"), ["template.serviceAccount"]);
        assert.deepEqual(paths("default@example.com", "default@example.com"), []);
    });

    it("is a difference while its value is unknown", () => {
        for (const { key, schema } of cases) {
            const { detailed } = diffInputs({}, { [key]: UNKNOWN }, schema, undefined, { [key]: UNKNOWN });
            assert.equal(detailed.length, 1, key);
        }
    });
});
