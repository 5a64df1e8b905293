/** A line as it was written and as it was deployed; one of them is missing where it was added or taken away. */
interface Row {
    authored?: string;
    deployed?: string;
}

/** Sets lines side by side. What was generated are lines more, and all other lines stay as they are. */
export function sideBySide(authored: readonly string[], deployed: readonly string[]): Row[] {
    const rows: Row[] = [];
    let at = 0;
    for (const line of deployed) {
        const next = authored.indexOf(line, at);
        if (next === -1) {
            rows.push({ deployed: line });
            continue;
        }
        // A line of the same words may come much later: then this one was added, and those between still follow.
        if (next > at && authored.slice(at, next).some((each) => deployed.includes(each))) {
            rows.push({ deployed: line });
            continue;
        }
        authored.slice(at, next).forEach((gone) => rows.push({ authored: gone }));
        rows.push({ authored: line, deployed: line });
        at = next + 1;
    }
    authored.slice(at).forEach((gone) => rows.push({ authored: gone }));
    return rows;
}

export function Source({ authored, deployed }: { authored?: string; deployed: string }) {
    if (authored === undefined) {
        return (
            <pre tabIndex={0} class="source">
                {deployed}
            </pre>
        );
    }
    const rows = sideBySide(authored.split("\n"), deployed.split("\n"));
    return (
        <div class="source both" tabIndex={0} role="region" aria-label="Source, written and deployed">
            <table>
                <thead>
                    <tr>
                        <th scope="col">written</th>
                        <th scope="col">deployed</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row, at) => (
                        <tr
                            key={at}
                            class={row.authored === undefined ? "added" : row.deployed === undefined ? "gone" : ""}
                        >
                            <td>{row.authored}</td>
                            <td>{row.deployed}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
