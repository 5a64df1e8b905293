import { strict as assert } from "node:assert";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Sandbox } from "../../../sandbox";
import { skip } from "../../support/skip";
import { containerCommand } from "../../../sandbox/workloads/container";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

const PROGRAMS = {
    "wrong-port.cjs": `require("node:http").createServer(() => {}).listen(0, "127.0.0.1");`,
    "never.cjs": `setInterval(() => {}, 1000);`,
    "slow.cjs": `setTimeout(() => require("node:http").createServer((_, response) => response.end("at last")).listen(process.env.PORT, "127.0.0.1"), 300);`,
    "once.cjs": `require("node:http").createServer((request, response) => {
        if (request.url === "/crash") process.exit(9);
        response.end(String(process.pid));
    }).listen(process.env.PORT, "127.0.0.1");`,
    "lingers.cjs": `const server = require("node:http").createServer((request, response) => {
        if (request.url !== "/crash") return response.end(String(process.pid));
        server.close();
        request.socket.destroy();
        setTimeout(() => process.exit(9), 500);
    }).listen(process.env.PORT, "127.0.0.1");`,
};

/** Stands for Docker: writes down what it is told, and answers as the container would. */
const DOCKER = `#!/usr/bin/env node
require("node:fs").appendFileSync(process.env.DOCKER_LOG, JSON.stringify(process.argv.slice(2)) + "\\n");
if (process.argv[2] === "run") {
    const answer = JSON.stringify({ service: process.env.K_SERVICE, greeting: process.env.GREETING, ca: process.env.SSL_CERT_FILE });
    require("node:http").createServer((_, response) => response.end(answer)).listen(process.env.PORT, "127.0.0.1");
}
`;

