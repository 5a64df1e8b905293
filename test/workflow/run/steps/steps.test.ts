import * as assert from "node:assert/strict";
import { HostError } from "../../../../workflow";
import { json, run, World } from "../world";

const result = async (source: string, argument?: unknown): Promise<unknown> => {
    const ran = await run(source, { argument });
    assert.equal(ran.error, undefined);
    return ran.result;
};

describe("running steps", () => {
    it("hands the argument to main, and null where there is none", async () => {
        const source = "main:\n  params: [args]\n  steps:\n    - a: {return: '${args}'}\n";
        assert.deepEqual(await result(source, { x: 1 }), { x: 1 });
        assert.equal(await result(source), null);
    });

    it("goes to the step that next names, and to the end", async () => {
        assert.equal(
            await result(
                "- a: {assign: [x: 1], next: c}\n- b: {assign: [x: 2]}\n- c: {switch: [{condition: '${x == 1}', next: d}], next: e}\n- d: {return: '${x}'}\n- e: {return: e}\n",
            ),
            1,
        );
        assert.equal(await result("- a: {next: end}\n- b: {return: 1}\n"), null);
    });

    it("takes the first case of switch that holds", async () => {
        const source = (x: number): string =>
            `- a: {assign: [x: ${x}]}\n- s:\n    switch:\n      - condition: \${x > 10}\n        return: big\n      - condition: \${x > 5}\n        steps:\n          - t: {return: middle}\n      - condition: true\n        assign: [y: 1]\n- e: {return: '\${y}'}\n`;
        assert.deepEqual(
            [await result(source(11)), await result(source(7)), await result(source(1))],
            ["big", "middle", 1],
        );
    });

    it("goes over lists, maps' keys and ranges, with break and continue", async () => {
        const loop = (over: string): string =>
            `- a: {assign: [found: []]}\n- l:\n    for:\n      value: v\n      index: i\n      ${over}\n      steps:\n        - s:\n            switch:\n              - condition: \${v == 3}\n                next: continue\n              - condition: \${i == 4}\n                next: break\n        - t: {assign: [found: '\${list.concat(found, v)}']}\n- r: {return: '\${found}'}\n`;
        assert.deepEqual(await result(loop("range: [1, 9]")), [1, 2, 4]);
        assert.deepEqual(await result(loop("in: [5, 3, 1]")), [5, 1]);
        assert.deepEqual(await result(loop("in: {a: 1, b: 2}")), ["a", "b"]);
        assert.deepEqual(await result(loop("range: [2, 1]")), []);
    });

    it("calls subworkflows by name, by position and in expressions, with defaults", async () => {
        const sub = "sub:\n  params: [a, b: 10]\n  steps:\n    - s: {return: '${a * b}'}\n";
        assert.deepEqual(
            await result(
                `main:\n  steps:\n    - a: {call: sub, args: {a: 2}, result: x}\n    - b: {call: sub, args: [2, 3], result: y}\n    - c: {return: ['\${x}', '\${y}', '\${sub(4) + sub(1, 1)}']}\n${sub}`,
            ),
            [20, 6, 41],
        );
    });

    it("does not evaluate the right side of and and or without need, even where it calls a subworkflow", async () => {
        const source =
            "main:\n  steps:\n    - a: {return: ['${false and boom()}', '${true or boom()}', '${true and yes()}']}\nboom:\n  steps:\n    - b: {raise: boom}\nyes:\n  steps:\n    - b: {return: true}\n";
        assert.deepEqual(await result(source), [false, true, true]);
    });

    it("passes values, not references", async () => {
        assert.deepEqual(
            await result(
                "- a:\n    assign:\n      - m: {a: {b: 1}, l: [1]}\n      - n: ${m}\n      - m.a.b: 2\n      - o: ['${m}']\n      - m.a.b: 3\n      - m.l[0]: 4\n      - p: ${map.get(m, \"a\")}\n      - p.b: 5\n- r: {return: ['${m}', '${n}', '${o}', '${p}']}\n",
            ),
            [{ a: { b: 3 }, l: [4] }, { a: { b: 1 }, l: [1] }, [{ a: { b: 2 }, l: [1] }], { b: 5 }],
        );
    });

    it("computes the key of a part, then its value, and no value where the key fails", async () => {
        const source = (key: string): string =>
            `main:\n  steps:\n    - a: {assign: [m: {}]}\n    - b:\n        try: {assign: ['m[f("${key}")]': '\${f("value")}']}\n        except: {as: e, steps: [{c: {return: '\${e}'}}]}\n    - d: {return: '\${m}'}\nf:\n  params: [what]\n  steps:\n    - s: {call: http.get, args: {url: '\${"https://x.example/" + what}'}}\n    - t: {return: '\${what}'}\n`;
        const asked = async (key: string): Promise<unknown[]> => {
            const world = new World(({ url }) =>
                url.endsWith("bad") ? Promise.reject(new HostError("ConnectionError", "cut")) : json({}),
            );
            const ran = await run(source(key), { world });
            return [ran.result, world.calls.map(({ url }) => url.replace("https://x.example/", ""))];
        };
        assert.deepEqual(await asked("key"), [{ key: "value" }, ["key", "value"]]);
        assert.deepEqual(await asked("bad"), [{ message: "cut", tags: ["ConnectionError"] }, ["bad"]]);
    });

    it("clears the variables of a loop's body between loops", async () => {
        const ran = await run(
            "- l:\n    for:\n      value: o\n      in: [1, 2]\n      steps:\n        - m:\n            for:\n              value: v\n              in: [1]\n              steps:\n                - s:\n                    switch:\n                      - condition: ${o == 2}\n                        return: ${x}\n                - t: {assign: [x: 7]}\n",
        );
        assert.deepEqual((ran.payload as { tags: string[] }).tags, ["KeyError"]);
    });
});

