import { setTimeout as sleep } from "node:timers/promises";
import type { Project } from "../../engine";
import { nameOf } from "../../engine/light";
import type { ExecutionRecord } from "../../sandbox";
import { UserError } from "../errors";
import type { Terminal } from "../render";
import { decisionLine } from "./shown";
import { open } from "./deploy";
import { keptExecutions } from "./executions";
import type { Session } from "./session";

const WORKFLOW = "gcp:workflows/workflow:Workflow";
const EXECUTIONS = "https://workflowexecutions.googleapis.com/v1";
const POLL_MILLISECONDS = 50;
const LONGEST_WAIT = 10_000;

/** What to execute. */
export interface InvokeOptions {
    /** The program whose stack has the workflow. @default - the workflow is one that the sandbox has, whoever deployed it */
    program?: { project: Project; stack: string };
    /** The name of the workflow, of its resource, or of the component that made it. */
    name: string;
    /** Any JSON value. @default - no argument */
    argument?: unknown;
    /** Whether to print what `sandbox executions --json` prints of the execution, and nothing else. */
    json: boolean;
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
 * Executes a workflow as the project's owner: one of a stack, else one that another tool has deployed, such as the Pulumi CLI, and prints its result and the decisions that were made.
 *
 * @returns the exit code
 * @throws UserError if there is no such workflow
 */
export async function invoke(session: Session, options: InvokeOptions): Promise<number> {
    const { terminal, argument } = options;
    const workflow = await find(session, options);
    const last = (await session.sandbox.decisions()).at(-1)?.id;
    const body = argument === undefined ? {} : { argument: JSON.stringify(argument) };
    let execution = await call(session, "POST", `${EXECUTIONS}/${workflow}/executions`, body);
    while (execution.state === "ACTIVE" || execution.state === "QUEUED") {
        await sleep(POLL_MILLISECONDS);
        execution = await call(session, "GET", `${EXECUTIONS}/${execution.name}`);
    }
    const code = execution.state === "SUCCEEDED" ? 0 : 1;
    if (options.json) {
        terminal.write(`${JSON.stringify(await recordOf(session, execution))}\n`);
        return code;
    }
    for (const decision of await session.sandbox.decisions(last)) {
        // This command asks for the execution again and again, as do others on the same sandbox: nobody wants to read it.
        if (!decision.tool) {
            terminal.write(`${decision.time} ${decisionLine(decision, terminal)}\n`);
        }
    }
    terminal.write(`${execution.state} ${execution.result ?? execution.error?.payload ?? ""}\n`);
    return code;
}

/** What the sandbox keeps of an execution that has ended; another process may write it a moment later. */
async function recordOf({ folder }: Session, { name }: Execution): Promise<ExecutionRecord> {
    for (let tries = 0; tries < LONGEST_WAIT / POLL_MILLISECONDS; tries++) {
        const record = keptExecutions(folder).findLast((each) => each.name === name);
        if (record !== undefined) {
            return record;
        }
        await sleep(POLL_MILLISECONDS);
    }
    throw new UserError(`the sandbox keeps nothing of the execution ${name}`, {
        fix: "see without --json how it ended, and whether the sandbox may write to its folder",
    });
}

async function call(session: Session, method: string, url: string, body?: object): Promise<Execution> {
    const answer = await session.sandbox.request(method, url, body ? { body } : {});
    if (answer.status < 300) {
        return answer.body as Execution;
    }
    throw new UserError(`${method} ${url} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** The workflow's name as the API has it. @throws UserError that names the workflows that there are */
async function find(session: Session, { program, name }: InvokeOptions): Promise<string> {
    const stack = program && (await open(session, { ...program, config: {} }));
    const ofStack = (stack?.resources ?? []).filter(({ type }) => type === WORKFLOW);
    const found = ofStack.find(
        ({ urn, outputs }) => outputs.name === name || [name, `${name}-workflow`].includes(nameOf(urn)),
    );
    if (found?.id !== undefined) {
        return found.id;
    }
    const served = await servedWorkflows(session);
    const matching = served.filter((each) => namesOf(each).includes(name));
    if (matching.length === 1 && matching[0] !== undefined) {
        return matching[0];
    }
    const known = [...ofStack.map(({ urn }) => nameOf(urn).replace(/-workflow$/, "")), ...served.map(lastPart)];
    throw matching.length > 1
        ? new UserError(`several workflows are called "${name}"`, {
              fix: `name one of ${matching.map(lastPart).join(", ")}`,
          })
        : new UserError(`no workflow "${name}" in the ${program === undefined ? "sandbox" : "stack"}`, {
              fix:
                  known.length > 0
                      ? `there are ${[...new Set(known)].join(", ")}`
                      : "there is no workflow: run `gcp-invoke sandbox up` first, or deploy with another tool by `gcp-invoke sandbox exec`",
          });
}

/** The names of all workflows that the sandbox has, in every project. */
async function servedWorkflows({ sandbox }: Session): Promise<string[]> {
    const read = async (url: string): Promise<Record<string, { name: string; projectId: string }[]>> => {
        const { status, body } = await sandbox.request("GET", url, {});
        return status < 300 ? (body as Record<string, { name: string; projectId: string }[]>) : {};
    };
    const { projects = [] } = await read("https://cloudresourcemanager.googleapis.com/v3/projects:search");
    const ids = new Set([sandbox.project, ...projects.map(({ projectId }) => projectId)]);
    const lists = [...ids].map((id) =>
        read(`https://workflows.googleapis.com/v1/projects/${id}/locations/-/workflows`),
    );
    return (await Promise.all(lists)).flatMap(({ workflows = [] }) => workflows.map(({ name }) => name));
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** What a workflow may be called: its name, and the names of its resource and component, to which Pulumi adds seven hexadecimal digits. */
function namesOf(workflow: string): string[] {
    const name = lastPart(workflow);
    const resource = name.replace(/-[0-9a-f]{7}$/, "");
    return [name, resource, resource.replace(/-workflow$/, "")];
}
