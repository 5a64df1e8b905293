import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { FakeCloud } from "./fake-cloud";

const COUNT = 40;
/** How often the update is killed. Set `ENGINE_KILLS=50` for a long run. */
const KILLS = Number(process.env["ENGINE_KILLS"] ?? 2);

describe("an update that is killed", function () {
    this.timeout(120_000 + KILLS * 20_000);
    const cloud = new FakeCloud();
    let server: Server;
    let url = "";
    let state = "";
    before((done) => {
        server = createServer((request, response) => {
            let text = "";
            request.on("data", (chunk) => (text += String(chunk)));
            request.on("end", () => {
                const {
                    method,
                    url: target,
                    body,
                } = JSON.parse(text) as { method: string; url: string; body: unknown };
                void cloud.request(method, target, body).then((answer) => response.end(JSON.stringify(answer)));
            });
        }).listen(0, "127.0.0.1", () => {
            url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
            done();
        });
    });
    beforeEach(() => (state = mkdtempSync(join(tmpdir(), "killed-"))));
    afterEach(() => {
        rmSync(state, { recursive: true, force: true });
    });
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    /** Runs an update, and kills it when the cloud has received this many requests. */
    function update(revision: number, requests?: number): Promise<number | null> {
        const child = spawn(
            process.execPath,
            [
                "--no-experimental-strip-types",
                "--conditions=pulumi-gcp-invoke-source",
                `--require=${resolve(__dirname, "../../scripts/register.cjs")}`,
                resolve(__dirname, "killed-engine.ts"),
                state,
                url,
                String(COUNT),
                String(revision),
            ],
            {
                stdio: ["ignore", "ignore", "inherit"],
                env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), `engine-tests-${process.pid}`) },
            },
        );
        const begun = cloud.requests.length;
        if (requests !== undefined) {
            cloud.intercept = () => {
                if (cloud.requests.length - begun >= requests) {
                    child.kill("SIGKILL");
                }
                return undefined;
            };
        }
        return new Promise((done) => child.once("exit", (code) => done(code)));
    }

    it("is completed by the next update: every resource exists once, and is in the state", async () => {
        for (let round = 0; round < KILLS; round++) {
            if (round % 2 === 0) {
                // Every other round starts with an empty stack, so that creations are interrupted as well as changes.
                rmSync(state, { recursive: true, force: true });
                cloud.resources.clear();
            }
            // The update sends two requests for each resource.
            await update(round, 1 + Math.floor(Math.random() * COUNT * 2));
            cloud.intercept = () => undefined;
            assert.equal(await update(round), 0);
            assert.equal(cloud.resources.size, COUNT, "made twice, or left behind");
            for (const topic of cloud.resources.values()) {
                assert.equal(topic["messageRetentionDuration"], `${600 + round}s`);
            }
            assert.deepEqual(
                readdirSync(state).filter((name) => /journal|partial/.test(name)),
                [],
            );
        }
    });
});
