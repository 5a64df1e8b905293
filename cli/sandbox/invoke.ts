import { setTimeout as sleep } from "node:timers/promises";
import type { Project, ResourceState } from "../../engine";
import { nameOf } from "../../engine/light";
import { UserError } from "../errors";
import type { Terminal } from "../render";
import { decisionLine } from "./shown";
import { open } from "./deploy";
import type { Session } from "./session";

const WORKFLOW = "gcp:workflows/workflow:Workflow";
const EXECUTIONS = "https://workflowexecutions.googleapis.com/v1";
const POLL_MILLISECONDS = 50;

/** What to execute. */
export interface InvokeOptions {
    project: Project;
    stack: string;
    /** The name of the workflow, of its resource, or of the component that made it. */
    name: string;
    /** Any JSON value. @default - no argument */
    argument?: unknown;
    terminal: Terminal;
}

/** The part of an execution, as the API returns it, that is shown. */
interface Execution {
    name: string;
    state: "ACTIVE" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNAVAILABLE" | "QUEUED";
    result?: string;
    error?: { payload?: string; context?: string };
}

/**
 * Executes a workflow of a stack as the project's owner, and prints its result and the decisions that were made.
 *
 * @returns the exit code
 * @throws UserError if there is no such workflow
 */
export async function invoke(session: Session, options: InvokeOptions): Promise<number> {
    const { terminal, argument } = options;
    const stack = await open(session, { ...options, config: {} });
    const workflow = find(stack.resources, options.name);
    const last = (await session.sandbox.decisions()).at(-1)?.id;
    const body = argument === undefined ? {} : { argument: JSON.stringify(argument) };
    let execution = await call(session, "POST", `${EXECUTIONS}/${workflow}/executions`, body);
    while (execution.state === "ACTIVE" || execution.state === "QUEUED") {
        await sleep(POLL_MILLISECONDS);
        execution = await call(session, "GET", `${EXECUTIONS}/${execution.name}`);
    }
    for (const decision of await session.sandbox.decisions(last)) {
        // This command asks for the execution again and again, as do others on the same sandbox: nobody wants to read it.
        if (!decision.tool) {
            terminal.write(`${decision.time} ${decisionLine(decision, terminal)}\n`);
        }
    }
    terminal.write(`${execution.state} ${execution.result ?? execution.error?.payload ?? ""}\n`);
    return execution.state === "SUCCEEDED" ? 0 : 1;
}

async function call(session: Session, method: string, url: string, body?: object): Promise<Execution> {
    const answer = await session.sandbox.request(method, url, body ? { body } : {});
    if (answer.status < 300) {
        return answer.body as Execution;
    }
    throw new UserError(`${method} ${url} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

function find(resources: readonly ResourceState[], name: string): string {
    const workflows = resources.filter(({ type }) => type === WORKFLOW);
    const found = workflows.find(
        ({ urn, outputs }) => outputs.name === name || [name, `${name}-workflow`].includes(nameOf(urn)),
    );
    if (found?.id !== undefined) {
        return found.id;
    }
    const known = workflows.map(({ urn }) => nameOf(urn).replace(/-workflow$/, ""));
    throw new UserError(`no workflow "${name}" in the stack`, {
        fix:
            known.length > 0
                ? `it has ${known.join(", ")}`
                : "the stack has no workflow: run `gcp-invoke sandbox up` first",
    });
}
