import { strict as assert } from "node:assert";

import { AnyResource, Bench } from "../helper";

const ROLE = "roles/pubsub.viewer";
const ANN = "user:ann@example.com";

/** Grants of each kind, on resources of several depths, with the ids that the provider takes. */
const grants: [type: string, inputs: Record<string, unknown>, ids: string[]][] = [
    [
        "gcp:pubsub/topicIAMMember:TopicIAMMember",
        { topic: "t", role: ROLE, member: ANN },
        ["projects/demo/topics/t", "demo/t", "t"].map((resource) => `${resource} ${ROLE} ${ANN}`),
    ],
    ["gcp:pubsub/topicIAMBinding:TopicIAMBinding", { topic: "t", role: ROLE, members: [ANN] }, [`t ${ROLE}`]],
    [
        "gcp:pubsub/topicIAMPolicy:TopicIAMPolicy",
        { topic: "t", policyData: JSON.stringify({ bindings: [{ role: ROLE, members: [ANN] }] }) },
        ["projects/demo/topics/t", "t"],
    ],
    [
        "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
        { name: "s", location: "europe-west1", role: ROLE, member: ANN },
        ["projects/demo/locations/europe-west1/services/s", "demo/europe-west1/s", "europe-west1/s", "s"].map(
            (resource) => `${resource} ${ROLE} ${ANN}`,
        ),
    ],
    ["gcp:projects/iAMMember:IAMMember", { project: "demo", role: ROLE, member: ANN }, [`demo ${ROLE} ${ANN}`]],
];

describe("a grant that is imported", () => {
    let bench: Bench;
    beforeEach(() => void (bench = new Bench(".")));
    afterEach(() => bench.close());

    async function up(type: string, name: string, inputs: Record<string, unknown>, id?: string) {
        const program = () => {
            new AnyResource(type, name, inputs, id === undefined ? {} : { import: id });
            return Promise.resolve();
        };
        const stack = await bench.open({ "gcp:project": "demo" }, { program });
        const { result, changes, diagnostics } = await stack.up({ preview: false });
        return { result, changes, said: diagnostics.map(({ message }) => message).join("\n") };
    }
    const policies = () => [...bench.cloud.policies.values()].map((policy) => policy["bindings"]);

    for (const [type, inputs, ids] of grants) {
        for (const id of ids) {
            it(`is found by its id, and stays as it is: ${type.split(":")[2]} ${id}`, async () => {
                assert.equal((await up(type, "made", inputs)).result, "succeeded");
                const before = JSON.stringify(policies());
                const imported = await up(type, "taken", inputs, id);
                assert.deepEqual([imported.result, imported.said], ["succeeded", ""]);
                assert.equal(JSON.stringify(policies()), before);
                const again = await up(type, "taken", inputs, id);
                assert.deepEqual(again.changes, { same: 2 });
                assert.deepEqual((await up(type, "taken", inputs)).changes, { same: 2 });
            });
        }
    }

    it("is refused if its id names another resource, has another form, or is nowhere", async () => {
        const [type, inputs] = grants[0] ?? assert.fail();
        await up(type, "made", inputs);
        for (const [id, expected] of [
            [
                `projects/demo/topics/u ${ROLE} ${ANN}`,
                /names projects\/demo\/topics\/u, and the program projects\/demo\/topics\/t/,
            ],
            [`opics/t ${ROLE} ${ANN}`, /names opics\/t, and the program/],
            [`t ${ROLE}`, /"t roles\/pubsub.viewer" is no id of .*; write RESOURCE ROLE MEMBER/],
            [`t/${ROLE}/${ANN}`, /is no id of .*; write RESOURCE ROLE MEMBER/],
            [`t ${ROLE} user:bob@example.com`, /does not exist/],
            [`t roles/pubsub.editor ${ANN}`, /does not exist/],
        ] as const) {
            const { result, said } = await up(type, "taken", inputs, id);
            assert.equal(result, "failed", id);
            assert.match(said, expected, id);
            assert.deepEqual(policies(), [[{ role: ROLE, members: [ANN] }]]);
        }
    });

    it("is not replaced by what the program says of another member", async () => {
        const [type, inputs] = grants[0] ?? assert.fail();
        await up(type, "made", inputs);
        const { result, said } = await up(
            type,
            "taken",
            { ...inputs, member: "user:bob@example.com" },
            `t ${ROLE} ${ANN}`,
        );
        assert.equal(result, "failed");
        assert.match(said, /previously-imported resources .* may not be replaced/);
        assert.deepEqual(policies(), [[{ role: ROLE, members: [ANN] }]]);
    });
});
