import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttp, type Http } from "../../credentials";
import { runSmokeCheck, type RequestProbe } from "../../smoke";

/** What the check costs over its own requests. */
export interface ProbeCost {
    probes: number;
    concurrency: number;
    checkMilliseconds: number;
    bareMilliseconds: number;
    /** The check's time over a bare loop's, each in its best round: what else the machine does only adds to both. */
    ratio: number;
}

/** Times a check of many probes against the same requests made by a bare loop, one after the other in one process. */
export async function measureProbes(probes = 1000, concurrency = 50, rounds = 7): Promise<ProbeCost> {
    // A receiver that takes a moment, as real ones do: without one there would be nothing to wait for at once.
    const server = createServer((_, response) => setTimeout(() => response.end("{}"), 5));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const http = createHttp({ env: {} });
    const list = Array.from({ length: probes }, (_, index): RequestProbe => ({
        kind: "request",
        name: `probe ${index}`,
        url,
        credential: { kind: "none" },
        outcome: "allowed",
    }));
    const spec = { version: 1, name: "bench", project: "demo", fingerprint: {}, probes: list } as const;
    const measured: { check: number; bare: number }[] = [];
    try {
        await bare(http, url, probes, concurrency);
        for (let round = 0; round < rounds; round += 1) {
            measured.push({
                bare: await timed(() => bare(http, url, probes, concurrency)),
                check: await timed(() => runSmokeCheck({ ...spec, probes: list }, { http, concurrency })),
            });
        }
    } finally {
        await http.close();
        server.closeAllConnections();
        server.close();
    }
    const check = Math.min(...measured.map((round) => round.check));
    const least = Math.min(...measured.map((round) => round.bare));
    return {
        probes,
        concurrency,
        checkMilliseconds: check,
        bareMilliseconds: least,
        ratio: check / least,
    };
}

async function bare(http: Http, url: string, count: number, concurrency: number): Promise<void> {
    let left = count;
    const work = async (): Promise<void> => {
        while (left > 0) {
            left -= 1;
            await http.request({ url });
        }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
}

async function timed(run: () => Promise<unknown>): Promise<number> {
    const started = performance.now();
    await run();
    return performance.now() - started;
}

if (require.main === module) {
    void measureProbes().then((cost) => {
        console.log(
            `${cost.probes} probes, ${cost.concurrency} at once: check ${Math.round(cost.checkMilliseconds)} ms, bare loop ${Math.round(cost.bareMilliseconds)} ms, ratio ${cost.ratio.toFixed(2)} (aim: at most 1.3)`,
        );
    });
}
