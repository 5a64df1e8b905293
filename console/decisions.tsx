import { useState } from "preact/hooks";
import type { DecisionView } from "../cli/console/view";
import { api } from "./api";
import type { Shared } from "./app";
import { clock, Empty, Mark, Pairs, short } from "./parts";

/** Whether people want to read it: a refusal always, and else nothing that a command asked or only read. */
const isTelling = ({ allowed, tool, permission }: DecisionView): boolean =>
    !allowed || (tool !== true && !/\.(get|list|getIamPolicy)$/.test(permission));

/** Each decision as it happens, the newest first, with its reason and the grant that is missing. */
export function Decisions({ decisions, overview, act }: Shared) {
    const [onlyDenied, setOnlyDenied] = useState(false);
    const [all, setAll] = useState(false);
    const [text, setText] = useState("");
    const shown = decisions.filter(
        (decision) =>
            (onlyDenied ? !decision.allowed : all || isTelling(decision)) &&
            `${decision.principal} ${decision.permission} ${decision.resource} ${decision.reason}`.includes(text),
    );
    return (
        <>
            <h1>Decisions</h1>
            <form class="filters" onSubmit={(event) => event.preventDefault()}>
                <label>
                    <input type="checkbox" checked={onlyDenied} onChange={() => setOnlyDenied(!onlyDenied)} /> only
                    denied
                </label>
                <label>
                    <input type="checkbox" checked={all} onChange={() => setAll(!all)} /> reads too
                </label>
                <label class="wide">
                    <span class="hidden">Filter</span>
                    <input
                        type="search"
                        placeholder="caller, permission, resource"
                        value={text}
                        onInput={(event) => setText(event.currentTarget.value)}
                    />
                </label>
            </form>
            {shown.length === 0 && <Empty>No decision is here yet. Each call to the sandbox makes one.</Empty>}
            <ul class="rows">
                {shown.map((decision) => (
                    <li key={`${decision.id} ${decision.time}`}>
                        <details>
                            <summary class="decision">
                                <Mark ok={decision.allowed} />
                                <time>{clock(decision.time)}</time>
                                <b>{short(decision.principal)}</b>
                                <span class="soft">{decision.permission}</span>
                                <span>{short(decision.resource)}</span>
                            </summary>
                            <Reason decision={decision} propagation={overview.propagationMilliseconds} act={act} />
                        </details>
                    </li>
                ))}
            </ul>
        </>
    );
}

function Reason({
    decision: { reason, stage, request, claims, missing, principal, resource },
    propagation,
    act,
}: {
    decision: DecisionView;
    propagation: number;
    act: Shared["act"];
}) {
    const [granted, setGranted] = useState(false);
    const late = propagation > 0 ? `; it arrives in ${propagation / 1000} s of the sandbox's time` : "";
    return (
        <div class="more">
            <p>{reason}</p>
            {missing && (
                <div class="fix">
                    <p>
                        Missing: <b>{missing.role}</b> for <b>{short(missing.member)}</b> on{" "}
                        <b>{short(missing.resource)}</b>
                    </p>
                    <p class="soft">
                        In the program: name the target in <code>targets</code> (or <code>invokes</code>) of the caller.
                        Here, for now:
                    </p>
                    <button
                        type="button"
                        onClick={() => {
                            const words = granted ? "The grant was taken back." : `Granted${late}.`;
                            act(words, () =>
                                api
                                    .send(granted ? "DELETE" : "POST", "grants", missing)
                                    .then(() => setGranted(!granted)),
                            );
                        }}
                    >
                        {granted ? "Take the grant back" : "Grant it in this sandbox"}
                    </button>
                </div>
            )}
            <Pairs
                pairs={[
                    ["decided by", stage],
                    ["caller", principal],
                    ["resource", resource],
                    ...(request === undefined ? [] : [["request", request] as const]),
                    ...Object.entries(claims ?? {}).map(
                        ([name, value]) => [`claim ${name}`, JSON.stringify(value)] as const,
                    ),
                ]}
            />
        </div>
    );
}
