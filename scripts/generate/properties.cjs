// Makes engine/provider/properties.json: the properties of the gcp provider's resource types, which the engine checks, compares
// and translates. They are read from the declarations of the installed @pulumi/gcp. These do not say which changes force a
// replacement, and lack a few secrets. provider-facts.json has both, read from the provider's schema, which no package of npm has:
//     pulumi package get-schema gcp > schema.json && npm run generate -- properties --schema schema.json
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { version, resource, object } = require("./provider-declarations.cjs");
const { words } = require("./property-words.cjs");
const { readSchema } = require("./provider-schema.cjs");

const facts = join(__dirname, "provider-facts.json");

/** The resource types that the engine knows, and the facts of provider-facts.json about their properties. */
function known(args) {
    const at = args.indexOf("--schema");
    const before = JSON.parse(readFileSync(facts, "utf8"));
    if (at < 0) {
        return before;
    }
    const read = readSchema(args[at + 1], Object.keys(before.resources));
    writeFileSync(facts, `${JSON.stringify(read, undefined, 1)}\n`);
    return read;
}

/** The facts about the properties of one type, by name. Throws if there are none about a name. */
function factsOf(names, where) {
    const known = new Map(
        names
            .split(" ")
            .map((name) => [name.replace(/[*^]+$/, ""), { replaces: name.includes("^"), secret: name.includes("*") }]),
    );
    return (name) => {
        if (known.has(name)) {
            return known.get(name);
        }
        throw new Error(
            `${where} has the new property ${name} in @pulumi/gcp ${version}, and nothing says whether a change of it forces a replacement; run with --schema, or add "${name}" to ${facts}, with ^ behind it where it does and * where it is secret`,
        );
    };
}

function sorted(entries) {
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function make(args) {
    const { resources, types } = known(args);
    const made = { resources: {}, types: {} };
    const wanted = new Set();
    const want = (found) =>
        found.forEach(([, word]) =>
            /#([\w/]+)/
                .exec(word)
                ?.slice(1)
                .forEach((name) => wanted.add(name)),
        );
    for (const [token, names] of Object.entries(resources)) {
        const { given, others } = words(token, resource(token), factsOf(names, token));
        made.resources[token] = { inputs: sorted(given), outputs: sorted(others) };
        want([...given, ...others]);
    }
    // The loop also reads what is added to the set while it runs, because types contain types.
    for (const name of wanted) {
        const { given, others } = words(name, object(name), factsOf(types[name] ?? "", name));
        made.types[name] = sorted([...given, ...others]);
        want([...given, ...others]);
    }
    made.types = sorted(Object.entries(made.types));
    return { "engine/provider/properties.json": `${JSON.stringify(made, undefined, 4)}\n` };
}

module.exports = { factsOf, make };
