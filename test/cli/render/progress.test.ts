import assert from "node:assert/strict";
import { createProgress } from "../../../cli/render/progress";
import { screen } from "../../support/screen";

const ESCAPE = String.fromCharCode(27);

/** What a terminal shows after all that was written: `ESC[2K` empties a line, `ESC[1A` goes one up, `\r` to its begin. */
function seen(text: string): string {
    const lines = [""];
    let row = 0;
    for (const [part] of text.replaceAll(ESCAPE, "§").matchAll(/§\[2K|§\[1A|\r|\n|[^§\r\n]+/g)) {
        if (part === "\n") {
            row++;
            lines[row] ??= "";
        } else if (part === "§[1A") {
            row--;
        } else if (part === "§[2K") {
            lines[row] = "";
        } else if (part !== "\r") {
            lines[row] = `${lines[row] ?? ""}${part}`;
        }
    }
    return lines.join("\n").trimEnd();
}

async function drawn(terminal: ReturnType<typeof screen>, pattern: RegExp): Promise<string> {
    for (;;) {
        const text = seen(terminal.text());
        if (pattern.test(text)) {
            return text;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
}

describe("the progress on a terminal", () => {
    it("is a tree: each operation below its component, with the reason of the one that waits", async () => {
        const terminal = screen({ interactive: true });
        const progress = createProgress(terminal, () => 0);
        progress.start("a", "creating orders-account", "orders");
        progress.start("b", "creating fulfil-smoke", "fulfil");
        progress.start("c", "creating orders-service", "orders");
        progress.start("d", "creating bucket");
        progress.note("403, next try in 2 s", "b");
        const text = await drawn(terminal, /bucket/);
        const rows = text.split("\n").map((row) => row.replace(/^ \S /, " * "));
        assert.deepEqual(rows, [
            " * orders",
            "   ├─ creating orders-account (0.0s)",
            "   └─ creating orders-service (0.0s)",
            " * fulfil",
            "   └─ creating fulfil-smoke (0.0s): 403, next try in 2 s",
            " * creating bucket (0.0s)",
        ]);
        progress.stop("b");
        await drawn(terminal, /^(?!.*(403|fulfil)).*bucket/s);
        progress.close();
        assert.equal(seen(terminal.text()), "", "nothing of it stays");
    });

    it("leaves what is printed above it as it is, and says how much it does not show", async () => {
        const terminal = screen({ interactive: true });
        const progress = createProgress(terminal, () => 0);
        for (let at = 0; at < 30; at++) {
            progress.start(String(at), `creating thing-${at}`, `component-${at}`);
        }
        await drawn(terminal, /and 48 more/);
        progress.print("printed\n");
        await drawn(terminal, /^printed\n[^]*and 48 more$/);
        progress.close();
        assert.equal(seen(terminal.text()), "printed");
    });
});
