import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { auditFile, injectFile } from "../../../../workflow/auth";
import { acceptedBy, ANYTHING, isScope, nearestScope, SEGMENT } from "../../../../workflow/auth/scopes/scope-table";

interface Table {
    known: string[];
    sets: number[][];
    closed: string[];
    apis: Record<string, Record<string, string>>;
}

const file = join(__dirname, "../../../../workflow/auth/scopes/oauth-scopes.json");
const table = JSON.parse(readFileSync(file, "utf8")) as Table;
const methods = Object.entries(table.apis).flatMap(([api, paths]) =>
    Object.entries(paths).flatMap(([template, verbs]) =>
        verbs.split(", ").map((each) => {
            const [verb = "", index = ""] = each.split(" ");
            const scopes = (table.sets[Number(index)] ?? []).map((place) => table.known[place] ?? "");
            return { api, template, verb, scopes };
        }),
    ),
);
const full = (scope: string): string =>
    /^https:|^openid$/.test(scope) ? scope : `https://www.googleapis.com/auth/${scope}`;
/** A script's own functions decide which scope it needs; every other method has its narrowest. */
const isScript = ({ template }: { template: string }): boolean => template === "v*/scripts/*:run";
const method = fc.constantFrom(...methods.filter((each) => !isScript(each)));
const word = fc.stringMatching(/^[A-Za-z0-9_%!'-]{1,8}$/);
const runs = { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 60) };

/** A path of a template's, with a value for each of its parameters. */
const pathOf = (template: string, words: readonly string[]): string => {
    let next = 0;
    return template.replace(/\*\*?/g, () => words[next++ % words.length] ?? "x");
};

const source = (verb: string, url: string, auth: string): string =>
    `main:\n  params: [args]\n  steps:\n  - ask:\n      call: http.${verb.toLowerCase()}\n      args:\n        url: ${JSON.stringify(url)}\n${auth}`;

describe("the scopes of methods that cloud-platform does not open", () => {
    it("hold for every method: the default is found, each that it takes is not, and the narrowest is written", () => {
        fc.assert(
            fc.property(method, fc.array(word, { minLength: 6, maxLength: 6 }), fc.nat(), (each, words, pick) => {
                const { api, template, verb, scopes } = each;
                fc.pre(["GET", "POST", "PUT", "PATCH", "DELETE"].includes(verb));
                const path = pathOf(template.replace(/v\*(?=\/|$)/, "v1"), words);
                const url = `https://${api}.googleapis.com/${path}`;
                // Another template can be of the same path; what is written must be good for all of them.
                const accepted = acceptedBy(api, verb, path);
                assert.ok(
                    accepted?.likely.some((set) => set.join() === scopes.map(full).join()),
                    url,
                );
                const rules = (auth: string): string[] =>
                    auditFile(source(verb, url, auth), "w.yaml").findings.map(({ rule }) => rule);
                assert.ok(rules("        auth: {type: OAuth2}\n").includes("missing-scope"), url);
                const scope = full(scopes[pick % scopes.length] ?? "");
                assert.deepEqual(rules(`        auth: {type: OAuth2, scopes: "${scope}"}\n`), [], `${url} ${scope}`);
                const { text, left } = injectFile(source(verb, url, ""), "w.yaml");
                assert.deepEqual(left, [], url);
                assert.deepEqual(
                    auditFile(text, "w.yaml").findings.map(({ rule, what }) => `${rule} ${what}`),
                    [],
                );
                if (accepted?.likely.length === 1) {
                    assert.ok(text.includes(`scopes: ${full(scopes[0] ?? "")}\n`), text);
                }
            }),
            runs,
        );
    });

    it("do not depend on how much of a path is known: what may be meant stays among what may be meant", () => {
        fc.assert(
            fc.property(
                method,
                fc.array(word, { minLength: 6, maxLength: 6 }),
                fc.nat(),
                fc.boolean(),
                (each, words, at, any) => {
                    const { api, template, verb, scopes } = each;
                    fc.pre(table.closed.includes(api));
                    const path = pathOf(template, words);
                    const cut = at % (path.length + 1);
                    const hidden = path.slice(0, cut) + (any ? ANYTHING : path.slice(cut).replace(/^[^/]+/, SEGMENT));
                    const { possible = [] } = acceptedBy(api, verb, hidden) ?? {};
                    assert.ok(
                        possible.some((set) => set.join() === scopes.map(full).join()),
                        `${template} as ${hidden}`,
                    );
                },
            ),
            runs,
        );
    });

    it("are left to the author of a script that is run: they are what its functions need", () => {
        const run = source("POST", "https://script.googleapis.com/v1/scripts/x:run", "");
        const { text, left } = injectFile(run, "w.yaml");
        assert.equal(text, run);
        assert.deepEqual(
            left.map(({ cause }) => cause),
            ["method"],
        );
        const scope = "https://www.googleapis.com/auth/spreadsheets";
        const told = source(
            "POST",
            "https://script.googleapis.com/v1/scripts/x:run",
            `        auth: {type: OAuth2, scopes: ${scope}}\n`,
        );
        assert.deepEqual(auditFile(told, "w.yaml").findings, []);
        assert.equal(methods.filter(isScript).length, 1);
    });

    it("are not asked for where cloud-platform opens the method, or where nobody knows which one is called", () => {
        for (const [verb, url] of [
            ["get", "https://compute.googleapis.com/compute/v1/projects/p"],
            ["post", "https://www.googleapis.com/bigquery/v2/projects/p/jobs"],
            ["get", "https://admin.googleapis.com/admin/directory/v1/users"],
            ["get", '${"https://www.googleapis.com/" + args.path}'],
            ["get", '${"https://" + args.host + ".googleapis.com/v4/spreadsheets/1"}'],
        ] as const) {
            const found = auditFile(source(verb, url, "        auth: {type: OAuth2}\n"), "w.yaml").findings;
            assert.ok(!found.some(({ rule }) => rule === "missing-scope"), url);
        }
    });

    it("are not judged where they are an expression, alone or in a list", () => {
        for (const scopes of [
            "'${args.s}'",
            "['${args.s}']",
            "['${args.s}', 'https://www.googleapis.com/auth/bigquery']",
        ]) {
            const text = source(
                "get",
                "https://sheets.googleapis.com/v4/spreadsheets/1",
                `        auth: {type: OAuth2, scopes: ${scopes}}\n`,
            );
            assert.deepEqual(auditFile(text, "w.yaml").findings, [], scopes);
        }
    });

    it("may be a list, or a text with blanks or commas", () => {
        const [one, other] = [
            "https://www.googleapis.com/auth/bigquery",
            "https://www.googleapis.com/auth/spreadsheets",
        ];
        for (const scopes of [`[${one}, ${other}]`, `"${one} ${other}"`, `"${one},${other}"`, `"${one}, ${other}"`]) {
            const text = source(
                "get",
                "https://sheets.googleapis.com/v4/spreadsheets/1",
                `        auth: {type: OAuth2, scopes: ${scopes}}\n`,
            );
            assert.deepEqual(auditFile(text, "w.yaml").findings, [], scopes);
        }
    });
});

describe("a text that is no scope", () => {
    const known = fc.constantFrom(...table.known.map(full));

    it("leads to the scope that it comes from, without its beginning, in capitals, and with a slash at its end", () => {
        fc.assert(
            fc.property(known, fc.constantFrom("short", "upper", "slash", "http"), (scope, how) => {
                const text = {
                    short: scope.replace("https://www.googleapis.com/auth/", ""),
                    upper: scope.toUpperCase(),
                    slash: `${scope.replace(/\/$/, "")}//`,
                    http: scope.replace("https:", "http:"),
                }[how];
                fc.pre(!isScope(text));
                assert.equal(nearestScope(text).scope, scope);
            }),
            runs,
        );
    });

    it("leads to the scope that it comes from where a letter is missing, doubled or changed", () => {
        fc.assert(
            fc.property(known, fc.nat(), fc.constantFrom("", "~~", "~"), (scope, at, letters) => {
                const start = "https://www.googleapis.com/auth/".length;
                fc.pre(scope.length > start + 8);
                const place = start + (at % (scope.length - start));
                const text = scope.slice(0, place) + letters + scope.slice(place + 1);
                fc.pre(!isScope(text));
                const { scope: found, close } = nearestScope(text, [scope]);
                assert.equal(found, scope);
                assert.ok(close);
            }),
            runs,
        );
    });
});
