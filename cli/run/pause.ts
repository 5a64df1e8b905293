import type { Program, Step, StepEvent } from "../../workflow";
import { UserError } from "../errors";
import { shown } from "./trace";

/** Asks the person at the terminal, and gives the answer. */
export type Ask = (question: string) => Promise<string>;

const HELP = "Enter or s runs to the next step, c to the next --break, q ends the run";

/** Stops a run before steps, shows what they see, and asks how to go on. */
export class Pauses {
    /** Branches run at the same time, and questions are asked one after the other. */
    private last: Promise<void> = Promise.resolve();

    /** @param names steps to stop before, as `step` or `routine.step` */
    constructor(
        private readonly names: readonly string[],
        private stepping: boolean,
        private readonly ask: Ask,
        private readonly write: (text: string) => void,
        private readonly quit: () => void,
    ) {}

    before(event: StepEvent): Promise<void> | undefined {
        if (event.phase !== "start" || !this.stopsAt(event)) {
            return undefined;
        }
        this.last = this.last.then(() => this.stop(event));
        return this.last;
    }

    private stopsAt({ step }: StepEvent): boolean {
        return (
            this.stepping || this.names.some((name) => name === step.name || name === `${step.routine}.${step.name}`)
        );
    }

    private async stop(event: StepEvent): Promise<void> {
        // The answer to the question before may have said to go on.
        if (!this.stopsAt(event)) {
            return;
        }
        const { step } = event;
        const variables = Array.from(event.visible(), ([name, value]) => `  ${name} = ${shown(value)}\n`);
        this.write(`before ${step.routine}.${step.name}, line ${step.position.line}\n${variables.join("")}`);
        const answer = (await this.ask(`${HELP} > `)).trim();
        if (answer === "q") {
            this.quit();
        }
        this.stepping = answer === "" || answer === "s";
    }
}

/** @throws UserError if a program has no step of a name */
export function checkStepNames(names: readonly string[], program: Program): void {
    const known = program.routines.flatMap(({ name, steps }) =>
        stepsIn(steps).flatMap((step) => [step.name.text, `${name.text}.${step.name.text}`]),
    );
    const missing = names.find((name) => !known.includes(name));
    if (missing !== undefined) {
        throw new UserError(`--break ${missing}: the workflow has no such step`, {
            fix: `its steps are ${known.filter((name) => name.includes(".")).join(", ")}`,
        });
    }
}

/** All steps, those within others too. Every part of a step that has a name and a span of its own is one. */
function stepsIn(value: unknown): Step[] {
    if (Array.isArray(value)) {
        return value.flatMap(stepsIn);
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const own = isStep(value) ? [value] : [];
    return [...own, ...Object.entries(value).flatMap(([key, inner]) => (INNER.has(key) ? stepsIn(inner) : []))];
}

const INNER = new Set(["action", "steps", "cases", "branches", "for", "body", "except"]);

const isStep = (value: object): value is Step =>
    "name" in value && "span" in value && typeof value.name === "object" && !("value" in value);
