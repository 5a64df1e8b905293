import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { NetworkError } from "../../../credentials";
import { formatReport, runSmokeCheck, type Probe } from "../../../smoke";
import { fakeGoogle } from "../../support/fake-google";
import { virtualClock } from "../../support/virtual-clock";
import { assertPatience, PATIENCE } from "./patience";

const root = resolve(__dirname, "../../..");

const textsIn = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.endsWith("patience.ts"))
        .map((file) => readFileSync(join(root, folder, file), "utf8"));

/** The places where a cause gets its code: what makes a finding, a field `code`, and the pairs of tables. */
const CODES: readonly RegExp[] = [
    /\b(?:permanent|temporary|ofCode|notTried)\(\s*"([a-z-]+)"/g,
    /\bcode: "([a-z-]+)"/g,
    /\b(?:const|let) code = [^;]*/g,
    /(?:return|=>|\?|:)\s*\[\s*"([a-z-]+)",/g,
];

function codesIn(text: string): string[] {
    return CODES.flatMap((pattern) =>
        [...text.matchAll(pattern)].flatMap(([whole, code]) =>
            code === undefined
                ? [...whole.matchAll(/"([a-z]+-[a-z-]+|public)"/g)].map(([, each = ""]) => each)
                : [code],
        ),
    );
}

describe("when a check ends", () => {
    const ofCredentials = [
        ...readFileSync(join(root, "credentials/errors.ts"), "utf8").matchAll(/CredentialErrorCode =([^;]*);/g),
    ].flatMap(([, list = ""]) => [...list.matchAll(/"([a-z-]+)"/g)].map(([, code = ""]) => code));
    const known = new Set([
        ...["smoke/diagnosis", "smoke/probes"].flatMap((folder) => textsIn(folder).flatMap(codesIn)),
        ...ofCredentials,
    ]);

    it("is decided for every cause that there is", () => {
        assert.ok(known.size > 50, String(known.size));
        assert.deepEqual([...known].filter((code) => PATIENCE[code] === undefined).sort(), []);
        assert.deepEqual(
            Object.keys(PATIENCE).filter((code) => !known.has(code)),
            [],
        );
    });

    it("is tried for every cause that ends at once or in seconds", () => {
        const tests = ["test/smoke", "test/e2e", "test/credentials"].flatMap(textsIn).join("\n");
        const untried = Object.entries(PATIENCE)
            .filter(([, patience]) => patience === "at once" || patience === "in seconds")
            .map(([code]) => code)
            .filter((code) => !tests.includes(`"${code}"`));
        assert.deepEqual(untried, []);
    });

    const anonymous: Probe = {
        ...{ kind: "request", name: "anonymous → orders", url: "https://orders.example.com/" },
        ...{ credential: { kind: "none" }, outcome: "allowed" },
    };

    /** How a check ends whose requests fail with these codes, each for some seconds, before one is answered. */
    async function after(failures: [code: string, seconds: number][]) {
        const clock = virtualClock();
        const google = fakeGoogle();
        google.on("https://orders.example.com/", () => {
            let until = 0;
            for (const [code, seconds] of failures) {
                until += seconds;
                if (clock.elapsed() < until) {
                    throw new NetworkError("no answer from orders.example.com", code);
                }
            }
            return { body: "hello" };
        });
        const spec = { version: 1 as const, name: "orders", project: "demo", fingerprint: {}, probes: [anonymous] };
        const report = await runSmokeCheck(spec, { http: google.http, clock, credentials: { env: {} } });
        const [probe] = report.probes;
        assert.ok(probe, formatReport(report));
        return probe;
    }

    for (const code of ["ENOTFOUND", "PROXY_REFUSED"]) {
        it(`gives a host without a connection (${code}) a few seconds, and no more`, async () => {
            const passed = await after([[code, 6]]);
            assert.equal(passed.verdict, "passed");
            const failed = await after([[code, 600]]);
            assert.deepEqual([failed.verdict, failed.diagnosis?.code], ["failed", "unreachable"]);
            assertPatience(failed);
            assert.ok(failed.seconds <= 11, String(failed.seconds));
        });
    }

    it("counts these seconds from zero after a failure of another kind", async () => {
        const waited = await after([
            ["ECONNRESET", 100],
            ["ENOTFOUND", 6],
            ["ECONNRESET", 60],
            ["ENOTFOUND", 6],
        ]);
        assert.equal(waited.verdict, "passed", waited.diagnosis?.cause);
        const ended = await after([
            ["ECONNRESET", 100],
            ["ENOTFOUND", 500],
        ]);
        assert.equal(ended.verdict, "failed");
        assert.ok(ended.seconds < 150, String(ended.seconds));
    });
});