describe("programs that are services", () => {
    let folder: string;
    let sandbox: Sandbox;
    const path = process.env.PATH;
    const write = process.stderr.write.bind(process.stderr);
    let written = "";

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "programs-"));
        for (const [name, text] of Object.entries(PROGRAMS)) {
            writeFileSync(join(folder, name), text);
        }
        mkdirSync(join(folder, "bin"));
        writeFileSync(join(folder, "bin", "docker"), DOCKER);
        chmodSync(join(folder, "bin", "docker"), 0o755);
        process.env.PATH = [join(folder, "bin"), path].join(delimiter);
        process.env.DOCKER_LOG = join(folder, "docker.log");
        const commands = Object.keys(PROGRAMS).map((file) => `  - { image: "*/${file}", command: [node, ${file}] }\n`);
        writeFileSync(
            join(folder, "sandbox.yaml"),
            `services:\n${commands.join("")}  - { image: "*/absent", command: [no-such-program] }\n  - { image: "*/boxed", container: true }\n`,
        );
        sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
        process.stderr.write = (text: string | Uint8Array): boolean => (written += String(text)).length > 0;
    });
    after(async () => {
        await sandbox.close();
        process.stderr.write = write;
        process.env.PATH = path;
        delete process.env.DOCKER_LOG;
        rmSync(folder, { recursive: true });
    });

    async function deploy(id: string, image: string, container: object = {}): Promise<string> {
        const containers = [{ image: `example/${image}`, env: [{ name: "GREETING", value: "hello" }], ...container }];
        const made = await sandbox.request("POST", `${services}?serviceId=${id}`, {
            body: { template: { containers } },
        });
        assert.equal(made.status, 200, JSON.stringify(made.body));
        const policy = { bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }] };
        await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy } });
        const { body } = await sandbox.request("GET", `${services}/${id}`);
        return (body as { uri: string }).uri.replace("https:", "http:");
    }
    function get(url: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
        const { port } = sandbox.network;
        const named = { host: new URL(url).host, ...headers };
        return new Promise((resolve, reject) => {
            request({ port, host: "127.0.0.1", path: url, headers: named, agent: false }, (incoming) => {
                let text = "";
                incoming.on("data", (part: Buffer) => (text += part.toString()));
                incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
            })
                .on("error", reject)
                .end();
        });
    }
    /** After three seconds. */
    const impatient = { startupProbe: { periodSeconds: 3, failureThreshold: 1, tcpSocket: {} } };

    it("are waited for while they start", async () => {
        assert.deepEqual(await get(await deploy("slow", "slow.cjs")), { status: 200, text: "at last" });
    });

    for (const [file, how] of [
        ["once.cjs", "after a crash"],
        ["lingers.cjs", "after a crash that takes its time"],
    ] as const) {
        it(`are started again ${how}, which its client sees as 503`, async () => {
            const url = await deploy(file.replace(".cjs", ""), file);
            const { text: first } = await get(url);
            assert.equal((await get(`${url}/crash`)).status, 503);
            const { status, text } = await get(url);
            assert.equal(status, 200);
            assert.notEqual(text, first);
        });
    }

    it("answer 503 where they listen elsewhere or nowhere, and the log says so", async () => {
        const [wrong, never] = await Promise.all([
            deploy("wrong", "wrong-port.cjs", impatient),
            deploy("never", "never.cjs", impatient),
        ]);
        assert.deepEqual(
            (await Promise.all([get(wrong), get(never)])).map(({ status }) => status),
            [503, 503],
        );
        const [told = ""] = sandbox.logs("wrong").map(({ text }) => text);
        assert.match(told, /failed to start and listen on the port in PORT \(\d+\) within 3 s/);
        if (process.platform === "linux") {
            assert.match(told, /; it listens on \d+ instead;/);
        }
        assert.match(sandbox.logs("never").at(-1)?.text ?? "", /within 3 s; listen on that port/);
    });

    it("are named where the machine has no such program", async () => {
        assert.equal((await get(await deploy("absent", "absent"))).status, 503);
        assert.match(
            written,
            /sandbox\.yaml:\d+:\d+: .*: there is no program no-such-program on this machine; install it/,
        );
    });

    it("run in Docker where the mapping says so, with the sandbox around them, and are gone when it ends", async function () {
        if (process.platform === "win32") {
            skip(this, "Windows has no shell script that can play Docker");
        }
        const url = await deploy("boxed", "boxed", { command: ["/server"], args: ["--verbose"] });
        assert.deepEqual(JSON.parse((await get(url)).text), {
            service: "boxed",
            greeting: "hello",
            ca: "/gcp-invoke/ca.pem",
        });
        const [run = []] = readFileSync(join(folder, "docker.log"), "utf8")
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as string[]);
        assert.deepEqual(run.slice(0, 4), ["run", "--rm", "--init", "--name"]);
        assert.deepEqual(run.slice(run.indexOf("--entrypoint")), [
            "--entrypoint",
            "/server",
            "example/boxed",
            "--verbose",
        ]);
        for (const name of ["PORT", "K_SERVICE", "GCE_METADATA_HOST", "HTTPS_PROXY", "GREETING"]) {
            assert.ok(run.includes(name), name);
        }
        // Values are handed on by the environment: a list of processes shows arguments.
        assert.ok(!run.includes("hello") && !run.join(" ").includes("@127.0.0.1"));
        await sandbox.useMapping(join(folder, "sandbox.yaml"));
        assert.match(
            readFileSync(join(folder, "docker.log"), "utf8"),
            new RegExp(`\\["rm","--force","${run[4] ?? ""}"\\]`),
        );
    });

    it("reach the sandbox from Docker's virtual machine by its name for the machine", () => {
        const variables = {
            HTTPS_PROXY: "http://127.0.0.1:4000",
            NO_PROXY: "localhost,127.0.0.1",
            SSL_CERT_FILE: "/ca",
        };
        const mac = containerCommand({ name: "s" } as never, "image", 5000, variables, "/ca", "darwin");
        assert.deepEqual(mac.env, {
            HTTPS_PROXY: "http://host.docker.internal:4000",
            NO_PROXY: "localhost,127.0.0.1",
            SSL_CERT_FILE: "/gcp-invoke/ca.pem",
            PORT: "5000",
        });
        assert.ok(mac.command.includes("127.0.0.1:5000:5000") && !mac.command.includes("host"));
        const files = { root: "/tmp/files", folders: ["/secrets/db"] };
        const linux = containerCommand({ name: "s" } as never, "image", 5000, variables, "/ca", "linux", files);
        assert.ok(linux.command.join(" ").includes("--volume /tmp/files/secrets/db:/secrets/db:ro"));
        assert.equal(linux.env.HTTPS_PROXY, "http://127.0.0.1:4000");
        assert.equal(linux.command[linux.command.indexOf("--network") + 1], "host");
    });
});
