import type { BranchNode, ForkNode } from "../../control";
import { CancelledError, failure, mapOf, WorkflowError } from "../values";
import type { AsyncEval } from "../expressions";
import { type Exit, follow, Frame, type Items, type Point, type Progress, type Run } from "../frame";
import { compileBegin, itemsOf } from "./loop";
import { toError } from "../outcome";

/** One branch or iteration, ready to run in a frame of its own. */
interface Branch {
    id: string;
    entry: Point;
    progress: Progress;
    /** Prepares the frame of an iteration, which has to find its item. */
    prepare?: (frame: Frame) => void;
}

/** Documented: at most this many unhandled exceptions of one execution are kept. */
const MAX_KEPT = 100;

/** `parallel`: https://cloud.google.com/workflows/docs/reference/syntax/parallel-steps */
export function compileFork(
    fork: ForkNode,
    limit: AsyncEval = () => null,
    source: AsyncEval = () => [],
    entries: readonly Point[],
): Run {
    const { branches = [], for: loop } = fork.action;
    const toItems = loop && itemsOf(loop);
    const named = entries.map((entry, index): Branch => {
        const progress = { kind: "parallel branch" as const, number: index + 1, of: entries.length };
        return { id: branches[index]?.name.text ?? "", entry, progress };
    });
    return async (frame): Promise<Exit> => {
        const { limits } = frame.execution;
        if (frame.parallelDepth >= limits.parallelDepth) {
            throw failure(
                "ParallelNestingError",
                `parallel steps are nested deeper than ${limits.parallelDepth} levels`,
            );
        }
        const wanted = await limit(frame);
        if (wanted !== null && (typeof wanted !== "number" || wanted < 1)) {
            throw failure("ValueError", "concurrency_limit must be an integer of at least 1");
        }
        const items = toItems?.(await source(frame));
        const all = items === undefined ? named : entries.flatMap((entry) => iterations(fork, items, entry));
        await runAll(all, frame, Math.min(wanted ?? limits.concurrency, limits.concurrency));
        return "next";
    };
}

/** Makes one branch for each item of a parallel `for`. */
function iterations(fork: ForkNode, items: Items, entry: Point): Branch[] {
    return Array.from({ length: items.length }, (_, at) => ({
        id: String(at),
        entry,
        progress: { kind: "parallel for", number: at + 1, of: items.length },
        prepare: (frame: Frame) => {
            frame.turns[fork.id] = { items, begun: at };
        },
    }));
}

/** Begins a branch. An iteration gets its item. */
export function compileBranch({ fork, scope }: BranchNode): Run {
    const begin = fork.action.for && compileBegin(fork.action.for, scope);
    return (frame) => {
        const turns = frame.turns[fork.id];
        if (turns !== undefined) {
            begin?.(frame, turns);
        }
        return "next";
    };
}

/** If a branch fails, the others go on. That is `continueAll`, the only policy and the default. */
async function runAll(branches: Branch[], frame: Frame, limit: number): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([frame.signal, stop.signal]);
    const failed: { id: string; error: WorkflowError }[] = [];
    const fatal: Error[] = [];
    const waiting = branches.values();
    const worker = async (): Promise<void> => {
        for (const branch of waiting) {
            try {
                await runBranch(branch, frame, signal);
            } catch (error) {
                if (error instanceof WorkflowError && error.catchable) {
                    failed.push({ id: branch.id, error });
                } else if (!stop.signal.aborted || frame.signal.aborted) {
                    // An error that a branch throws because another one stopped it is not an error of its own.
                    fatal.push(error instanceof Error ? error : new CancelledError());
                }
                if (fatal.length > 0) {
                    stop.abort();
                    return;
                }
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, branches.length) }, worker));
    const [first] = fatal;
    if (first !== undefined) {
        throw first;
    }
    if (failed.length > 0) {
        throw unhandled(failed);
    }
}

async function runBranch(branch: Branch, outer: Frame, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
        return;
    }
    const frame = new Frame(outer.execution, signal, outer.routine, outer.depth, outer.parallelDepth + 1, outer);
    frame.step = outer.step;
    frame.at = outer.at;
    frame.progress = branch.progress;
    try {
        branch.prepare?.(frame);
        await follow(branch.entry, frame);
    } catch (error) {
        if (error instanceof WorkflowError) {
            frame.trace(error);
        }
        throw error;
    } finally {
        frame.close();
    }
}

/** The error that stands for those of the branches. Its shape is [K] from published samples. */
function unhandled(failed: { id: string; error: WorkflowError }[]): WorkflowError {
    const message =
        "UnhandledBranchError: One or more branches or iterations encountered an unhandled runtime exception";
    const branches = failed.slice(0, MAX_KEPT).map(({ id, error }) => {
        const { payload, context } = toError(error);
        return mapOf({ id, error: mapOf({ context, payload }) });
    });
    return new WorkflowError(
        mapOf({
            branches,
            message,
            tags: ["UnhandledBranchError", "RuntimeError"],
            truncated: failed.length > MAX_KEPT,
        }),
        message,
    );
}
