import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireRunning } from "../../../cli/sandbox/running";
import { withSandbox } from "../../../cli/sandbox/session";
import { findStateFolder } from "../../../cli/sandbox/state-folder";
import { writePrivateFile } from "../../../common";
import { Sandbox } from "../../../sandbox";
import { startControl } from "../../../sandbox/control";
import { findRunning } from "../../../sandbox/control-client";

/** What other programs answer that have the port of a sandbox that was killed. */
const STRANGERS: Record<string, RequestListener> = {
    "a page": (_, response) => response.end("<html></html>"),
    "an empty answer": (_, response) => response.end(),
    "an object": (_, response) => response.end("{}"),
    "a list": (_, response) => response.end("[]"),
    "another process": (_, response) => response.end(JSON.stringify({ pid: 1, project: "demo" })),
    "a refusal": (_, response) => response.writeHead(403).end(JSON.stringify({ error: "no" })),
    "a refusal without a reason": (_, response) => response.writeHead(500).end("null"),
    "half of an answer": (_, response) => {
        response.writeHead(200, { "content-length": "100" }).write('{"pid": 4242');
        setImmediate(() => response.destroy());
    },
    nothing: () => undefined,
};

describe("the access file that a killed sandbox left", () => {
    let root: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "stale-"));
    });
    after(() => rmSync(root, { recursive: true }));

    function leave(port: number): string {
        const folder = mkdtempSync(join(root, "state-"));
        const url = `http://127.0.0.1:${port}`;
        writePrivateFile(join(folder, "control.json"), JSON.stringify({ pid: 4242, url, token: "of-the-dead" }));
        return folder;
    }

    async function listen(listener: RequestListener): Promise<{ port: number; close: () => void }> {
        const server = createServer(listener);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const close = (): void => {
            server.close();
            server.closeAllConnections();
        };
        return { port: (server.address() as AddressInfo).port, close };
    }

    for (const [what, listener] of Object.entries(STRANGERS)) {
        it(`leads to no sandbox where another program answers ${what} there`, async () => {
            const { port, close } = await listen(listener);
            assert.equal(await findRunning(leave(port), 500), undefined);
            close();
        });
    }

    it("is named in the error of a command, and goes with the next sandbox in that folder", async () => {
        const { port, close } = await listen(() => undefined);
        close();
        const folder = findStateFolder(leave(port), root, {});
        await assert.rejects(
            requireRunning(folder),
            /no sandbox is running in .*: process 4242, which ran one, was killed/,
        );
        await withSandbox({ folder }, () => {
            assert.equal(existsSync(folder.file("control.json")), false);
            return Promise.resolve();
        });
        await assert.rejects(requireRunning(folder), /no sandbox is running in [^:]*$/);
    });

    it("is used where its sandbox lives", async () => {
        await using sandbox = await Sandbox.start();
        const control = await startControl(sandbox);
        const client = await findRunning(sandbox.folder);
        assert.equal((await client?.call("GET", "/v1/status"))?.["pid"], process.pid);
        await control.close();
    });
});
