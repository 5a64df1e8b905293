import assert from "node:assert/strict";
import { alignedInputs } from "../../../engine/provider/equivalence";
import { objectSchema, resourceSchema } from "../../../engine/provider/schema";
import { same } from "../../../engine/values/differences";
import type { Properties, Value } from "../../../engine/values/values";
import { changed, madeTypes, refreshedValues } from "../as-refreshed";

const location = "us-central1";

describe("a value that the real provider treats as equal", () => {
    const place = { projects: ["demo", "111"], location: "us-central1" };
    const account = "a@demo.iam.gserviceaccount.com";
    /** A property, what is kept, what the program says that is the same, and what is not. */
    const table: [what: string, key: string, kept: unknown, equal: unknown, other: unknown][] = [
        ["a full name", "name", "projects/demo/locations/us-central1/services/s", "s", "t"],
        [
            "a short name",
            "name",
            "s",
            "projects/demo/locations/us-central1/services/s",
            "projects/demo/locations/us-central1/services/t",
        ],
        [
            "a full name, in another project",
            "name",
            "projects/other/locations/us-central1/services/s",
            "projects/other/locations/us-central1/services/s",
            "s",
        ],
        [
            "a full name, in another region",
            "name",
            "projects/demo/locations/us-east1/services/s",
            "projects/demo/locations/us-east1/services/s",
            "s",
        ],
        ["a project's number", "name", "projects/111/iap_web", "projects/demo/iap_web", "projects/222/iap_web"],
        [
            "the number of another project",
            "name",
            "projects/222/iap_web",
            "projects/222/iap_web",
            "projects/demo/iap_web",
        ],
        ["a topic", "topic", "projects/demo/topics/tee", "tee", "projects/demo/topics/uuu"],
        ["a topic by its number", "topic", "projects/111/topics/tee", "tee", "uuu"],
        ["a bucket", "bucket", "b/bucket", "bucket", "bucket2"],
        [
            "a repository",
            "repository",
            "projects/demo/locations/us-central1/repositories/r",
            "r",
            "projects/demo/locations/us-central1/repositories/q",
        ],
        ["a secret", "secretId", "projects/111/secrets/s", "projects/demo/secrets/s", "projects/demo/secrets/t"],
        ["an account", "serviceAccount", `projects/demo/serviceAccounts/${account}`, account, `b${account}`],
        [
            "an account of whichever project",
            "serviceAccountId",
            `projects/-/serviceAccounts/${account}`,
            `projects/demo/serviceAccounts/${account}`,
            `projects/-/serviceAccounts/b${account}`,
        ],
        [
            "a network's address",
            "network",
            "https://www.googleapis.com/compute/v1/projects/demo/global/networks/n",
            "projects/demo/global/networks/n",
            "projects/demo/global/networks/m",
        ],
        [
            "a member's case",
            "member",
            `serviceAccount:${account}`,
            `serviceAccount:${account.toUpperCase()}`,
            `user:${account}`,
        ],
        [
            "a federated principal, whose case counts",
            "member",
            "principal://x/subject/a",
            "principal://x/subject/a",
            "principal://x/subject/A",
        ],
        ["a location's case", "location", "EU", "eu", "us"],
        ["a duration", "messageRetentionDuration", "2592000s", "30d", "31d"],
        ["a duration in minutes", "ttl", "90m", "5400s", "5400m"],
        ["a fraction of a second", "minimumBackoff", "3.500s", "3.5s", "3s"],
        ["an address's last slash", "uri", "https://a.example/", "https://a.example", "https://a.example/b"],
        [
            "a policy",
            "policyData",
            '{"bindings":[],"etag":"x"}',
            '{ "etag": "x", "bindings": [] }',
            '{"bindings":[{}]}',
        ],
        ["a set", "permissions", ["a.b", "c.d"], ["c.d", "a.b"], ["c.d"]],
        ["a set that lost a member", "scopes", ["a", "b"], ["b", "a"], ["a", "c"]],
        [
            "a set of members",
            "members",
            [`user:A@b.c`, "allUsers"],
            ["allUsers", "user:a@b.c"],
            ["allUsers", "user:a@b.d"],
        ],
        [
            "a set of blocks",
            "matchingCriterias",
            [{ attribute: "a" }, { attribute: "b" }],
            [{ attribute: "b" }, { attribute: "a" }],
            [{ attribute: "b" }],
        ],
        ["a list, whose order counts", "args", ["a", "b"], ["a", "b"], ["b", "a"]],
        [
            "a nested name",
            "destination",
            { service: "projects/demo/locations/us-central1/services/s" },
            { service: "s" },
            { service: "t" },
        ],
        [
            "a variable of the user's, which is only itself",
            "environmentVariables",
            { name: "60s" },
            { name: "60s" },
            { name: "1m" },
        ],
        ["a text, which is only itself", "description", "projects/demo/topics/tee", "projects/demo/topics/tee", "t"],
        ["a protocol's case", "ipProtocol", "TCP", "tcp", "UDP"],
        ["a range of one port", "portRange", "80-80", "80", "80-81"],
        ["an address that has a name", "ipAddress", "203.0.113.7", "projects/demo/global/addresses/a", "203.0.113.8"],
        ["a domain's last dot", "domains", ["a.example"], ["a.example."], ["b.example"]],
        ["a key ring", "keyRing", "demo/eu/ring", "projects/demo/locations/eu/keyRings/ring", "demo/eu/other"],
        ["a default that the provider fills in", "attemptDeadline", "180s", undefined, "60s"],
        ["a default that the program gives", "addressType", undefined, "EXTERNAL", "INTERNAL"],
        ["an attribute that Pub/Sub adds", "attributes", { "x-goog-version": "v1", a: "b" }, { a: "b" }, { a: "c" }],
        ["attributes that Pub/Sub alone has", "attributes", { "x-goog-version": "v1" }, undefined, { a: "b" }],
        ["a CPU that Cloud Run has filled in", "limits", { cpu: "1", memory: "1Gi" }, { memory: "1Gi" }, { cpu: "2" }],
        ["a block of nothing", "scaling", { minInstanceCount: 0 }, undefined, { minInstanceCount: 1 }],
        [
            "a scope that Scheduler filled in",
            "httpTarget",
            { oauthToken: { scope: "https://www.googleapis.com/auth/cloud-platform" } },
            { oauthToken: {} },
            { oauthToken: { scope: "https://www.googleapis.com/auth/pubsub" } },
        ],
        ["an empty block", "pushConfig", { pushEndpoint: "" }, undefined, { pushEndpoint: "https://a.example" }],
        ["no block", "pushConfig", undefined, { pushEndpoint: "" }, { pushEndpoint: "https://a.example" }],
        [
            "an audience that Scheduler filled in",
            "httpTarget",
            { uri: "https://a.example/x", oidcToken: { audience: "https://a.example/x" } },
            { uri: "https://a.example/x", oidcToken: {} },
            { uri: "https://a.example/y", oidcToken: { audience: "https://a.example" } },
        ],
    ];
    for (const [what, key, kept, equal, other] of table) {
        it(`is ${what}, and any other value is a difference`, () => {
            const one = (value: unknown): Properties => (value === undefined ? {} : { [key]: value }) as Properties;
            const of = { kind: "string" } as const;
            const type = { kind: "list", of, isSet: what.startsWith("a set") } as const;
            const schema = { [key]: { type, required: false, replaces: false, computed: false, secret: false } };
            assert.ok(same(alignedInputs(one(kept), one(equal), place, schema), one(equal)));
            assert.ok(!same(alignedInputs(one(kept), one(other), place, schema), one(other)));
        });
    }
});

