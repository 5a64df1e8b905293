/** A step or an action of a generated program, as the definition's JSON has it. */
export interface Body {
    assign?: [{ x: number } | { x: "${x + 1}" }];
    switch?: (Body & { condition: string })[];
    for?: Loop;
    parallel?: { shared: string[]; concurrency_limit: 1; branches?: Steps; for?: Loop };
    try?: Body;
    retry?: { predicate: "${retry.always}" | "${retry.never}"; max_retries: number };
    except?: { steps: Steps };
    raise?: string;
    return?: "${x}";
    steps?: Steps;
    next?: string;
}
export type Steps = Record<string, Body>[];
interface Loop {
    value: string;
    in: number[];
    steps: Steps;
}

/** Where a run goes when it does not go on to the following step. */
type Jump = string | undefined;

/** An error that no `except` may catch. */
class Limit extends Error {}

/**
 * The language's definition of what follows what, as a plain walk of the source: it knows nothing of graphs. It keeps the
 * steps that it begins, and ends where they are more than `limit`.
 */
export class Reference {
    readonly begun: string[] = [];
    result: number | null | "failed" = null;
    private x = 0;
    /** Attempts and steps, as the limit counts them. */
    private count = 0;

    constructor(
        steps: Steps,
        private readonly limit: number,
    ) {
        try {
            this.block(steps);
        } catch {
            this.result = "failed";
        }
    }

    private block(steps: Steps): Jump {
        const names = steps.map((step) => Object.keys(step)[0]!);
        for (let at = 0; at < steps.length;) {
            const name = names[at]!;
            this.enter();
            this.begun.push(name);
            const body = steps[at]![name]!;
            const jump = this.action(body) ?? body.next;
            if (jump !== undefined && !names.includes(jump)) {
                return jump;
            }
            at = jump === undefined ? at + 1 : names.indexOf(jump);
        }
        return undefined;
    }

    private enter(): void {
        if (++this.count > this.limit) {
            throw new Limit();
        }
    }

    private action(body: Body): Jump {
        for (const { x } of body.assign ?? []) {
            this.x = typeof x === "number" ? x : this.x + 1;
        }
        if (body.raise !== undefined) {
            throw new Error(body.raise);
        }
        if (body.return !== undefined) {
            this.result = this.x;
            return "end";
        }
        if (body.switch !== undefined) {
            const found = body.switch.find(({ condition }) => this.holds(condition));
            return found && (this.action(found) ?? found.next);
        }
        if (body.try !== undefined) {
            return this.try(body, body.try);
        }
        if (body.parallel !== undefined) {
            return this.parallel(body.parallel);
        }
        return body.for === undefined ? this.block(body.steps ?? []) : this.loop(body.for);
    }

    private holds(condition: string): boolean {
        const [, divisor, rest] = /x % (\d) == (\d)/.exec(condition)!;
        return this.x % Number(divisor) === Number(rest);
    }

    private loop({ in: items, steps }: Loop): Jump {
        for (let turn = 0; turn < items.length; turn++) {
            const jump = this.block(steps);
            if (jump !== undefined && jump !== "continue") {
                return jump === "break" ? undefined : jump;
            }
        }
        return undefined;
    }

    private try({ retry, except }: Body, body: Body): Jump {
        for (let retries = 0; ; retries++) {
            try {
                return this.action(body);
            } catch (error) {
                if (error instanceof Limit) {
                    throw error;
                }
                if (retry === undefined || retries >= retry.max_retries || retry.predicate === "${retry.never}") {
                    if (except === undefined) {
                        throw error;
                    }
                    return this.block(except.steps);
                }
                this.enter();
            }
        }
    }

    /** One branch after the other; a jump ends its branch, and errors are raised once all have ended. */
    private parallel({ branches, for: loop }: NonNullable<Body["parallel"]>): Jump {
        const result = this.result;
        let failed = false;
        for (const steps of branches?.map((branch) => [branch]) ?? loop?.in.map(() => loop.steps) ?? []) {
            try {
                this.block(steps);
            } catch (error) {
                if (error instanceof Limit) {
                    throw error;
                }
                failed = true;
            }
        }
        this.result = result;
        if (failed) {
            throw new Error("a branch failed");
        }
        return undefined;
    }
}
