import assert from "node:assert/strict";
import fc from "fast-check";
import { owner, testCloud } from "../identity/cloud";

const REQUESTS = 20_000;

/** Words that APIs use, so that the fuzz gets past the first check as often as not. */
const words = fc.constantFrom(
    ..."projects locations services jobs queues topics subscriptions secrets versions workflows functions repositories triggers serviceAccounts b o iam operations demo europe-west1 - * s w latest policy template containers image name parent labels schedule httpTarget uri payload data topic sourceContents".split(
        " ",
    ),
);
const hosts = fc.constantFrom(
    ..."artifactregistry cloudfunctions cloudresourcemanager cloudscheduler cloudtasks compute eventarc iam iamcredentials iap logging pubsub run secretmanager serviceusage storage workflows us-central1-run".split(
        " ",
    ),
);
const segment = fc.oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) });
const path = fc
    .tuple(
        fc.constantFrom("v1", "v2", "v2beta", "v3", "storage/v1", "upload/storage/v1", "compute/v1"),
        fc.array(segment, { maxLength: 7 }),
        fc.constantFrom(
            "",
            ":getIamPolicy",
            ":setIamPolicy",
            ":testIamPermissions",
            ":run",
            ":access",
            ":addVersion",
            ":publish",
            ":%",
        ),
    )
    .map(([version, parts, verb]) => `/${[version, ...parts.map((p) => encodeURIComponent(p))].join("/")}${verb}`);
const json = fc.letrec((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ maxLength: 10 }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.oneof(words, fc.string({ maxLength: 6 })), tie("value"), { maxKeys: 4 }),
    ),
})).value;
const query = fc.dictionary(
    fc.constantFrom(
        "pageSize",
        "pageToken",
        "updateMask",
        "serviceId",
        "filter",
        "fields",
        "alt",
        "project",
        "uploadType",
        "x",
    ),
    fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("-1", "json", "a.b", "media", "state:ENABLED")),
    { maxKeys: 3 },
);

describe("a fuzz of the REST APIs", () => {
    it(`gets an answer below 500, or 501, to each of ${REQUESTS} requests`, async function () {
        this.timeout(120_000);
        const cloud = testCloud();
        try {
            await fc.assert(
                fc.asyncProperty(
                    fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
                    hosts,
                    path,
                    query,
                    fc.oneof({ weight: 8, arbitrary: json }, { weight: 1, arbitrary: fc.string() }),
                    async (method, host, where, parameters, body) => {
                        const url = `https://${host}.googleapis.com${where}?${new URLSearchParams(parameters).toString()}`;
                        const answer = await cloud.apis.request(method, url, { principal: owner, body });
                        assert.ok(
                            answer && (answer.status < 500 || answer.status === 501),
                            `${answer?.status}: ${JSON.stringify(answer?.body)}`,
                        );
                    },
                ),
                { numRuns: REQUESTS },
            );
        } finally {
            cloud.close();
        }
    });
});
