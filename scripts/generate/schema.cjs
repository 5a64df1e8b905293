// Makes plugin/schema.json: the components as Pulumi describes a package for all its languages. The SDK's analyzer reads them
// from the sources, which takes long and needs the compiler, so that it is done here and not where the package is used.
const { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Analyzer } = require("@pulumi/pulumi/provider/experimental/analyzer");
const { generateSchema } = require("@pulumi/pulumi/provider/experimental/schema");
const ts = require("typescript");
const { root } = require("../sources.cjs");

/** The names of the components: what extends Pulumi's class in a file of `components/`. */
function components() {
    const files = readdirSync(join(root, "components")).filter((file) => file.endsWith(".ts"));
    return files.flatMap((file) => {
        const text = readFileSync(join(root, "components", file), "utf8");
        return [...text.matchAll(/^export class (\w+) extends pulumi\.ComponentResource/gm)].map(([, name]) => name);
    });
}

const { readFile } = ts.sys;

/** The modules of the provider that the components name, such as `cloudrunv2`. */
function modulesOfProvider() {
    const files = globSync("components/**/*.ts", { cwd: root });
    const texts = files.map((file) => readFileSync(join(root, file), "utf8"));
    return new Set(
        texts.flatMap((text) =>
            [...text.matchAll(/(?:\bgcp\.(?:types\.(?:in|out)put\.)?|"@pulumi\/gcp\/)(\w+)/g)].map(([, name]) => name),
        ),
    );
}

/**
 * A reader of files for the compiler. It would take ten seconds to parse the comments of the provider's types, and several to
 * parse the modules that no component names. In our own comments a link is only its text: the analyzer cannot read links, and
 * other languages have other ones.
 */
function forAnalyzer() {
    const named = modulesOfProvider();
    return (file, encoding) => {
        const text = readFile(file, encoding);
        if (!file.includes("/@pulumi/gcp/")) {
            return text?.replaceAll(/\{@link (\w+)\}/g, "`$1`");
        }
        const bare = text?.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
        if (file.endsWith("/@pulumi/gcp/index.d.ts")) {
            return bare.replaceAll(/^import \* as (\w+) .*\n/gm, (line, name) =>
                named.has(name) ? line : `declare const ${name}: never;\n`,
            );
        }
        return /\/types\/(in|out)put\.d\.ts$/.test(file)
            ? bare.replaceAll(/^export declare namespace (\w+) \{\n[^]*?^\}\n/gm, (part, name) =>
                  named.has(name) ? part : "",
              )
            : bare;
    };
}

function analyze(manifest) {
    mkdirSync(join(root, "temp"), { recursive: true });
    const folder = mkdtempSync(join(root, "temp", "schema-"));
    try {
        const settings = { extends: "../../tsconfig.json", files: [join(root, "index.ts")] };
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
        // The analyzer looks for the sources beside the entry that the manifest names.
        const entry = { ...manifest, exports: join(root, "index.js") };
        ts.sys.readFile = forAnalyzer();
        return new Analyzer(folder, manifest.name, entry, new Set(components())).analyze();
    } finally {
        ts.sys.readFile = readFile;
        rmSync(folder, { recursive: true });
    }
}

/** A copy of the schema in which each value is what `change` makes of it. */
function rewrite(value, change) {
    if (Array.isArray(value)) {
        return value.map((member) => rewrite(member, change));
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    const members = Object.entries(value).map(([key, member]) => [key, rewrite(member, change)]);
    return change(Object.fromEntries(members));
}

/** Whether a property is an enum, by what it refers to. */
const isEnum = (types, { $ref }) => types[$ref?.replace("#/types/", "")]?.enum !== undefined;

/** The schema of the package; its version is set where it is served. */
function schema() {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { components: found, typeDefinitions, dependencies } = analyze(manifest);
    const made = generateSchema(manifest.name, "", manifest.description, found, typeDefinitions, dependencies);
    // Languages add `Args` to the types of inputs, and Go's compiler then misses a name that has it already.
    const text = JSON.stringify(made).replace(/(pulumi-gcp-invoke:index:\w+?)Args"/g, '$1"');
    const { version: _, ...whole } = JSON.parse(text);
    // What an output has, YAML cannot pass to another component if it is an enum.
    const data = new Set();
    const visit = (value) =>
        void rewrite(value, (each) => {
            const name = each.$ref?.startsWith("#/types/") ? each.$ref.slice("#/types/".length) : undefined;
            if (name !== undefined && !data.has(name)) {
                data.add(name);
                visit(whole.types[name]);
            }
            return each;
        });
    for (const { properties } of Object.values(whole.resources)) {
        visit(properties);
    }
    const textual = (part) =>
        rewrite(part, (each) => {
            if (!isEnum(whole.types, each)) {
                return each;
            }
            const { $ref, description = "", ...rest } = each;
            const { type, enum: values } = whole.types[$ref.replace("#/types/", "")];
            const allowed = values.map(({ value }) => `\`${value}\``).join(", ");
            return { type, ...rest, description: `${description} It is one of ${allowed}.`.trim() };
        });
    for (const name of data) {
        whole.types[name] = whole.types[name].enum ? whole.types[name] : textual(whole.types[name]);
    }
    for (const resource of Object.values(whole.resources)) {
        resource.properties = textual(resource.properties);
    }
    const { "@pulumi/gcp": gcp, "@pulumi/pulumi": pulumi } = manifest.peerDependencies;
    const { python, csharp, java } = whole.language;
    // By their own rules, languages would begin the name with "pulumi" twice.
    Object.assign(python, {
        packageName: "pulumi_gcp_invoke",
        requires: { pulumi: range(pulumi), "pulumi-gcp": range(gcp) },
    });
    // The SDKs of .NET and Java name types of Google's package, and get it only where the schema says so.
    Object.assign(csharp, {
        namespaces: { [manifest.name]: "GcpInvoke" },
        packageReferences: { "Pulumi.Gcp": interval(gcp) },
    });
    Object.assign(java, {
        packages: { [manifest.name]: "gcpinvoke" },
        dependencies: { "com.pulumi:gcp": whole.dependencies.find(({ name }) => name === "gcp").version },
    });
    // Each SDK is then a package that its language can install: one for Go has a go.mod, one for Python a pyproject.toml.
    whole.meta = { ...whole.meta, supportPack: true };
    whole.license = manifest.license;
    return whole;
}

/** A caret range as Python writes it. */
function range(caret) {
    const [major] = caret.slice(1).split(".");
    return `>=${caret.slice(1)},<${Number(major) + 1}.0.0`;
}

/** A caret range as NuGet writes it. */
function interval(caret) {
    const [major] = caret.slice(1).split(".");
    return `[${caret.slice(1)},${Number(major) + 1})`;
}

function make() {
    return { "plugin/schema.json": `${JSON.stringify(schema(), undefined, 1)}\n` };
}

module.exports = { make };
