import assert from "node:assert/strict";
import { logEntries } from "../../sandbox/apis/observability/logging";
import { registerSenders, type Senders } from "../../sandbox/senders";
import { owner, testCloud, type TestCloud } from "./support/cloud";

const ann = { kind: "user", email: "ann@example.com" } as const;
const PLACE = "projects/demo/locations/europe-west1";
const UPLOADS = "https://storage.googleapis.com/upload/storage/v1/b/files/o";

/** What requests leave behind: how many of it are kept, how one more is made, and how many there are. */
interface Store {
    what: string;
    most: number;
    add: (cloud: TestCloud, at: number) => unknown;
    count: (cloud: TestCloud) => number;
}

const STORES: Store[] = [
    {
        what: "decisions",
        most: 10_000,
        add: ({ iam }) =>
            iam.check({ principal: owner, permission: "run.services.get", resource: `//run.googleapis.com/${PLACE}` }),
        count: ({ decisions }) => decisions.list().length,
    },
    {
        what: "log entries",
        most: 10_000,
        add: (cloud, at) =>
            at % 1000 > 0
                ? undefined
                : cloud.call(owner, "POST", "https://logging.googleapis.com/v2/entries:write", {
                      entries: Array.from({ length: 1000 }, () => ({
                          logName: "projects/demo/logs/a",
                          textPayload: "x",
                      })),
                  }),
        count: (cloud) => logEntries(cloud).length,
    },
    {
        what: "operations",
        most: 500,
        add: (cloud) =>
            cloud.call(
                owner,
                "POST",
                "https://serviceusage.googleapis.com/v1/projects/demo/services/run.googleapis.com:enable",
            ),
        count: ({ store }) => store.list("serviceusage.operations").length,
    },
    {
        what: "executions of a job",
        most: 1000,
        add: (cloud) => cloud.call(owner, "POST", `https://run.googleapis.com/v2/${PLACE}/jobs/nightly:run`, {}),
        count: ({ store }) => store.list("run.executions").length,
    },
];

describe("what requests leave behind in a sandbox", () => {
    let cloud: TestCloud;
    let senders: Senders;
    beforeEach(async () => {
        cloud = testCloud();
        senders = registerSenders(cloud);
        await cloud.call(owner, "POST", "https://storage.googleapis.com/storage/v1/b?project=demo", { name: "files" });
        await cloud.call(owner, "POST", `https://run.googleapis.com/v2/${PLACE}/jobs?jobId=nightly`, {
            template: { template: { containers: [{ image: "a/b" }] } },
        });
    });
    afterEach(async () => {
        await senders.close();
        cloud.close();
    });

    for (const { what, most, add, count } of STORES) {
        it(`are at most ${most} ${what}, the latest ones`, async () => {
            for (let at = 0; at < most; at++) {
                await add(cloud, at);
            }
            const full = count(cloud);
            assert.ok(full > most / 2 && full <= most, String(full));
            for (let at = 0; at < most / 5; at++) {
                await add(cloud, at);
            }
            assert.ok(count(cloud) <= most, String(count(cloud)));
        });
    }

    it("are at most 1000 uploads that have not ended; the oldest are gone", async () => {
        const begin = async (name: string): Promise<string> => {
            const answer = await cloud.apis.request("POST", `${UPLOADS}?uploadType=resumable&name=${name}`, {
                principal: owner,
                body: {},
            });
            return String(answer?.headers.location);
        };
        const first = await begin("first");
        const second = await begin("second");
        for (let at = 0; at < 999; at++) {
            await begin(`other-${at}`);
        }
        assert.equal(await cloud.status(owner, "PUT", first, "x"), 404);
        assert.equal(await cloud.status(owner, "PUT", second, "x"), 200);
    });

    it("are at most 1000 addresses for uploads that nothing was put to; the oldest are gone", async () => {
        const sign = async (): Promise<string> => {
            const url = `https://cloudfunctions.googleapis.com/v2/${PLACE}/functions:generateUploadUrl`;
            return String((await cloud.call(owner, "POST", url, {})).uploadUrl);
        };
        const first = await sign();
        const second = await sign();
        for (let at = 0; at < 999; at++) {
            await sign();
        }
        assert.equal(await cloud.status(owner, "PUT", first, Buffer.from("x")), 403);
        assert.equal(await cloud.status(owner, "PUT", second, Buffer.from("x")), 200);
    });

    it("are no more than 1001 hosts that were refused, and no projects that do not exist", async () => {
        for (let at = 0; at < 1100; at++) {
            cloud.hosts.recordRefused(`host-${at}.example`);
        }
        assert.ok(cloud.hosts.refused().length <= 1001);
        const size = (): number => cloud.store.list("cloudresourcemanager.numbers").length;
        const before = size();
        for (let at = 0; at < 50; at++) {
            const url = `https://run.googleapis.com/v2/projects/none-${at}/locations/europe-west1/services`;
            assert.equal(await cloud.status(ann, "GET", url), 403);
        }
        assert.equal(size(), before);
    });
});
