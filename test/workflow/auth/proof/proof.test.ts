import assert from "node:assert/strict";
import type { FlowKind } from "../../../../workflow/auth/flow/routine-state";
import type { Emphasis } from "./programs";
import { proveComputed, proveForeseen, proveInjected, type Verdict } from "./proof";

/** The first seed and how many programs: `PROOF_SEED=5 PROOF_PROGRAMS=1 npm test -- test/workflow/auth/proof` repeats one. */
const seed = Number(process.env["PROOF_SEED"] ?? 1);
const programs = Number(process.env["PROOF_PROGRAMS"] ?? 60);

/** Each kind of way that a value can take, and the programs in which it matters most. */
const ways: Record<FlowKind, Emphasis | "computations"> = {
    sequence: "assign",
    jump: "jumps",
    case: "condition",
    otherwise: "condition",
    turn: "loops",
    done: "loops",
    error: "tries",
    retry: "tries",
    branch: "branches",
    return: "return",
    halfway: "tries",
    interleaved: "branches",
    returned: "assign",
    passed: "args",
    "right operand skipped": "computations",
    "keys of any number": "computations",
    "call in default": "default",
    "call in key": "key",
    "call in assign": "assign",
    "call in args": "args",
    "call in condition": "condition",
    "call in in": "in",
    "call in range": "range",
    "call in limit": "limit",
    "call in retry": "retry",
    "call in raise": "raise",
    "call in return": "return",
    "call in predicate": "predicate",
};

/** How many programs are tried until a hole must have shown; most show within a dozen. */
const PATIENCE = 1500;

async function firstMissed(prove: (seed: number) => Promise<Verdict>): Promise<number | undefined> {
    for (let at = seed; at < seed + PATIENCE; at++) {
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
        const missed = await firstMissed((at) => proveForeseen(at, { withoutBodies: true, emphasis: "deliveries" }));
        assert.notEqual(missed, undefined);
    });

    for (const [without, emphasis] of Object.entries(ways) as [FlowKind, Emphasis | "computations"][]) {
        it(`misses a call once it does not follow: ${without}`, async () => {
            const missed = await firstMissed((at) =>
                emphasis === "computations" ? proveComputed(at, { without }) : proveForeseen(at, { without, emphasis }),
            );
            assert.notEqual(missed, undefined);
        });
    }
});
