import { strict as assert } from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { command } from "../support/command";
import { manifest, pack } from "../support/packed";
import { checkout } from "../support/quickstart";
import { skip } from "../support/skip";
import { matchesWildcards } from "../../common";

const lines = readFileSync(join(checkout, "Containerfile"), "utf8").split("\n");
/** What follows the word of an instruction. */
const instruction = (word: string): string =>
    lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? assert.fail(`there is no ${word}`);
const BASE = instruction("FROM");
const TAG = "localhost/gcp-invoke-sandbox-test";

/** What an image says of itself. */
interface Image {
    User: string;
    Cmd: string[];
    Healthcheck?: { Test: string[] };
}

function run(program: string, ...args: string[]): { status: number | null; text: string } {
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
    return { status, text: `${stdout}${stderr}` };
}

describe("the Containerfile", () => {
    it("copies the file that npm pack makes, and nothing else", () => {
        const { name, version } = manifest() as { name: string; version: string };
        const copied = lines.filter((line) => /^(COPY|ADD) /.test(line));
        assert.equal(copied.length, 1);
        const [, pattern = ""] = (copied[0] ?? "").split(" ");
        assert.ok(matchesWildcards(pattern, `${name}-${version}.tgz`), pattern);
    });

    it("runs a command that the package has, with options that the command has", async () => {
        const { bin } = manifest() as { bin: Record<string, string> };
        const [program = "", ...words] = JSON.parse(instruction("CMD")) as string[];
        assert.ok(program in bin, program);
        const options = words.filter((word) => word.startsWith("--"));
        const { code, text } = await command(tmpdir(), [...words.slice(0, words.indexOf(options[0] ?? "")), "--help"]);
        assert.equal(code, 0, text);
        assert.deepEqual(
            options.filter((option) => !text.includes(`${option} `)),
            [],
        );
    });
});

describe("an image of the Containerfile", function () {
    this.timeout(900_000);
    let folder: string;
    let container = "";
    let image: Image;
    before(function () {
        // Buildah runs what it has built without a daemon, also where the machine lets nobody make a container.
        if (run("buildah", "--version").status !== 0) {
            skip(this, "this machine has no buildah");
        }
        if (run("buildah", "inspect", "--type", "image", BASE).status !== 0) {
            skip(this, `buildah has no image ${BASE}`);
        }
        folder = mkdtempSync(join(tmpdir(), "image-"));
        const { tarball } = pack();
        mkdirSync(join(folder, "container"));
        copyFileSync(tarball, join(folder, "container", basename(tarball)));
        const file = join(checkout, "Containerfile");
        const flags = ["--format", "docker", "--network", "host", "--pull-never", "-f", file, "-t", TAG];
        const built = run("buildah", "bud", ...flags, join(folder, "container"));
        assert.equal(built.status, 0, built.text);
        const { text } = run("buildah", "inspect", "--type", "image", TAG);
        image = (JSON.parse(text) as { Docker: { config: Image } }).Docker.config;
        const from = run("buildah", "from", "--pull-never", TAG);
        assert.equal(from.status, 0, from.text);
        container = from.text.trim();
    });
    after(() => {
        if (container !== "") {
            run("buildah", "rm", container);
            run("buildah", "rmi", TAG);
            rmSync(folder, { recursive: true, force: true });
        }
    });

    const inside = (...words: string[]): string[] => [
        "run",
        "--network",
        "host",
        "--user",
        image.User,
        container,
        "--",
        ...words,
    ];

    it("is healthy while the sandbox serves, and not before and after; it runs as no root", async () => {
        assert.equal(image.User, "node");
        assert.notEqual(run("buildah", ...inside("id", "-u")).text.trim(), "0");
        const [kind, health = ""] = image.Healthcheck?.Test ?? [];
        assert.equal(kind, "CMD-SHELL");
        const isHealthy = (): boolean => run("buildah", ...inside("sh", "-c", health)).status === 0;
        assert.equal(isHealthy(), false);
        // At a free port, because the container shares the network of the machine.
        const words = image.Cmd.toSpliced(image.Cmd.indexOf("--port"), 2);
        const served = spawn("buildah", inside(...words), { stdio: ["ignore", "pipe", "pipe"] });
        let said = "";
        served.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
        served.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
        const closed = once(served, "close");
        try {
            while (!isHealthy()) {
                assert.equal(served.exitCode, null, said);
                await sleep(200);
            }
            assert.match(said, /ready: project demo/);
            const { text } = run("buildah", ...inside("gcp-invoke", "sandbox", "env"));
            assert.match(text, /^export HTTPS_PROXY='http:\/\/127\.0\.0\.1:\d+'$/m);
            assert.match(text, /^export GOOGLE_APPLICATION_CREDENTIALS='\/tmp\/gcp-invoke\/credentials\//m);
        } finally {
            served.kill("SIGTERM");
            await closed;
        }
        while (isHealthy()) {
            await sleep(200);
        }
    });
});
