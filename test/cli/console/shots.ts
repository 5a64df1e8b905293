import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser, findChromium } from "../../support/chromium";
import { cli, command } from "../../support/command";
import { checkout } from "../../support/quickstart";

const folder = join(checkout, ".cache", "console-shots");
const VIEWS = ["calls", "decisions", "executions", "services", "sandbox"];

/** Makes pictures of each view of the console, narrow and wide, light and dark, for people to look at. */
async function main(): Promise<void> {
    const file = findChromium();
    if (file === undefined) {
        throw new Error("this machine has no Chromium; install one, or name it with CHROMIUM");
    }
    mkdirSync(folder, { recursive: true });
    const state = process.env.SHOTS_STATE ?? mkdtempSync(join(tmpdir(), "shots-"));
    const [program, ...args] = [
        ...cli,
        "sandbox",
        "serve",
        "--console",
        "--json",
        "--mapping",
        "examples/quickstart/sandbox.yaml",
    ];
    const server = spawn(program, args, {
        cwd: checkout,
        env: { ...process.env, GCP_INVOKE_STATE: state },
        stdio: ["ignore", "pipe", "inherit"],
    });
    try {
        const [line] = (await once(server.stdout, "data")) as [Buffer];
        const { console: link } = JSON.parse(line.toString()) as { console: string };
        for (const words of [
            ["up", "examples/quickstart", "--stack", "test"],
            ["up", "examples/quickstart"],
            ["invoke", "fulfil", "--data", '{"item": "book", "quantity": 2}'],
            ["invoke", "fulfil", "--data", "{}"],
        ]) {
            const { text } = await command(state, ["sandbox", ...words]);
            process.stdout.write(text.slice(-200));
        }
        await using browser = await Browser.start(file);
        await browser.show(1400, 900, "light");
        await browser.open(link);
        await browser.until(/Who may call whom/);
        for (const [width, height] of [
            [1400, 900],
            [360, 740],
        ] as const) {
            for (const scheme of ["light", "dark"] as const) {
                await browser.show(width, height, scheme);
                for (const [at, view] of VIEWS.entries()) {
                    await browser.press(String(at + 1));
                    await save(browser, `${view}-${width}-${scheme}`);
                    if (view === "calls") {
                        await browser.evaluate("void (location.hash = '#/calls?stack=all')");
                        await browser.until(/\(test\)/);
                        await save(browser, `all-${width}-${scheme}`);
                        await browser.evaluate("void (location.hash = '#/calls')");
                        await browser.until(/^(?![^]*\(test\))/);
                    }
                    if (view === "decisions") {
                        await browser.tabTo(/denied[\s\S]*run\.routes\.invoke/);
                        await browser.evaluate(
                            "[...document.querySelectorAll('details')].find((each) => /Missing|no role/.test(each.textContent))?.setAttribute('open', '')",
                        );
                        await browser.evaluate(
                            "document.querySelector('details[open]')?.scrollIntoView({ block: 'center' })",
                        );
                        await save(browser, `refusal-${width}-${scheme}`);
                    }
                    if (view === "executions") {
                        await browser.evaluate(
                            "[...document.querySelectorAll('a.decision')].find((each) => /fulfil[\\s\\S]*succeeded/.test(each.innerText))?.click()",
                        );
                        await browser.until(/Steps/);
                        await browser.evaluate(
                            "[...document.querySelectorAll('details')].find((each) => /ID token/.test(each.textContent))?.setAttribute('open', '')",
                        );
                        await save(browser, `execution-${width}-${scheme}`);
                        await browser.evaluate(
                            "document.querySelector('.source')?.scrollIntoView({ block: 'center' })",
                        );
                        await save(browser, `source-${width}-${scheme}`);
                    }
                }
            }
        }
        process.stdout.write(`the pictures are in ${folder}\n`);
    } finally {
        server.kill();
        await once(server, "exit");
        if (process.env.SHOTS_STATE === undefined) {
            rmSync(state, { recursive: true, force: true });
        }
    }
}

async function save(browser: Browser, name: string): Promise<void> {
    if (/^(calls|all)-/.test(name)) {
        await browser.evaluate("scrollTo(0, 0)");
    }
    // What the page does after a key is drawn with the next frames.
    await browser.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    writeFileSync(join(folder, `${name}.png`), await browser.screenshot());
}

void main();
