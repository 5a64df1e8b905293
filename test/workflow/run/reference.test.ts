import * as assert from "node:assert/strict";
import fc from "fast-check";
import { compileWorkflow, execute, parseWorkflow, toPlain } from "../../../workflow";
import { Reference, type Body, type Steps } from "./reference";
import { World } from "./world";

const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);
const LIMIT = 150;

/** Makes names of steps that the program does not have. */
class Names {
    private count = 0;
    next = (): string => `s${this.count++}`;
}

/** What a program may do at a place. */
interface Place {
    names: Names;
    /** The steps that can be jumped to. */
    targets: readonly string[];
    loop: boolean;
    /** How many levels of blocks may follow. */
    depth: number;
    /** How many levels of `parallel` may follow. */
    parallel: number;
}

/** Draws programs: `integer` gives a number from 0 up to, not including, its argument. */
class Programs {
    constructor(private readonly integer: (below: number) => number) {}

    block(place: Place): Steps {
        const own = [...new Set(Array.from({ length: 1 + this.integer(3) }, () => this.name(place)))];
        const inner = { ...place, targets: [...place.targets, ...own] };
        return own.map((name) => ({ [name]: this.step(inner) }));
    }

    /** A name of its own, or one that a list around has too: a jump goes to the step of the inner list. */
    private name({ names, targets }: Place): string {
        return targets.length > 0 && this.integer(4) === 0 ? this.oneOf(targets) : names.next();
    }

    private step(place: Place): Body {
        const body = this.integer(8) === 0 ? { next: this.jump(place) } : this.action(place);
        const ends = body.raise !== undefined || body.return !== undefined;
        return !ends && this.integer(5) === 0 ? { ...body, next: this.jump(place) } : body;
    }

    private jump({ targets, loop }: Place): string {
        return this.oneOf([...targets, "end", ...(loop ? ["break", "continue", "break", "continue"] : [])]);
    }

    private action(place: Place): Body {
        const simple: (() => Body)[] = [
            () => ({ assign: [{ x: "${x + 1}" }] }),
            () => ({ assign: [{ x: "${x + 1}" }] }),
            () => ({ assign: [{ x: this.integer(4) }] }),
            () => ({ raise: "no" }),
            () => (this.integer(3) === 0 ? { return: "${x}" } : { assign: [{ x: "${x + 1}" }] }),
        ];
        const inner = { ...place, depth: place.depth - 1 };
        const items = [1, 2, 3].slice(this.integer(4));
        const blocks: (() => Body)[] = [
            () => ({ switch: Array.from({ length: 1 + this.integer(3) }, () => this.case(inner)) }),
            () => ({ for: { value: "v", in: items, steps: this.block({ ...inner, loop: true }) } }),
            () => this.try(inner),
            () => this.try(inner),
            () => ({ steps: this.block(inner) }),
        ];
        const branch = { ...inner, targets: [], loop: false, parallel: place.parallel - 1 };
        const shared = { shared: ["x"], concurrency_limit: 1 as const };
        const parallel: (() => Body)[] = [
            () => ({ parallel: { ...shared, branches: this.branches(branch) } }),
            () => ({ parallel: { ...shared, for: { value: "w", in: items, steps: this.block(branch) } } }),
        ];
        const possible = [...simple, ...(place.depth > 0 ? blocks : [])];
        return this.oneOf([...possible, ...(place.depth > 0 && place.parallel > 0 ? parallel : [])])();
    }

    private branches(place: Place): Steps {
        return Array.from({ length: 1 + this.integer(3) }, () => {
            const name = place.names.next();
            return { [name]: this.step({ ...place, targets: [name] }) };
        });
    }

    private case(place: Place): Body & { condition: string } {
        const condition = `\${x % ${2 + this.integer(2)} == ${this.integer(2)}}`;
        const body = this.oneOf<() => Body>([
            () => ({ next: this.jump(place) }),
            () => ({ steps: this.block(place) }),
            () => ({ steps: this.block(place), next: this.jump(place) }),
            () => ({ assign: [{ x: "${x + 1}" }], next: this.jump(place) }),
            () => ({ raise: "no" }),
        ])();
        return { condition, ...body };
    }

    private try(place: Place): Body {
        const predicate = this.oneOf(["${retry.always}", "${retry.always}", "${retry.never}"] as const);
        const retry = { predicate, max_retries: this.integer(3) };
        return {
            try: { steps: this.block(place) },
            ...(this.integer(2) === 0 && { retry }),
            ...(this.integer(3) > 0 && { except: { steps: this.block(place) } }),
        };
    }

    private oneOf<T>(choices: readonly T[]): T {
        return choices[this.integer(choices.length)]!;
    }
}

describe("the steps that a run goes through", () => {
    it("are those that the language's definition says, whatever the program jumps, repeats, catches and tries again", async () => {
        let long = 0;
        await fc.assert(
            fc.asyncProperty(fc.gen(), async (draw) => {
                const programs = new Programs((below) => draw(fc.nat, { max: below - 1 }));
                const place: Place = { names: new Names(), targets: [], loop: false, depth: 3, parallel: 2 };
                const steps = [
                    { init: { assign: [{ x: 0 }] } },
                    ...programs.block(place),
                    { last: { return: "${x}" } },
                ] as Steps;
                const { program, diagnostics } = parseWorkflow(JSON.stringify(steps), { file: "w.json" });
                assert.ok(program, diagnostics[0]?.message);
                const begun: string[] = [];
                const outcome = await execute(compileWorkflow(program), {
                    host: new World(),
                    limits: { steps: LIMIT },
                    onStep: ({ phase, step }) => phase === "start" && begun.push(step.name),
                });
                const reference = new Reference(steps, LIMIT);
                assert.deepEqual(
                    [begun, outcome.state === "SUCCEEDED" ? toPlain(outcome.result) : "failed"],
                    [reference.begun, reference.result],
                );
                long += begun.length > 10 ? 1 : 0;
            }),
            { numRuns },
        );
        assert.ok(long > numRuns / 10, `only ${long} programs came further than ten steps`);
    });
});
