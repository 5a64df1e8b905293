import { strict as assert } from "node:assert";
import { logPrinted } from "../../../sandbox/workloads/cloud-log";
import { owner, testCloud, type TestCloud } from "../support/cloud";

const here = "projects/demo/locations/europe-west1";

describe("what workloads print", () => {
    let cloud: TestCloud;
    beforeEach(() => void (cloud = testCloud()));
    afterEach(() => cloud.close());

    const print = (text: string, service = `${here}/services/orders`): void =>
        logPrinted(cloud, { id: 1, time: "2026-01-02T03:04:05.000Z", service, stream: "stdout", text });
    const entries = async (filter = "") => {
        const body = { resourceNames: ["projects/demo"], filter };
        const answer = await cloud.call(owner, "POST", "https://logging.googleapis.com/v2/entries:list", body);
        return (answer.entries ?? []) as Record<string, unknown>[];
    };

    it("is in Cloud Logging, structured where a line is an object, whatever its fields are", async () => {
        for (const text of ["hello", '{"severity":"warning","message":"low","order":7}', "{no json}", "[1]", "{}"]) {
            print(text);
        }
        for (const severity of ['"LOUD"', "7", "null", "{}"]) {
            print(`{"severity":${severity},"@type":"x","message":null}`);
        }
        const found = await entries('resource.type="cloud_run_revision" resource.labels.service_name="orders"');
        assert.equal(found.length, 9);
        const [first, second] = found;
        assert.equal(first?.textPayload, "hello");
        assert.equal(first.timestamp, "2026-01-02T03:04:05Z");
        assert.equal(first.logName, "projects/demo/logs/run.googleapis.com%2Fstdout");
        assert.deepEqual([second?.severity, second?.jsonPayload], ["WARNING", { message: "low", order: 7 }]);
        assert.equal((await entries("severity>=WARNING")).length, 1);
    });

    it("belongs to the service, job or function that printed it, and to nothing else", async () => {
        print("a", `${here}/jobs/batch`);
        print("b", `${here}/functions/price`);
        print("c", "api.example.com");
        const found = await entries();
        assert.deepEqual(
            found.map(({ textPayload, resource }) => [textPayload, (resource as { type: string }).type]),
            [
                ["a", "cloud_run_job"],
                ["b", "cloud_function"],
            ],
        );
    });
});
