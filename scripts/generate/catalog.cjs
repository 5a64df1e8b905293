// Makes engine/provider/catalog/table.ts: the properties of all resource types of the installed @pulumi/gcp that properties.json
// does not have, and docs/resources.md, which says what the sandbox does with each type. Everything is read from the
// declarations. They do not say which changes force a replacement: see replaces() for how this is told.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { brotliCompressSync, brotliDecompressSync, constants } = require("node:zlib");
const { version, tokens, resource, object } = require("./provider-declarations.cjs");
const { words } = require("./property-words.cjs");
const { sourceOf } = require("./provider-source.cjs");

const root = join(__dirname, "../..");
const FILE = "engine/provider/catalog/table.ts";

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** What the documentation says of a property whose change forces a replacement. */
const SAYS_SO =
    /immutable|forces? (a )?new|forces? the creation|changing th(is|e)\b[^.]*(new|recreat|replac|force)|(can(not|'t| not)|may not) be (changed|updated|modified|altered)|recreat|once (set|created)[^.]*(cannot|can't)|only be (set|specified)[^.]*creat|at (the time of )?creation|(set|specified|used) (only )?(at|during|when)[^.]* creat/i;

/** Properties that say where a resource is, or on what it is built. */
const PLACES =
    /^(project|location|region|zone|parent|organization|orgId|folder|network|subnetwork|authorizedNetwork|params|encryptionSpec|ipVersion|sourceDisk|namePrefix)$/;

/**
 * Whether a change of a property forces a replacement. The source of the provider says so of the types that are enforced.
 * The documentation says so of few; all that are part of the name of the resource do, and those that place it. Of other
 * properties without a word in the documentation, an update is assumed. Of grants, only the members can be changed.
 */
function replaces(owner, named = new Set()) {
    const isGrant = IAM.test(owner);
    const known = sourceOf(owner);
    return (name, { doc = "" } = {}) =>
        isGrant
            ? name !== "members" && name !== "policyData"
            : named.has(name) || (known?.get(name)?.replaces ?? (isPlace(owner, name) || SAYS_SO.test(doc)));
}

const isPlace = (owner, name) => owner.startsWith("gcp:") && PLACES.test(name);

const IAM = /I[aA][mM](Member|Binding|Policy)$/;

/**
 * The id of a resource, with the names of inputs in braces, from the first id that the documentation imports; empty where
 * it names something that is no input.
 */
function idOf(imports, inputs) {
    const template = (imports[0] ?? "").replace(/\{\{(?:%\s*)?(\w+)\}\}/g, (_, name) => `{${camel(name)}}`);
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    return names.length > 0 && !/[{}].*[{}]{2}/.test(template) && names.every((name) => inputs.has(name))
        ? template
        : "";
}

function line(name, id, { given, others }) {
    const list = (entries) =>
        entries
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, word]) => `${key}:${word}`)
            .join(" ");
    return `${[name, ...(id === undefined ? [] : [id]), list(given), list(others)].join("\t")}\n`;
}

function table() {
    const exact = JSON.parse(readFileSync(join(root, "engine/provider/properties.json"), "utf8"));
    let text = "";
    const wanted = new Set();
    const want = ({ given, others }) =>
        [...given, ...others].forEach(([, word]) => {
            const [, name] = /#([\w/]+)/.exec(word) ?? [];
            if (name !== undefined && exact.types[name] === undefined) {
                wanted.add(name);
            }
        });
    for (const token of tokens().filter((each) => exact.resources[each] === undefined)) {
        const found = resource(token);
        const id = idOf(found.imports, found.inputs);
        const named = new Set([...id.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
        const rule = replaces(token, named);
        const made = words(token, found, (name) => ({ replaces: rule(name, found.inputs.get(name)), secret: false }));
        want(made);
        text += line(token, id, made);
    }
    // The loop also reads what is added to the set while it runs, because types contain types.
    for (const name of wanted) {
        const found = object(name);
        const rule = replaces(name);
        const made = words(name, found, (key) => ({ replaces: rule(key, found.inputs.get(key)), secret: false }));
        want(made);
        text += line(`#${name}`, undefined, { given: [...made.given, ...made.others], others: [] });
    }
    return text;
}

/** The table as it is now; another version of Node may compress the same text differently. */
function current() {
    try {
        const file = readFileSync(join(root, FILE), "utf8").replaceAll("\r\n", "\n");
        const packed = [...file.matchAll(/"([\w+/=]+)"/g)].map(([, part]) => part).join("");
        return { file, text: brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8") };
    } catch {
        return undefined;
    }
}

function source(text) {
    const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).toString("base64");
    return `// Made by scripts/generate/catalog.cjs from the declarations of @pulumi/gcp ${version} (Apache-2.0, https://github.com/pulumi/pulumi-gcp).
/** Lines of text, compressed with Brotli, in base64: see catalog.ts. */
export const catalogTable: string =
${packed
    .match(/.{1,200}/g)
    .map((part) => `    "${part}"`)
    .join(" +\n")};
`;
}

function make() {
    const text = table();
    const before = current();
    return { [FILE]: before?.text === text ? before.file : source(text) };
}

module.exports = { make };
