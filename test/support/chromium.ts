import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** A Chromium of this machine, or undefined. The variable `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
    const folders = (process.env.PATH ?? "").split(delimiter);
    const all = [process.env.CHROMIUM ?? "", ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))];
    return all.find((file) => {
        try {
            accessSync(file, constants.X_OK);
            return file !== "";
        } catch {
            return false;
        }
    });
}

type Message = {
    id?: number;
    method?: string;
    params?: Record<string, unknown>;
    result?: unknown;
    error?: { message: string };
};

/** A page in a headless Chromium, over the DevTools protocol. https://chromedevtools.github.io/devtools-protocol/ */
export class Browser implements AsyncDisposable {
    /** The URLs that the page has asked for. */
    readonly requests: string[] = [];
    /** What the page reported of its policy, and its errors. */
    readonly problems: string[] = [];
    private readonly waiting = new Map<number, (message: Message) => void>();
    private lastId = 0;
    private session: string | undefined;

    private constructor(
        private readonly socket: WebSocket,
        private readonly stop: () => Promise<void>,
    ) {
        socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(String(data)) as Message));
    }

    static async start(file: string): Promise<Browser> {
        const profile = mkdtempSync(join(tmpdir(), "chromium-"));
        const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update"];
        const child = spawn(
            file,
            [
                ...flags,
                "--disable-background-networking",
                "--remote-debugging-port=0",
                `--user-data-dir=${profile}`,
                "about:blank",
            ],
            { stdio: ["ignore", "ignore", "pipe"] },
        );
        const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
        const stop = async (): Promise<void> => {
            child.kill();
            await exited;
            rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
        };
        const address = await new Promise<string>((resolve, reject) => {
            let text = "";
            child.stderr.on("data", (chunk: Buffer) => {
                text += chunk.toString();
                const [, found] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
                if (found !== undefined) {
                    resolve(found);
                }
            });
            child.once("exit", () => reject(new Error(`Chromium ended: ${text}`)));
        });
        const socket = new WebSocket(address);
        await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
        const browser = new Browser(socket, stop);
        await browser.attach();
        return browser;
    }

    private async attach(): Promise<void> {
        const { targetId } = (await this.send("Target.createTarget", { url: "about:blank" })) as { targetId: string };
        const { sessionId } = (await this.send("Target.attachToTarget", { targetId, flatten: true })) as {
            sessionId: string;
        };
        this.session = sessionId;
        for (const domain of ["Page", "Network", "Runtime", "Log"]) {
            await this.send(`${domain}.enable`);
        }
    }

    private receive({ id, method, params = {}, ...rest }: Message): void {
        if (id !== undefined) {
            this.waiting.get(id)?.(rest);
            this.waiting.delete(id);
        } else if (method === "Network.requestWillBeSent") {
            this.requests.push((params.request as { url: string }).url);
        } else if (method === "Log.entryAdded") {
            const { source, text, level } = params.entry as { source: string; text: string; level: string };
            if (source === "security" || level === "error") {
                this.problems.push(text);
            }
        } else if (method === "Runtime.exceptionThrown") {
            this.problems.push(JSON.stringify(params.exceptionDetails));
        }
    }

    async send(method: string, params: object = {}): Promise<unknown> {
        const id = ++this.lastId;
        const answered = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
        this.socket.send(
            JSON.stringify({ id, method, params, ...(this.session !== undefined && { sessionId: this.session }) }),
        );
        const { result, error } = await answered;
        if (error) {
            throw new Error(`${method}: ${error.message}`);
        }
        return result;
    }

    /** Shows the page at a width, as a reader who prefers light or dark sees it. */
    async show(width: number, height: number, scheme: "light" | "dark"): Promise<void> {
        const features = [{ name: "prefers-color-scheme", value: scheme }];
        await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
        await this.send("Emulation.setEmulatedMedia", { features });
    }

    async open(url: string): Promise<void> {
        await this.send("Page.navigate", { url });
    }

    /** The value of an expression in the page. */
    async evaluate<T>(expression: string): Promise<T> {
        const { result } = (await this.send("Runtime.evaluate", {
            expression,
            returnByValue: true,
            awaitPromise: true,
        })) as {
            result: { value: T };
        };
        return result.value;
    }

    text(): Promise<string> {
        return this.evaluate("document.body.innerText");
    }

    /** Waits until the page shows what is meant. */
    async until(pattern: RegExp): Promise<string> {
        const ends = Date.now() + 30_000;
        for (;;) {
            const text = await this.text();
            if (pattern.test(text)) {
                return text;
            }
            if (Date.now() > ends) {
                throw new Error(`the page does not show ${String(pattern)}: ${text}`);
            }
            await sleep(50);
        }
    }

    /** Presses a key, such as `Tab`, `Enter`, `2`. */
    async press(key: string): Promise<void> {
        const codes: Record<string, number> = { Tab: 9, Enter: 13, " ": 32, Escape: 27, ArrowUp: 38, ArrowDown: 40 };
        const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
        const event = {
            key,
            windowsVirtualKeyCode: codes[key] ?? key.charCodeAt(0),
            ...(text !== undefined && { text }),
        };
        await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
        await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }

    async type(text: string): Promise<void> {
        for (const key of text) {
            await this.press(key);
        }
    }

    /** Presses Tab until what has the focus has this text or label. */
    async tabTo(pattern: RegExp): Promise<void> {
        const seen: string[] = [];
        for (let tries = 0; tries < 150; tries++) {
            const focused = await this.evaluate<string>(
                "(({ innerText = '', labels, ariaLabel, placeholder }) => [ariaLabel, placeholder, labels?.[0]?.innerText, innerText].filter(Boolean).join(' '))(document.activeElement)",
            );
            if (tries > 0 && pattern.test(focused)) {
                return;
            }
            seen.push(focused.slice(0, 40));
            await this.press("Tab");
        }
        throw new Error(`Tab reaches nothing that is ${String(pattern)}; it reached ${[...new Set(seen)].join(" | ")}`);
    }

    async screenshot(): Promise<Buffer> {
        const { data } = (await this.send("Page.captureScreenshot", { captureBeyondViewport: false })) as {
            data: string;
        };
        return Buffer.from(data, "base64");
    }

    async [Symbol.asyncDispose](): Promise<void> {
        this.socket.close();
        await this.stop();
    }
}
