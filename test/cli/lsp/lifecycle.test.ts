import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cli } from "../../support/command";

/** A message from the server, as far as these tests read it. */
interface Said {
    id?: number | string | null;
    method?: string;
    result?: unknown;
    error?: { code: number; message: string };
}

/** `gcp-invoke lsp`, which gets exactly the bytes that a test gives it. */
class Raw {
    readonly said: Said[] = [];
    private readonly child: ChildProcess;
    private readonly ended: Promise<[number | null]>;
    private heard: () => void = () => undefined;
    private buffer = Buffer.alloc(0);

    constructor() {
        const [node, ...args] = [...cli, "lsp", "--stdio"];
        this.child = spawn(node, args, { stdio: ["pipe", "pipe", "inherit"] });
        this.ended = once(this.child, "exit") as Promise<[number | null]>;
        this.child.stdout?.on("data", (chunk: Buffer) => this.take(chunk));
    }

    write(bytes: string): void {
        this.child.stdin?.write(bytes);
    }

    send(message: unknown): void {
        const content = typeof message === "string" ? message : JSON.stringify(message);
        this.write(`Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
    }

    request(id: number | string, method: string, params?: unknown): void {
        this.send({ jsonrpc: "2.0", id, method, params });
    }

    /** The answer to a request; with null, to what was none. */
    async answer(id: number | string | null): Promise<Said> {
        for (;;) {
            const index = this.said.findIndex((each) => each.id === id && each.method === undefined);
            const [found] = index < 0 ? [] : this.said.splice(index, 1);
            if (found !== undefined) {
                return found;
            }
            await new Promise<void>((resolve) => (this.heard = resolve));
        }
    }

    async code(id: number | string | null): Promise<number | undefined> {
        return (await this.answer(id)).error?.code;
    }

    async initialize(): Promise<void> {
        this.request("first", "initialize", { processId: null, capabilities: {} });
        assert.equal((await this.answer("first")).error, undefined);
    }

    /** Closes what the server reads. @returns its exit code */
    async close(): Promise<number | null> {
        this.child.stdin?.end();
        return (await this.ended)[0];
    }

    async exitCode(): Promise<number | null> {
        return (await this.ended)[0];
    }

    kill(): void {
        this.child.kill("SIGKILL");
    }

    private take(chunk: Buffer): void {
        this.buffer = Buffer.concat([this.buffer, chunk]);
        for (;;) {
            const end = this.buffer.indexOf("\r\n\r\n");
            const [, length] = /Content-Length: (\d+)/.exec(this.buffer.subarray(0, Math.max(end, 0)).toString()) ?? [];
            if (length === undefined || this.buffer.length < end + 4 + Number(length)) {
                return;
            }
            const content = this.buffer.subarray(end + 4, end + 4 + Number(length)).toString();
            this.buffer = this.buffer.subarray(end + 4 + Number(length));
            this.said.push(JSON.parse(content) as Said);
            this.heard();
        }
    }
}

const uri = "file:///fulfil.yaml";
const place = { textDocument: { uri }, position: { line: 0, character: 0 } };
const FEATURES = ["hover", "completion", "definition", "documentSymbol", "codeAction"].map(
    (name) => `textDocument/${name}`,
);

const exit = (raw: Raw): Promise<void> => {
    raw.send({ jsonrpc: "2.0", method: "exit" });
    return Promise.resolve();
};

describe("the states of gcp-invoke lsp", function () {
    this.timeout(120_000);
    let server: Raw;
    beforeEach(() => {
        server = new Raw();
    });
    afterEach(() => server.kill());

    it("begin with initialize: every other request is told so, and every notification is dropped", async () => {
        const methods = [...FEATURES, "shutdown", "no/such", "$/none"];
        for (const [id, method] of methods.entries()) {
            server.request(id, method, place);
            assert.equal(await server.code(id), -32002, method);
        }
        const text = "main: {steps: [{a: {call: http.get, args: {url: https://a-x.run.app}}}]}";
        server.send({
            jsonrpc: "2.0",
            method: "textDocument/didOpen",
            params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
        });
        await server.initialize();
        server.request(100, "textDocument/documentSymbol", { textDocument: { uri } });
        assert.deepEqual((await server.answer(100)).result, null, "a document that was opened too early is not open");
    });

    it("have one initialize, and one of the wrong form is none", async () => {
        for (const [id, params] of [undefined, {}, { capabilities: null }, [1], "x"].entries()) {
            server.request(id, "initialize", params);
            assert.equal(await server.code(id), -32602, JSON.stringify(params));
        }
        server.request(50, "textDocument/hover", place);
        assert.equal(await server.code(50), -32002);
        await server.initialize();
        server.request(51, "initialize", { processId: null, capabilities: {} });
        assert.equal(await server.code(51), -32600);
        server.request(52, "textDocument/hover", place);
        assert.deepEqual((await server.answer(52)).result, null);
    });

    it("end with shutdown and exit, after which and without which the exit code tells the two apart", async () => {
        await server.initialize();
        server.request(1, "shutdown");
        assert.deepEqual((await server.answer(1)).result, null);
        for (const [id, method] of [...FEATURES, "shutdown", "initialize"].entries()) {
            server.request(id + 10, method, place);
            assert.equal(await server.code(id + 10), -32600, method);
        }
        server.send({ jsonrpc: "2.0", method: "exit" });
        assert.equal(await server.exitCode(), 0);
    });

    const ends: [string, (raw: Raw) => Promise<unknown>, number][] = [
        ["exit before initialize", (raw) => exit(raw), 1],
        ["exit without shutdown", (raw) => raw.initialize().then(() => exit(raw)), 1],
        ["the end of the input", async (raw) => (await raw.initialize(), await raw.close()), 1],
        ["the end of the input before initialize", (raw) => raw.close(), 1],
        [
            "the end of the input after shutdown",
            async (raw) => {
                await raw.initialize();
                raw.request(1, "shutdown");
                await raw.answer(1);
                await raw.close();
            },
            0,
        ],
    ];
    for (const [what, end, code] of ends) {
        it(`end at ${what} with ${code}`, async () => {
            await end(server);
            assert.equal(await server.exitCode(), code);
        });
    }

    it("answer what they do not know or cannot read, and go on", async () => {
        await server.initialize();
        const refused: [unknown, number | string | null, number][] = [
            [{ jsonrpc: "2.0", id: 1, method: "no/such" }, 1, -32601],
            [{ jsonrpc: "2.0", id: "a", method: "$/none" }, "a", -32601],
            [{ jsonrpc: "2.0", id: 2 }, 2, -32600],
            [{ jsonrpc: "2.0", id: 3, method: 7 }, 3, -32600],
            [{ jsonrpc: "2.0", id: null, method: "textDocument/hover" }, null, -32600],
            [{ jsonrpc: "2.0", id: {}, method: "textDocument/hover" }, null, -32600],
            [[], null, -32600],
            [7, null, -32600],
            ["null", null, -32600],
            ["{", null, -32700],
            ["", null, -32700],
        ];
        for (const method of FEATURES) {
            for (const params of [
                undefined,
                {},
                { textDocument: 7 },
                { textDocument: { uri } },
                [1, 2],
                { ...place, position: { line: "x" }, range: 1 },
            ]) {
                const isWhole = method.endsWith("documentSymbol") && JSON.stringify([params]).includes(uri);
                if (!isWhole) {
                    refused.push([
                        { jsonrpc: "2.0", id: refused.length + 10, method, params },
                        refused.length + 10,
                        -32602,
                    ]);
                }
            }
        }
        for (const [message, id, code] of refused) {
            server.send(message);
            assert.equal(await server.code(id), code, JSON.stringify(message));
        }
        server.write("Content-Type: text/plain\r\n\r\n");
        assert.equal(await server.code(null), -32600);
        for (const header of ["Content-Length: -5", "Content-Length: 99999999999", "Content-Length 5", "\0\u00ff"]) {
            server.write(`${header}\r\n\r\n{}`);
            assert.equal(await server.code(null), -32600, header);
            server.request(header, "textDocument/hover", place);
            assert.deepEqual((await server.answer(header)).result, null);
        }
        server.write("Content-Length: 4\r\n\r\n\u00ff\u00fe");
        assert.equal(await server.code(null), -32700);
        for (const method of [
            "no/such",
            "$/none",
            "textDocument/didChange",
            "textDocument/didOpen",
            "$/cancelRequest",
            "$/setTrace",
        ]) {
            server.send({ jsonrpc: "2.0", method, params: {} });
        }
        server.send({ jsonrpc: "2.0", id: 4, result: null });
        server.request(5, "textDocument/hover", place);
        assert.deepEqual((await server.answer(5)).result, null);
    });
});
