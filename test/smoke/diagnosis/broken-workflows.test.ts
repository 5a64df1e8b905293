import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { createRunDoor } from "../../../sandbox/ingress/run";
import { formatReport, runSmokeCheck, type GrantRef, type Report } from "../../../smoke";
import { startSandboxed, type Sandboxed } from "../../support/sandboxed";
import { apply, isCommand } from "./apply";
import { assertPatience } from "./patience";
import type { Handler } from "../deployment";

const project = "demo";
const region = "projects/demo/locations/europe-west1";
const orders = `https://run.googleapis.com/v2/${region}/services/orders`;
const workflow = `https://workflows.googleapis.com/v1/${region}/workflows/fulfil`;
const projectUrl = `https://cloudresourcemanager.googleapis.com/v1/projects/${project}`;

const source = (url: string, audience: string) => `main:
  params: [request]
  steps:
    - reserve:
        call: http.post
        args:
          url: ${url}
          auth:
            type: OIDC
            audience: ${audience}
          body:
            order: \${request.order}
        result: reservation
    - record:
        call: http.post
        args:
          url: https://logging.googleapis.com/v2/entries:write
          auth:
            type: OAuth2
          body:
            logName: projects/${project}/logs/fulfil
            resource:
              type: global
            entries:
              - textPayload: done
    - done:
        return: \${reservation.body}
`;

const answering =
    (status: string): Handler =>
    (_, response) =>
        response.setHeader("content-type", "application/json").end(JSON.stringify({ status }));

/** A workflow that calls a service with internal ingress and a Google API. */
interface World extends Sandboxed {
    member: string;
    url: string;
    handle: (handler: Handler) => void;
    deploySource: (text: string) => Promise<unknown>;
    check(deadlineSeconds?: number): Promise<Report>;
}

async function deploy(propagationMilliseconds = 0): Promise<World> {
    const world = await startSandboxed({ propagationMilliseconds });
    const { cloud } = world.sandbox;
    let handler = answering("reserved");
    cloud.hosts.serve(
        "*.a.run.app",
        createRunDoor(cloud, (_, request, response) => handler(request, response)),
    );
    const member = `serviceAccount:${await world.account("fulfil")}`;
    const template = { containers: [{ image: "demo/orders:1" }] };
    const ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY";
    await world.admin("POST", orders.replace(/\/orders$/, "?serviceId=orders"), { template, ingress });
    const url = String((await world.admin("GET", orders))["uri"]);
    await world.grant(orders, "roles/run.invoker", member);
    await world.grant(projectUrl, "roles/logging.logWriter", member);
    const definition = (sourceContents: string) => ({ serviceAccount: member.split(":")[1], sourceContents });
    const text = source(`${url}/reserve`, url);
    await world.admin("POST", workflow.replace(/\/fulfil$/, "?workflowId=fulfil"), definition(text));
    const grant = (role: string, resource: string, label: string): GrantRef => ({ member, role, resource, label });
    return {
        ...world,
        member,
        url,
        handle: (next) => (handler = next),
        deploySource: (next) => world.admin("PATCH", `${workflow}?updateMask=sourceContents`, definition(next)),
        check: (deadlineSeconds = 600) =>
            runSmokeCheck(
                {
                    version: 1,
                    name: "fulfil",
                    project,
                    fingerprint: {},
                    probes: [
                        {
                            kind: "workflow",
                            name: "fulfil → orders, logging",
                            workflow: `${region}/workflows/fulfil`,
                            argument: { order: 7 },
                            expect: { result: { status: "reserved" } },
                            grants: [
                                grant("roles/run.invoker", orders, "orders"),
                                grant("roles/logging.logWriter", projectUrl, "project demo"),
                            ],
                        },
                    ],
                },
                {
                    http: world.http,
                    credentials: { env: world.env },
                    deadlineSeconds,
                    // Long waits move the sandbox's clock.
                    clock: {
                        now: () => cloud.clock.now(),
                        sleep: async (ms) => {
                            if (ms >= 1000) {
                                cloud.clock.advance(ms);
                            }
                            // An execution itself takes a moment of real time, and happens in this process.
                            await delay(5);
                        },
                    },
                },
            ),
    };
}

interface Case {
    what: string;
    break: (world: World) => unknown;
    code: string;
    cause: RegExp;
    deadline?: number;
    /** How often it is tried, where no time mends it. */
    tries?: number;
    /** What is done where nothing is suggested that can be run or written as it stands. */
    mend?: (world: World) => unknown;
}

const withoutAuth = (url: string): string =>
    source(url, "none").replace(/ +auth:\n +type: OIDC\n +audience: none\n/, "");
const right = (it: World) => it.deploySource(source(`${it.url}/reserve`, it.url));

