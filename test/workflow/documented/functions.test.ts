import * as assert from "node:assert/strict";
import { HostError } from "../../../workflow";
import { LIBRARY } from "../../../workflow/run/library/standard-library";
import { evaluate, json, run, World } from "../run/world";
import { CALLS, type CallRow } from "./blocking";
import { FUNCTIONS } from "./functions";
import { PAGES } from "./row";

/** The functions that the index names: https://cloud.google.com/workflows/docs/reference/stdlib/overview */
const INDEX = `
    double int string in keys len default if get_type
    base64.decode base64.encode
    events.await_callback events.create_callback_endpoint
    hash.compute_checksum hash.compute_hmac
    http.delete http.get http.patch http.post http.put http.request
    json.decode json.encode json.encode_to_string
    list.concat list.prepend
    map.delete map.get map.merge map.merge_nested
    math.abs math.max math.min
    sys.get_env sys.log sys.now sys.sleep sys.sleep_until
    text.decode text.encode text.find_all text.find_all_regex text.match_regex text.replace_all text.replace_all_regex
    text.split text.substring text.to_lower text.to_upper text.url_decode text.url_encode text.url_encode_plus
    time.format time.parse
    uuid.generate
`
    .trim()
    .split(/\s+/);

/** The arguments that each page names, in their order; `?` marks those that may be left out. */
const ARGUMENTS = `
    base64.decode(data, padding?) base64.encode(data, padding?)
    events.await_callback(callback, timeout?) events.create_callback_endpoint(http_callback_method?)
    hash.compute_checksum(data, algorithm) hash.compute_hmac(key, data, algorithm)
    json.decode(data) json.encode(data, indent?) json.encode_to_string(data, indent?)
    list.concat(objs, val) list.prepend(objs, val)
    map.delete(map, key) map.get(map, keys) map.merge(first, second) map.merge_nested(first, second)
    math.abs(x) math.floor(x) math.max(x, y) math.min(x, y)
    sys.get_env(name, default?) sys.log(data?, severity?, text?, json?, timeout?)
    sys.now() sys.sleep(seconds) sys.sleep_until(time)
    text.decode(data, charset?) text.encode(text, charset?) text.find_all(source, substr)
    text.find_all_regex(source, regexp) text.match_regex(source, regexp) text.replace_all(source, substr, repl)
    text.replace_all_regex(source, regexp, repl) text.split(source, separator) text.substring(source, start, end)
    text.to_lower(source) text.to_upper(source)
    text.url_decode(source) text.url_encode(source) text.url_encode_plus(source)
    time.format(seconds, timezone?) time.parse(value) uuid.generate()
`;

/** Answers with what a request had, or as its path says. */
function answering(): World {
    return new World((call) => {
        const { pathname, search } = new URL(call.url);
        const wanted = pathname.slice(1);
        if (/Error$/.test(wanted)) {
            throw new HostError(wanted as "ConnectionError", "no answer");
        }
        return json(
            {
                method: call.method,
                timeout: call.timeoutSeconds,
                query: search,
                ...(call.headers["Accept"] !== undefined && { accept: call.headers["Accept"] }),
                ...(call.privateServiceName !== undefined && { privateService: call.privateServiceName }),
                ...(call.caCertificate !== undefined && { certificate: call.caCertificate }),
            },
            wanted === "" ? 200 : Number(wanted),
        );
    });
}

async function showCall({ call: step, gives, error }: CallRow): Promise<void> {
    const world = answering();
    const { state, result, payload } = await run(`- a: {call: ${step}, result: r}\n- b: {return: '\${r}'}\n`, {
        world,
    });
    if (error !== undefined) {
        assert.deepEqual([state, (payload as { tags?: string[] }).tags?.[0]], ["FAILED", error]);
        return;
    }
    const [log] = world.logs;
    const found =
        log !== undefined
            ? { severity: log.severity, payload: log.payload }
            : world.waits.length > 0
              ? { waited: world.waits }
              : world.calls.length > 0
                ? (result as { body: unknown }).body
                : result;
    assert.deepEqual(found, gives);
}

describe("the standard library as it is documented", () => {
    for (const { name, page, rows } of FUNCTIONS) {
        for (const [says, expression, gives] of rows) {
            it(`${name} ${says}: ${expression} (${PAGES}${page})`, async () => {
                const expected = "error" in gives ? { error: gives.error } : gives.value;
                assert.deepEqual(await evaluate(expression, { env: { HAVE: "it" } }), expected);
            });
        }
    }
    for (const { name, page, rows } of CALLS) {
        for (const row of rows) {
            it(`${name} ${row.says}: ${row.call} (${page})`, () => showCall(row));
        }
    }

    it("has rows for each function of the index, and for no other", () => {
        const named = [...FUNCTIONS, ...CALLS].filter(({ rows }) => rows.length > 0).map(({ name }) => name);
        assert.deepEqual(named.sort(), [...INDEX].sort());
    });

    it("names the arguments as the pages do", () => {
        const named = [...LIBRARY.values()]
            .filter(({ name }) => name.includes(".") && !name.startsWith("http."))
            .map(({ name, params }) => `${name}(${params?.join(", ") ?? ""})`);
        assert.deepEqual(named.sort(), (ARGUMENTS.match(/[\w.]+\([^)]*\)/g) ?? []).sort());
    });

    it("knows each function of the index, and those beside it that are documented elsewhere", () => {
        const others = [...LIBRARY.keys()].filter((name) => !INDEX.includes(name));
        assert.deepEqual(others.sort(), ["math.floor"]);
        assert.deepEqual(
            INDEX.filter((name) => name !== "in" && !LIBRARY.has(name)),
            [],
        );
    });
});
