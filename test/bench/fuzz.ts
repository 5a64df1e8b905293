import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Sends many more requests to the sandbox's APIs than the tests do. @returns what each of the two was answered */
export function measureFuzz(requests: number): string[] {
    return ["fuzz", "grpc-fuzz"].map((name) => {
        const { stdout, status } = spawnSync(
            process.execPath,
            [
                ...process.execArgv,
                join(root, "node_modules", "mocha", "bin", "mocha.js"),
                "--timeout=0",
                "--reporter=dot",
                join(root, "test", "sandbox", "apis", `${name}.test.ts`),
            ],
            { cwd: root, encoding: "utf8", env: { ...process.env, FUZZ_REQUESTS: String(requests) } },
        );
        const answers = /answers: (.*)/.exec(stdout)?.[1] ?? "";
        const verdict = status === 0 ? "no mistake of the server's" : `failed:\n${stdout}`;
        return `${requests} requests of ${name}: ${verdict}; answers: ${answers} (aim: no status from 500 but 501)`;
    });
}
