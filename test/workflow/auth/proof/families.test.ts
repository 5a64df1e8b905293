import assert from "node:assert/strict";
import { auditWorkflow, type DeclaredTarget, injectAuth, type InjectResult } from "../../../../workflow/auth";
import { parseWorkflow } from "../../../../workflow/syntax";
import { families } from "./families";
import { targets } from "./proof";
import { Random } from "./random";
import { EVIL, runHostile } from "./hostile-host";

/** How often each workflow is run, with other answers and another order each time. */
const RUNS = 20;

describe("a host that the caller chooses by a way that is hard to see", () => {
    for (const [family, sources] of Object.entries(families)) {
        for (const [index, source] of sources.entries()) {
            it(`gets no credential, and a finding: ${family} (${index + 1})`, async () => {
                const parsed = parseWorkflow(source, { file: "w.yaml" });
                assert.deepEqual(
                    parsed.diagnostics.filter(({ severity }) => severity === "error"),
                    [],
                );
                let strangers = 0;
                for (const closed of [true, false]) {
                    const injected = injectAuth(parsed, { targets, closed });
                    const told = injected.audit.findings.filter(({ what }) => what.includes("an unknown host"));
                    assert.ok(told.length > 0, "no finding says that the host is unknown");
                    const { program } = parseWorkflow(injected.source, { file: "w.yaml" });
                    for (let seed = 0; seed < RUNS && program !== undefined; seed++) {
                        for (const { url, auth } of (await runHostile(program, new Random(seed))).requests) {
                            const isStrange = url.startsWith(EVIL);
                            strangers += isStrange ? 1 : 0;
                            // What the author wrote is told, and stays.
                            const written = /auth:|type: OIDC|oidcToken|oauthToken/.test(source);
                            assert.ok(!isStrange || auth === undefined || written, `${url} got a token`);
                        }
                    }
                }
                // Else the way is none.
                const needsAnswer = family === "a resource that the caller names";
                assert.ok(strangers > 0 || needsAnswer, "no run went to the caller's host");
            });
        }
    }

    it("may be what a target has as its audience, which is no address", () => {
        const orders = { ...targets[0], audience: EVIL, audienceVariable: "ORDERS_AUDIENCE" } as DeclaredTarget;
        const source = (variable: string): string =>
            `- ask: {call: http.get, args: {url: '\${sys.get_env("${variable}") + "/x"}'}}\n`;
        const injected = (variable: string): InjectResult =>
            injectAuth(parseWorkflow(source(variable), { file: "w.yaml" }), { targets: [orders], closed: true });
        assert.equal(injected("ORDERS_URL").changes.length, 1);
        const { changes, audit } = injected("ORDERS_AUDIENCE");
        assert.deepEqual(changes, []);
        assert.match(
            audit.findings[0]?.what ?? "",
            /an unknown host.*the audience of target orders, which is no address/,
        );
    });

    it("says by which assignment and when", () => {
        const says = (family: string, index: number): string => {
            const parsed = parseWorkflow(families[family]?.[index] ?? "", { file: "w.yaml" });
            return auditWorkflow(parsed, { targets, closed: true })
                .findings.map(({ what }) => /`.*$/.exec(what)?.[0])
                .join();
        };
        assert.match(
            says("a second try", 0),
            /`u` can be `args.url`, assigned at line 5, when the call is tried again/,
        );
        assert.match(
            says("branches of parallel in turn", 0),
            /`u` can be `args.url`, assigned at line 5, while another branch of parallel runs/,
        );
        assert.match(
            says("an assign that breaks off", 0),
            /`u` can be `args.url`, assigned at line 5, when an error ends the steps of try/,
        );
        assert.match(
            says("a subworkflow called where an expression stands", 0),
            /`u` can be `args.url`, passed at line 5/,
        );
    });
});
