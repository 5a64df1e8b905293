import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Plugins } from "../../../engine/program/plugins";
import { checkout } from "../../support/quickstart";
import { skip } from "../../support/skip";

const PLUGIN = `
const { main } = require("@pulumi/pulumi/provider");
module.exports = main({ version: "1.0.0", schema: "{}" }, process.argv.slice(2));
`;

describe("the code that a plugin has compiled", () => {
    let folder: string;
    let cacheDirectory: string;
    before(function () {
        if (process.versions.node.startsWith("20.")) {
            skip(this, "Node 20 keeps no compiled code");
        }
        // In the checkout, because the plugin finds the SDK from there.
        mkdirSync(join(checkout, "temp"), { recursive: true });
        folder = mkdtempSync(join(checkout, "temp", "plugins-"));
        cacheDirectory = join(folder, "compiled");
        writeFileSync(join(folder, "package.json"), '{ "name": "parts", "main": "index.js" }');
        writeFileSync(join(folder, "PulumiPlugin.yaml"), "runtime: nodejs\n");
        writeFileSync(join(folder, "index.js"), PLUGIN);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const kept = (): number =>
        existsSync(cacheDirectory) ? readdirSync(cacheDirectory, { recursive: true }).length : 0;

    it("is kept for the next run, although the engine kills the plugin", async () => {
        const environment = { NODE_COMPILE_CACHE: cacheDirectory };
        const said: string[] = [];
        const onOutput = (text: string): void => void said.push(text);
        const plugins = new Plugins({
            directory: folder,
            folders: { parts: folder },
            environment,
            cacheDirectory,
            onOutput,
        });
        plugins.address = "127.0.0.1:1";
        try {
            await plugins.of("parts");
            // The SDK alone has hundreds of files. A plugin that was killed at once would have none of them.
            for (let tries = 0; kept() < 100 && tries < 1000; tries++) {
                await sleep(20);
            }
        } finally {
            plugins.close();
        }
        assert.ok(kept() >= 100, `${kept()} files; the plugin said: ${said.join("")}`);
    });
});
