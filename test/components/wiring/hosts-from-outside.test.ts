import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { deploy, refusal } from "../support/deploy";
import { caller, service } from "../support/programs";

const orders = 'sys.get_env("ORDERS_URL")';
const init = `    - init: {assign: [{u: '\${${orders}}'}, {m: {}}]}`;
const move = '{assign: [{u: "${args.url}"}]}';
const ask = "{call: http.get, args: {url: '${u + \"/x\"}'}}";
const retry =
    'retry: {predicate: "${retry.always}", max_retries: 1, backoff: {initial_delay: 1, max_delay: 2, multiplier: 2}}';
const ping = `ping:\n  params: [u]\n  steps:\n    - ask: ${ask}\n    - done: {return: true}`;
const main = (...lines: string[]): string => ["main:", "  params: [args]", "  steps:", ...lines, ""].join("\n");

/** Sources in which the caller can choose the host of a call that goes to a target, and how the refusal names the way. */
const refused: Record<string, [source: string, says: RegExp]> = {
    "a second try": [
        main(
            init,
            `    - work:`,
            `        try: {steps: [{ask: ${ask}}, {move: ${move}}, {no: {raise: x}}]}`,
            `        ${retry}`,
        ),
        /^fulfil\.workflow:6:\d+: .*`u` can be `args\.url`, assigned at line 6, when the call is tried again/m,
    ],
    "an error half-way": [
        main(
            init,
            `    - work: {try: {assign: [{u: "\${args.url}"}, {x: "\${1 / 0}"}]}, except: {as: e, steps: [{no: {assign: [{y: 1}]}}]}}`,
            `    - ask: ${ask}`,
        ),
        /^fulfil\.workflow:6:\d+: .*`u` can be `args\.url`, assigned at line 5/m,
    ],
    "a branch beside": [
        main(
            init,
            "    - both:",
            "        parallel:",
            "          shared: [u]",
            `          branches: [{one: {steps: [{ask: ${ask}}]}}, {two: {steps: [{move: ${move}}]}}]`,
        ),
        /^fulfil\.workflow:8:\d+: .*`u` can be `args\.url`, assigned at line 8, while another branch of parallel runs/m,
    ],
    "a subworkflow in a condition": [
        main(
            `    - one: {call: ping, args: {u: '\${${orders}}'}}`,
            '    - two: {switch: [{condition: "${ping(args.url)}", next: end}]}',
        ) + ping,
        /^fulfil\.workflow:9:\d+: .*`u` can be `args\.url`, passed at line 5/m,
    ],
    "a turn of a loop": [
        main(init, `    - each: {for: {value: v, in: [1, 2], steps: [{ask: ${ask}}, {move: ${move}}]}}`),
        /^fulfil\.workflow:5:\d+: .*`u` can be `args\.url`, assigned at line 5/m,
    ],
    "a jump back": [
        main(init, `    - ask: ${ask}`, `    - move: {assign: [{u: "\${args.url}"}], next: ask}`),
        /^fulfil\.workflow:5:\d+: .*`u` can be `args\.url`, assigned at line 6/m,
    ],
    "an operand that is not computed": [
        main(
            init,
            '    - sure: {switch: [{condition: "${true}", steps: [{move: {assign: [{u: \'${if("k" in m and m.k == 1, u, args.url)}\'}]}}]}]}',
            `    - ask: ${ask}`,
        ),
        /^fulfil\.workflow:6:\d+: .*whoever executes the workflow chooses it, the execution argument args\.url/m,
    ],
    "a list of keys": [
        main(
            `    - init: {assign: [{m: {a: {u: '\${${orders}}', b: {u: "\${args.url}"}}}}]}`,
            '    - set: {assign: [{u: "${map.get(m, args.path).u}"}]}',
            `    - ask: ${ask}`,
        ),
        /^fulfil\.workflow:6:\d+: .*whoever executes the workflow chooses it/m,
    ],
    "an auth that the caller gives": [
        main('    - ask: {call: http.get, args: {url: "${args.url}", auth: "${args.auth}"}}'),
        /^fulfil\.workflow:4:\d+: .*an auth that cannot be resolved, and can go to a receiver that is not in targets/m,
    ],
    "an auth among arguments without names": [
        main(
            `    - ask: {call: http.get, args: ["\${args.url}", {}, "", {}, {type: OIDC, audience: '\${${orders}}'}]}`,
        ),
        /^fulfil\.workflow:4:\d+: .*sends an ID token to an unknown host .*whoever executes the workflow chooses it/m,
    ],
};

describe("a workflow of a component whose caller can choose a host", () => {
    for (const [way, [source, says]] of Object.entries(refused)) {
        it(`is refused with its place and the cause: ${way}`, async () => {
            const asset = new pulumi.asset.StringAsset(source);
            assert.match(await refusal(() => caller({ orders: service("orders") }, { source: asset })), says);
        });
    }

    it("is deployed without a credential if the receiver needs none", async () => {
        const source = main(
            `    - ask: {call: http.get, args: {url: '\${${orders} + "/x"}'}, result: r}`,
            '    - tell: {call: http.post, args: {url: "${args.callback}", body: "${r.body}"}}',
        );
        const asset = new pulumi.asset.StringAsset(source);
        const deployed = await deploy(() => caller({ orders: service("orders") }, { source: asset }));
        const generated = String(deployed.find("Workflow", "fulfil")["sourceContents"]);
        assert.equal(generated.match(/type: OIDC/g)?.length, 1);
    });
});
