import assert from "node:assert/strict";
import { owner, testCloud, type TestCloud } from "../../../support/cloud";
import { cloudForKinds, kinds, type Kind } from "../../kinds";

/** IDs that no kind of resource takes. */
const NEVER = ["../../x", "a/b", "é", "a b", "", "a".repeat(1025), "a\n", "."];

/** The requests that make a resource, each with another ID. */
function withId({ create: [verb, url, body], at }: Kind, id: string): [verb: string, url: string, body: object] {
    const own = at.slice(at.lastIndexOf("/") + 1).replace(/@.*/, "");
    const encoded = encodeURIComponent(id);
    const sent = JSON.stringify(body).replaceAll(new RegExp(`(?<=[/"])${own}"(?=[,}])`, "g"), () =>
        JSON.stringify(id).slice(1),
    );
    const query = url.replace(new RegExp(`=${own}$`), () => `=${encoded}`);
    const path = verb === "PUT" ? query.replace(new RegExp(`/${own}$`), () => `/${encoded}`) : query;
    return [verb, path, JSON.parse(sent) as object];
}

describe("the IDs of resources", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = await cloudForKinds();
    });
    after(() => cloud.close());

    // The ID of a service account and of a metric of the log has rules of its own.
    for (const kind of kinds.filter(({ what }) => what !== "a metric of the log")) {
        it(`are checked for ${kind.what}, as its API documents`, async () => {
            const taken: string[] = [];
            // A deny policy without an ID gets one.
            for (const id of NEVER.filter((each) => each !== "" || kind.what !== "a deny policy")) {
                const status = await cloud.status(owner, ...withId(kind, id));
                if (status !== 400 && status !== 404) {
                    taken.push(`${JSON.stringify(id)}: ${status}`);
                }
            }
            assert.deepEqual(taken, []);
            assert.equal(await cloud.status(owner, ...kind.create), 200);
        });
    }

    for (const [what, url, verb, good, bad] of [
        ["topics", "https://pubsub.googleapis.com/v1/projects/demo/topics", "PUT", "a~1%25+", "ab"],
        ["topics", "https://pubsub.googleapis.com/v1/projects/demo/topics", "PUT", "a".repeat(255), "google-x"],
        ["topics", "https://pubsub.googleapis.com/v1/projects/demo/topics", "PUT", "Abc", "1bc"],
        ["buckets", "https://storage.googleapis.com/storage/v1/b?project=demo", "POST", "a".repeat(63), "a".repeat(64)],
        ["buckets", "https://storage.googleapis.com/storage/v1/b?project=demo", "POST", "a.b.example", "192.168.5.4"],
        ["buckets", "https://storage.googleapis.com/storage/v1/b?project=demo", "POST", "a_b", "a..b"],
        ["buckets", "https://storage.googleapis.com/storage/v1/b?project=demo", "POST", "123", "my-google-files"],
    ] as const) {
        it(`of ${what} may be ${good.slice(0, 20)} and not ${bad.slice(0, 20)}`, async () => {
            const fresh = testCloud();
            const status = (id: string): Promise<number> =>
                verb === "PUT"
                    ? fresh.status(owner, verb, `${url}/${id}`, {})
                    : fresh.status(owner, verb, url, { name: id });
            assert.deepEqual([await status(good), await status(bad)], [200, 400]);
            fresh.close();
        });
    }

    it("are made by Google for a job of Scheduler without a name, and for no queue", async () => {
        const parent = "projects/demo/locations/europe-west1";
        const job = { schedule: "* * * * *", httpTarget: { uri: "https://a.example/" } };
        const made = await cloud.call(owner, "POST", `https://cloudscheduler.googleapis.com/v1/${parent}/jobs`, job);
        assert.match(String(made.name), new RegExp(`^${parent}/jobs/[-\\w]+$`));
        assert.equal(
            await cloud.status(owner, "POST", `https://cloudtasks.googleapis.com/v2/${parent}/queues`, {}),
            400,
        );
    });
});
