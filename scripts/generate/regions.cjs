// Makes common/regions.ts: the regions of Google Cloud. They are read from gcloud, which has a registry host for each of them:
//     npm run generate -- regions --gcloud /usr/lib/google-cloud-sdk
// Without it, nothing can be made. Then the file is compared with the hash in it, so that an edit by hand is found.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const FILE = "common/regions.ts";
const LIST = "lib/googlecloudsdk/core/docker/constants.py";

const hash = (names) => createHash("sha256").update(names.join(" ")).digest("hex").slice(0, 16);

function source(names, version) {
    return `// Made by scripts/generate/regions.cjs from gcloud ${version} (${LIST}, Apache-2.0); hash ${hash(names)}.
/** The regions of Google Cloud, in the order of their names. */
export const REGIONS: readonly string[] = [
${names.map((name) => `    "${name}",\n`).join("")}];
`;
}

function make(args) {
    const at = args.indexOf("--gcloud");
    if (at >= 0) {
        const folder = args[at + 1];
        const text = readFileSync(join(folder, LIST), "utf8");
        const names = new Set([...text.matchAll(/'([a-z]+-[a-z]+\d+)-docker\.pkg\.dev'/g)].map(([, name]) => name));
        return { [FILE]: source([...names].sort(), readFileSync(join(folder, "VERSION"), "utf8").trim()) };
    }
    const text = readFileSync(join(__dirname, "../..", FILE), "utf8").replaceAll("\r\n", "\n");
    const names = [...text.matchAll(/^ {4}"([\w-]+)",$/gm)].map(([, name]) => name);
    if (!text.includes(`hash ${hash(names)}.`)) {
        throw new Error(`${FILE} was edited by hand; run with --gcloud`);
    }
    return { [FILE]: text };
}

module.exports = { make };
