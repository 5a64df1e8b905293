import { strict as assert } from "node:assert";

import type { Stack, StackResult } from "../../../engine";
import { Deployment } from "../../../engine/steps/deployment";
import type { DeploymentOptions } from "../../../engine/steps/deployment-options";
import { AnyResource, Bench } from "../helper";

/** How a part of the SDK's types names a method whose calls are counted. */
type Walk = (this: { size?: number; length?: number }, ...args: unknown[]) => unknown;

/** What is done, and how many members of maps, sets and lists are walked over meanwhile. */
async function walkedBy(work: () => unknown): Promise<number> {
    let walked = 0;
    const counted = [
        ...["values", "keys", "entries", "forEach"].map((name) => [Map.prototype, name] as const),
        ...["some", "every", "find", "findIndex", "filter", "indexOf", "includes"].map(
            (name) => [Array.prototype, name] as const,
        ),
    ].map(([owner, name]) => ({ methods: owner as unknown as Record<string, Walk>, name }));
    const originals = counted.map(({ methods, name }) => methods[name]);
    counted.forEach(({ methods, name }, at) => {
        const original = originals[at];
        methods[name] = function (...args) {
            walked += this.size ?? this.length ?? 0;
            return original?.apply(this, args);
        };
    });
    try {
        await work();
    } finally {
        counted.forEach(({ methods, name }, at) => Object.assign(methods, { [name]: originals[at] }));
    }
    return walked;
}

interface Program {
    resources: number;
    /** What the names begin with. */
    prefix: string;
    /** What the names began with before. */
    former?: string;
}

/** Topics, each with a grant below it. */
function program({ resources, prefix, former }: Program): void {
    for (let index = 0; index < resources; index++) {
        const named = (kind: string) => ({
            ...(former !== undefined && { aliases: [{ name: `${former}${kind}${index}` }] }),
        });
        const topic = new AnyResource(
            "gcp:pubsub/topic:Topic",
            `${prefix}t${index}`,
            { name: `t${index}` },
            named("t"),
        );
        const role = "roles/pubsub.publisher";
        new AnyResource(
            "gcp:pubsub/topicIAMMember:TopicIAMMember",
            `${prefix}g${index}`,
            { topic: `t${index}`, role, member: "user:a@example.com" },
            { ...named("g"), dependsOn: [topic] },
        );
    }
}

const succeeded = ({ result, diagnostics }: StackResult): void =>
    assert.deepEqual([result, diagnostics], ["succeeded", []]);

/** How much an operation walks over on a stack of so many topics. `then` is what the program says in it. */
async function growthOf(
    resources: number,
    operation: (stack: Stack) => Promise<StackResult>,
    then: Omit<Program, "resources"> = { prefix: "" },
): Promise<number> {
    const bench = new Bench(".");
    const open = (said: Program): Promise<Stack> =>
        bench.open(
            { "gcp:project": "demo" },
            {
                program: () => {
                    program(said);
                    return Promise.resolve();
                },
            },
        );
    try {
        succeeded(await (await open({ resources, prefix: "" })).up({ preview: false }));
        const stack = await open({ resources, ...then });
        return await walkedBy(async () => succeeded(await operation(stack)));
    } finally {
        bench.close();
    }
}

describe("the growth of an operation", () => {
    const operations: [what: string, measure: (resources: number) => Promise<number>][] = [
        ["a destroy", (resources) => growthOf(resources, (stack) => stack.destroy())],
        ["an update that changes nothing", (resources) => growthOf(resources, (stack) => stack.up({ preview: false }))],
        ["a preview", (resources) => growthOf(resources, (stack) => stack.preview())],
        ["a refresh", (resources) => growthOf(resources, (stack) => stack.refresh())],
        [
            "an update that renames everything",
            (resources) => growthOf(resources, (stack) => stack.up({ preview: false }), { prefix: "new-", former: "" }),
        ],
        [
            "the report of many errors",
            (resources) =>
                walkedBy(() => {
                    const deployment = new Deployment({
                        emit: () => undefined,
                        resources: new Map(),
                    } as unknown as DeploymentOptions);
                    for (let index = 0; index < resources * 10; index++) {
                        deployment.report("error", `error ${index}`);
                    }
                }),
        ],
    ];
    for (const [what, measure] of operations) {
        it(`is linear: ${what}`, async () => {
            const [few, many] = [await measure(30), await measure(60)];
            assert.ok(many <= 2.3 * few, `${few} members are walked over for 30 topics, ${many} for 60`);
        });
    }
});
