import { strict as assert } from "node:assert";
import { becomingRows } from "./becoming";
import { invocationRows } from "./invocation";
import { senderRows } from "./senders";
import { World } from "./world";

describe("the deny table: what is denied, and what beside it is not", () => {
    let world: World;
    before(async () => {
        world = await World.start();
    });
    after(() => world.close());

    for (const { what, status, deny, allow } of [...invocationRows, ...becomingRows]) {
        it(`${what}: ${status}`, async () => {
            const seen = world.cloud.decisions.list().at(-1)?.id ?? 0;
            assert.equal(await deny(world), status);
            const denials = world.cloud.decisions.list().filter(({ id, allowed }) => id > seen && !allowed);
            assert.ok(denials.length > 0, "a denial is on record");
            assert.ok(denials.every(({ reason }) => reason !== ""));
            assert.equal(await allow(world), 200);
        });
    }

    for (const { what, role, send, failure, success } of senderRows) {
        it(`without the role of its agent ${what}`, async () => {
            assert.deepEqual(await world.withoutAgent(role, () => send(world)), failure);
            assert.deepEqual(await send(world), success);
        });
    }

    it("holds no token in any record", () => {
        assert.doesNotMatch(JSON.stringify(world.cloud.decisions.list()), /eyJ|ya29/);
    });
});
