import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Sandbox } from "../../../sandbox";
import { startControl, type Control } from "../../../sandbox/control";
import { routes } from "../../../sandbox/control/routes";

/** What is wrong for every value of a kind, as JSON: some numbers have no other form. */
const NOT_JSON_TYPE = {
    number: ['"5"', "true", "[]", "[5]", "{}", "null"],
    text: ["5", "true", '["a"]', "{}", "null", '""', '"a\\u0000b"', JSON.stringify("x".repeat(200_000))],
    flag: ['"true"', "1", "0", "[]", "null"],
    list: ['"a"', "5", "{}", "null", "[5]", "[null]", '[["a"]]', '[""]'],
    bytes: ["5", "true", '["a"]', "{}", "null"],
    map: ["5", '"a"', "true", "[]", "null"],
    json: [],
};
const NO_NUMBER = ["-1", "-1e400", "1e400", "1e300", "-0.5"];
const NO_DURATION = [...NO_NUMBER, String(366 * 24 * 3_600_000)];
const NO_WHOLE = [...NO_NUMBER, "1.5", "9007199254740993"];

interface Kind {
    type: keyof typeof NOT_JSON_TYPE;
    /** Also wrong, beside what is no such type. */
    wrong?: string[];
    /** As JSON. */
    good: string[];
}

const member: Kind = {
    type: "text",
    wrong: ['"ann"', '"user:"', '"user:a b@c"', '"robot:a@b"', '"user:../x@y"', '"serviceAccount:none@demo.example"'],
    good: ['"user:ann@example.com"', '"allUsers"'],
};
const number: Kind = { type: "number", wrong: NO_WHOLE, good: ["0", "7", "9007199254740991"] };
const duration: Kind = { type: "number", wrong: NO_DURATION, good: ["0.5", "1", "31536000000"] };
const faulty: Kind = { ...duration, wrong: [...NO_DURATION, "0"] };
const project = '"//cloudresourcemanager.googleapis.com/projects/demo"';
const binding = { role: '"roles/browser"', member: '"user:ann@example.com"', resource: project };
const grantedResource: Kind = { type: "text", wrong: ['"//a/b"', '"orders"'], good: [project] };
const file = join(tmpdir(), "no-such-sandbox.yaml");

/** What each request takes, in words of its own: not those of the code. */
const REQUESTS: Record<string, { base: Record<string, string>; values: Record<string, Kind> }> = {
    "GET /v1/status": { base: {}, values: {} },
    "GET /v1/decisions": { base: {}, values: { after: number } },
    "GET /v1/refused": { base: {}, values: {} },
    "GET /v1/logs": { base: {}, values: { after: number, service: { type: "text", good: ['"orders"'] } } },
    "POST /v1/environment": {
        base: {},
        values: {
            as: member,
            mode: { type: "text", wrong: ['"dns"', '"Proxy"'], good: ['"proxy"', '"endpoints"'] },
            on: {
                type: "text",
                wrong: ['"basement"', '"kubernetes:web"'],
                good: ['"compute-engine"', '"kubernetes:shop/web"'],
            },
        },
    },
    "POST /v1/request": {
        base: { method: '"GET"', url: '"https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services"' },
        values: {
            method: { type: "text", wrong: ['"get"', '"TRACE"', '"GET /"'], good: ['"POST"', '"HEAD"'] },
            url: {
                type: "text",
                wrong: [
                    '"run.googleapis.com"',
                    '"https://"',
                    '"file:///etc/passwd"',
                    '"https://a b"',
                    '"https://example.com/"',
                ],
                good: ['"https://run.googleapis.com/"'],
            },
            body: { type: "json", good: ["{}", "null", '"text"', "[1]"] },
            bytes: { type: "bytes", wrong: ['"%"', '"a b"', '"===="'], good: ['"AAAA"'] },
            headers: {
                type: "map",
                wrong: ['{"a":5}', '{"a b":"c"}', '{"a":"b\\r\\nc: d"}', '{"a":["b"]}', "[]"],
                good: ['{"x-goog-user-project":"demo"}', "{}"],
            },
        },
    },
    "POST /v1/mapping": { base: {}, values: { file: { type: "text", wrong: [JSON.stringify(file)], good: [] } } },
    "POST /v1/clock": {
        base: {},
        // 9999999999 h, and the years 9900 and 10000.
        values: {
            advanceMilliseconds: {
                type: "number",
                wrong: [...NO_NUMBER, "35999999996400000", "2.6e14"],
                good: ["0", "1.5"],
            },
        },
    },
    "POST /v1/propagation": {
        base: {},
        values: { milliseconds: { ...duration, good: ["0", "120000", "31536000000"] } },
    },
    "POST /v1/explain": {
        base: {
            member: '"user:a@b"',
            permission: '"run.routes.invoke"',
            resource: '"//cloudresourcemanager.googleapis.com/projects/demo"',
        },
        values: {
            member,
            permission: { type: "text", wrong: ['"a"', '"run.routes.none"'], good: ['"a.b.c"'] },
            resource: {
                type: "text",
                wrong: ['"//a/b"', '"orders"'],
                good: ['"//cloudresourcemanager.googleapis.com/projects/demo"'],
            },
        },
    },
    "GET /v1/grants": { base: {}, values: {} },
    "POST /v1/grants": {
        base: binding,
        values: {
            role: { type: "text", wrong: ['"roles/none"', '"browser"'], good: ['"roles/viewer"'] },
            member: { ...member, good: ['"user:ben@example.com"'] },
            resource: grantedResource,
        },
    },
    "DELETE /v1/grants": {
        base: binding,
        values: {
            role: { type: "text", good: ['"roles/viewer"'] },
            member: { ...member, good: ['"user:ben@example.com"'] },
            resource: grantedResource,
        },
    },
    "GET /v1/groups": { base: {}, values: {} },
    "POST /v1/groups": {
        base: { group: '"team@example.com"', members: "[]" },
        values: {
            group: { type: "text", wrong: ['"team"', '"a b@c"'], good: ['"ops@example.com"'] },
            members: { type: "list", wrong: ['["ann"]', '["allUsers"]'], good: ["[]", '["user:ann@example.com"]'] },
        },
    },
    "POST /v1/rotate-keys": { base: {}, values: {} },
    "GET /v1/faults": { base: {}, values: {} },
    "POST /v1/faults": {
        base: { host: '"run.googleapis.com"', status: "503", forMilliseconds: "1" },
        values: {
            host: { type: "text", wrong: ['"no.such.host"', '"a b"', '"a/b"'], good: ['"*"', '"*.run.app"'] },
            status: { type: "number", wrong: [...NO_WHOLE, "0", "200", "399", "600"], good: ["400", "599"] },
            latencyMilliseconds: faulty,
            drop: { type: "flag", good: ["true", "false"] },
            minting: { type: "flag", good: ["false"] },
            rate: { type: "number", wrong: [...NO_NUMBER, "0", "1.01"], good: ["0.001", "1"] },
            forMilliseconds: faulty,
        },
    },
    "DELETE /v1/faults": { base: {}, values: { id: { ...number, good: [] } } },
};

