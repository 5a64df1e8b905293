import assert from "node:assert/strict";
import { owner, type TestCloud } from "../support/cloud";
import { cloudForKinds, kinds } from "./kinds";

describe("resources that are there already", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = await cloudForKinds();
    });
    after(() => cloud.close());

    for (const { what, create, at, bad, update } of kinds) {
        const [verb, url, body] = create;
        it(`${what} is refused with 400 where the request is wrong, made, and refused with 409 a second time`, async () => {
            for (const change of bad) {
                const status = await cloud.status(owner, verb, url, { ...body, ...change });
                assert.equal(status, 400, JSON.stringify(change));
            }
            assert.equal(await cloud.status(owner, "GET", at), 404, "nothing was made of what was refused");
            await cloud.call(owner, verb, url, body);
            assert.equal(await cloud.status(owner, "GET", at), 200);
            assert.equal(await cloud.status(owner, verb, url, body), 409);
        });

        if (update) {
            it(`${what} is changed by who has seen how it is, and by nobody who has not`, async () => {
                const [method, query, change] = update;
                const { etag } = (await cloud.call(owner, "GET", at)) as { etag?: string };
                assert.ok(etag);
                const send = (seen: string | undefined): Promise<number> =>
                    cloud.status(owner, method, `${at}?${query}`, { ...change, etag: seen });
                assert.equal(await send("c3RhbGU="), 409);
                assert.equal(await send(etag), 200);
                assert.equal(await send(undefined), 200);
            });
        }
    }
});
