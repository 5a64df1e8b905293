// Makes schemas/: what commands print as JSON, from the types in cli/printed-json.ts. Each describes just what this version
// prints, so that a test notices what no schema knows.
const { join } = require("node:path");
const ts = require("typescript");
const { root } = require("../sources.cjs");

/** The versions of schemas that have changed in a way that readers notice. All others have the first. */
const VERSIONS = {};

const { TypeFlags } = ts;

/** The schemas of types. A type that has a name becomes a definition, which can refer to itself. */
class Schemas {
    definitions = {};
    names = new Map();

    constructor(checker) {
        this.checker = checker;
    }

    of(type) {
        const name = this.nameOf(type);
        if (name === undefined) {
            return this.plain(type);
        }
        if (!this.names.has(type)) {
            const same = [...this.names.values()].filter((each) => each === name || each.startsWith(`${name}_`)).length;
            const own = same === 0 ? name : `${name}_${same + 1}`;
            this.names.set(type, own);
            this.definitions[own] = this.plain(type);
        }
        return { $ref: `#/definitions/${this.names.get(type)}` };
    }

    /** The name of a type that we have declared; what has none, or is generic, is written where it is used. */
    nameOf(type) {
        const symbol = type.aliasSymbol ?? (type.flags & TypeFlags.Object ? type.symbol : undefined);
        const [declaration] = symbol?.declarations ?? [];
        const own = declaration !== undefined && !declaration.getSourceFile().isDeclarationFile;
        const named = own && (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration));
        return named && declaration.typeParameters === undefined ? symbol.name : undefined;
    }

    plain(type) {
        const { checker } = this;
        if (type.flags & (TypeFlags.Any | TypeFlags.Unknown)) {
            return {};
        }
        if (type.isUnion()) {
            return this.union(type.types.filter(({ flags }) => !(flags & TypeFlags.Undefined)));
        }
        if (type.isStringLiteral() || type.isNumberLiteral()) {
            return { const: type.value };
        }
        if (type.flags & TypeFlags.BooleanLiteral) {
            return { const: checker.typeToString(type) === "true" };
        }
        const scalar = [
            [TypeFlags.Null, "null"],
            [TypeFlags.StringLike, "string"],
            [TypeFlags.NumberLike, "number"],
            [TypeFlags.BooleanLike, "boolean"],
        ].find(([flag]) => type.flags & flag);
        if (scalar !== undefined) {
            return { type: scalar[1] };
        }
        if (checker.isArrayType(type)) {
            return { type: "array", items: this.of(checker.getTypeArguments(type)[0]) };
        }
        if (!(type.flags & (TypeFlags.Object | TypeFlags.Intersection)) || type.getCallSignatures().length > 0) {
            throw new Error(`no JSON is of the type ${checker.typeToString(type)}`);
        }
        return this.object(type);
    }

    union(types) {
        if (types.length === 1) {
            return this.of(types[0]);
        }
        const parts = types.map((each) => this.of(each));
        const booleans = parts.filter((part) => typeof part.const === "boolean");
        const literals = parts.filter((part) => "const" in part && typeof part.const !== "boolean");
        const others = parts.filter((part) => !("const" in part));
        const all = [
            ...others,
            ...(booleans.length === 2 ? [{ type: "boolean" }] : booleans),
            ...(literals.length > 1 ? [{ enum: literals.map((part) => part.const) }] : literals),
        ];
        return all.length === 1 ? all[0] : { anyOf: all };
    }

    object(type) {
        const { checker } = this;
        const found = checker.getPropertiesOfType(type);
        const properties = found.map((property) => {
            const description = ts.displayPartsToString(property.getDocumentationComment(checker));
            const schema = this.of(checker.getTypeOfSymbol(property));
            return [property.name, description === "" ? schema : described(schema, description)];
        });
        const required = found.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
        const others = checker.getIndexTypeOfType(type, ts.IndexKind.String);
        return {
            type: "object",
            ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
            ...(required.length > 0 && { required }),
            additionalProperties:
                others === undefined ? false : others.flags & TypeFlags.Never ? false : this.of(others),
        };
    }
}

/** Draft 7 reads nothing beside a reference. */
function described(schema, text) {
    const description = text.replaceAll(/\s+/g, " ");
    return "$ref" in schema ? { description, allOf: [schema] } : { description, ...schema };
}

const PAGE = `# What commands print as JSON

Each has a JSON schema (draft 7) in \`schemas/printed/\` of the package. \`$id\` ends with the version of the schema: the next one is
given when a field is taken away, or means something else. New fields do not change it, so a reader should pass over what it
does not know, although the schema of each version of the package names all fields.

\`npm run generate -- printed\` makes this page and the schemas.
`;

function page(made) {
    const rows = made.map(({ name, title }) => [`[${name}](../schemas/printed/${name}.json)`, title]);
    const width = (column) => Math.max(...[["schema", "what it describes"], ...rows].map((row) => row[column].length));
    const line = (cells, fill) => `| ${cells.map((cell, index) => cell.padEnd(width(index), fill)).join(" | ")} |`;
    return [
        PAGE,
        line(["schema", "what it describes"], " "),
        line(["", ""], "-"),
        ...rows.map((row) => line(row, " ")),
        "",
    ].join("\n");
}

function make() {
    const file = join(root, "cli", "printed-json.ts");
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [file] }, ts.sys, root);
    const program = ts.createProgram([file], options);
    const checker = program.getTypeChecker();
    const printed = program
        .getSourceFile(file)
        .statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === "PrintedJson");
    const made = checker.getPropertiesOfType(checker.getTypeAtLocation(printed)).map((property) => {
        const schemas = new Schemas(checker);
        const schema = schemas.of(checker.getTypeOfSymbol(property));
        const title = ts.displayPartsToString(property.getDocumentationComment(checker)).replaceAll(/\s+/g, " ");
        const whole = {
            $schema: "http://json-schema.org/draft-07/schema#",
            $id: `urn:pulumi-gcp-invoke:${property.name}:${VERSIONS[property.name] ?? 1}`,
            title,
            ...("$ref" in schema ? { allOf: [schema] } : schema),
            definitions: schemas.definitions,
        };
        return { name: property.name, title, whole };
    });
    return {
        ...Object.fromEntries(
            made.map(({ name, whole }) => [`schemas/printed/${name}.json`, `${JSON.stringify(whole, undefined, 1)}\n`]),
        ),
        "docs/json.md": page(made),
    };
}

module.exports = { make };
