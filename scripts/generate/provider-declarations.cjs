// Reads the resource types of the installed @pulumi/gcp. Their declarations name the properties and their types, which are
// required and which Google Cloud computes. Their constructors name those that are secret.
const { readdirSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const ts = require("typescript");

const gcp = dirname(require.resolve("@pulumi/gcp/package.json"));
const { version } = require("@pulumi/gcp/package.json");

const parsed = new Map();
function parse(file) {
    if (!parsed.has(file)) {
        parsed.set(file, ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
    }
    return parsed.get(file);
}

let paths;
/** The paths of the modules of all resource types, without their endings, by token. */
function modules() {
    paths ??= new Map(
        readdirSync(gcp, { withFileTypes: true })
            .filter((each) => each.isDirectory())
            .flatMap(({ name: folder }) =>
                readdirSync(join(gcp, folder))
                    .filter((name) => name.endsWith(".js"))
                    .flatMap((name) => {
                        const path = join(gcp, folder, name.slice(0, -".js".length));
                        const token = /__pulumiType = '([^']+)'/.exec(readFileSync(`${path}.js`, "utf8"))?.[1];
                        return token === undefined ? [] : [[token, path]];
                    }),
            ),
    );
    return paths;
}

function moduleOf(token) {
    const path = modules().get(token);
    if (path === undefined) {
        throw new Error(`@pulumi/gcp ${version} has no ${token}`);
    }
    return path;
}

/** A type as a word (`string`, `{x}` for a map, `x[]` for a list, `#x` for an object), and whether it may be undefined. */
function word(node) {
    if (ts.isParenthesizedTypeNode(node)) {
        return word(node.type);
    }
    if (ts.isUnionTypeNode(node)) {
        const members = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
        return { ...word(members[0]), optional: members.length < node.types.length };
    }
    if (ts.isArrayTypeNode(node)) {
        return { type: `${word(node.elementType).type}[]` };
    }
    if (ts.isTypeLiteralNode(node)) {
        return { type: `{${word(node.members[0].type).type}}` };
    }
    if (ts.isTypeReferenceNode(node)) {
        return reference(node);
    }
    return { type: node.getText() };
}

function reference(node) {
    const name = node.typeName.getText();
    // pulumi.Input<x> and pulumi.Output<x> are read as x.
    if (/^pulumi\.(Input|Output)$/.test(name)) {
        return word(node.typeArguments[0]);
    }
    if (/^pulumi\.asset\./.test(name)) {
        return { type: "asset" };
    }
    const [, path] = /^(?:inputs|outputs)\.(.*)$/.exec(name) ?? [];
    if (path === undefined) {
        throw new Error(`${node.getSourceFile().fileName}: ${name} is no type that is known here`);
    }
    return { type: `#${path.replaceAll(".", "/")}` };
}

/** The members of an interface or class that are properties, by name. */
function members(node) {
    const properties = node.members.filter(
        (member) =>
            (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) &&
            member.type &&
            !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword),
    );
    return new Map(
        properties.map((member) => {
            const { type, optional = false } = word(member.type);
            const doc = ts
                .getJSDocCommentsAndTags(member)
                .map((each) => each.getText())
                .join("\n");
            return [
                member.name.text,
                {
                    type,
                    optional: optional || member.questionToken !== undefined,
                    sensitive: /propert\w+ is sensitive/.test(doc),
                    doc,
                },
            ];
        }),
    );
}

/** The inputs and outputs of a resource type, which of them are secret, and the ids that its documentation imports. */
function resource(token) {
    const path = moduleOf(token);
    const { statements } = parse(`${path}.d.ts`);
    const declared = statements.find((each) => ts.isClassDeclaration(each));
    const name = declared.name.text;
    const args = statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === `${name}Args`);
    const code = readFileSync(`${path}.js`, "utf8");
    const [, hidden = ""] = /additionalSecretOutputs: \[(.*?)\]/.exec(code) ?? [];
    const secrets = [...code.matchAll(/pulumi\.secret\(args\.(\w+)\)/g)].map(([, found]) => found);
    return {
        inputs: members(args),
        outputs: members(declared),
        secrets: new Set([...secrets, ...hidden.split(", ").map((each) => each.slice(1, -1))]),
        imports: [...parse(`${path}.d.ts`).text.matchAll(/pulumi import \S+ \S+ (\S+)/g)].map(([, id]) => id),
    };
}

const sides = {};
/** The properties of an object type, as an input and as an output. */
function object(name) {
    const [inputs, outputs] = ["input", "output"].map((side) => {
        sides[side] ??= interfaces(parse(join(gcp, "types", `${side}.d.ts`)).statements, "");
        const declared = sides[side].get(name);
        return declared ? members(declared) : new Map();
    });
    return { inputs, outputs };
}

function interfaces(statements, prefix) {
    return new Map(
        statements.flatMap((each) => {
            if (ts.isInterfaceDeclaration(each)) {
                return [[prefix + each.name.text, each]];
            }
            if (ts.isModuleDeclaration(each)) {
                return [...interfaces(each.body.statements, `${prefix}${each.name.text}/`)];
            }
            return [];
        }),
    );
}

module.exports = { version, tokens: () => [...modules().keys()].sort(), resource, object };