describe("the values that a sandbox takes", () => {
    let sandbox: Sandbox;
    let control: Control;
    let token: string;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        control = await startControl(sandbox);
        ({ token } = JSON.parse(readFileSync(join(sandbox.folder, "control.json"), "utf8")) as { token: string });
    });
    after(async () => {
        await control.close();
        await sandbox.close();
    });

    function send(name: string, body: string): Promise<{ status: number; error: string }> {
        const [method = "", path = ""] = name.split(" ");
        const headers = { authorization: `Bearer ${token}`, "content-length": Buffer.byteLength(body) };
        return new Promise((resolve, reject) => {
            const outgoing = request(`${control.url}${path}`, { method, headers }, (response) => {
                let text = "";
                response.setEncoding("utf8").on("data", (part: string) => (text += part));
                response.on("end", () => {
                    const { error = "" } = JSON.parse(text) as { error?: string };
                    resolve({ status: response.statusCode ?? 0, error });
                });
            });
            outgoing.on("error", reject).end(body);
        });
    }
    /** Whether it still answers, by itself and by an API. */
    async function answers(after: string): Promise<void> {
        sandbox.faults.clear();
        assert.equal((await send("GET /v1/status", "{}")).status, 200, after);
        const { status } = await sandbox.request(
            "GET",
            "https://secretmanager.googleapis.com/v1/projects/demo/secrets",
        );
        assert.equal(status, 200, after);
    }
    const bodyOf = (base: Record<string, string>, name: string, value: string): string =>
        `{${Object.entries({ ...base, [name]: value })
            .map(([key, one]) => `${JSON.stringify(key)}:${one}`)
            .join(",")}}`;

    it("are described here for every request and every value of it", () => {
        const known = Object.entries(routes).map(([name, { fields }]) => [name, Object.keys(fields).sort()]);
        const here = Object.entries(REQUESTS).map(([name, { values }]) => [name, Object.keys(values).sort()]);
        assert.deepEqual(here, known);
    });

    for (const [name, { base, values }] of Object.entries(REQUESTS)) {
        it(`${name}: what is wrong is refused by its name, what is right is taken, and both leave a sandbox that answers`, async () => {
            for (const [field, { type, wrong = [], good }] of Object.entries(values)) {
                for (const value of [...NOT_JSON_TYPE[type], ...wrong]) {
                    const body = bodyOf(base, field, value);
                    const { status, error } = await send(name, body);
                    assert.equal(status, 400, `${name} ${body.slice(0, 200)} ${error}`);
                    assert.ok(error.length < 400, error);
                    assert.match(error, /; |no API of the sandbox|is no group|cannot be/);
                }
                for (const value of good) {
                    const { status, error } = await send(name, bodyOf(base, field, value));
                    assert.equal(status, 200, `${field}: ${value}: ${error}`);
                    await answers(`${name} ${field} ${value}`);
                }
            }
            const { status, error } = await send(name, bodyOf(base, "advanceMillisecond", "1"));
            assert.deepEqual([status, error.includes("advanceMillisecond")], [400, true]);
            for (const body of ["[]", "5", "null", "{", '"a"', "\u0000"]) {
                assert.equal((await send(name, body)).status, 400, body);
            }
            await answers(name);
        });
    }

    it("may be anything: each request answers 200 or 400, and the next is answered", async () => {
        const body = (name: string) => {
            const keys = Object.keys(REQUESTS[name]?.values ?? {});
            const values = fc.oneof(
                fc.jsonValue(),
                fc.constantFrom(...NO_NUMBER, "1", "9e15").map((text) => ({ text })),
            );
            return fc.dictionary(fc.constantFrom("x", "__proto__", "constructor", ...keys), values);
        };
        const asked = fc
            .constantFrom(...Object.keys(REQUESTS))
            .chain((name) => body(name).map((values) => ({ name, values })));
        const property = fc.asyncProperty(asked, async ({ name, values }) => {
            const text = JSON.stringify(values).replaceAll(/\{"text":"([^"]*)"\}/g, "$1");
            const { status } = await send(name, text);
            assert.ok([200, 400].includes(status), `${name} ${text}`);
            await answers(`${name} ${text}`);
        });
        await fc.assert(property, { numRuns: 150 });
    });
});
