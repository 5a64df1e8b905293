import { UserError } from "../errors";

/** A part of all checks, for one of several machines that share them. */
export interface Shard {
    /** Which part it is, counted from 1. */
    index: number;
    /** How many parts there are. */
    count: number;
}

/** Reads `2/4`. */
export function parseShard(text: string): Shard | undefined {
    const [, index, count] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? [];
    return index !== undefined && count !== undefined && Number(index) <= Number(count)
        ? { index: Number(index), count: Number(count) }
        : undefined;
}

/**
 * The part of this task of a Cloud Run job. Cloud Run counts tasks from 0.
 *
 * https://cloud.google.com/run/docs/container-contract#jobs-env-vars
 * @throws UserError if the variables are no task's
 */
export function shardOfTask(env: NodeJS.ProcessEnv): Shard | undefined {
    const { CLOUD_RUN_TASK_INDEX: index, CLOUD_RUN_TASK_COUNT: count } = env;
    if (index === undefined || count === undefined) {
        return undefined;
    }
    const shard = /^\d+$/.test(index) ? parseShard(`${Number(index) + 1}/${count}`) : undefined;
    if (shard === undefined) {
        throw new UserError(
            `CLOUD_RUN_TASK_INDEX=${index} and CLOUD_RUN_TASK_COUNT=${count} name no task: the index is from 0 to below the count`,
            { exitCode: 2, fix: "unset both, or give --shard I/N" },
        );
    }
    return shard;
}

/** Every `count`-th of them, from the `index`-th on. Together the parts hold each once, and their sizes differ by one at most. */
export const shardOf = <T>(all: readonly T[], { index, count }: Shard): T[] =>
    all.filter((_, at) => at % count === index - 1);
