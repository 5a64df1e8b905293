import { createRequire } from "node:module";
import type * as apisBench from "./apis";
import type * as auditBench from "./audit";
import type * as costBench from "./cost";
import type * as doorBench from "./door";
import type * as engineBench from "./engine";
import type { Figures } from "./engine";
import type * as execBench from "./exec";
import type * as executionsBench from "./executions";
import type * as fuzzBench from "./fuzz";
import type * as growthBench from "./growth";
import type * as injectBench from "./inject";
import type * as killsBench from "./kills";
import type * as languageBench from "./language";
import type * as lspBench from "./lsp";
import type * as memoryBench from "./memory";
import type * as probesBench from "./probes";
import type * as proofBench from "./proof";
import type * as stacksBench from "./stacks";
import type * as startBench from "./start";
import type * as upKillsBench from "./up-kills";
import type * as warmBench from "./warm";

/** A bench: what `npm run bench -- NAME` measures. */
interface Bench {
    name: string;
    /** One line a figure, each with its unit and the aim, where there is one. A long bench shows lines as they come. */
    measure: (show: (line: string) => void) => string[] | Promise<string[]>;
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
        name: "warm",
        measure: async () => {
            const f = await (load("./warm") as typeof warmBench).measureWarm();
            const ms = (value: number): string => `${value.toFixed(0)} ms`;
            const all = (values: number[]): string => values.map(ms).join(", ");
            const edit = Math.min(...f.watched.slice(1));
            const { commonjs, module } = f.programs;
            return [
                `node -e 0: ${ms(f.node)}; importing the SDK: ${ms(f.imports)}`,
                `gcp-invoke --help: ${ms(f.help)}; gcp-invoke sandbox status: ${ms(f.status)} (aim: less than 150 ms each)`,
                ...(["npm start", "gcp-invoke sandbox up of the quickstart"] as const).map((name, at) => {
                    const { fresh, again } = at === 0 ? f.started : f.deployed;
                    const beyond = (value: number): string => `${ms(value - f.imports)} beyond importing the SDK`;
                    return `${name}: from nothing to green ${ms(fresh)}, ${beyond(fresh)}, ${(fresh / f.imports).toFixed(1)} times that (aim: less than 1500 ms beyond); again ${ms(again)}, ${(again / f.imports).toFixed(1)} times`;
                }),
                `a test environment by Sandbox.start and up, each time in a new sandbox of one process: ${all(f.environments)} (aim after the first: less than 1270 ms, a fifteenth of the real pair)`,
                `sandbox watch, the first deployment, then from an edit to proven: ${all(f.watched)} (aim after the first: less than 1000 ms beyond the program itself, which takes ${ms(f.program)} and runs once; the best is ${ms(edit - f.program)} beyond it, ${(edit / f.node).toFixed(0)} times node -e 0)`,
                `an unchanged program, deployed without a process that waits: ${ms(commonjs)} as CommonJS, ${ms(module)} as an ES module; ratio ${(module / commonjs).toFixed(2)} (aim: about 1)`,
            ];
        },
    },
    {
        name: "audit",
        measure: () => {
            const figures = (load("./audit") as typeof auditBench).measureAudit();
            if (!figures) {
                return ["skipped: there are no definitions by other people here"];
            }
            const { files, yaml, parse, audit } = figures;
            return [
                `${files} definitions: parsed as YAML ${yaml.toFixed(0)} ms, parsed as workflows ${parse.toFixed(0)} ms, audited ${audit.toFixed(0)} ms; ratio to parsing ${(audit / parse).toFixed(2)} (aim: at most 2), to YAML ${(audit / yaml).toFixed(2)}`,
            ];
        },
    },
    {
        name: "lsp",
        measure: async () => {
            const { first, later, computed, yaml, completions } = await (
                load("./lsp") as typeof lspBench
            ).measureEditor();
            const shown = (times: (number | undefined)[]): string =>
                times.map((each) => each?.toFixed(0) ?? "unknown").join(", ");
            const middle = computed.toSorted((a = 0, b = 0) => a - b)[Math.floor(computed.length / 2)];
            return [
                `a full edit of 2,000 lines until its problems are told: the first ${first.toFixed(0)} ms, then ${shown(later)} ms (aim: less than 100 ms after the first)`,
                `of that the server computes ${shown(computed)} ms; the YAML library alone for the whole text ${yaml.toFixed(0)} ms, ratio ${middle === undefined ? "unknown" : (middle / yaml).toFixed(2)}`,
                `a full edit of 2,000 lines until completions come: ${shown(completions)} ms`,
            ];
        },
    },
    {
        name: "lsp-edits",
        measure: async () => {
            const { answered, seconds } = await (load("./lsp") as typeof lspBench).measureRandomEdits();
            return [
                `10,000 random edits: ${answered} questions answered in ${seconds.toFixed(0)} s (aim: 40000 questions)`,
            ];
        },
    },
    {
        name: "inject",
        measure: () =>
            (load("./inject") as typeof injectBench)
                .measureInject()
                .map(
                    ({ calls, milliseconds, ratio }) =>
                        `${calls} calls: injected in ${milliseconds.toFixed(0)} ms of computing${ratio === undefined ? "" : `; ratio to half of them ${ratio.toFixed(2)} (aim: at most 2.3)`}`,
                ),
    },
    {
        name: "anchors",
        measure: async () => {
            const f = await (load("./inject") as typeof injectBench).measureAnchors();
            return [
                `${f.programs} programs with anchors, seeds from ${f.first}: ${f.ran} injected and run before and after, ${f.failed.length} not the same but for their credentials (aim: 0)${f.failed.length === 0 ? "" : `: seeds ${f.failed.join(", ")}`}`,
            ];
        },
    },
    {
        name: "growth",
        measure: () =>
            (load("./growth") as typeof growthBench)
                .measureGrowth()
                .map(
                    ({ steps, audit, ratio }) =>
                        `${steps.toLocaleString("en")} steps audited: ${audit.toFixed(0)} ms of computing${ratio === undefined ? "" : `; ratio ${ratio.toFixed(2)} (aim: at most 2.3)`}`,
                ),
    },
    {
        name: "proof",
        measure: async () => {
            const { programs, seed, foreseen, injected, computed } = await (
                load("./proof") as typeof proofBench
            ).measureProof();
            const count = (value: number): string => value.toLocaleString("en");
            return [
                `${count(programs)} programs from seed ${seed}, audited and run: ${count(foreseen.calls)} calls, ${count(foreseen.credentials)} with a credential, ${count(foreseen.strangers)} of them to a host that nobody declared; not foreseen ${foreseen.problems.length} (aim: 0)`,
                `the same without auth, injected and run: ${count(injected.credentials)} calls with a credential; to another host than its target's ${injected.problems.length} (aim: 0)`,
                `programs of operators and functions, for every tenth seed: ${count(computed.calls)} values; not foreseen ${computed.problems.length} (aim: 0)`,
                ...[...foreseen.problems, ...injected.problems, ...computed.problems].slice(0, 20),
            ];
        },
    },
    {
        name: "engine",
        measure: async () => {
            const { measureGate, measureSize } = load("./engine") as typeof engineBench;
            const ms = (value: number): string => `${value.toFixed(0)} ms`;
            const gate = await measureGate();
            const sizes = [100, 200, 400, 500];
            // Warms up.
            await measureSize(50);
            const measured: (Figures & { resources: number })[] = [];
            for (const resources of sizes) {
                measured.push({ resources, ...(await measureSize(resources)) });
            }
            const whole = (size: number): number => {
                const { up = NaN, unchanged = NaN, destroy = NaN } = measured.find((m) => m.resources === size) ?? {};
                return up + unchanged + destroy;
            };
            return [
                `7 resources with a gate: ${ms(gate.up)} from command to green, the program itself (a monitor that answers at once) ${ms(gate.program)}, beyond it ${ms(gate.up - gate.program)} (aim: at most 500)`,
                ...measured.map(
                    ({ resources, program, up, unchanged, destroy }) =>
                        `${resources} resources: up ${ms(up)}, unchanged ${ms(unchanged)}, destroyed ${ms(destroy)}, the program itself ${ms(program)}; beyond it ${ms(up - program)}, ${ms(unchanged - program)} and ${ms(destroy)}${resources === 500 ? ", together " + ms(up + unchanged + destroy - 2 * program) + " (aim: at most 5000)" : ""}`,
                ),
                `growth: 200 resources take ${(whole(200) / whole(100)).toFixed(2)} times what 100 take, 400 take ${(whole(400) / whole(200)).toFixed(2)} times what 200 take (aim: 2)`,
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
        name: "executions",
        measure: async () => {
            const parts = await (load("./executions") as typeof executionsBench).measureExecutionParts();
            const { language, api, journal, proxy, tls, whole, perSecond } = parts;
            const ms = (value: number): string => `${value.toFixed(2)} ms`;
            return [
                `a tiny execution through the sandbox's front: ${perSecond.toFixed(0)} a second on four connections, ${ms(whole)} of CPU each (aim: at most 0.60)`,
                `of it the language ${ms(language)}, the API with IAM, history, log and store ${ms(api)}, the journal ${ms(journal)}, HTTP and the proxy ${ms(proxy)}, TLS ${ms(tls)}`,
            ];
        },
    },
    {
        name: "cost",
        measure: async () => {
            const { components, byHand } = await (load("./cost") as typeof costBench).measureCost();
            const figures = Object.entries({ "by components": components, "by hand": byHand });
            const ratio = (key: "milliseconds" | "computing" | "megabytes"): string =>
                (components[key] / byHand[key]).toFixed(2);
            return [
                ...figures.map(
                    ([side, { milliseconds, computing, megabytes, resources }]) =>
                        `100 callers of 10 targets each, ${side}: previewed in ${(milliseconds / 1000).toFixed(2)} s, ${(computing / 1000).toFixed(2)} s of computing, ${megabytes.toFixed(0)} MB, ${resources} resources, components among them`,
                ),
                `ratio ${ratio("milliseconds")} in time, ${ratio("computing")} in computing, ${ratio("megabytes")} in memory (aim: at most 1.2)`,
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
    {
        name: "load",
        measure: async () => {
            const [clients, seconds] = [200, 60];
            const { measureSustained, MEASURED_EVERY } = load("./door") as typeof doorBench;
            const { door, bare, memory } = await measureSustained(clients, seconds * 1000);
            const warm = memory.slice(20_000 / MEASURED_EVERY);
            const half = Math.ceil(warm.length / 2);
            const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
            return [
                `${clients} clients for ${seconds} s: no error, ${door.requestsPerSecond.toFixed(0)} requests/s, p99 ${door.p99.toFixed(1)} ms; the bare server ${bare.requestsPerSecond.toFixed(0)} requests/s, p99 ${bare.p99.toFixed(1)} ms`,
                `memory after 20 s, each time after a collection of garbage: ${mean(warm.slice(0, half)).toFixed(0)} MiB, in the second half of the rest ${mean(warm.slice(half)).toFixed(0)} MiB; ratio ${(mean(warm.slice(half)) / mean(warm.slice(0, half))).toFixed(2)} (aim: at most 1.1)`,
            ];
        },
    },
    {
        name: "door",
        measure: async () => {
            const { door, plain, bare, ratio, ratioWithTls } = await (load("./door") as typeof doorBench).measureDoor();
            const figures = Object.entries({
                "bare node:http": bare,
                "front door": plain,
                "front door with TLS": door,
            });
            return [
                ...figures.map(
                    ([side, { requestsPerSecond, p50, p99 }]) =>
                        `${side}: ${requestsPerSecond.toFixed(0)} requests/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
                ),
                `front door against bare node:http, each in a process of its own: ratio ${ratio.toFixed(2)} (aim: at least 0.6); with TLS ${ratioWithTls.toFixed(2)}`,
            ];
        },
    },
    {
        name: "exec",
        measure: async () => {
            const { bare, exec, added } = await (load("./exec") as typeof execBench).measureExec();
            return [
                `node -e 0: ${bare.toFixed(0)} ms; sandbox exec -- node -e 0, in a sandbox that runs: ${exec.toFixed(0)} ms; ${added.toFixed(0)} ms more (aim: less than 300)`,
            ];
        },
    },
    {
        name: "state",
        measure: async () => {
            const { measureKills } = load("./kills") as typeof killsBench;
            const { seed, kills, opened, changes, lost, oldestLost } = await measureKills();
            return [
                `sandbox serve under load, killed ${kills} times (seed ${seed}): states that did not open ${kills - opened} of ${kills}, answered changes that were lost ${lost} of ${changes} (aim: 0 and 0), the oldest ${oldestLost} ms before the kill`,
            ];
        },
    },
    {
        name: "kills",
        measure: async () => {
            const { measureUpKills } = load("./up-kills") as typeof upKillsBench;
            const { seed, kills, halfway, unsettled } = await measureUpKills();
            return [
                `sandbox up of 40 services, killed ${kills} times (seed ${seed}), ${halfway} of them with some resources made: stacks that a plain up does not settle ${unsettled.length} of ${kills} (aim: 0)`,
                ...unsettled,
            ];
        },
    },
    {
        name: "memory",
        measure: async () => {
            const { measureMemory } = load("./memory") as typeof memoryBench;
            const { few, many, heapRatio, processRatio } = await measureMemory();
            return [
                ...[few, many].map(
                    ({ requests, heap, process }) =>
                        `after ${requests.toLocaleString("en")} requests: heap ${heap.toFixed(1)} MB, process ${process.toFixed(0)} MB`,
                ),
                `ratio of the heaps ${heapRatio.toFixed(2)}, of the processes ${processRatio.toFixed(2)} (aim: at most 1.1)`,
            ];
        },
    },
    {
        name: "fuzz",
        measure: () => (load("./fuzz") as typeof fuzzBench).measureFuzz(40_000),
    },
    {
        name: "apis",
        measure: async () => {
            const { measureApis, measureDecisions } = load("./apis") as typeof apisBench;
            const { readyMilliseconds, restPerSecond, grpcPerSecond } = await measureApis();
            const [few, many, most] = [100, 10_000, 100_000].map(measureDecisions) as [number, number, number];
            return [
                `a sandbox is ready ${readyMilliseconds.toFixed(0)} ms after its process began (aim: less than 1000)`,
                `admin calls a second: REST ${restPerSecond.toFixed(0)}, gRPC ${grpcPerSecond.toFixed(0)}`,
                `decisions a second: ${few.toFixed(0)} with 100 bindings, ${many.toFixed(0)} with 10,000, ${most.toFixed(0)} with 100,000; ratios ${(many / few).toFixed(2)} and ${(most / few).toFixed(2)} (aim: 1)`,
            ];
        },
    },
    {
        name: "stacks",
        measure: async (show) => {
            await (load("./stacks") as typeof stacksBench).showStacks([125, 250, 500, 1000], show);
            return [];
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
        if (names.length > 0 && !names.includes(name)) {
            continue;
        }
        console.log(name);
        const show = (line: string): void => console.log(`    ${line}`);
        (await measure(show)).forEach(show);
    }
}

main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
