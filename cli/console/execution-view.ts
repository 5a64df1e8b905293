import { type Claims, redact } from "../../credentials";
import { messageOf } from "../../errors";
import type { ExecutionRecord, LogLine } from "../../sandbox";
import { type Auth, compileWorkflow, execute, fromJson, parseWorkflow, withoutCredentials } from "../../workflow";
import { UserError } from "../errors";
import { ReplayHost, shown } from "../run";
import { idOf, workflowOf } from "../sandbox";
import type { ExecutionRow, ExecutionView, StepView, TokenView } from "./view";

/** A row about an execution that has ended. */
export function executionRow({ name, state, time, duration = "" }: ExecutionRecord): ExecutionRow {
    return { id: idOf(name), workflow: workflowOf(name), state, time, duration };
}

/**
 * Runs an execution again with the answers that it got, and writes down each step with its time. It sends nothing.
 * @param lines what services printed
 * @param authored the sources that the stack's components generated from
 */
export async function executionView(
    record: ExecutionRecord,
    lines: readonly LogLine[],
    authored: readonly { authored: string; generated: string }[],
): Promise<ExecutionView> {
    const { steps, end } = await stepsOf(record);
    const written = authored.find(({ generated }) => generated === record.source)?.authored;
    const from = new Date(record.startedAt).toISOString();
    return {
        ...executionRow(record),
        name: record.name,
        argument: record.argument,
        ...(record.result !== undefined && { result: record.result }),
        ...(record.error !== undefined && { error: record.error }),
        milliseconds: end,
        steps,
        lines: lines.filter(({ time }) => time >= from && time <= record.time),
        deployed: record.source,
        ...(written !== undefined && { authored: written }),
    };
}

async function stepsOf(record: ExecutionRecord): Promise<{ steps: StepView[]; end: number }> {
    const { program } = parseWorkflow(record.source, { file: `${record.name}.yaml` });
    if (program === undefined) {
        throw new UserError(`the source of ${record.name} cannot be read`);
    }
    const steps = new Map<number, StepView>();
    /** The latest step of a place in the source that is under way: calls do not say their number. */
    const open = new Map<object, StepView>();
    let token: TokenView | undefined;
    let end = 0;
    await execute(compileWorkflow(program), {
        argument: fromJson(record.argument),
        env: record.env,
        host: new ReplayHost(
            record,
            () => undefined,
            (auth, claims) => void (token = tokenView(auth, claims)),
        ),
        onStep(event) {
            const { phase, step, number, at, depth, error } = event;
            const start = at - record.startedAt;
            end = Math.max(end, start);
            const found = steps.get(number) ?? {
                ...{ number, name: `${step.routine}.${step.name}`, kind: step.callee ?? step.kind, depth },
                ...{ line: step.position.line, start, end: start, variables: [] },
            };
            steps.set(number, found);
            if (phase === "start") {
                open.set(step, found);
                return;
            }
            found.end = start;
            found.variables = Array.from(event.variables(), ([name, value]) => [name, shown(value)]);
            if (error !== undefined) {
                found.error = redact(messageOf(error));
            }
        },
        onCall(event) {
            const view = open.get(event.step);
            if (view === undefined) {
                return;
            }
            if (event.phase === "begun") {
                token = undefined;
                view.call = { name: event.callee, request: shown(withoutCredentials(event.callee, event.args)) };
            } else if (view.call !== undefined) {
                const ended =
                    event.phase === "succeeded"
                        ? { answer: shown(withoutCredentials(event.callee, event.response)) }
                        : { error: redact(event.error.message) };
                view.call = { ...view.call, ...ended, ...(token !== undefined && { token }) };
            }
        },
    });
    return { steps: [...steps.values()], end };
}

function tokenView(auth: Auth, claims: Claims | undefined): TokenView {
    const said = Object.entries(claims ?? {}).map(([name, value]): [string, string] => [name, JSON.stringify(value)]);
    return auth.type === "OAuth2"
        ? { kind: "access token", to: auth.scopes.join(" "), claims: said }
        : { kind: "ID token", to: auth.audience, claims: said };
}
