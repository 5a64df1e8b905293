import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createCredentials } from "../../credentials";
import { onGoogleCloud } from "../../credentials/metadata";
import { command } from "../support/command";

/** Servers at the address of the metadata server that are none: of a network, of a proxy, of another cloud. */
const others: Record<string, RequestListener> = {
    "knows nothing": (_, answer) => answer.writeHead(404).end(),
    fails: (_, answer) => answer.writeHead(500, { "Metadata-Flavor": "Google" }).end(),
    "wants a sign-in": (_, answer) => answer.writeHead(403).end("<html>"),
    "is another server": (_, answer) => answer.writeHead(200, { "Content-Type": "text/html" }).end("<html>"),
    "is of another cloud": (_, answer) => answer.writeHead(200, { "Metadata-Flavor": "Other" }).end("{}"),
    "ends the connection": ({ socket }) => socket.destroy(),
    "speaks no HTTP": ({ socket }) => socket.end("nonsense\r\n\r\n"),
    "leads in a circle": ({ url }, answer) => answer.writeHead(302, { Location: url ?? "/" }).end(),
    "ends in the middle": (_, answer) => {
        answer.writeHead(200, { "Content-Length": "100" });
        answer.write("x", () => answer.destroy());
    },
};

const VARIABLES = ["METADATA_SERVER_DETECTION", "GCE_METADATA_IP", "GCE_METADATA_HOST"];

describe("the metadata server of Google Cloud", function () {
    this.timeout(60_000);
    const servers: Server[] = [];
    const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    beforeEach(() => {
        VARIABLES.forEach((name) => Reflect.deleteProperty(process.env, name));
        warnings.length = 0;
        process.on("warning", note);
    });
    afterEach(async () => {
        await setImmediate();
        process.off("warning", note);
        for (const [name, value] of Object.entries(before)) {
            if (value === undefined) {
                Reflect.deleteProperty(process.env, name);
            } else {
                process.env[name] = value;
            }
        }
        assert.deepEqual(warnings, [], "Node warns of nothing");
        servers.splice(0).forEach((server) => server.close());
    });

    async function listen(answer: RequestListener): Promise<string> {
        const server = createServer(answer);
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    it("is there where it says so, by a host or a URL", async () => {
        const seen: unknown[] = [];
        const host = await listen(({ url, headers }, answer) => {
            seen.push([url, headers["metadata-flavor"]]);
            answer.writeHead(200, { "Metadata-Flavor": "Google" }).end("{}");
        });
        for (const [name, value] of [
            ["GCE_METADATA_HOST", host],
            ["GCE_METADATA_IP", host],
            ["GCE_METADATA_HOST", `http://${host}`],
        ] as const) {
            process.env[name] = value;
            assert.equal(await onGoogleCloud(), true, value);
        }
        assert.deepEqual(seen[0], ["/computeMetadata/v1/instance", "Google"]);
        const { source } = await createCredentials({ env: { HOME: "/nowhere" } });
        assert.equal(source.description, "the workload's own account, by the metadata server");
    });

    for (const [what, answer] of Object.entries(others)) {
        it(`is not there where what answers ${what}`, async () => {
            process.env["GCE_METADATA_HOST"] = await listen(answer);
            assert.equal(await onGoogleCloud(), false);
        });
    }

    it("is not there where nothing listens, or the address is none", async () => {
        for (const host of ["127.0.0.1:1", "not a host", "[", "no-such-host.invalid"]) {
            process.env["GCE_METADATA_HOST"] = host;
            assert.equal(await onGoogleCloud(), false, host);
        }
    });

    it("is taken for there or not as the environment says, without a request", async () => {
        process.env["GCE_METADATA_HOST"] = "127.0.0.1:1";
        for (const [word, is] of [
            ["assume-present", true],
            [" NONE ", false],
            ["bios-only", false],
            ["ping-only", false],
        ] as const) {
            process.env["METADATA_SERVER_DETECTION"] = word;
            assert.equal(await onGoogleCloud(), is, word);
        }
        process.env["METADATA_SERVER_DETECTION"] = "perhaps";
        await assert.rejects(onGoogleCloud(), /is "perhaps"; known are assume-present, none, bios-only and ping-only/);
    });

    describe("that is none", () => {
        const folder = mkdtempSync(join(tmpdir(), "no-credentials-"));
        after(() => rmSync(folder, { recursive: true }));
        const spec = { version: 1, name: "a", project: "p", fingerprint: {}, probes: [] };
        const probe = { kind: "account", name: "the account", account: "a@p.iam.gserviceaccount.com", label: "a" };
        const url = "https://a-123.europe-west1.run.app";
        const commands = [
            ["call", url],
            ["token", "--audience", url],
            ["proxy", url, "--port", "0"],
            ["who", "https://run.googleapis.com/v2/projects/p/locations/europe-west1/services/a", "--cloud"],
            ["verify", "--spec", "spec.json"],
        ];
        for (const args of commands) {
            it(`is no reason for a warning of Node: gcp-invoke ${args[0] ?? ""}`, async () => {
                writeFileSync(join(folder, "spec.json"), JSON.stringify({ ...spec, probes: [probe] }));
                const GCE_METADATA_HOST = await listen(others["is another server"] ?? assert.fail());
                const env = {
                    HOME: folder,
                    CLOUDSDK_CONFIG: folder,
                    GCE_METADATA_HOST,
                    GOOGLE_CREDENTIALS: "",
                    GOOGLE_OAUTH_ACCESS_TOKEN: "",
                    GOOGLE_APPLICATION_CREDENTIALS: "",
                };
                const { code, text } = await command(join(folder, "state"), args, { cwd: folder, env });
                assert.notEqual(code, 0, text);
                assert.match(text, /no credentials found: .*the metadata server does not answer/s);
                assert.doesNotMatch(text, /Warning|\(node:/);
            });
        }
    });
});
