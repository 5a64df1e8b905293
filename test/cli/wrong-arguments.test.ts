import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Semaphore } from "../../common";
import { command } from "../support/command";
import { account, createWorld, orders, type World } from "./console/world";
import { keepStack, serviceWithCaller } from "./graph/stacks";

const PERMISSION = "run.routes.invoke";
const MEMBER = `serviceAccount:${account}`;
const near = (text: string): RegExp => new RegExp(`did you mean "${text.replaceAll(".", "\\.")}"\\?`);

const TARGET = orders.replace("//run.googleapis.com/", "https://run.googleapis.com/v2/");

/** A command with one wrong argument, the word that is wrong, and what the error says beside it. */
type Row = [args: string[], wrong: string, says: RegExp];

/** The commands that tell what is there, each with every argument that can be wrong. */
const ROWS: Row[] = [
    [["sandbox", "explain", MEMBER.replace("fulfil", "fulfl"), PERMISSION, orders], "fulfl@demo", near(account)],
    [["sandbox", "explain", "ann@example.com", PERMISSION, orders], "ann@example.com", /use user:EMAIL/],
    [["sandbox", "explain", MEMBER, `${PERMISSION}r`, orders], `${PERMISSION}r`, near(PERMISSION)],
    [["sandbox", "explain", MEMBER, "roles/run.invoker", orders], "roles/run.invoker", /permission/],
    [
        ["sandbox", "explain", MEMBER, "pubsub.topics.publish", orders],
        "pubsub.topics.publish",
        /ask for one of run\.\S+/,
    ],
    [
        ["sandbox", "explain", MEMBER, PERMISSION, `${orders}x`],
        "ordersx",
        near(orders.slice("//run.googleapis.com/".length)),
    ],
    [["sandbox", "explain", MEMBER, PERMISSION, orders.replace("/demo/", "/dmeo/")], "dmeo", near("demo")],
    [
        ["sandbox", "explain", MEMBER, PERMISSION, orders.replace("west1", "wst1")],
        "europe-wst1",
        /did you mean "\S*europe-west1/,
    ],
    [["sandbox", "explain", MEMBER, PERMISSION, orders.replace("run.", "runn.")], "runn", /correct the service/],
    [["sandbox", "explain", MEMBER, PERMISSION, "orders"], "orders", /write it like \/\/run/],
    [["sandbox", "logs", "order"], "order", /a service starts with its first request/],
    [["sandbox", "reports", "fulfl"], "fulfl", /sandbox up/],
    [["sandbox", "executions", "nope"], "nope", /the last ones are/],
    [["sandbox", "invoke", "fulfl"], "fulfl", /there are .*fulfil/],
    [["sandbox", "invoke", "fulfil", "--data", "{item}"], "--data", /must be JSON/],
    [["sandbox", "invoke", "fulfil", "--directory", "/nowhere"], "/nowhere", /Pulumi\.yaml/],
    [["sandbox", "roles", "--for", "fulfl"], "fulfl", /there are .*fulfil@demo/],
    [["sandbox", "groups", "team@example.com"], "team@example.com", /name its members/],
    [["sandbox", "groups", "team@example.com", "ann"], "ann", /user:/],
    [
        ["sandbox", "fault", "run.googleapis.con", "--status", "503"],
        "run.googleapis.con",
        /such as run\.googleapis\.com/,
    ],
    [["sandbox", "fault", "run.googleapis.com", "--status", "200"], "200", /400 to 599/],
    [["sandbox", "fault", "nobody@demo.iam.gserviceaccount.com", "--minting"], "nobody@demo", /create it first/],
    [["sandbox", "fault", "--clear", "77"], "77", /there is no fault/],
    [["sandbox", "outputs", "--stack", "nope"], "nope", /sandbox up/],
    [["sandbox", "state", "--stack", "nope"], "nope", /sandbox up/],
    [["sandbox", "clock", "yesterday"], "yesterday", /30s/],
    [["sandbox", "propagation", "soon"], "soon", /30s/],
    [["sandbox", "statsu"], "statsu", /status/],
    [
        ["sandbox", "exec", "--as", "serviceAccount:fulfl@demo.iam.gserviceaccount.com", "--", "true"],
        "fulfl@demo",
        near(account),
    ],
    [["sandbox", "env", "--as", "serviceAccount:fulfl@demo.iam.gserviceaccount.com"], "fulfl@demo", near(account)],
    [["graph", "--stack", "nope"], "nope", /shop\/dev/],
    [["graph", "nope"], "nope", /shop\/dev/],
    [["graph", "--format", "png"], "png", /mermaid, svg/],
    [["verify", "nope"], "nope", /shop\/dev/],
    [["verify", "--state", "nope.json"], "nope.json", /no such file/],
    [["who", "fulfl", "--spec", "spec.json"], "fulfl", /known are orders/],
    [["who", "--may", "ann@example.com"], "ann@example.com", /user:ann@example\.com/],
    [["who", "--stack", "nope"], "nope", /shop\/dev/],
    [
        ["token", "--audience", "https://a.run.app", "--as", "fulfl@demo.iam.gserviceaccount.com"],
        "fulfl@demo",
        /that account does not exist/,
    ],
    [["token", "--audience", "https://a.run.app", "--source", "gclod"], "gclod", /gcloud/],
    [["call", "orders"], "orders", /https:/],
    [["call", "https://run.googleapis.con/v2/x"], "run.googleapis.con", /hosts end with \.googleapis\.com/],
    [["call", "--anonymous", "https://nope-abcdefghij-ew.a.run.app/"], "nope-abcdefghij", /nothing has this address/],
    [["call", "https://run.googleapis.com/v2/projects/demo/locations/l/services", "-H", "nope"], "nope", /Name: value/],
    [["gprah"], "gprah", /graph/],
];

describe("a command with a wrong argument", function () {
    this.timeout(240_000);
    let world: World;
    const ended = new Map<Row, Promise<{ code: number | null; text: string }>>();
    before(async () => {
        world = await createWorld();
        const program = join(world.state, "program");
        mkdirSync(program);
        writeFileSync(join(program, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        const probe = { kind: "callers", name: "orders", target: TARGET, label: "orders", allowed: [] };
        const spec = { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [probe] };
        writeFileSync(join(program, "spec.json"), JSON.stringify(spec));
        const kept = { directory: program, project: "shop", stack: "dev" };
        keepStack(world.state, { ...kept, ...serviceWithCaller("shop", "dev", "orders", "fulfil") });
        await world.execute();
        const env = Object.fromEntries(
            Object.entries(await world.sandbox.clientEnvironment()).filter(([, value]) => value !== undefined),
        ) as Record<string, string>;
        const few = new Semaphore(cpus().length);
        for (const row of ROWS) {
            ended.set(
                row,
                few.run(() => command(world.state, row[0], { env, cwd: program })),
            );
        }
    });
    after(() => world.close());

    for (const row of ROWS) {
        const [args, wrong, says] = row;
        it(`ends with a code, the word and what to do: ${args.join(" ")}`, async () => {
            const { code, text } = (await ended.get(row)) ?? assert.fail();
            assert.notEqual(code, 0, text);
            assert.ok(text.includes(wrong), text);
            assert.match(text, says);
            assert.doesNotMatch(text, /^\s+at .*[:(]\d+:\d+|node:internal|undefined|\[object/m, text);
        });
    }
});
