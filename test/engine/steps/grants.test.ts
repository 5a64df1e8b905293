import { strict as assert } from "node:assert";
import fc from "fast-check";
import { AnyResource, Bench } from "../helper";

/** A grant of a program: of one member, or a binding of all that have the role. */
interface Grant {
    name: string;
    kind: "member" | "binding";
    topic: string;
    /** Whether the topic is named in full. */
    full: boolean;
    role: string;
    members: string[];
    /** Whether members are written in upper case, which makes no difference. */
    upper: boolean;
    deleteBeforeReplace: boolean;
    retain: boolean;
    protect: boolean;
    /** A name that it had before, if no other grant has it. */
    was: string;
    /** Whether it is in the cloud before the stack has it, and the stack imports it. */
    imported: boolean;
}

const grant: fc.Arbitrary<Grant> = fc.record({
    name: fc.constantFrom("g0", "g1", "g2"),
    kind: fc.constantFrom("member", "member", "binding"),
    topic: fc.constantFrom("a", "b"),
    full: fc.boolean(),
    role: fc.constantFrom("roles/pubsub.publisher", "roles/pubsub.viewer"),
    members: fc.uniqueArray(fc.constantFrom("user:x@example.com", "user:y@example.com"), { minLength: 1 }),
    upper: fc.boolean(),
    deleteBeforeReplace: fc.boolean(),
    retain: fc.constantFrom(false, false, false, true),
    protect: fc.constantFrom(false, false, false, false, true),
    was: fc.constantFrom("g0", "g1", "g2", "g3"),
    imported: fc.boolean(),
});

/** Whether a binding takes away what another grant gives, or the other way round. */
const clash = (one: Grant, other: Grant): boolean =>
    one !== other &&
    one.topic === other.topic &&
    one.role === other.role &&
    (one.kind === "binding" || other.kind === "binding");

/** Grants that no binding of the same program takes away. */
const program = fc
    .uniqueArray(grant, { selector: ({ name }) => name, maxLength: 3 })
    .map((grants) => grants.filter((one, at) => !grants.slice(0, at).some((other) => clash(one, other))));

/** How long the requests take, one after another, so that steps meet in every order. */
const turnsOfRequests = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });

/** An update: to a program, where some grants are replaced although nothing has changed, and where a request may fail. */
const update = fc.record({
    grants: program,
    replace: fc.constantFrom(undefined, undefined, "**::g0", "**::g1"),
    fails: fc.option(fc.nat(6), { freq: 2 }),
    /** The only grant that is updated. */
    target: fc.constantFrom(undefined, undefined, undefined, "g0", "g1"),
    turns: turnsOfRequests,
});
type Update = typeof update extends fc.Arbitrary<infer T> ? T : never;

const keysOf = ({ kind, topic, role, members }: Grant): string[] =>
    members.slice(0, kind === "member" ? 1 : 2).map((member) => `${topic} ${role} ${member}`);

class Run {
    private readonly bench = new Bench(".");
    private readonly retained = new Set<string>();
    private before: Grant[] = [];

    async up({ grants, replace, fails, target, turns }: Update) {
        const { before } = this;
        let requests = 0;
        this.bench.cloud.turns = () => turns[requests++ % turns.length] ?? 1;
        const mixed = [
            ...grants.filter(({ name }) => name === target),
            ...before.filter(({ name }) => name !== target),
        ];
        const limited = target !== undefined && !mixed.some((one) => mixed.some((other) => clash(one, other)));
        const after = limited ? mixed : grants;
        const all = [...before, ...grants];
        const wanted = after.flatMap(keysOf);
        const stays = before.flatMap(keysOf).filter((key) => wanted.includes(key));
        const gap = all.some((each) => each.deleteBeforeReplace);
        for (const each of all.filter(({ retain }) => retain)) {
            keysOf(each).forEach((key) => this.retained.add(key));
        }
        const renames = !limited && !all.some(({ protect }) => protect);
        const programOf = (imports: boolean) => () => {
            grants.forEach((each) => {
                const isNew = before.every(({ name, kind }) => name !== each.name || kind !== each.kind);
                const isTaken = grants.some(({ name }) => name === each.was) || !renames;
                const claimed = grants.find(({ was }) => was === each.was) !== each;
                const was = isTaken || claimed ? undefined : each.was;
                const adopts = was !== undefined && before.some(({ name, kind }) => name === was && kind === each.kind);
                register(
                    each,
                    was,
                    imports && isNew && !adopts && wanted.includes(keysOf(each)[0] ?? "") && this.has(each),
                );
            });
            return Promise.resolve();
        };
        if (fails !== null) {
            let left = fails;
            this.bench.cloud.intercept = (method) => {
                left -= method === "GET" ? 0 : 1;
                return left === -1 ? { status: 400, body: { error: { code: 400, message: "failed" } } } : undefined;
            };
            await this.once(programOf(false), { replace, target: limited ? target : undefined });
        }
        this.bench.cloud.intercept = () => {
            if (!gap) {
                stays.forEach((key) => assert.ok(this.held().has(key), `${key} is gone for a while`));
            }
            return undefined;
        };
        const options = { replace: fails === null ? replace : undefined, target: limited ? target : undefined };
        let { result, diagnostics } = await this.once(programOf(fails === null), options);
        // What one resource gives up before it is replaced, another one may not find any more to import it. The update says so.
        if (gap && diagnostics.some(({ message }) => /^resource '.*' does not exist$/.test(message))) {
            assert.equal(result, "failed");
            ({ result, diagnostics } = await this.once(programOf(false), options));
        }
        if (all.some(({ protect }) => protect) && result === "failed") {
            diagnostics.forEach(({ message }) => assert.match(message, /protect/));
            await this.liftProtection();
            ({ result, diagnostics } = await this.once(programOf(false), options));
        }
        assert.deepEqual([result, diagnostics], ["succeeded", []]);
        const held = this.held();
        wanted.forEach((key) => assert.ok(held.has(key), `${key} is not held`));
        for (const key of held) {
            assert.ok(wanted.includes(key) || this.retained.has(key), `${key} is left behind`);
        }
        this.before = after;
    }

