import { strict as assert } from "node:assert";

import { AnyResource, Bench } from "../helper";

/** How many resources the engine looks at while it destroys a stack of so many topics, by walks over maps. */
async function lookedAt(topics: number): Promise<number> {
    const bench = new Bench(".");
    const stack = await bench.open(
        { "gcp:project": "demo" },
        {
            program: () => {
                for (let index = 0; index < topics; index++) {
                    new AnyResource("gcp:pubsub/topic:Topic", `t${index}`, { name: `t${index}` });
                }
                return Promise.resolve();
            },
        },
    );
    try {
        const up = await stack.up({ preview: false });
        assert.deepEqual([up.result, up.diagnostics], ["succeeded", []]);
        let looked = 0;
        // Only a walk over the values of a map can see every resource of a stack.
        // eslint-disable-next-line @typescript-eslint/unbound-method
        const { values } = Map.prototype;
        Map.prototype.values = function (this: Map<unknown, unknown>) {
            looked += this.size;
            return values.call(this) as MapIterator<unknown>;
        };
        try {
            const { result, changes } = await stack.destroy();
            assert.equal(result, "succeeded");
            assert.ok((changes.delete ?? 0) >= topics);
        } finally {
            Map.prototype.values = values;
        }
        return looked;
    } finally {
        bench.close();
    }
}

describe("the growth of an operation", () => {
    it("looks at twice as many resources when it destroys twice as many", async () => {
        const [few, many] = [await lookedAt(40), await lookedAt(80)];
        assert.ok(many <= 2.2 * few, `${few} for 40 topics, ${many} for 80`);
    });
});