describe("errors", () => {
    it("gives except the documented map of an HTTP error", async () => {
        const world = new World(() => json({ reason: "no" }, 404));
        const { result: e } = await run(
            "- a:\n    try: {call: http.get, args: {url: 'https://x.example/'}}\n    except: {as: e, steps: [{r: {return: '${e}'}}]}\n",
            { world },
        );
        assert.deepEqual(e, {
            body: { reason: "no" },
            code: 404,
            headers: { "Content-Type": "application/json" },
            message: "HTTP server responded with error code 404",
            tags: ["HttpError"],
        });
    });

    it("tells message, step, routine and line of an error that nothing catches", async () => {
        const { error, payload } = await run(
            "main:\n  steps:\n    - outer: {call: sub}\nsub:\n  steps:\n    - inner: {return: '${1 // 0}'}\n",
        );
        assert.deepEqual(payload, { message: "division by zero in //", tags: ["ZeroDivisionError"] });
        assert.equal(
            error?.context,
            'division by zero in //\nin step "inner", routine "sub", line: 6\nin step "outer", routine "main", line: 3',
        );
        assert.deepEqual(
            error.stackTrace.elements.map(({ step, routine, position }) => [
                step,
                routine,
                position.line,
                position.column,
            ]),
            [
                ["inner", "sub", 6, 7],
                ["outer", "main", 3, 7],
            ],
        );
    });

    it("raises strings and maps as they are", async () => {
        assert.equal((await run("- a: {raise: boom}\n")).payload, "boom");
        assert.equal(
            (await run("- a: {raise: boom}\n")).error?.context,
            'RuntimeError: "boom"\nin step "a", routine "main", line: 1',
        );
        assert.deepEqual((await run("- a: {raise: {code: 7}}\n")).payload, { code: 7 });
    });

    it("retries as the default policy says, then runs except", async () => {
        const world = new World(() => json({}, 503));
        const { result: code } = await run(
            "- a:\n    try: {call: http.get, args: {url: 'https://x.example/'}}\n    retry: ${http.default_retry}\n    except: {as: e, steps: [{r: {return: '${e.code}'}}]}\n",
            { world },
        );
        assert.equal(code, 503);
        assert.equal(world.calls.length, 6);
        assert.deepEqual(world.waits, [1000, 1250, 1562.5, 1953.125, 2441.40625]);
    });

    it("does not retry 500 by default, nor 502 where the call is not idempotent", async () => {
        for (const [policy, status, calls] of [
            ["http.default_retry", 500, 1],
            ["http.default_retry", 502, 6],
            ["http.default_retry_non_idempotent", 502, 1],
            ["http.default_retry_non_idempotent", 503, 6],
        ] as const) {
            const world = new World(() => json({}, status));
            await run(
                `- a:\n    try: {call: http.get, args: {url: 'https://x.example/'}}\n    retry: \${${policy}}\n`,
                { world },
            );
            assert.equal(world.calls.length, calls, `${policy} ${status}`);
        }
    });

    it("waits 1, 2, 4, … 60, 60 for the documented example, nine attempts in all", async () => {
        const world = new World(() => Promise.reject(new HostError("ConnectionError", "cut")));
        const { payload } = await run(
            "main:\n  steps:\n    - a:\n        try: {call: http.get, args: {url: 'https://x.example/'}}\n        retry:\n          predicate: ${mine}\n          max_retries: 8\n          backoff: {initial_delay: 1, max_delay: 60, multiplier: 2}\nmine:\n  params: [e]\n  steps:\n    - r: {return: '${\"ConnectionError\" in e.tags}'}\n",
            { world },
        );
        assert.deepEqual(payload, { message: "cut", tags: ["ConnectionError"] });
        assert.deepEqual(
            world.waits.map((each) => each / 1000),
            [1, 2, 4, 8, 16, 32, 60, 60],
        );
        assert.equal(world.calls.length, 9);
    });

    it("cannot catch a resource limit", async () => {
        const { payload } = await run(
            "- a:\n    try: {steps: [{s: {next: s}}]}\n    except: {as: e, steps: [{r: {return: caught}}]}\n",
        );
        assert.deepEqual((payload as { tags: string[] }).tags, ["ResourceLimitError"]);
    });

    it("stops a recursion at the documented depth, and lets it be caught", async () => {
        const sub = "sub:\n  params: [n]\n  steps:\n    - s: {call: sub, args: {n: '${n + 1}'}}\n";
        const { payload } = await run(`main:\n  steps:\n    - a: {call: sub, args: {n: 1}}\n${sub}`);
        assert.deepEqual((payload as { tags: string[] }).tags, ["RecursionError"]);
        assert.equal(
            (
                await run(
                    `main:\n  steps:\n    - a:\n        try: {call: sub, args: {n: 1}}\n        except: {as: e, steps: [{r: {return: '\${e.tags[0]}'}}]}\n${sub}`,
                )
            ).result,
            "RecursionError",
        );
    });

    it("ends where the variables take more than 512 KB", async () => {
        const { payload } = await run(
            "- a: {assign: [l: ['0123456789']]}\n- b: {assign: [l: ['${l}', '${l}']], next: b}\n",
        );
        assert.match((payload as { message: string }).message, /bytes, more than the 524288/);
    });

    it("ends where a text is longer than 256 KB, however many bytes its characters have", async () => {
        const text = (character: string, count: number) =>
            run(
                `main: {params: [t], steps: [{a: {assign: [s: '\${t + "${character}"}']}}, {b: {return: '\${len(s)}'}}]}\n`,
                {
                    argument: character.repeat(count - 1),
                    limits: { memory: 2 ** 22 },
                },
            );
        assert.equal((await text("x", 262_144)).result, 262_144);
        assert.match(JSON.stringify((await text("x", 262_145)).payload), /262145 bytes, more than the 262144/);
        assert.equal((await text("€", 80_000)).result, 80_000);
        assert.match(JSON.stringify((await text("€", 87_382)).payload), /262146 bytes.*ResourceLimitError/);
    });

    it("is cancelled in the middle of a wait", async () => {
        const stop = new AbortController();
        const world = new World(() => {
            stop.abort();
            return json({});
        });
        const ran = await run("- a: {call: http.get, args: {url: 'https://x.example/'}}\n- b: {return: 1}\n", {
            world,
            signal: stop.signal,
        });
        assert.equal(ran.state, "CANCELLED");
    });
});

