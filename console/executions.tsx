import { useEffect, useState } from "preact/hooks";
import type { ExecutionView, StepView } from "../cli/console/view";
import { api } from "./api";
import type { Shared } from "./app";
import { clock, Empty, Mark, Pairs, reasonOf, short, span } from "./parts";
import { addressOf } from "./place";
import { Source } from "./source";

/** The executions that have ended, the newest first. */
export function Executions({ overview: { executions } }: Shared) {
    return (
        <>
            <h1>Executions</h1>
            {executions.length === 0 && (
                <Empty>
                    No execution has ended yet. Try <code>gcp-invoke sandbox invoke WORKFLOW</code>.
                </Empty>
            )}
            <ul class="rows">
                {executions.map(({ id, workflow, state, time, duration }) => (
                    <li key={id}>
                        <a class="decision" href={addressOf(`executions/${id}`)}>
                            <Mark ok={state === "SUCCEEDED"} />
                            <time>{clock(time)}</time>
                            <b>{workflow}</b>
                            <span class="soft">{state.toLowerCase()}</span>
                            <span class="soft">{duration}</span>
                        </a>
                    </li>
                ))}
            </ul>
        </>
    );
}

/** One execution: its steps on a line of time, with the tokens and the answers, what services printed, and its source. */
export function Execution({ id, act }: Shared & { id: string }) {
    const [found, setFound] = useState<ExecutionView>();
    const [problem, setProblem] = useState<string>();
    useEffect(() => {
        setFound(undefined);
        api.execution(id).then(setFound, (error: unknown) => setProblem(reasonOf(error)));
    }, [id]);
    if (found === undefined) {
        return <p role={problem === undefined ? "status" : "alert"}>{problem ?? "Reading the execution …"}</p>;
    }
    const { workflow, state, argument, result, error, steps, lines, milliseconds } = found;
    return (
        <>
            <p>
                <a href={addressOf("executions")}>← Executions</a>
            </p>
            <h1>
                {workflow}{" "}
                <span class={state === "SUCCEEDED" ? "state proven" : "state violated"}>{state.toLowerCase()}</span>
            </h1>
            <Pairs
                pairs={[
                    ["argument", <code key="a">{argument}</code>],
                    ...(result === undefined ? [] : [["result", <code key="r">{result}</code>] as const]),
                    ...(error === undefined ? [] : [["error", <code key="e">{error}</code>] as const]),
                ]}
            />
            <p>
                <button
                    type="button"
                    onClick={() => act(`${workflow} is executed again; see Executions.`, () => api.repeat(id))}
                >
                    Execute again
                </button>
            </p>
            <h2>Steps</h2>
            <ul class="rows waterfall">
                {steps.map((step) => (
                    <Step key={step.number} step={step} total={milliseconds} />
                ))}
            </ul>
            <h2>What services printed meanwhile</h2>
            {lines.length === 0 ? (
                <Empty>Nothing.</Empty>
            ) : (
                <pre tabIndex={0}>
                    {lines.map(({ time, service, text }) => `${clock(time)} ${short(service)}: ${text}`).join("\n")}
                </pre>
            )}
            <h2>{found.authored === undefined ? "Source" : "Source as it was written, and with the generated auth"}</h2>
            <Source {...found} />
        </>
    );
}

function Step({ step, total }: { step: StepView; total: number }) {
    const { name, kind, line, depth, start, end, error, call, variables } = step;
    const part = (milliseconds: number): number => (total > 0 ? (milliseconds / total) * 100 : 0);
    return (
        <li>
            <details>
                <summary class="step">
                    <Mark ok={error === undefined} />
                    <span class="step-name" style={{ paddingInlineStart: `${depth * 12}px` }}>
                        <b>{name}</b> <span class="soft">{kind}</span>
                    </span>
                    <span class="soft time">{span(end - start)}</span>
                    <span class="track" aria-hidden="true">
                        <span
                            class={call ? "bar call" : "bar"}
                            style={{
                                left: `${Math.min(part(start), 99)}%`,
                                width: `${Math.max(part(end - start), 0.8)}%`,
                            }}
                        />
                    </span>
                </summary>
                <div class="more">
                    {error !== undefined && <p class="bad">{error}</p>}
                    <Pairs
                        pairs={[
                            ["line", String(line)],
                            ["after", span(start)],
                            ...(call === undefined ? [] : [["request", <code key="q">{call.request}</code>] as const]),
                            ...(call?.token === undefined ? [] : [[call.token.kind, `for ${call.token.to}`] as const]),
                            ...(call?.token?.claims ?? []).map(([claim, value]) => [`claim ${claim}`, value] as const),
                            ...(call?.answer === undefined
                                ? []
                                : [["answer", <code key="w">{call.answer}</code>] as const]),
                            ...(call?.error === undefined ? [] : [["answer", call.error] as const]),
                            ...variables.map(
                                ([variable, value]) => [`${variable} =`, <code key={variable}>{value}</code>] as const,
                            ),
                        ]}
                    />
                </div>
            </details>
        </li>
    );
}
