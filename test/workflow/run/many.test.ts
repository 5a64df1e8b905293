import * as assert from "node:assert/strict";
import { compileWorkflow, execute, parseWorkflow, toPlain, VirtualClock } from "../../../workflow";
import { json, World } from "./world";

const SOURCE =
    "main:\n  params: [n]\n  steps:\n    - wait: {call: sys.sleep, args: {seconds: '${n % 7}'}}\n    - ask: {call: http.get, args: {url: '${\"https://x.example/\" + n}'}, result: r}\n    - tell: {return: '${r.body.n * 2}'}\n";

describe("a thousand executions at once", () => {
    const clock = new VirtualClock();
    class Busy extends World {
        override now = (): number => clock.now();
        override sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
            clock.sleep(milliseconds, signal ?? new AbortController().signal);
    }
    const { program } = parseWorkflow(SOURCE, { file: "w.yaml" });
    const workflow = compileWorkflow(program!);
    const numbers = Array.from({ length: 1000 }, (_, n) => n);
    const world = (): Busy => new Busy(({ url }) => json({ n: Number(new URL(url).pathname.slice(1)) }));

    it("finish with their own results", async () => {
        const host = world();
        const outcomes = await Promise.all(numbers.map((argument) => execute(workflow, { argument, host })));
        assert.deepEqual(
            outcomes.map((each) => each.state === "SUCCEEDED" && toPlain(each.result)),
            numbers.map((n) => n * 2),
        );
    });

    it("end when they are cancelled, and the others go on", async () => {
        const host = world();
        const stops = numbers.map(() => new AbortController());
        const running = numbers.map((argument) =>
            execute(workflow, { argument, host, signal: stops[argument]!.signal }),
        );
        stops.filter((_, n) => n % 2 === 0).forEach((stop) => stop.abort());
        const outcomes = await Promise.all(running);
        assert.deepEqual(
            outcomes.map(({ state }) => state),
            numbers.map((n) => (n % 2 === 0 ? "CANCELLED" : "SUCCEEDED")),
        );
        assert.equal(host.calls.length, 500);
    });
});
