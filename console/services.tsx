import { useState } from "preact/hooks";
import type { Shared } from "./app";
import { clock, Empty, short } from "./parts";

/** What answers where, and what it prints. */
export function Services({ overview: { services }, lines }: Shared) {
    const [service, setService] = useState("");
    const shown = lines.filter((line) => service === "" || line.service === service);
    const printers = [...new Set([...services.map(({ name }) => name), ...lines.map((line) => line.service)])];
    return (
        <>
            <h1>Services</h1>
            {services.length === 0 && <Empty>No service is deployed.</Empty>}
            <ul class="rows">
                {services.map(({ name, label, uri }) => (
                    <li key={name} class="service">
                        <b>{label}</b> <code>{uri}</code>
                    </li>
                ))}
            </ul>
            <h2>What they print</h2>
            <form class="filters" onSubmit={(event) => event.preventDefault()}>
                <label>
                    of{" "}
                    <select value={service} onChange={(event) => setService(event.currentTarget.value)}>
                        <option value="">all</option>
                        {printers.map((name) => (
                            <option key={name} value={name}>
                                {short(name)}
                            </option>
                        ))}
                    </select>
                </label>
            </form>
            {shown.length === 0 ? (
                <Empty>
                    Nothing has been printed since the sandbox started. A service starts with its first request.
                </Empty>
            ) : (
                <pre tabIndex={0} class="log">
                    {shown.map((line) => (
                        <span key={line.id} class={line.stream === "stderr" ? "bad" : ""}>
                            {`${clock(line.time)} ${short(line.service)}: ${line.text}\n`}
                        </span>
                    ))}
                </pre>
            )}
        </>
    );
}
