import assert from "node:assert/strict";
import type { FlowKind } from "../../../../workflow/auth/flow/routine-state";
import type { Emphasis } from "./programs";
import { proveComputed, proveForeseen, proveInjected, type Verdict } from "./proof";

/** The first seed and how many programs: `PROOF_SEED=5 PROOF_PROGRAMS=1 npm test -- test/workflow/auth/proof` repeats one. */
const seed = Number(process.env["PROOF_SEED"] ?? 1);
const programs = Number(process.env["PROOF_PROGRAMS"] ?? 60);

/**
 * Each kind of way that a value can take, the programs in which it matters most, and the first seed whose program shows that
 * the analysis does not follow it. The search begins there, and goes on if the generator of programs has changed.
 */
const ways: Record<FlowKind, readonly [programs: Emphasis | "computations", seed: number]> = {
    sequence: ["assign", 1],
    jump: ["jumps", 20],
    case: ["condition", 12],
    otherwise: ["condition", 75],
    turn: ["loops", 135],
    done: ["loops", 1],
    error: ["tries", 18],
    retry: ["tries", 377],
    branch: ["branches", 1],
    return: ["return", 82],
    halfway: ["tries", 76],
    interleaved: ["branches", 288],
    returned: ["assign", 53],
    passed: ["args", 35],
    "right operand skipped": ["computations", 10],
    "keys of any number": ["computations", 632],
    "call in default": ["default", 1218],
    "call in key": ["key", 110],
    "call in assign": ["assign", 53],
    "call in args": ["args", 140],
    "call in condition": ["condition", 12],
    "call in in": ["in", 140],
    "call in range": ["range", 67],
    "call in limit": ["limit", 152],
    "call in retry": ["retry", 474],
    "call in raise": ["raise", 60],
    "call in return": ["return", 60],
    "call in predicate": ["predicate", 215],
};

/** How many programs are tried until a hole must have shown. */
const PATIENCE = 1500;

async function firstMissed(from: number, prove: (seed: number) => Promise<Verdict>): Promise<number | undefined> {
    for (let at = from; at < from + PATIENCE; at++) {
        if ((await prove(at)).problems.length > 0) {
            return at;
        }
    }
    return undefined;
}

async function holds(prove: (seed: number) => Promise<Verdict>): Promise<Verdict> {
    const sum: Verdict = { calls: 0, credentials: 0, strangers: 0, problems: [] };
    for (let at = seed; at < seed + programs; at++) {
        const { calls, credentials, strangers, problems } = await prove(at);
        assert.deepEqual(problems, [], `PROOF_SEED=${at}`);
        sum.calls += calls;
        sum.credentials += credentials;
        sum.strangers += strangers;
    }
    return sum;
}

describe("the resolver, for any program that is run in a hostile world", function () {
    this.timeout(600_000);

    it("has foreseen every call with its arguments, and a finding where a token goes to a host that data chose", async () => {
        const { calls, strangers } = await holds(proveForeseen);
        // Else nothing was tried.
        assert.ok(calls > programs && (programs < 50 || strangers > 0), JSON.stringify({ calls, strangers }));
    });

    it("has no token that inject writes go anywhere but to the declared target that it is for", async () => {
        const { credentials } = await holds(proveInjected);
        assert.ok(programs < 50 || credentials > 0);
    });

    it("has foreseen what every operator and function computes", async () => {
        const { calls } = await holds(proveComputed);
        assert.ok(calls > programs);
    });

    it("misses a token once it does not look into the bodies of requests that other services send", async () => {
        const missed = await firstMissed(1, (at) => proveForeseen(at, { withoutBodies: true, emphasis: "deliveries" }));
        assert.notEqual(missed, undefined);
    });

    for (const without of Object.keys(ways) as FlowKind[]) {
        const [emphasis, from] = ways[without];
        it(`misses a call once it does not follow: ${without}`, async () => {
            const missed = await firstMissed(from, (at) =>
                emphasis === "computations" ? proveComputed(at, { without }) : proveForeseen(at, { without, emphasis }),
            );
            assert.notEqual(missed, undefined);
        });
    }
});