const cases: Case[] = [
    {
        what: "the workflow's account may not invoke the service",
        break: (it) => it.revoke(orders, "roles/run.invoker", it.member),
        code: "grant-missing",
        cause: /^step "reserve" \(main, line \d+\): 403: fulfil@\S+ lacks run\.routes\.invoke on orders/,
    },
    {
        what: "the workflow's account may not write logs",
        break: (it) => it.revoke(projectUrl, "roles/logging.logWriter", it.member),
        code: "grant-missing",
        cause: /^step "record" .*403: fulfil@\S+ lacks logging\.logEntries\.create on project demo/,
    },
    {
        what: "the audience has a query",
        break: (it) => it.deploySource(source(`${it.url}/reserve`, `${it.url}/reserve?now`)),
        tries: 1,
        code: "wrong-audience",
        cause: /^step "reserve" .*401: audience was https:\/\/orders-\S+\/reserve\?now, the service accepts https:\/\/orders-/,
    },
    {
        what: "the service has lost its custom audience",
        break: (it) => it.deploySource(source(`${it.url}/reserve`, "https://orders.example.com")),
        tries: 1,
        code: "wrong-audience",
        cause: /^step "reserve" .*401: audience was https:\/\/orders\.example\.com, the service accepts https:\/\/orders-.* is a custom audience that the service does not have/,
    },
    {
        what: "the service crashes",
        break: (it) => it.handle((_, response) => response.writeHead(500).end("no stock")),
        tries: 1,
        code: "receiver-fails",
        cause: /^step "reserve" .*500: the receiver crashes, or fails by itself: its own code answered "no stock"/,
        mend: (it) => it.handle(answering("reserved")),
    },
    {
        what: "the path is not served",
        break: (it) => it.handle((_, response) => response.writeHead(404).end()),
        code: "not-found",
        cause: /^step "reserve" .*404/,
        mend: (it) => it.handle(answering("reserved")),
    },
    {
        what: "the result is another",
        break: (it) => it.handle(answering("sold out")),
        code: "unexpected-answer",
        cause: /did not return what was expected/,
        mend: (it) => it.handle(answering("reserved")),
    },
    {
        what: "the URL leads to a host that nobody serves",
        break: (it) => it.deploySource(source("https://nobody.example.com/reserve", it.url)),
        code: "unreachable",
        cause: /^step "reserve" .*no answer: .*nobody\.example\.com/,
        mend: right,
    },
    {
        what: "the URL leads to such a host, without TLS and without a token",
        break: (it) =>
            it.deploySource(
                source("http://nobody.example.com/reserve", "").replace(/ +auth:\n +type: OIDC\n +audience: \n/, ""),
            ),
        code: "unreachable",
        cause: /^step "reserve" .*no answer: .*nobody\.example\.com/,
        mend: right,
    },
    {
        what: "the call sends no token",
        break: (it) => it.deploySource(withoutAuth(`${it.url}/reserve`)),
        code: "no-token",
        cause: /^step "reserve" .*403: the call sends no token to https:\/\/orders-/,
    },
    {
        what: "the call sends no token to a plain URL that is computed",
        break: (it) =>
            it.deploySource(withoutAuth(`\${text.replace_all("${it.url}", "https:", "http:") + "/reserve"}`)),
        code: "no-token",
        cause: /^step "reserve" .*403: the call sends no token to \$\{text\.replace_all.*cannot be followed to a target/,
        mend: right,
    },
    {
        what: "the workflow itself fails",
        break: (it) =>
            it.deploySource("main:\n  params: [request]\n  steps:\n    - read:\n        return: ${request.nothing}\n"),
        code: "execution-failed",
        cause: /^step "read" .*KeyError/,
        mend: right,
    },
    {
        what: "the workflow is gone",
        break: (it) => it.admin("DELETE", workflow),
        code: "resource-missing",
        cause: /could not be executed: 404/,
        mend: (it) =>
            it.admin("POST", workflow.replace(/\/fulfil$/, "?workflowId=fulfil"), {
                serviceAccount: it.member.split(":")[1],
                sourceContents: source(`${it.url}/reserve`, it.url),
            }),
    },
];

describe("a check of a workflow in the sandbox", () => {
    let world: World;
    beforeEach(async () => {
        world = await deploy();
    });
    afterEach(() => world.close());

    it("is green when all is right: the workflow gets in where the outside does not", async () => {
        const report = await world.check();
        assert.equal(report.verdict, "passed", formatReport(report));
        assert.equal((await world.http.request({ url: world.url })).status, 404);
    });

    for (const { what, break: breakIt, code, cause, deadline, tries, mend } of cases) {
        it(`names the cause when ${what}, and the suggestion fixes it`, async () => {
            await breakIt(world);
            const report = await world.check(deadline);
            const [probe] = report.probes;
            assert.equal(probe?.diagnosis?.code, code, formatReport(report));
            assert.match(probe.diagnosis.cause, cause);
            assertPatience(probe);
            assert.equal(probe.attempts, tries ?? probe.attempts);
            assert.doesNotMatch(JSON.stringify(report) + formatReport(report), /eyJ|ya29/);
            const { fix = "" } = probe.diagnosis;
            const [, audience] = /^auth: \{type: OIDC, audience: "([^"]+)"\}$/.exec(fix) ?? [];
            if (audience !== undefined) {
                await world.deploySource(source(`${world.url}/reserve`, audience));
            } else if (isCommand(fix)) {
                await apply(world, fix);
            } else {
                await mend?.(world);
            }
            const mended = await world.check();
            assert.equal(mended.verdict, "passed", formatReport(mended));
        });
    }

    it("waits for grants that arrive 120 s late", async () => {
        const late = await deploy(120_000);
        try {
            const report = await late.check();
            assert.equal(report.verdict, "passed", formatReport(report));
            assert.ok(report.seconds >= 100 && report.seconds < 200, `${report.seconds}`);
        } finally {
            await late.close();
        }
    });

    for (const [what, fault] of Object.entries({
        "503 from the service": { host: "*.run.app", status: 503 },
        "429 from the executions API": { host: "workflowexecutions.googleapis.com", status: 429 },
        "dropped connections to the executions API": { host: "workflowexecutions.googleapis.com", drop: true },
    })) {
        it(`is green after a minute of ${what}, and red if it does not end`, async () => {
            world.sandbox.faults.add({ ...fault, forMilliseconds: 60_000 });
            const report = await world.check();
            assert.equal(report.verdict, "passed", formatReport(report));
            world.sandbox.faults.add(fault);
            assert.equal((await world.check(60)).verdict, "failed");
        });
    }
});
