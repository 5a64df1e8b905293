import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A class of errors, as its source says it. */
export interface ErrorClass {
    file: string;
    name: string;
    parent: string;
    /** The values that `code` can have; `open` where it is any text. */
    codes: string[] | "open" | undefined;
}

/** An error that is made somewhere: `new NAME(MESSAGE, …)`. */
export interface Made {
    at: string;
    name: string;
    /** The literal text of the message, with `${}` for what is filled in. */
    text: string;
}

/** The classes that errors of a source are of, and the errors that it makes. */
export function errorsOf(file: string, text: string): { classes: ErrorClass[]; made: Made[] } {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const classes: ErrorClass[] = [];
    const made: Made[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isClassDeclaration(node) && node.name) {
            const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
            const extended = parent?.expression.getText(source) ?? "";
            if (extended.endsWith("Error")) {
                classes.push({ file, name: node.name.text, parent: extended, codes: codesOf(node, source) });
            }
        }
        if (ts.isNewExpression(node) && node.expression.getText(source).endsWith("Error")) {
            const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
            const message = node.arguments?.[0];
            made.push({
                at: `${file}:${line}`,
                name: node.expression.getText(source),
                text: message && ts.isStringLiteralLike(message) ? message.text : templateOf(message),
            });
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return { classes, made };
}

/** The same, of a file of this checkout. */
export function errorsIn(root: string, file: string): ReturnType<typeof errorsOf> {
    return errorsOf(file, readFileSync(join(root, file), "utf8"));
}

function templateOf(node: ts.Expression | undefined): string {
    if (node === undefined || !ts.isTemplateExpression(node)) {
        return "";
    }
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("${}");
}

/** `readonly code = "text"`, or a parameter `readonly code: Type` whose type is a union of texts in the same file. */
function codesOf(node: ts.ClassDeclaration, source: ts.SourceFile): ErrorClass["codes"] {
    const parameters = node.members.filter(ts.isConstructorDeclaration).flatMap((made) => [...made.parameters]);
    for (const member of [...node.members.filter(ts.isPropertyDeclaration), ...parameters]) {
        if (member.name.getText(source) !== "code" || !member.modifiers) {
            continue;
        }
        if (member.modifiers.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)) {
            return undefined;
        }
        if (member.initializer && ts.isStringLiteral(member.initializer)) {
            return [member.initializer.text];
        }
        const alias = source.statements.find(
            (statement): statement is ts.TypeAliasDeclaration =>
                ts.isTypeAliasDeclaration(statement) && statement.name.text === member.type?.getText(source),
        );
        if (!alias) {
            return "open";
        }
        const union = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type];
        return union.map((type) => type.getText(source).replaceAll('"', ""));
    }
    return undefined;
}
