import { createRequire } from "node:module";
import type * as auditBench from "./audit";
import type * as languageBench from "./language";
import type * as probesBench from "./probes";
import type * as startBench from "./start";

/** A bench: what `npm run bench -- NAME` measures. */
interface Bench {
    name: string;
    /** One line a figure, each with its unit and the aim, where there is one. */
    measure: () => string[] | Promise<string[]>;
}

/** A bench's file is loaded when its turn comes: what others load shall not weigh on it. */
const load = createRequire(__filename);

/** The one list of all benches. */
const benches: Bench[] = [
    {
        name: "start",
        measure: async () => {
            const f = await (load("./start") as typeof startBench).measureStart();
            const [imports, sandbox, preview, update, check, whole] = (
                ["imports", "sandbox", "preview", "update", "check", "whole"] as const
            ).map((phase) => `${(f[phase] / 1000).toFixed(2)} s`);
            return [
                `from start to green: sandbox ready ${sandbox}, preview ${preview}, update ${update}, check ${check}; whole process ${whole}`,
                `merely importing @pulumi/pulumi and the modules of @pulumi/gcp: ${imports}; ratio ${f.ratio.toFixed(2)}, ${((f.whole - f.imports) / 1000).toFixed(2)} s more (aim: less than 3 s)`,
            ];
        },
    },
    {
        name: "audit",
        measure: () => {
            const figures = (load("./audit") as typeof auditBench).measureAudit();
            if (!figures) return ["skipped: there are no definitions by other people here"];
            const { files, yaml, audit, ratio } = figures;
            return [
                `${files} definitions: parsed as YAML ${yaml.toFixed(0)} ms, audited ${audit.toFixed(0)} ms; ratio ${ratio.toFixed(2)} (aim: at most 2)`,
            ];
        },
    },
    {
        name: "language",
        measure: async () => {
            const { measureExecutions, measureLanguage } = load("./language") as typeof languageBench;
            const { cold, iterations, plain } = await measureLanguage();
            const count = (value: number): string => Math.round(value).toLocaleString("en");
            const { start, request, megabytes, finished, kept } = await measureExecutions();
            return [
                `loop of 20,000 turns: ${count(iterations)} turns a second (the first time ${count(cold)}), plain JavaScript closures ${count(plain)}; ratio ${(plain / iterations).toFixed(1)} (aim: 400,000 at least, ratio at most 10)`,
                `starting an execution ${start.toFixed(2)} ms, merely reading its workflow ${request.toFixed(2)} ms; ${(start - request).toFixed(2)} ms more (aim: less than 1)`,
                `${finished} executions that ended: ${megabytes.toFixed(0)} MB, ${kept} kept (aim: at most 200)`,
            ];
        },
    },
    {
        name: "probes",
        measure: async () => {
            const cost = await (load("./probes") as typeof probesBench).measureProbes();
            return [
                `${cost.probes} probes, ${cost.concurrency} at once: bare loop ${cost.bareMilliseconds.toFixed(0)} ms, check ${cost.checkMilliseconds.toFixed(0)} ms; ratio ${cost.ratio.toFixed(2)} (aim: at most 1.3)`,
            ];
        },
    },
];

async function main(names: string[]): Promise<void> {
    const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
    if (unknown.length > 0) {
        const known = benches.map(({ name }) => name).join(", ");
        throw new Error(`no bench ${unknown.join(", ")}; there are ${known}`);
    }
    for (const { name, measure } of benches) {
        if (names.length > 0 && !names.includes(name)) continue;
        console.log(name);
        for (const line of await measure()) console.log(`    ${line}`);
    }
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
