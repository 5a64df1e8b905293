import assert from "node:assert/strict";
import fc from "fast-check";
import { binary, functionCpu, functionMemoryProblem, type InstanceSize, sizeProblem } from "../../../common";

const GIB = 2 ** 30;
/** Google's own table, written again: CPUs with the least and the most memory, in Mi. */
const TABLE: [cpu: string, least: number, most: number][] = [
    ["0.08", 128, 512],
    ["0.499", 128, 512],
    ["500m", 128, 1024],
    ["0.999", 128, 1024],
    ["1", 128, 4096],
    ["1000m", 128, 4096],
    ["2", 128, 8192],
    ["4", 2048, 16_384],
    ["6", 4096, 24_576],
    ["8", 4096, 32_768],
];
const one = (cpu: string | undefined, memory: string | undefined, rest: Omit<InstanceSize, "containers"> = {}) =>
    sizeProblem({ containers: [{ cpu, memory }], ...rest });

describe("the CPU and memory of an instance", () => {
    it("are taken up to the bounds of Google's table, and refused beside them with the nearest", () => {
        for (const [cpu, least, most] of TABLE) {
            assert.equal(one(cpu, `${least}Mi`), undefined, cpu);
            assert.equal(one(cpu, `${most}Mi`), undefined, cpu);
            const units = (mib: number) => (mib % 1024 === 0 ? `${mib / 1024}Gi` : `${mib}Mi`);
            const range = `memory must be between ${units(least)} and ${units(most)} inclusive.`;
            for (const [wrong, nearest] of [
                [least - 1, least],
                [most + 1, most],
            ] as const) {
                const found = one(cpu, `${wrong}Mi`);
                assert.equal(found?.field, "memory", `${cpu} ${wrong}`);
                assert.ok(found.reason.includes(range), found.reason);
                assert.ok(found.reason.includes(`the nearest is ${units(nearest)}`), found.reason);
            }
        }
        const said = one("1", "8Gi")?.reason ?? "";
        assert.match(said, /^Invalid value specified for memory\. For 1\.0 CPU, memory must be between 128Mi and 4Gi/);
        assert.match(said, /or take 2 CPU$/);
    });

    it("have a CPU that there is", () => {
        for (const cpu of ["3", "5", "7", "16", "0.01", "0", "1.5", "1500m", "-1", "one", "", "2 "]) {
            assert.equal(one(cpu, undefined)?.field, "cpu", cpu);
        }
        assert.match(one("3", undefined)?.reason ?? "", /It is 3; the nearest is 2$/);
        assert.match(one("16", undefined)?.reason ?? "", /the nearest is 8$/);
        assert.match(one("0.01", undefined)?.reason ?? "", /the nearest is 0\.08$/);
    });

    it("have an amount of memory, in every form of it", () => {
        for (const memory of ["1G", "1e9", "1000M", "1000000k", "536870912", "0.5Gi", "1Gi"]) {
            assert.equal(one("1", memory), undefined, memory);
        }
        for (const memory of ["", "1GB", "1gi", "one", "-1Gi", "1 Gi", "0"]) {
            assert.equal(one("1", memory)?.field, "memory", memory);
        }
    });

    it("have less than one CPU only with one request at a time, throttled, in the first generation", () => {
        const small = (rest: Omit<InstanceSize, "containers">) => one("0.5", undefined, rest);
        assert.equal(small({}), undefined);
        assert.equal(small({ concurrency: 1 }), undefined);
        assert.match(small({ concurrency: 2 })?.reason ?? "", /Total cpu < 1 is not supported with concurrency > 1\./);
        assert.match(small({ isAlwaysAllocated: true })?.reason ?? "", /with cpu always allocated/);
        assert.match(small({ isSecondGeneration: true })?.reason ?? "", /with gen2 execution environment/);
        for (const rest of [{ concurrency: 2 }, { isAlwaysAllocated: true }, { isSecondGeneration: true }]) {
            assert.equal(one("1", undefined, rest), undefined);
            // Two containers are judged together.
            assert.equal(sizeProblem({ containers: [{ cpu: "0.5" }, { cpu: "500m" }], ...rest }), undefined);
        }
        const job = { isAlwaysAllocated: true, isSecondGeneration: true };
        assert.equal(
            one("1", "256Mi", job)?.reason,
            "Invalid value specified for memory. Total memory < 512 Mi is not supported with gen2 execution environment with cpu always allocated (unthrottled). It is 256Mi; the nearest is 512Mi",
        );
        assert.equal(one("1", "512Mi", job), undefined);
    });

    it("are valid once the nearest is taken", () => {
        const cpu = fc.oneof(
            fc.constantFrom("1", "2", "4", "6", "8"),
            fc.integer({ min: 80, max: 999 }).map((m) => `${m}m`),
        );
        fc.assert(
            fc.property(cpu, fc.integer({ min: 1, max: 40 * GIB }), (cpus, bytes) => {
                const found = one(cpus, String(bytes));
                if (found !== undefined) {
                    const [, nearest] = /the nearest is (\w+)/.exec(found.reason) ?? [];
                    assert.equal(one(cpus, nearest), undefined, found.reason);
                    const [, more] = /or take (\d) CPU/.exec(found.reason) ?? [];
                    assert.ok(more === undefined || one(more, String(bytes)) === undefined, found.reason);
                }
            }),
        );
    });

    it("are derived for functions as the tiers say", () => {
        const derived = [
            ["256M", "0.1666"],
            ["128Mi", "0.0833"],
            ["512M", "0.3333"],
            ["1Gi", "0.5833"],
            ["2G", "1"],
            ["32Gi", "8"],
        ];
        for (const [memory = "", cpu = ""] of derived) {
            assert.equal(functionCpu(memory), cpu);
            assert.equal(one(cpu, binary(memory)), undefined, memory);
        }
        assert.equal(functionMemoryProblem(256), undefined);
        assert.match(functionMemoryProblem(300) ?? "", /300 is none of .* the nearest is 256/);
        assert.match(functionMemoryProblem(3000) ?? "", /the nearest is 2048$/);
    });
});
