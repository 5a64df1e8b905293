import { injectAuth } from "../../workflow/auth";
import { parseWorkflow } from "../../workflow/syntax";
import { compareRuns } from "../workflow/auth/anchors/same";

/** How long injecting takes at a size, in milliseconds of computing, and against half of the size. */
export interface SizeFigures {
    calls: number;
    milliseconds: number;
    /** The aim is 2.3 at most. */
    ratio?: number;
}

/** Injects sources of more and more calls: the best of some rounds of each, as what else runs only adds. */
export function measureInject(sizes = [1000, 2000, 4000, 8000, 16_000], rounds = 3): SizeFigures[] {
    const figures: SizeFigures[] = [];
    measure(200, rounds);
    for (const calls of sizes) {
        const milliseconds = measure(calls, rounds);
        const before = figures.at(-1);
        figures.push({ calls, milliseconds, ...(before && { ratio: milliseconds / before.milliseconds }) });
    }
    return figures;
}

function measure(calls: number, rounds: number): number {
    const step = (index: number): string =>
        `    - ask${index}:\n        call: http.get\n        args:\n          url: https://orders-abc123-ew.a.run.app/${index}\n`;
    const source = `main:\n  steps:\n${Array.from({ length: calls }, (_, index) => step(index)).join("")}`;
    const parsed = parseWorkflow(source, { file: "w.yaml", maxBytes: Infinity });
    let best = Infinity;
    for (let round = 0; round < rounds; round++) {
        const begun = process.cpuUsage();
        const { changes } = injectAuth(parsed);
        const { user, system } = process.cpuUsage(begun);
        if (changes.length !== calls) {
            throw new Error(`${changes.length} of ${calls} calls were injected, so that the time says nothing`);
        }
        best = Math.min(best, (user + system) / 1000);
    }
    return best;
}

/** What holding the injector to programs with anchors saw. */
export interface AnchorFigures {
    first: number;
    programs: number;
    /** Programs in which something was injected, and that were run before and after. */
    ran: number;
    /** The seeds of programs that were not the same but for their credentials. */
    failed: number[];
}

/** Injects programs of seeds in a row, each run before and after. */
export async function measureAnchors(
    programs = Number(process.env["PROGRAMS"] ?? 100_000),
    first = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31)),
): Promise<AnchorFigures> {
    const figures: AnchorFigures = { first, programs, ran: 0, failed: [] };
    for (let seed = first; seed < first + programs; seed++) {
        const { ran, problems } = await compareRuns(seed);
        figures.ran += Number(ran);
        if (problems.length > 0) {
            figures.failed.push(seed);
        }
    }
    return figures;
}
