import type { ExecutionRecord } from "../../sandbox";
import { UserError } from "../errors";
import { readKept } from "./kept";
import type { StateFolder } from "./state-folder";

/** The executions that ended in the sandboxes of a state folder, the oldest first. A running sandbox keeps each as it ends. */
export function keptExecutions(folder: StateFolder): ExecutionRecord[] {
    return readKept(folder, "executions.jsonl");
}

/**
 * An execution by its whole name, its identifier or the beginning of that, or by the workflow of which it is the last.
 *
 * @throws UserError if there is none, or more than one
 */
export function findExecution(folder: StateFolder, asked: string): ExecutionRecord {
    const all = keptExecutions(folder);
    const last = all.findLast(({ name }) => workflowOf(name) === asked);
    const found = all.filter(({ name }) => name === asked || idOf(name).startsWith(asked));
    const [only = last, another] = found;
    if (only !== undefined && another === undefined) {
        return only;
    }
    const known = (found.length > 0 ? found : all).slice(-5).map(({ name }) => idOf(name));
    throw new UserError(
        found.length > 0
            ? `${found.length} executions begin with ${asked}`
            : `no execution ${asked} has ended in ${folder.path}`,
        { fix: known.length > 0 ? `the last ones are ${known.join(", ")}` : "execute a workflow in the sandbox first" },
    );
}

/** One line about an execution. */
export function executionLine({ time, state, duration = "", name }: ExecutionRecord): string {
    return `${time}  ${state.padEnd(9)}  ${duration.padStart(9)}  ${workflowOf(name)}  ${idOf(name)}`;
}

export function idOf(name: string): string {
    return name.slice(name.lastIndexOf("/") + 1);
}

export function workflowOf(name: string): string {
    return name.split("/")[5] ?? "";
}
