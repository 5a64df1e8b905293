import { useState } from "preact/hooks";
import { api } from "./api";
import type { Shared } from "./app";
import { Empty, short } from "./parts";

const STEPS: [string, number][] = [
    ["1 minute", 60],
    ["5 minutes", 300],
    ["1 hour", 3600],
    ["1 day", 86_400],
];

/** The clock, late grants and faults. */
export function Controls(shared: Shared) {
    return (
        <>
            <h1>Sandbox</h1>
            <div class="panels">
                <Clock {...shared} />
                <LateGrants {...shared} />
                <Faults {...shared} />
            </div>
        </>
    );
}

function Clock({ overview: { time }, act }: Shared) {
    return (
        <section>
            <h2>Clock</h2>
            <p>
                It is <time dateTime={time}>{time.replace("T", " ").slice(0, 19)}</time> in the sandbox. The clock only
                moves forward.
            </p>
            <div class="buttons">
                {STEPS.map(([words, seconds]) => (
                    <button
                        key={words}
                        type="button"
                        onClick={() =>
                            act(`The clock moved forward by ${words}.`, () =>
                                api.send("POST", "clock", { advanceMilliseconds: seconds * 1000 }),
                            )
                        }
                    >
                        + {words}
                    </button>
                ))}
            </div>
        </section>
    );
}

function LateGrants({ overview: { propagationMilliseconds, onTheWay }, act }: Shared) {
    const [seconds, setSeconds] = useState("");
    return (
        <section>
            <h2>Late grants</h2>
            <form
                class="fields"
                onSubmit={(event) => {
                    event.preventDefault();
                    const milliseconds = Number(seconds) * 1000;
                    act(`From now on a grant takes ${seconds} s to arrive.`, () =>
                        api.send("POST", "propagation", { milliseconds }),
                    );
                }}
            >
                <label>
                    Seconds until a new grant arrives (now {propagationMilliseconds / 1000})
                    <input
                        type="number"
                        min="0"
                        required
                        value={seconds}
                        onInput={(event) => setSeconds(event.currentTarget.value)}
                    />
                </label>
                <button type="submit">Set</button>
            </form>
            {onTheWay.length === 0 ? (
                <Empty>No grant is on its way.</Empty>
            ) : (
                <ul class="plain">
                    {onTheWay.map(({ resource, milliseconds }) => (
                        <li key={resource}>
                            the policy of <b>{short(resource)}</b> in {Math.ceil(milliseconds / 1000)} s
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}

function Faults({ overview: { faults, services }, act }: Shared) {
    const [host, setHost] = useState("*.run.app");
    const [kind, setKind] = useState("503");
    const [seconds, setSeconds] = useState("60");
    const hosts = [
        "*.run.app",
        ...services.flatMap(({ uri }) => (uri === "" ? [] : [new URL(uri).hostname])),
        "run.googleapis.com",
        "*",
    ];
    return (
        <section>
            <h2>Faults</h2>
            <form
                class="fields"
                onSubmit={(event) => {
                    event.preventDefault();
                    const what =
                        kind === "drop"
                            ? { drop: true }
                            : kind === "slow"
                              ? { latencyMilliseconds: 5000 }
                              : { status: Number(kind) };
                    act(`${host} fails for ${seconds} s.`, () =>
                        api.send("POST", "faults", { host, ...what, forMilliseconds: Number(seconds) * 1000 }),
                    );
                }}
            >
                <label>
                    Host
                    <input list="hosts" required value={host} onInput={(event) => setHost(event.currentTarget.value)} />
                    <datalist id="hosts">
                        {hosts.map((each) => (
                            <option key={each} value={each} />
                        ))}
                    </datalist>
                </label>
                <label>
                    What happens
                    <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
                        <option value="503">it answers 503</option>
                        <option value="429">it answers 429</option>
                        <option value="500">it answers 500</option>
                        <option value="slow">it is 5 s late</option>
                        <option value="drop">it closes the connection</option>
                    </select>
                </label>
                <label>
                    For how many seconds
                    <input
                        type="number"
                        min="1"
                        required
                        value={seconds}
                        onInput={(event) => setSeconds(event.currentTarget.value)}
                    />
                </label>
                <button type="submit">Set the fault</button>
            </form>
            {faults.length === 0 ? (
                <Empty>No fault is set.</Empty>
            ) : (
                <ul class="plain">
                    {faults.map(({ id, host: at, status, drop, latencyMilliseconds, struck }) => (
                        <li key={id}>
                            <b>{at}</b>{" "}
                            {drop
                                ? "closes connections"
                                : status !== undefined
                                  ? `answers ${status}`
                                  : `is ${(latencyMilliseconds ?? 0) / 1000} s late`}
                            ; it struck {struck} requests{" "}
                            <button
                                type="button"
                                onClick={() => act("The fault is cleared.", () => api.send("DELETE", "faults", { id }))}
                            >
                                Clear
                            </button>
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}
