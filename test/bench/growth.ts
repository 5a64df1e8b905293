import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { auditWorkflow } from "../../workflow/auth";
import { parseWorkflow } from "../../workflow/syntax";

/** Milliseconds of computing that an audit takes, by the number of steps. */
export interface GrowthFigures {
    steps: number;
    audit: number;
    /** Against half as many steps; the aim is 2.3 at most. */
    ratio?: number;
}

const SIZES = [1000, 2000, 4000, 8000, 16_000];

/** A workflow of so many steps: assignments, calls, branches and errors that are caught. */
export function longWorkflow(steps: number): string {
    const step = (index: number): string =>
        [
            `  - s${index}: {assign: [{u${index}: "https://orders-abc123-ew.a.run.app"}]}\n`,
            `  - s${index}: {call: http.get, args: {url: '\${u${index - 1} + "/x"}'}, result: r${index}}\n`,
            `  - s${index}: {switch: [{condition: "\${r${index - 1}.code == 200}", next: s${index + 1}}]}\n`,
            `  - s${index}: {try: {call: http.get, args: {url: "\${u${index - 3}}"}}, except: {as: e, steps: [{l${index}: {assign: [{x${index}: "\${e}"}]}}]}}\n`,
        ][index % 4] ?? "";
    return `main:\n  params: [args]\n  steps:\n${Array.from({ length: steps }, (_, index) => step(index)).join("")}  - s${steps}: {return: 1}\n`;
}

/** Measures each size five times, once warm, and takes the least: what else runs on the machine only ever adds. */
export function measureGrowth(): GrowthFigures[] {
    const figures: GrowthFigures[] = [];
    auditWorkflow(parseWorkflow(longWorkflow(4000), { file: "w.yaml", maxBytes: Infinity }));
    for (const steps of SIZES) {
        const parsed = parseWorkflow(longWorkflow(steps), { file: "w.yaml", maxBytes: Infinity });
        const audit = Math.min(...[1, 2, 3, 4, 5].map(() => computing(() => auditWorkflow(parsed))));
        const before = figures.at(-1);
        figures.push({ steps, audit, ...(before && { ratio: audit / before.audit }) });
    }
    return figures;
}

setFlagsFromString("--expose-gc");
/** What was made before is not to be collected on the time of what is measured. */
const collect = runInNewContext("gc") as () => void;

function computing(work: () => unknown): number {
    collect();
    const start = process.cpuUsage();
    work();
    return process.cpuUsage(start).user / 1000;
}