    /** Whether the cloud has a grant of a single member, so that a stack can import it. */
    private has(each: Grant): boolean {
        return each.imported && each.kind === "member" && keysOf(each).every((key) => this.held().has(key));
    }

    private async liftProtection() {
        const stack = await this.bench.open({ "gcp:project": "demo" }, { program: () => Promise.resolve() });
        await stack.import(
            JSON.parse(JSON.stringify(stack.export(true)).replaceAll('"protect":true', '"protect":false')),
        );
    }

    private async once(body: () => Promise<void>, limits: { replace: string | undefined; target: string | undefined }) {
        const { replace, target } = limits;
        const stack = await this.bench.open({ "gcp:project": "demo" }, { program: body });
        return await stack.up({
            preview: false,
            ...(replace !== undefined && target === undefined && { replace: [replace] }),
            ...(target !== undefined && { target: [`**::${target}`] }),
        });
    }

    private held(): Set<string> {
        const held = [...this.bench.cloud.policies].flatMap(([key, policy]) =>
            (policy["bindings"] as { role: string; members: string[] }[]).flatMap(({ role, members }) =>
                members.map((member) => `${key.at(-1) ?? ""} ${role} ${member.toLowerCase()}`),
            ),
        );
        return new Set(held);
    }

    close(): void {
        this.bench.close();
    }
}

function register(given: Grant, was: string | undefined, imports: boolean): void {
    const { name, kind, topic, full, role, members, upper, deleteBeforeReplace, retain, protect } = given;
    const written = members.map((member) => (upper ? `user:${member.slice(5).toUpperCase()}` : member));
    const who = kind === "member" ? { member: written[0] } : { members: written };
    new AnyResource(
        kind === "member" ? "gcp:pubsub/topicIAMMember:TopicIAMMember" : "gcp:pubsub/topicIAMBinding:TopicIAMBinding",
        name,
        { topic: full ? `projects/demo/topics/${topic}` : topic, role, ...who },
        {
            ...(deleteBeforeReplace && { deleteBeforeReplace }),
            ...(retain && { retainOnDelete: true }),
            ...(protect && { protect }),
            ...(was !== undefined && { aliases: [{ name: was }] }),
            ...(imports && { import: `projects/demo/topics/${topic} ${role} ${written[0] ?? ""}` }),
        },
    );
}

