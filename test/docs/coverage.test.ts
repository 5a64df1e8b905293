import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needBeside } from "../support/beside";
import { root } from "../project/sources";

interface Row {
    says: string;
    [column: string]: string | string[];
}

const groups = JSON.parse(readFileSync(join(root, "scripts/generate/coverage.json"), "utf8")) as Record<string, Row[]>;
const rows = Object.values(groups).flat();
const page = readFileSync(join(root, "docs/coverage.md"), "utf8");

/** What a document can be about, and how a row calls it. */
const subjects: [inDocument: RegExp, inRow: RegExp][] = [
    [/Cloud Scheduler/, /Cloud Scheduler/],
    [/Cloud Tasks?\b/, /Cloud Tasks/],
    [/Pub\/Sub/, /Pub\/Sub/],
    [/connector/i, /connector/],
    [/Identity-Aware Proxy|\bIAP\b/, /Identity-Aware Proxy/],
    [/Kubernetes|\bGKE\b/, /GKE/],
    [/Compute Engine/, /Compute Engine/],
    [/metadata server/i, /metadata server/],
    [/FORMAT_FULL/, /format=full/],
    [/LICENSES_TRUE/, /licenses=TRUE/],
    [/self-signed JWT/, /self-signed JWT/],
    [/internal traffic/, /internal ingress/],
    [/\bscopes\b/, /Scopes/],
    [/\baudience\b/, /audience/],
    [/Event-driven/, /event-driven/],
    [/Function-to-function|function-to-function/, /A function calls another/],
    [/user accounts?/i, /Users and groups/],
    [/\bJSON\b/, /JSON/],
    [/PowerShell/, /PowerShell/],
    [/\bRuby\b/, /Ruby/],
    [/\bJava\b/, /Java/],
    [/\bPython\b/, /Python/],
    [/\bNode\.js\b/, /Node/],
];

describe("what is covered", () => {
    it("has no cell without a reference or a reason", () => {
        for (const { says, ...cells } of rows) {
            for (const [column, value] of Object.entries(cells)) {
                const reason = typeof value === "string" && value.startsWith("no:") ? value.slice(3).trim() : undefined;
                assert.ok(reason === undefined ? value.length > 0 : reason.length > 10, `${says}: ${column}`);
            }
            assert.ok(page.includes(`**${says}**`), says);
        }
    });

    it("names every role, permission and subject that the documents beside the project name", function () {
        const folder = needBeside(this, "seeds");
        const text = readdirSync(folder)
            .map((file) => readFileSync(join(folder, file), "utf8"))
            .join("\n");
        const names = new Set([...text.matchAll(/\broles\/[\w.]+\w|\brun\.routes\.invoke\b/g)].map(([name]) => name));
        assert.ok(names.size > 3, "the documents are read");
        assert.deepEqual(
            [...names].filter((name) => !page.includes(name)),
            [],
        );
        const missing = subjects.filter(([inDocument, inRow]) => inDocument.test(text) && !inRow.test(page));
        assert.deepEqual(missing, []);
        assert.ok(
            subjects.filter(([inDocument]) => inDocument.test(text)).length > 15,
            "the documents have these subjects",
        );
    });
});
