import assert from "node:assert/strict";
import { type IncomingHttpHeaders, request } from "node:http";
import { account, createWorld, LEAK, orders, type World } from "./world";

interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    text: string;
}

describe("the server of the console", function () {
    this.timeout(60_000);
    let world: World;
    let base: string;
    let code: string;
    let cookie: string;
    before(async () => {
        world = await createWorld();
        const link = new URL(world.console.link);
        code = link.hash.slice(1);
        link.hash = "";
        base = link.href;
        await world.execute();
    });
    after(() => world.close());

    function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> {
        return new Promise((resolve, reject) => {
            const content = body === undefined ? "" : body instanceof Buffer ? body : JSON.stringify(body);
            // Node gives no length with a DELETE.
            const sent = { ...headers, "content-length": Buffer.byteLength(content) };
            const asked = request(new URL(path, base), { method, headers: sent, agent: false }, (response) => {
                let text = "";
                response.setEncoding("utf8").on("data", (chunk: string) => {
                    text += chunk;
                    // Events have no end.
                    if (response.headers["content-type"] === "text/event-stream" && text.endsWith("\n\n")) {
                        response.destroy();
                        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
                    }
                });
                response.on("end", () =>
                    resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
                );
            });
            asked.on("error", reject).end(content);
        });
    }
    const own = () => ({
        origin: new URL(base).origin,
        "content-type": "application/json",
        "x-gcp-invoke-console": "1",
    });
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
        ask("POST", path, { ...own(), cookie, ...headers }, body);
    const get = (path: string, headers: Record<string, string> = {}) => ask("GET", path, { cookie, ...headers });

    it("serves a page without a secret in it, that may load and run nothing but its own files", async () => {
        const page = await ask("GET", "");
        assert.equal(page.status, 200);
        assert.ok(!page.text.includes(code));
        assert.doesNotMatch(page.text, /<script(?![^>]* src="page\.js">)|\sstyle=|\son\w+=/);
        assert.match(
            String(page.headers["content-security-policy"]),
            /^default-src 'none'; script-src 'self'; style-src 'self';/,
        );
        assert.doesNotMatch(String(page.headers["content-security-policy"]), /unsafe|https?:|\*/);
        for (const name of ["page.js", "page.css"]) {
            const { status, text, headers } = await ask("GET", name);
            assert.equal(status, 200);
            assert.doesNotMatch(
                text.replaceAll("http://www.w3.org/", ""),
                /https?:\/\/(?!127|\$)/,
                "it names no other host",
            );
            assert.equal(headers["x-content-type-options"], "nosniff");
        }
    });

    it("exchanges the code of the link once for a cookie that no script and no other site reads", async () => {
        assert.equal((await ask("POST", "session", own(), { code: `${code}x` })).status, 401);
        assert.equal((await ask("POST", "session", {}, { code })).status, 403, "not from elsewhere");
        const { status, headers, text } = await ask("POST", "session", own(), { code });
        assert.equal(status, 204);
        assert.equal(text, "");
        const [set = ""] = headers["set-cookie"] ?? [];
        assert.match(set, new RegExp(`; Path=${new URL(base).pathname}; HttpOnly; SameSite=Strict$`));
        cookie = set.split(";")[0] ?? "";
        assert.equal((await ask("POST", "session", own(), { code })).status, 401, "once");
    });

    it("answers with the cookie of a session, and not without", async () => {
        for (const path of ["api/overview", "api/events", "api/execution?id=x"]) {
            assert.equal((await ask("GET", path)).status, 401, path);
            assert.equal((await ask("GET", path, { cookie: "gcp-invoke-console=x" })).status, 401, path);
        }
        assert.equal((await get("api/overview")).status, 200);
        assert.equal((await get("api/events")).status, 200);
    });

    it("refuses another Host, another Origin and another site, with the cookie too", async () => {
        const { host, port } = new URL(base);
        assert.equal((await get("api/overview", { host })).status, 200);
        for (const other of ["evil.example", `evil.example:${port}`, `localhost:${port}`, "127.0.0.1:1"]) {
            assert.equal((await get("api/overview", { host: other })).status, 403, other);
        }
        for (const origin of ["http://evil.example", "null", `http://127.0.0.1:${Number(port) + 1}`]) {
            const { status, headers } = await get("api/overview", { origin });
            assert.equal(status, 403, origin);
            assert.equal(headers["access-control-allow-origin"], undefined);
        }
        for (const [site, status] of [
            ["same-origin", 200],
            ["none", 200],
            ["same-site", 403],
            ["cross-site", 403],
        ] as const) {
            assert.equal((await get("api/overview", { "sec-fetch-site": site })).status, status, site);
        }
    });

    it("changes something for its own page only", async () => {
        const body = { advanceMilliseconds: 1000 };
        assert.equal((await post("api/clock", body)).status, 200);
        const { origin, "x-gcp-invoke-console": header, ...rest } = own();
        assert.equal(
            (await ask("POST", "api/clock", { ...rest, cookie, origin }, body)).status,
            403,
            "without the header",
        );
        assert.equal(
            (await ask("POST", "api/clock", { ...rest, cookie, "x-gcp-invoke-console": header }, body)).status,
            403,
            "without an origin",
        );
        assert.equal((await ask("POST", "api/clock", own(), body)).status, 401, "without the cookie");
        assert.equal((await post("api/clock", body, { "sec-fetch-site": "none" })).status, 403);
        assert.equal((await post("api/clock", body, { "content-type": "text/plain" })).status, 400);
        const broken = await post("api/clock", Buffer.from("my-password {"));
        assert.deepEqual([broken.status, /password/.test(broken.text)], [400, false], broken.text);
    });

    it("passes on what it names, and nothing that gives a token or takes a file", async () => {
        assert.equal((await post("api/propagation", { milliseconds: 0 })).status, 200);
        for (const path of ["api/environment", "api/request", "api/mapping", "api/rotate-keys", "api/groups"]) {
            const { status, text } = await post(path, {
                method: "GET",
                url: "https://run.googleapis.com/",
                file: "/etc/passwd",
            });
            assert.equal(status, 400, path);
            assert.match(text, /the console has no POST/);
        }
        const outside = new URL("/", base).href;
        assert.equal((await ask("GET", `${outside}api/overview`, { cookie })).status, 404);
        assert.equal((await ask("GET", `${outside}v1/status`, { cookie })).status, 404);
    });

    it("grants and takes back what was missing, and refuses what does not exist", async () => {
        const grant = { role: "roles/run.invoker", member: `serviceAccount:${account}`, resource: orders };
        assert.equal(await world.execute(), "FAILED");
        assert.equal((await post("api/grants", grant)).status, 200);
        assert.equal(await world.execute(), "SUCCEEDED");
        assert.equal((await ask("DELETE", "api/grants", { ...own(), cookie }, grant)).status, 200);
        assert.equal(await world.execute(), "FAILED");
        for (const wrong of [{ resource: `${orders}x` }, { role: "roles/no.such" }, { member: "user:" }]) {
            assert.equal((await post("api/grants", { ...grant, ...wrong })).status, 400, JSON.stringify(wrong));
        }
    });

    it("shows an execution step by step with the claims of its token, and a token in no answer", async () => {
        const grant = { role: "roles/run.invoker", member: `serviceAccount:${account}`, resource: orders };
        await post("api/grants", grant);
        await world.execute();
        const overview = await get("api/overview");
        const [latest] = (JSON.parse(overview.text) as { executions: { id: string }[] }).executions;
        const execution = await get(`api/execution?id=${latest?.id ?? ""}`);
        const { steps, lines } = JSON.parse(execution.text) as {
            steps: { name: string; call?: { answer: string; token?: { kind: string; claims: [string, string][] } } }[];
            lines: { text: string }[];
        };
        assert.deepEqual(
            steps.map(({ name }) => name),
            ["main.reserve", "main.done"],
        );
        assert.match(steps[0]?.call?.answer ?? "", /reserved/);
        assert.ok(
            steps[0]?.call?.token?.claims.some(
                ([name, value]) => name === "email" && value === JSON.stringify(account),
            ),
        );
        assert.match(lines[0]?.text ?? "", /reserves with \[token\]/);
        const events = await get("api/events");
        for (const { text } of [
            overview,
            execution,
            events,
            await post("api/explain", { member: LEAK, permission: "x", resource: "y" }),
        ]) {
            assert.ok(!text.includes(LEAK));
            assert.doesNotMatch(text, /eyJ[\w-]+\.|ya29/);
        }
    });

    it("is gone with the sandbox", async () => {
        const own2 = await createWorld();
        const link = own2.console.link.replace(/#.*/, "");
        assert.equal((await ask("GET", link)).status, 200);
        await own2.close();
        await assert.rejects(ask("GET", link), /ECONNREFUSED/);
    });
});
