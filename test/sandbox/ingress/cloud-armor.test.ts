import { strict as assert } from "node:assert";
import fc from "fast-check";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const COMPUTE = "https://compute.googleapis.com/compute/v1/projects/demo";
const RUN = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const HOST = "http://api.example.com";
const LAST = 2_147_483_647;

interface Rule {
    priority: number;
    action: string;
    preview?: boolean;
    match: object;
}

const from = (...srcIpRanges: string[]): object => ({ versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } });
const when = (expression: string): object => ({ expr: { expression } });
/** The test's own address, and one that it does not have. */
const [HERE, ELSEWHERE] = ["127.0.0.0/8", "203.0.113.0/24"];

describe("a policy of Cloud Armor", () => {
    let cloud: TestCloud;
    let doors: Doors;
    const call = (verb: "POST" | "PATCH" | "GET", path: string, body?: object) =>
        cloud.call(owner, verb, `${COMPUTE}/${path}`, body);
    const policy = (rules: Rule[], name = "armor") => call("POST", "global/securityPolicies", { name, rules });
    const knock = async (path = "/"): Promise<number> => (await doors.knock(`${HOST}${path}`)).status;

    beforeEach(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        await cloud.call(owner, "POST", `${RUN}?serviceId=s`, { template: { containers: [{ image: "a" }] } });
        cloud.iam.setPolicy("//run.googleapis.com/projects/demo/locations/europe-west1/services/s", {
            bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }],
        });
        await call("POST", "regions/europe-west1/networkEndpointGroups", { name: "s", cloudRun: { service: "s" } });
        const group = "projects/demo/regions/europe-west1/networkEndpointGroups/s";
        await call("POST", "global/backendServices", {
            name: "s",
            loadBalancingScheme: "EXTERNAL_MANAGED",
            backends: [{ group }],
        });
        await call("POST", "global/urlMaps", {
            name: "web",
            defaultService: "global/backendServices/s",
            hostRules: [{ hosts: ["api.example.com"], pathMatcher: "all" }],
            pathMatchers: [{ name: "all", defaultService: "global/backendServices/s" }],
        });
        await call("POST", "global/targetHttpProxies", { name: "web", urlMap: "global/urlMaps/web" });
        await call("POST", "global/forwardingRules", {
            name: "web",
            target: "global/targetHttpProxies/web",
            portRange: "80",
            loadBalancingScheme: "EXTERNAL_MANAGED",
        });
    });
    afterEach(() => {
        doors.close();
        cloud.close();
    });

    const attach = (name = "armor") =>
        call("POST", "global/backendServices/s/setSecurityPolicy", {
            securityPolicy: `global/securityPolicies/${name}`,
        });

    const table: [what: string, rules: Rule[], status: number][] = [
        ["no rule", [], 200],
        ["another address", [{ priority: 1, action: "deny(403)", match: from(ELSEWHERE) }], 200],
        ["the own address", [{ priority: 1, action: "deny(403)", match: from(ELSEWHERE, HERE) }], 403],
        ["a denial that is only watched", [{ priority: 1, action: "deny(403)", preview: true, match: from("*") }], 200],
        [
            "everybody but others",
            [
                { priority: 1, action: "allow", match: from(ELSEWHERE) },
                { priority: LAST, action: "deny(502)", match: from("*") },
            ],
            502,
        ],
        [
            "everybody but the own address",
            [
                { priority: 1, action: "allow", match: from(HERE) },
                { priority: LAST, action: "deny(404)", match: from("*") },
            ],
            200,
        ],
        [
            "a header that is missing",
            [{ priority: 1, action: "deny(404)", match: when("!has(request.headers['x-key'])") }],
            404,
        ],
        [
            "a header with another value",
            [{ priority: 1, action: "deny(404)", match: when("request.headers['host'].startsWith('other')") }],
            200,
        ],
        [
            "another method",
            [
                {
                    priority: 1,
                    action: "deny(403)",
                    match: when("request.method == 'PUT' || inIpRange(origin.ip, '203.0.113.0/24')"),
                },
            ],
            200,
        ],
        [
            "a path and the own address",
            [
                {
                    priority: 1,
                    action: "deny(403)",
                    match: when("request.path.matches('^/$') && inIpRange(origin.ip, '127.0.0.0/8')"),
                },
            ],
            403,
        ],
    ];
    for (const [what, rules, status] of table) {
        it(`answers ${status} where it denies ${what}`, async () => {
            await policy(rules);
            assert.equal(await knock(), 200);
            await attach();
            assert.equal(await knock(), status);
        });
    }

    it("lets the rule of the least priority decide", async () => {
        await policy([], "none");
        let number = 0;
        const rule = fc.record({
            priority: fc.nat(1000),
            isHere: fc.boolean(),
            allows: fc.boolean(),
            preview: fc.boolean(),
        });
        await fc.assert(
            fc.asyncProperty(
                fc.uniqueArray(rule, { selector: ({ priority }) => priority, maxLength: 5 }),
                async (rules) => {
                    const name = `p${(number += 1)}`;
                    await policy(
                        rules.map(({ priority, isHere, allows, preview }) => ({
                            priority,
                            preview,
                            action: allows ? "allow" : "deny(403)",
                            match: from(isHere ? HERE : ELSEWHERE),
                        })),
                        name,
                    );
                    await attach(name);
                    const [first] = rules
                        .filter(({ isHere, preview }) => isHere && !preview)
                        .sort((a, b) => a.priority - b.priority);
                    assert.equal(await knock(), first?.allows === false ? 403 : 200);
                },
            ),
            { numRuns: 25 },
        );
    });

    it("is changed rule by rule, and by nothing else", async () => {
        await policy([]);
        await attach();
        const deny = { priority: 5, action: "deny(403)", match: from("*") };
        await call("PATCH", "global/securityPolicies/armor", { rules: [deny], description: "d" });
        assert.equal(await knock(), 200);
        await call("POST", "global/securityPolicies/armor/addRule", deny);
        assert.equal(await knock(), 403);
        await assert.rejects(call("POST", "global/securityPolicies/armor/addRule", deny), /same priorities/);
        await call("POST", "global/securityPolicies/armor/patchRule?priority=5", { action: "allow" });
        assert.equal(await knock(), 200);
        await call("POST", "global/securityPolicies/armor/removeRule?priority=5", {});
        await assert.rejects(call("POST", "global/securityPolicies/armor/removeRule?priority=5", {}), /no such rule/);
    });

    it("is refused where the sandbox would not enforce it, with the name of what it is", async () => {
        const refused: [RegExp, Rule][] = [
            [/deny\(403\), deny\(404\)/, { priority: 1, action: "throttle", match: from("*") }],
            [/origin.region_code/, { priority: 1, action: "deny(403)", match: when("origin.region_code == 'XX'") }],
            [
                /evaluatePreconfiguredWaf/,
                { priority: 1, action: "deny(403)", match: when("evaluatePreconfiguredWaf('sqli-v33-stable')") },
            ],
            [/redirect_options/, { ...{ redirectOptions: {} }, priority: 1, action: "deny(403)", match: from("*") }],
            [/rate_limit_options/, { ...{ rateLimitOptions: {} }, priority: 1, action: "deny(403)", match: from("*") }],
            [/no range of addresses/, { priority: 1, action: "deny(403)", match: from("1.2.3.4/33") }],
            [/either versionedExpr or expr/, { priority: 1, action: "deny(403)", match: {} }],
            [/last priority must match all/, { priority: LAST, action: "deny(403)", match: from(HERE) }],
        ];
        for (const [words, rule] of refused) {
            await assert.rejects(policy([rule]), words);
        }
        await assert.rejects(attach("none"), /was not found/);
    });
});
