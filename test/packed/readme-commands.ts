import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InstalledCorner } from "../support/corners";

/** What a reader of README.md sees of a command. */
interface Expected {
    prints: RegExp;
    never?: RegExp;
    before?: (corner: InstalledCorner) => void;
    /** What the reader does while the command runs, each after the last thing has been printed. Then comes Ctrl-C. */
    meanwhile?: { after: RegExp; act?: (corner: InstalledCorner, printed: string) => Promise<void> | void }[];
}

/** Every command of README.md's own stack, in any order. */
const EXPECTED: Record<string, Expected> = {
    "npx gcp-invoke sandbox up .": { prints: /✓ fulfil → orders/, never: /warning:/ },
    "npx gcp-invoke sandbox invoke fulfil --data '{\"order\": 7}'": {
        prints: /run\.invoker is granted[^]*SUCCEEDED \{"status":"reserved"\}/,
    },
    "npx gcp-invoke sandbox watch .": {
        prints: /^Resources:\n +\d+ unchanged\n[^]*\nproven after [^]*changed: index\.ts\n[^]*also +: "added"[^]*\nproven after/m,
        // What has not changed stays, the second time too.
        never: /created|deleted|replaced|warning:/,
        meanwhile: [
            {
                after: /\nproven after .*Ctrl-C ends it\n/,
                act: ({ folder }) => appendFileSync(join(folder, "index.ts"), 'export const also = "added";\n'),
            },
            { after: /changed: index\.ts\n[^]*Ctrl-C ends it\n/ },
        ],
    },
    "npx gcp-invoke verify .": { prints: /✓ fulfil → orders/ },
    "npx gcp-invoke sandbox console": {
        prints: /^console: http:\/\/127\.0\.0\.1:\d+\//m,
        meanwhile: [
            {
                after: /^console: .*\n/m,
                act: async (_, printed) => {
                    const [, link = ""] = /^console: (.*)$/m.exec(printed) ?? [];
                    const page = await fetch(link);
                    assert.match(await page.text(), /<script/, link);
                },
            },
        ],
    },
    "npx gcp-invoke who orders": { prints: /fulfil.*roles\/run\.invoker/ },
    "npx gcp-invoke sandbox exec -- pulumi preview": {
        // Whether the real one deploys there is a test of its own, where it is installed.
        before: ({ folder }) =>
            writeFileSync(
                join(folder, "node_modules", ".bin", "pulumi"),
                '#!/bin/sh\necho "pulumi $* by $HTTPS_PROXY"\n',
                {
                    mode: 0o755,
                },
            ),
        prints: /^pulumi preview by http:\/\/127\.0\.0\.1:\d+$/m,
    },
    "npx gcp-invoke sandbox destroy .": { prints: /- \d+ deleted/ },
};

/** Runs a command of README.md as it stands there. */
export async function runReadmeCommand(command: string, corner: InstalledCorner): Promise<void> {
    const expected = EXPECTED[command];
    assert.ok(expected, `no test says what this prints: ${command}`);
    const { prints, never, before, meanwhile = [] } = expected;
    before?.(corner);
    // A group of its own, as a terminal gives each command: Ctrl-C goes to all of the group.
    const child = spawn("sh", ["-c", command], { cwd: corner.folder, env: corner.env, detached: true });
    let printed = "";
    let heard: () => void = () => undefined;
    const print = (chunk: Buffer): void => {
        printed += chunk.toString();
        heard();
    };
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    const closed = once(child, "close") as Promise<[number | null, string | null]>;
    try {
        for (const { after, act } of meanwhile) {
            while (!after.test(printed)) {
                const more = new Promise<void>((resolve) => (heard = resolve));
                assert.equal(await Promise.race([more, closed]), undefined, `it has ended: ${printed}`);
            }
            await act?.(corner, printed);
        }
    } finally {
        if (meanwhile.length > 0 && child.pid !== undefined) {
            process.kill(-child.pid, "SIGINT");
        }
    }
    const [code, signal] = await closed;
    assert.ok(meanwhile.length > 0 ? signal === "SIGINT" || code === 130 : code === 0, `${code ?? signal}: ${printed}`);
    assert.match(printed, prints);
    assert.doesNotMatch(printed, never ?? /^error/m);
}