describe("what the real provider writes into a state", () => {
    const place = { project: "demo", number: "111", location };
    /** Values that programs give, each with another value of its kind. */
    const given: [Value, Value][] = [
        ["thing", "other"],
        ["30d", "31d"],
        ["projects/demo/thing", "projects/demo/other"],
        ['{ "a": 1 }', '{ "a": 2 }'],
        [
            ["a", "b"],
            ["a", "c"],
        ],
    ];

    it("is known for each type that is made by the APIs of the sandbox", () =>
        assert.deepEqual(Object.keys(refreshedValues).sort(), [...madeTypes].sort()));

    for (const [token, paths] of Object.entries(refreshedValues)) {
        for (const [path, writes] of Object.entries(paths)) {
            it(`is equal to what the program says, and different from anything else: ${path} of ${token}`, () => {
                const steps = path.split(".");
                assert.ok(isProperty(token, steps), `${token} has no property ${path}`);
                const [said, other] = given.find(([value]) => !same(writes(value, place), value)) ?? [];
                assert.ok(said !== undefined && other !== undefined, "the provider writes what the program says");
                const inputs = (value: Value): Properties => nested(steps, value);
                const kept = changed(inputs(said), steps, (value) => writes(value, place)) as Properties;
                const names = { projects: ["demo", "111"], location };
                const schema = resourceSchema(token)?.inputs ?? {};
                assert.ok(same(alignedInputs(kept, inputs(said), names, schema), inputs(said)));
                assert.ok(!same(alignedInputs(kept, inputs(other), names, schema), inputs(other)));
            });
        }
    }
});

/** Inputs with one value at a path. */
function nested([step = "", ...rest]: string[], value: Value): Properties {
    const inner = rest.length === 0 ? value : nested(rest, value);
    return { [step.replace("[]", "")]: step.endsWith("[]") ? [inner] : inner };
}

/** Whether a type of resource has a property at a path. */
function isProperty(token: string, [first = "", ...rest]: string[]): boolean {
    let properties = resourceSchema(token)?.inputs ?? {};
    let property = properties[first.replace("[]", "")];
    for (const step of rest) {
        let type = property?.type;
        while (type?.kind === "list") {
            type = type.of;
        }
        properties = type?.kind === "object" ? objectSchema(type.name) : {};
        property = properties[step.replace("[]", "")];
    }
    return property !== undefined;
}
