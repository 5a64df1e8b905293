// Finds the declarations of the exports of an entry of the package, in the .d.ts files that the compiler has made, which name
// every type, so that no type checker is needed. It finds them in the sources too.
const { existsSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const ts = require("typescript");

const files = new Map();

/** What a file declares, imports and exports, each by name. */
function scan(file) {
    if (files.has(file)) {
        return files.get(file);
    }
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found = { declared: new Map(), imported: new Map(), exported: new Map(), stars: [] };
    files.set(file, found);
    const add = (name, node) => found.declared.set(name, [...(found.declared.get(name) ?? []), node]);
    for (const statement of source.statements) {
        if (ts.isImportDeclaration(statement)) {
            scanImport(statement, found);
        } else if (ts.isExportDeclaration(statement)) {
            scanExport(statement, found);
        } else if (ts.isVariableStatement(statement)) {
            statement.declarationList.declarations.forEach(({ name }) => add(name.text, statement));
        } else if (statement.name) {
            add(statement.name.text, statement);
        }
        if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
            continue;
        }
        const names = ts.isVariableStatement(statement)
            ? statement.declarationList.declarations.map(({ name }) => name.text)
            : [statement.name.text];
        names.forEach((name) => found.exported.set(name, { name }));
    }
    return found;
}

function scanImport({ importClause, moduleSpecifier }, { imported }) {
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) {
        return;
    }
    bindings.elements.forEach(({ name, propertyName }) =>
        imported.set(name.text, { from: moduleSpecifier.text, name: (propertyName ?? name).text }),
    );
}

function scanExport({ exportClause, moduleSpecifier }, { exported, stars }) {
    const from = moduleSpecifier?.text;
    if (!exportClause) {
        stars.push(from);
    } else if (ts.isNamespaceExport(exportClause)) {
        exported.set(exportClause.name.text, { from, name: "*" });
    } else {
        exportClause.elements.forEach(({ name, propertyName }) =>
            exported.set(name.text, { from, name: (propertyName ?? name).text }),
        );
    }
}

/** The file of a relative import; undefined for the import of a package. */
function target(file, from) {
    if (!from.startsWith(".")) {
        return undefined;
    }
    const path = join(dirname(file), from);
    return [`${path}.d.ts`, `${path}.ts`, join(path, "index.d.ts"), join(path, "index.ts"), path].find(
        (each) => each.endsWith(".ts") && existsSync(each),
    );
}

/** All exports of a file: the name of each, and the file and name of its declaration. */
function exportsOf(file) {
    const { exported, stars } = scan(file);
    const own = [...exported].map(([name, { from, name: inner }]) => [name, resolve(file, from, inner)]);
    return new Map([...stars.flatMap((from) => [...exportsOf(target(file, from))]), ...own]);
}

/** Follows a name through imports and exports to its declaration. A name that comes from another package is not followed. */
function resolve(file, from, name) {
    if (from !== undefined) {
        const next = target(file, from);
        if (next === undefined) {
            return { package: from, name };
        }
        if (name === "*") {
            return { file: next, name };
        }
        return exportsOf(next).get(name) ?? { file: next, name };
    }
    const { declared, imported } = scan(file);
    if (declared.has(name)) {
        return { file, name };
    }
    const found = imported.get(name);
    return found && resolve(file, found.from, found.name);
}

/** The declarations of a name, as the compiler reads them. */
function declarationsOf({ file, name }) {
    return scan(file).declared.get(name) ?? [];
}

/** The declarations of a name, without comments, the bodies of private members, and the word `declare`. */
function textOf({ file, name }) {
    const printer = ts.createPrinter({ removeComments: true });
    return (scan(file).declared.get(name) ?? []).map((node) => {
        const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
        return text.replace(/^ *(private|#).*;\n/gm, "").replace(/^export declare |^declare /, "export ");
    });
}

/** The declarations of this package to which a declaration refers. */
function referenced({ file, name }) {
    const found = [];
    const visit = (node) => {
        // Only types, base classes and types of values count, and not every identifier that is also a name elsewhere.
        const named = node.typeName ?? node.exprName ?? (ts.isExpressionWithTypeArguments(node) && node.expression);
        if (named) {
            found.push(named.getText().split(".")[0]);
        }
        ts.forEachChild(node, visit);
    };
    const isPrivate = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
    for (const node of scan(file).declared.get(name) ?? []) {
        // The braces are needed, because a callback that returns a value ends the walk.
        ts.forEachChild(node, (child) => {
            if (!isPrivate(child)) {
                visit(child);
            }
        });
    }
    return [...new Set(found)].map((each) => resolve(file, undefined, each)).filter((place) => place?.file);
}

module.exports = { declarationsOf, exportsOf, referenced, textOf };