describe("the grants of a stack", () => {
    it("are held after each update as the program says, whatever was changed, replaced or broken off before", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(update, { minLength: 2, maxLength: 4 }), async (updates) => {
                const run = new Run();
                try {
                    for (const each of updates) {
                        await run.up(each);
                    }
                } finally {
                    run.close();
                }
            }),
            { numRuns: Number(process.env["GRANT_RUNS"] ?? 40) },
        );
    });

    it("are held when one resource gives up what another takes over in the same update", async () => {
        const role = "roles/pubsub.publisher";
        const one = fc.record({
            name: fc.constantFrom("g0", "g1"),
            members: fc.constantFrom("user:x@example.com", "user:y@example.com").map((member) => [member]),
            was: fc.constantFrom("g2", "g3"),
            deleteBeforeReplace: fc.boolean(),
        });
        const given = { kind: "member", topic: "a", full: false, role, upper: false } as const;
        const whole = { ...given, retain: false, protect: false, imported: false };
        const grants = fc.uniqueArray(one, { selector: ({ name }) => name, minLength: 2 });
        await fc.assert(
            fc.asyncProperty(grants, grants, turnsOfRequests, async (before, after, takes) => {
                const run = new Run();
                const limits = { replace: undefined, fails: null, target: undefined, turns: takes };
                try {
                    // The grants of the first update have the names that some of the second one had before.
                    const first = before.map((each, at) => ({ ...each, ...whole, name: `g${at + 2}`, was: each.name }));
                    await run.up({ ...limits, grants: first });
                    await run.up({ ...limits, grants: after.map((each) => ({ ...each, ...whole })) });
                } finally {
                    run.close();
                }
            }),
            { numRuns: 60 },
        );
    });

    it("come back by a refresh if another stack that gave the same has taken them away", async () => {
        await fc.assert(
            fc.asyncProperty(grant, fc.constantFrom("destroy", "up"), async (given, takes) => {
                const each = { ...given, protect: false, retain: false };
                const mine = new Bench(".");
                const other = new Bench(".", mine.cloud);
                const open = async (bench: Bench, grants: Grant[]) => {
                    const body = () => {
                        grants.forEach((one) => register(one, undefined, false));
                        return Promise.resolve();
                    };
                    return await bench.open({ "gcp:project": "demo" }, { program: body });
                };
                const members = () =>
                    [...mine.cloud.policies.values()].flatMap((policy) =>
                        (policy["bindings"] as { members: string[] }[]).flatMap((binding) => binding.members.length),
                    );
                try {
                    for (const bench of [mine, other]) {
                        assert.equal((await (await open(bench, [each])).up({ preview: false })).result, "succeeded");
                    }
                    const held = members();
                    const theirs = await open(other, []);
                    await (takes === "up" ? theirs.up({ preview: false }) : theirs.destroy());
                    // As with the real provider, a stack knows nothing of what another one grants.
                    assert.deepEqual(members(), []);
                    const again = await (await open(mine, [each])).up({ preview: false, refresh: true });
                    assert.deepEqual([again.result, again.diagnostics], ["succeeded", []]);
                    assert.deepEqual(members(), held);
                } finally {
                    mine.close();
                    other.close();
                }
            }),
            { numRuns: 10 },
        );
    });

    it("are not replaced in the update that imports them, whatever is to be replaced", async () => {
        const bench = new Bench(".");
        const imported = { topic: "a", role: "roles/pubsub.viewer", member: "user:x@example.com" };
        const before = () => {
            new AnyResource("gcp:pubsub/topicIAMMember:TopicIAMMember", "mine", imported);
            return Promise.resolve();
        };
        const after = () => {
            const id = "projects/demo/topics/a roles/pubsub.viewer user:x@example.com";
            new AnyResource("gcp:pubsub/topicIAMMember:TopicIAMMember", "theirs", imported, { import: id });
            return before();
        };
        try {
            const first = await bench.open({ "gcp:project": "demo" }, { program: before });
            assert.equal((await first.up({ preview: false })).result, "succeeded");
            const second = await bench.open({ "gcp:project": "demo" }, { program: after });
            const { result, diagnostics } = await second.up({ preview: false, replace: ["**::theirs", "**::mine"] });
            assert.deepEqual([result, diagnostics], ["succeeded", []]);
            assert.deepEqual(
                bench.steps().filter((step) => step.includes("theirs")),
                ["import TopicIAMMember theirs"],
            );
        } finally {
            bench.close();
        }
    });

    it("can be previewed while nothing of them is known yet", async () => {
        const bench = new Bench(".");
        const unknown = () => {
            const id = new AnyResource("gcp:pubsub/topic:Topic", "a").id;
            const inputs = {
                TopicIAMMember: { member: id },
                TopicIAMBinding: { members: id },
                TopicIAMPolicy: { policyData: id },
            };
            for (const [type, given] of Object.entries(inputs)) {
                const role = type === "TopicIAMPolicy" ? {} : { role: id };
                new AnyResource(`gcp:pubsub/topicIAM${type.slice(8)}:${type}`, type, { topic: id, ...role, ...given });
            }
            return Promise.resolve();
        };
        try {
            const stack = await bench.open({ "gcp:project": "demo" }, { program: unknown });
            const { result, diagnostics } = await stack.preview();
            assert.deepEqual([result, diagnostics], ["succeeded", []]);
        } finally {
            bench.close();
        }
    });
});
