/**
 * A test waits for what it means, in a loop. After a fixed time that is not there yet on a slow machine. Where nothing can
 * be waited for, such as for something that must not happen, a comment says so.
 */
export const fixedWaits = {
    meta: { type: "problem", schema: [] },
    create: ({ report, sourceCode }) => ({
        AwaitExpression(node) {
            if (!isPause(node.argument) || isInLoop(node)) {
                return;
            }
            const statement = statementOf(node);
            if (sourceCode.getCommentsBefore(statement).length === 0) {
                report({
                    node,
                    message:
                        "a fixed time is too short on a slow machine: wait in a loop until what you mean is there, or say in a comment before this statement why nothing can be waited for",
                });
            }
        },
    }),
};

/** `sleep(20)` of `node:timers/promises` under its usual names, or `new Promise((resolve) => setTimeout(resolve, 20))`. */
function isPause({ type, callee, arguments: [first] = [] }) {
    if (type === "CallExpression") {
        return ["sleep", "delay", "setTimeout"].includes(callee.name);
    }
    const call = type === "NewExpression" && callee.name === "Promise" ? first?.body : undefined;
    return call?.type === "CallExpression" && call.callee.name === "setTimeout";
}

/** Whether a loop of the same function repeats the wait. */
function isInLoop(node) {
    for (let at = node.parent; at && !/Function/.test(at.type); at = at.parent) {
        if (/^(While|DoWhile|For)Statement$/.test(at.type)) {
            return true;
        }
    }
    return false;
}

function statementOf(node) {
    let at = node;
    while (!/Statement$|Declaration$/.test(at.type)) {
        at = at.parent;
    }
    return at;
}
