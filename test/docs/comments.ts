import { createRequire } from "node:module";
import ts from "typescript";

interface Place {
    file: string;
    name: string;
}
const { declarationsOf, exportsOf } = createRequire(__filename)("../../scripts/generate/api-declarations.cjs") as {
    declarationsOf: (place: Place) => ts.Node[];
    exportsOf: (file: string) => Map<string, Partial<Place> & { package?: string }>;
};

/** The interfaces of what users pass: there every member has a comment, and every optional one its default, or when it is required. */
const PASSED = /(Options|Args|Transform|Settings|Expectation|Target|Check|Sidecar|ScheduleRetry)$/;

/** What the comments of a file's exports lack: one line each, such as `SmokeCheck.deadline has no default`. */
export function missingComments(file: string): string[] {
    return [...exportsOf(file)].flatMap(([name, at]) => {
        if (at.file === undefined || at.name === undefined || at.package !== undefined || at.name === "*") {
            return [];
        }
        const nodes = declarationsOf({ file: at.file, name: at.name });
        const documented = nodes.some((node) => commentOf(node) !== "");
        return [...(documented ? [] : [`${name} has no comment`]), ...nodes.flatMap((node) => missingIn(name, node))];
    });
}

function missingIn(name: string, node: ts.Node): string[] {
    if (ts.isInterfaceDeclaration(node) && PASSED.test(name)) {
        return node.members.flatMap((member) => missingOf(name, member));
    }
    if (ts.isClassDeclaration(node)) {
        return node.members.filter(isPublic).flatMap((member) => untoldErrors(`${name}.${nameOf(member)}`, member));
    }
    return ts.isFunctionDeclaration(node) ? untoldErrors(name, node) : [];
}

function missingOf(owner: string, member: ts.Node): string[] {
    const name = `${owner}.${nameOf(member)}`;
    const comment = commentOf(member);
    const lacks: string[] = [];
    if (comment === "") {
        lacks.push(`${name} has no comment`);
    } else if (
        ts.isPropertySignature(member) &&
        member.questionToken !== undefined &&
        !/default|required/i.test(comment)
    ) {
        lacks.push(`${name} has no default`);
    }
    return lacks;
}

/** A function that throws an error itself says so. */
function untoldErrors(name: string, node: ts.Node): string[] {
    const throws = (child: ts.Node): boolean =>
        ts.isThrowStatement(child)
            ? isError(child)
            : !ts.isFunctionLike(child) && (ts.forEachChild(child, throws) ?? false);
    const { body } = node as { body?: ts.Node };
    return body !== undefined && throws(body) && !/throws|rejects/i.test(commentOf(node))
        ? [`${name} does not say when it throws`]
        : [];
}

/** An error that is only passed on, or that says that a state cannot be, is no one's business. */
function isError({ expression }: ts.ThrowStatement): boolean {
    return ts.isNewExpression(expression) && expression.expression.getText() !== "Error";
}

function isPublic(member: ts.Node): boolean {
    const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
    const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
    const name = nameOf(member);
    return !modifiers.some(({ kind }) => hidden.includes(kind)) && !name.startsWith("#") && !name.startsWith("__");
}

function nameOf(member: ts.Node): string {
    const { name } = member as { name?: ts.Node };
    return name?.getText() ?? ts.SyntaxKind[member.kind];
}

function commentOf(node: ts.Node): string {
    return ts
        .getJSDocCommentsAndTags(node)
        .filter((comment) => ts.isJSDoc(comment))
        .map((comment) => comment.getText())
        .join("\n");
}