describe("parallel", () => {
    it("shares what is listed, and runs its branches at once", async () => {
        const { result: value, world } = await run(
            "- i: {assign: [t: 0]}\n- p:\n    parallel:\n      shared: [t]\n      branches:\n        - b1: {steps: [{s: {call: sys.sleep, args: {seconds: 5}}}, {x: {assign: [t: '${t + 1}']}}]}\n        - b2: {steps: [{s: {call: sys.sleep, args: {seconds: 7}}}, {x: {assign: [t: '${t + 2}']}}]}\n- r: {return: '${t}'}\n",
        );
        assert.equal(value, 3);
        assert.deepEqual(world.waits, [5000, 7000]);
    });

    it("runs no more iterations at once than concurrency_limit", async () => {
        let running = 0;
        let most = 0;
        const world = new World(async () => {
            most = Math.max(most, ++running);
            await new Promise((resolve) => setImmediate(resolve));
            running--;
            return json({});
        });
        const source = (limit: string): string =>
            `- p:\n    parallel:\n      ${limit}for:\n        value: v\n        range: [1, 30]\n        steps:\n          - c: {call: http.get, args: {url: 'https://x.example/'}}\n`;
        await run(source("concurrency_limit: 3\n      "), { world });
        assert.equal(most, 3);
        most = 0;
        await run(source(""), { world });
        assert.equal(most, 20);
        assert.equal(world.calls.length, 60);
    });

    it("raises one error for its branches once all have ended, whether the policy is written out or not", async () => {
        const source = (policy: string): string =>
            `- i: {assign: [t: 0]}\n- p:\n    try:\n      parallel:\n        shared: [t]\n        ${policy}branches:\n          - b1: {steps: [{x: {raise: no}}]}\n          - b2: {steps: [{s: {call: sys.sleep, args: {seconds: 5}}}, {x: {assign: [t: 2]}}]}\n    except: {as: e, steps: [{r: {return: ['\${t}', '\${e.branches[0].error.payload}', '\${e.tags[0]}']}}]}\n`;
        for (const policy of ["", "exception_policy: continueAll\n        "]) {
            assert.deepEqual(await result(source(policy)), [2, '"no"', "UnhandledBranchError"]);
        }
    });

    it("refuses parallel steps three levels deep, and takes two", async () => {
        const nest = (inner: string): string => `{parallel: {for: {value: v, in: [1], steps: [{s: ${inner}}]}}}`;
        assert.deepEqual((await run(`- a: ${nest(nest("{assign: [x: 1]}"))}\n`)).state, "SUCCEEDED");
        const { payload } = await run(`- a: ${nest(nest(nest("{assign: [x: 1]}")))}\n`);
        assert.match(JSON.stringify(payload), /ParallelNestingError/);
    });
});
