import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { redact } from "../../common/redact";

/** How much of what a command prints is handed on, in characters. Its end says how it ended. */
const LONGEST = 60_000;

/** Runs a command of `gcp-invoke` in a process of its own. @returns its exit code, and what it printed on both streams */
export function runCommand(args: string[], signal: AbortSignal): Promise<{ code: number; text: string }> {
    const main = join(__dirname, "..", `main${__filename.slice(-3)}`);
    const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
        signal,
        killSignal: "SIGINT",
    });
    let text = "";
    let leftOut = false;
    const take = (piece: string): void => {
        text += piece;
        leftOut ||= text.length > LONGEST;
        text = text.slice(-LONGEST);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    return new Promise((resolve, reject) => {
        child.on("error", (error) => {
            if (!signal.aborted) {
                reject(error);
            }
        });
        child.on("close", (code) => {
            const said = redact(stripVTControlCharacters(text)).trim();
            resolve({ code: code ?? 1, text: leftOut ? `(the beginning is left out)\n${said}` : said });
        });
    });
}
