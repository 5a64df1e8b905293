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
});

/** Grants that no binding of the same program takes away. */
const program = fc
    .uniqueArray(grant, { selector: ({ name }) => name, maxLength: 3 })
    .map((grants) =>
        grants.filter(
            (one, at) =>
                !grants.some(
                    (other, place) =>
                        place < at &&
                        other.topic === one.topic &&
                        other.role === one.role &&
                        (other.kind === "binding" || one.kind === "binding"),
                ),
        ),
    );

/** An update: to a program, where some grants are replaced although nothing has changed, and where a request may fail. */
const update = fc.record({
    grants: program,
    replace: fc.constantFrom(undefined, undefined, "**::g0", "**::g1"),
    fails: fc.option(fc.nat(6), { freq: 2 }),
});

const keysOf = ({ kind, topic, role, members }: Grant): string[] =>
    members.slice(0, kind === "member" ? 1 : 2).map((member) => `${topic} ${role} ${member}`);

class Run {
    private readonly bench = new Bench(".");
    private readonly retained = new Set<string>();
    private readonly seen = new Set<string>();
    private before: Grant[] = [];

    async up({ grants, replace, fails }: { grants: Grant[]; replace?: string | undefined; fails: number | null }) {
        const stays = this.before.flatMap((each) => {
            const now = grants.filter(({ name }) => name === each.name).flatMap(keysOf);
            return keysOf(each).filter((key) => now.includes(key));
        });
        const gap = [...this.before, ...grants].some((each) => each.deleteBeforeReplace);
        for (const each of [...this.before, ...grants]) {
            keysOf(each).forEach((key) => {
                this.seen.add(key);
                if (each.retain) {
                    this.retained.add(key);
                }
            });
        }
        if (fails !== null) {
            let left = fails;
            this.bench.cloud.intercept = (method) => {
                left -= method === "GET" ? 0 : 1;
                return left === -1 ? { status: 400, body: { error: { code: 400, message: "failed" } } } : undefined;
            };
            await this.once(grants, replace);
        }
        this.bench.cloud.intercept = () => {
            if (!gap) {
                stays.forEach((key) => assert.ok(this.held().has(key), `${key} is gone for a while`));
            }
            return undefined;
        };
        const { result, diagnostics } = await this.once(grants, fails === null ? replace : undefined);
        assert.deepEqual([result, diagnostics], ["succeeded", []]);
        const wanted = grants.flatMap(keysOf);
        const held = this.held();
        wanted.forEach((key) => assert.ok(held.has(key), `${key} is not held`));
        for (const key of held) {
            assert.ok(wanted.includes(key) || this.retained.has(key), `${key} is left behind`);
        }
        this.before = grants;
    }

    private async once(grants: Grant[], replace?: string) {
        const stack = await this.bench.open(
            { "gcp:project": "demo" },
            {
                program: () => {
                    grants.forEach(register);
                    return Promise.resolve();
                },
            },
        );
        return await stack.up({ preview: false, ...(replace !== undefined && { replace: [replace] }) });
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

function register({ name, kind, topic, full, role, members, upper, deleteBeforeReplace, retain }: Grant): void {
    const written = members.map((member) => (upper ? `user:${member.slice(5).toUpperCase()}` : member));
    const who = kind === "member" ? { member: written[0] } : { members: written };
    new AnyResource(
        kind === "member" ? "gcp:pubsub/topicIAMMember:TopicIAMMember" : "gcp:pubsub/topicIAMBinding:TopicIAMBinding",
        name,
        { topic: full ? `projects/demo/topics/${topic}` : topic, role, ...who },
        { ...(deleteBeforeReplace && { deleteBeforeReplace }), ...(retain && { retainOnDelete: true }) },
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
});
