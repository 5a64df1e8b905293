import { strict as assert } from "node:assert";
import { type Copy, copyOf, run } from "../support/quickstart";

interface Mistake {
    name: string;
    file: string;
    from: string;
    to: string;
    /** What the message must say: where, the cause, the fix. */
    says: RegExp[];
    /** @default - preview: what is wrong in a source is refused before anything is deployed */
    operation?: "up";
}

const MISTAKES: Mistake[] = [
    {
        name: "a target left out of targets",
        file: "index.ts",
        from: "targets: { orders, stock, logging }",
        to: "targets: { orders, logging }",
        says: [/error: fulfil: fulfil\.yaml:12:16: .*STOCK_URL.*; add stock to targets/],
    },
    {
        name: "an http: URL",
        file: "fulfil.yaml",
        from: "url: https://logging.googleapis.com/v2/entries:write",
        to: "url: http://logging.googleapis.com/v2/entries:write",
        says: [/error: fulfil: fulfil\.yaml:\d+:\d+: .*without TLS; write https:/],
    },
    {
        name: "an auth of the wrong type",
        file: "fulfil.yaml",
        from: `url: \${orders + "/reserve"}`,
        to: `url: \${orders + "/reserve"}\n            auth: {type: OAuth2}`,
        says: [
            /error: fulfil: fulfil\.yaml:\d+:\d+: .*access token.*needs an ID token; write auth: \{type: OIDC, audience: /,
        ],
    },
    {
        name: "an unknown YAML key",
        file: "fulfil.yaml",
        from: "result: item",
        to: "results: item",
        says: [/error: fulfil: fulfil\.yaml:\d+:\d+: .*results.*\bresult\b/],
    },
    {
        name: "a YAML syntax error",
        file: "fulfil.yaml",
        from: "params: [request]",
        to: "params: [request",
        says: [/error: fulfil: fulfil\.yaml:\d+:\d+: .+/],
    },
    {
        name: "an expectation that does not match",
        file: "index.ts",
        from: "left: 4",
        to: "left: 5",
        says: [/fulfil/, /- .*5/, /\+ .*4/],
        operation: "up",
    },
    {
        name: "a handler path that is wrong",
        file: "sandbox.yaml",
        from: "./services/orders/handler.js",
        to: "./services/orders/handle.js",
        says: [/sandbox\.yaml:\d+/, /services\/orders\/handle\.js/],
    },
];

describe("a mistake in the quickstart", () => {
    let copy: Copy;
    before(async () => {
        copy = copyOf("quickstart");
        const { succeeded, text } = await run(copy, "up", { skipPreview: true });
        assert.ok(succeeded, text);
    });
    after(() => copy.remove());

    for (const { name, file, from, to, says, operation = "preview" } of MISTAKES) {
        it(`is refused where it stands, with its cause and the way out: ${name}`, async () => {
            const undo = copy.edit(file, from, to);
            try {
                const { succeeded, text } = await run(copy, operation, { skipPreview: operation === "up" }).catch(
                    refused,
                );
                assert.equal(succeeded, false, text);
                for (const part of says) {
                    assert.match(text, part);
                }
            } finally {
                undo();
            }
        });
    }

    it("is forgotten once it is undone", async () => {
        const { succeeded, text } = await run(copy, "up", { skipPreview: true });
        assert.ok(succeeded, text);
    });
});

/** What ends a command before the program runs is its message. */
function refused(error: unknown): { succeeded: boolean; text: string } {
    return { succeeded: false, text: error instanceof Error ? error.message : String(error) };
}
