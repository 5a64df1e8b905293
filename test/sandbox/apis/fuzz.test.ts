import assert from "node:assert/strict";
import fc from "fast-check";
import { owner, testCloud } from "../support/cloud";
import { fuzzRequests, type FuzzRequest } from "./fuzz-requests";

/** `FUZZ_REQUESTS=200000` for a night. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);

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

const wild = fc
    .tuple(
        fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
        hosts,
        path,
        query,
        fc.oneof({ weight: 8, arbitrary: json }, { weight: 1, arbitrary: fc.string() }),
    )
    .map(([method, host, where, parameters, body]): FuzzRequest => ({
        method,
        url: `https://${host}.googleapis.com${where}?${new URLSearchParams(parameters).toString()}`,
        body,
    }));

describe("a fuzz of the REST APIs", () => {
    it(`gets an answer below 500, or 501, to each of ${REQUESTS} requests, and many reach a handler`, async function () {
        this.timeout(Math.max(300_000, REQUESTS * 20));
        let cloud = testCloud();
        let count = 0;
        const answers = new Map<number, number>();
        let reached = 0;
        const begin = (): void => {
            cloud.close();
            cloud = testCloud();
            const check = cloud.iam.check.bind(cloud.iam);
            // What is allowed goes on to a handler.
            cloud.iam.check = (asked) => {
                const decision = check(asked);
                if (decision.allowed) {
                    reached += 1;
                }
                return decision;
            };
        };
        const requests = fc.oneof({ weight: 4, arbitrary: fuzzRequests() }, { weight: 1, arbitrary: wild });
        try {
            await fc.assert(
                fc.asyncProperty(requests, async ({ method, url, body }) => {
                    // Sooner or later a request takes the owner's role away, or switches an API off.
                    if (count % 500 === 0) {
                        begin();
                    }
                    count += 1;
                    const answer = await cloud.apis.request(method, url, { principal: owner, body });
                    const status = answer?.status ?? 0;
                    answers.set(status, (answers.get(status) ?? 0) + 1);
                    assert.ok(
                        (status > 0 && status < 500) || status === 501,
                        `${status}: ${JSON.stringify(answer?.body)}`,
                    );
                }),
                { numRuns: REQUESTS },
            );
        } finally {
            cloud.close();
        }
        const found = [...answers].sort(([a], [b]) => a - b).map(([status, times]) => `${times} × ${status}`);
        console.log(`      ${reached} permissions were granted on the way; answers: ${found.join(", ")}`);
        assert.ok(reached > REQUESTS / 4, `only ${reached} reached a handler`);
    });
});
