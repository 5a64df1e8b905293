import assert from "node:assert/strict";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import type { ResourceRules, StackResult } from "../../engine";
import { AnyResource, Bench } from "./helper";

const perimeter = (name: string) =>
    new gcp.accesscontextmanager.ServicePerimeter(name, { parent: "accessPolicies/1", title: name });
const organizationPolicy = (name: string, constraint: string) =>
    new gcp.projects.OrganizationPolicy(name, { project: "demo", constraint, booleanPolicy: { enforced: true } });
const unknown = (name: string) => new AnyResource("docker:index/image:Image", name, { tag: "1" });

describe("resources that are refused for their type", () => {
    let bench: Bench;
    beforeEach(() => {
        bench = new Bench("");
    });
    afterEach(() => {
        bench.close();
    });

    async function up(
        body: () => void,
        rules: ResourceRules = {},
        preview: true | "hidden" = true,
    ): Promise<StackResult> {
        const program = (): Promise<void> => {
            body();
            return Promise.resolve();
        };
        const stack = await bench.open({ "gcp:project": "demo" }, { program, resources: rules });
        return await stack.up({ preview });
    }
    const errors = ({ diagnostics }: StackResult) =>
        diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

    for (const preview of [true, "hidden"] as const) {
        it(`are all told at once, before anything is made, ${preview === true ? "with" : "without"} a preview`, async () => {
            const result = await up(
                () => {
                    const topic = new gcp.pubsub.Topic("first", {});
                    perimeter("a");
                    // What needs the outputs of a resource is found too, and also what needs those of a refused one.
                    topic.name.apply(() => unknown("b"));
                    new gcp.pubsub.Topic("last", { name: perimeter("c").name });
                },
                {},
                preview,
            );
            assert.equal(result.result, "failed");
            assert.deepEqual(
                errors(result)
                    .map((message) => message.slice(0, 60))
                    .sort(),
                [
                    "the sandbox refuses gcp:accesscontextmanager/servicePerimete",
                    "the sandbox refuses gcp:accesscontextmanager/servicePerimete",
                    "the sandbox's engine does not support resource type docker:i",
                ],
            );
            assert.equal(bench.cloud.requests.filter(({ method }) => method !== "GET").length, 0);
        });
    }

    it("are refused by an organization's policy only if it is about access", async () => {
        const refused = await up(() => organizationPolicy("p", "iam.disableServiceAccountKeyCreation"));
        assert.match(errors(refused).join(), /the constraint iam\.disableServiceAccountKeyCreation decides/);
        assert.equal(
            (await up(() => organizationPolicy("p", "compute.skipDefaultNetworkCreation"))).result,
            "succeeded",
        );
    });

    it("are those that would only be kept, where resources are strict", async () => {
        const body = (): void => {
            new gcp.redis.Instance("cache", { memorySizeGb: 1 });
            new gcp.pubsub.Topic("topic", {});
        };
        const strict = await up(body, { strict: true });
        assert.deepEqual(errors(strict), [
            "the sandbox would only keep gcp:redis/instance:Instance, and nothing would stand behind it; leave the resource out, or run this program with the Pulumi CLI against the sandbox",
        ]);
        const kept = await up(body);
        assert.equal(kept.result, "succeeded");
        assert.match(
            kept.diagnostics.map(({ message }) => message).join(),
            /kept, not enforced: gcp:redis\/instance:Instance; their properties are checked/,
        );
    });

    it("are kept where a rule names them, by their type or by a pattern", async () => {
        const body = (): void => {
            unknown("image");
            perimeter("p");
        };
        const both = ["docker:*", "gcp:accesscontextmanager/servicePerimeter:ServicePerimeter"];
        assert.equal(errors(await up(body, { keep: ["docker:*"] })).length, 1);
        assert.equal((await up(body, { keep: both })).result, "succeeded");
        const again = await up(body, { keep: both });
        assert.equal(again.changes.same, 3);
    });

    it("are kept by a rule although they are components of another package, which nobody makes then", async () => {
        class Folder extends pulumi.ComponentResource {
            declare readonly path: pulumi.Output<string>;
            constructor(name: string, path: string) {
                super("synced-folder:index:Folder", name, { path }, {}, true);
            }
        }
        const seen: string[] = [];
        const body = (path: string) => () => {
            new Folder("site", path).path.apply((found) => seen.push(found));
        };
        for (const [path, changes] of [
            ["www", { create: 2 }],
            ["www", { same: 2 }],
            ["public", { same: 1, update: 1 }],
        ] as const) {
            const result = await up(body(path), { keep: ["synced-folder:*"] });
            assert.deepEqual([errors(result), result.changes], [[], changes]);
            assert.ok(result.diagnostics.some(({ message }) => message.includes("synced-folder:index:Folder")));
            assert.equal(seen.at(-1), path);
        }
        for (const rules of [{}, { keep: ["docker:*"] }]) {
            assert.match(errors(await up(body("www"), rules)).join(), /synced-folder is a package of components/);
        }
    });
});
