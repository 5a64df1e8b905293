// Makes the generated files of this repository again: `npm run generate` makes all, `npm run generate -- NAME...` some.
// `--check` writes nothing, and fails if a file is not what would be written. The generators read only installed packages.
// If one needs other input, its script in generate/ names the option. Without it, the generated file is compared with its hash.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const root = join(__dirname, "..");
const NAMES = [
    "regions",
    "properties",
    "catalog",
    "descriptors",
    "messages",
    "connectors",
    "apis",
    "resources",
    "api",
    "schema",
    "coverage",
    "printed",
];

/** The text of a file, with the line ends that generators write; undefined if there is no such file. */
function current(file) {
    try {
        return readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
    } catch {
        return undefined;
    }
}

/** The files of one generator that differ from what it makes. */
function stale(made) {
    return Object.entries(made).filter(([file, text]) => current(file) !== text);
}

function write(made) {
    for (const [file, text] of stale(made)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
        console.log(`${file} is made again`);
    }
}

function main(args) {
    const options = args.filter((arg, index) => arg.startsWith("--") || args[index - 1]?.startsWith("--"));
    const check = options.includes("--check");
    const names = args.filter((arg) => !options.includes(arg) || (NAMES.includes(arg) && check));
    const unknown = names.find((name) => !NAMES.includes(name));
    if (unknown !== undefined) {
        throw new Error(`no generator "${unknown}"; there are ${NAMES.join(", ")}`);
    }
    for (const name of names.length > 0 ? names : NAMES) {
        const made = require(`./generate/${name}.cjs`).make(options);
        if (!check) {
            write(made);
        }
        for (const [file] of check ? stale(made) : []) {
            console.error(`${file} is not what its generator makes; run npm run generate -- ${name}`);
            process.exitCode = 1;
        }
    }
}

try {
    main(process.argv.slice(2));
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
