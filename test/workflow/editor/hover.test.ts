import assert from "node:assert/strict";
import type { AuditOptions } from "../../../workflow/auth";
import { definitionAt, hoverAt, outlineOf, WorkflowFile } from "../../../workflow/editor";
import functions from "../../../workflow/editor/functions.json";
import { slotAt } from "../../../workflow/editor/slots";
import { LIBRARY } from "../../../workflow/run";
import { withCursor } from "./cursor";

const ORDERS = "https://orders-abcdefghij-uc.a.run.app";

function hover(marked: string, options?: AuditOptions, path?: string): string {
    const [file, offset] = withCursor(marked, options, path);
    return hoverAt(file, offset) ?? "";
}

/** The text that the definition of what is at the cursor has, and its line. */
function target(marked: string, path?: string): [string, number] | undefined {
    const [file, offset] = withCursor(marked, {}, path);
    const span = definitionAt(file, offset);
    return span && [file.text.slice(span.start.offset, span.end.offset), span.start.line];
}

describe("what is known of a place in a workflow", () => {
    it("is a sentence and a page for each function of the standard library, and for nothing else", () => {
        assert.deepEqual(Object.keys(functions).sort(), [...LIBRARY.keys()].sort());
        for (const [name, [gives, says]] of Object.entries(functions)) {
            assert.match(gives ?? "", /^(any|null|boolean|bytes|double|integer|list|map|number|string)$/, name);
            assert.match(says ?? "", /^[A-Z].*\.$/, name);
        }
    });

    it("is the signature of a function, in a call and in an expression, wherever the cursor is in its name", () => {
        const split = /text\.split\(source: string, separator: string\): list[^]*stdlib\/text\/split/;
        assert.match(hover("- a:\n    call: text.s‸plit\n"), split);
        assert.match(hover('- a:\n    return: ${1 + len(text.spl‸it("a,b", ","))}\n'), split);
        assert.match(hover('- a:\n    return: ${le‸n("a")}\n'), /len\(value: any\): integer[^]*expression-helpers/);
        assert.equal(hover('- a:\n    return: ${"len‸"}\n'), "");
        assert.equal(hover("- a:\n    return: len‸\n"), "");
    });

    it("is the method of a connector, with its parameters and its scope", () => {
        const text = hover("- a:\n    call: googleapis.run.v2.projects.locations.services.g‸et\n");
        assert.match(text, /GET https:\/\/run\.googleapis\.com\/v2\/\{\+name\}/);
        assert.match(text, /In the path: `name`/);
        assert.match(text, /cloud-platform/);
    });

    it("is what an argument and a key are", () => {
        assert.match(
            hover("- a:\n    call: http.get\n    args:\n      timeo‸ut: 3\n"),
            /which may be left out: an argument of `http\.get/,
        );
        assert.match(hover("- a:\n    ret‸urn: 3\n"), /Ends the routine with a result[^]*syntax\/completing/);
        assert.match(hover('{"main": {"steps": [{"a": {"ret‸urn": 3}}]}}'), /Ends the routine/);
    });

    it("is where a call goes, what is checked there, and what the call sends", () => {
        const call = (auth: string): string =>
            `- a:\n    assign:\n      - base: ${ORDERS}\n- b:\n    call: http.get\n    args:\n      u‸rl: \${base + "/x"}\n${auth}`;
        assert.match(
            hover(call("")),
            new RegExp(`${ORDERS}/x.*Cloud Run.*needs an ID token for ${ORDERS}\n\nIt sends no credential`),
        );
        assert.match(
            hover(call(`      auth: {type: OIDC, audience: ${ORDERS}}\n`)),
            new RegExp(`It sends an ID token for ${ORDERS}\\.`),
        );
        const api =
            "- a:\n    call: http.g‸et\n    args:\n      url: https://pubsub.googleapis.com/v1/x\n      auth: {type: OAuth2}\n";
        assert.match(hover(api), /needs an access token[^]*It sends an access token/);
        const external = "- a:\n    call: http.g‸et\n    args:\n      url: https://api.partner.example/v1\n";
        assert.match(hover(external), /an external host[^]*It sends no credential/);
    });

    it("names the target that a variable leads to", () => {
        const targets: AuditOptions["targets"] = [{ name: "orders", kind: "run", urlVariable: "ORDERS_URL" }];
        const text = '- a:\n    call: http.get\n    args:\n      url: ${sys.get_env("ORDERS_URL") + "/x"}‸\n';
        assert.match(hover(text, { targets }), /target orders; needs an ID token/);
        assert.match(hover(text), /an unknown host/);
    });
});

describe("go to definition", () => {
    it("leads from next to the step in the innermost list that has it", () => {
        const text = (at: string): string =>
            `- a:\n    for:\n      value: v\n      in: [1]\n      steps:\n        - b:\n            next: ${at}\n        - c:\n            return: 1\n- c:\n    return: 2\n- d:\n    return: 3\n`;
        assert.deepEqual(target(text("c‸")), ["c", 8]);
        assert.deepEqual(target(text("‸d")), ["d", 12]);
        assert.equal(target(text("en‸d")), undefined);
        assert.equal(target(text("nowhe‸re")), undefined);
    });

    it("leads from a call to its subworkflow, in a step, an expression and a heredoc", () => {
        const source = (call: string): string =>
            `main:\n  steps:\n    - a:\n        ${call}\nsub:\n  params: [x]\n  steps:\n    - b:\n        return: \${x}\n`;
        assert.deepEqual(target(source("call: su‸b")), ["sub", 5]);
        assert.deepEqual(target(source("return: ${1 + su‸b(2)}")), ["sub", 5]);
        assert.equal(target(source('return: ${"su‸b"}')), undefined);
        assert.equal(target(source("call: ma‸in")), undefined);
        const heredoc = `x = <<-EOF\n${source("return: $${su‸b(2)}")}EOF\n`;
        assert.deepEqual(target(heredoc, "/main.tf"), ["sub", 6]);
    });
});

describe("the outline of a workflow", () => {
    it("has every step, those within others too", () => {
        const text =
            "main:\n  steps:\n    - a:\n        try: {steps: [{b: {return: 1}}]}\n        except: {steps: [{c: {return: 1}}]}\n    - d:\n        parallel: {branches: [{e: {steps: [{f: {return: 1}}]}}]}\n    - g:\n        switch: [{condition: true, steps: [{h: {return: 1}}]}]\nsub:\n  steps: [{i: {return: 1}}]\n";
        const names = (each: ReturnType<typeof outlineOf>[number]): unknown =>
            each.children.length === 0 ? each.name : [each.name, ...each.children.map(names)];
        assert.deepEqual(outlineOf(new WorkflowFile(text, "/w.yaml", {})).map(names), [
            ["main", ["a", "b", "c"], ["d", ["e", "f"]], ["g", "h"]],
            ["sub", "i"],
        ]);
    });
});

describe("the grammar of places", () => {
    it("has nothing below a key that it does not know", () => {
        const siblings = new Map<string, string>();
        const path = ["main", "nosuch", "steps"].map((key) => ({ kind: "key" as const, key, siblings }));
        assert.equal(slotAt(path), undefined);
        assert.equal(slotAt([...path.slice(0, 1), ...path.slice(2)]), "steps");
        assert.equal(
            slotAt([
                { kind: "key", key: "main", siblings },
                { kind: "key", key: "constructor", siblings },
            ]),
            undefined,
        );
    });
});
