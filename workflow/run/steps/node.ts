import { computedAt, type Node, type ParameterNode, type StepNode, type ValuePlace } from "../../control";
import { compileAssign, compileStore, storeTo } from "./assign";
import { compileCaught, compileExcept, compileTry } from "./attempt";
import { compileCall } from "./call";
import { connector } from "../connectors";
import { raised, type RuntimeValue, truth } from "../values";
import { type AsyncEval, CompileError, ExpressionCompiler, onValue } from "../expressions";
import { type Callee, type Exit, infoOf, type Point, type Run, startStep } from "../frame";
import { LIBRARY } from "../library";
import { compileLoop, compileTurn } from "./loop";
import { compileBranch, compileFork } from "./parallel";
import { headOf } from "./raise";
import { compileRetry } from "../retry";

/** Compiles each node of a routine to a function that does what happens there. */
export class NodeCompiler {
    constructor(
        private readonly routine: string,
        private readonly routines: ReadonlyMap<string, Callee>,
    ) {}

    /** @param branches - where the branches of a `parallel` begin */
    compile(node: Node, branches: readonly Point[]): Run {
        const expressions = new ExpressionCompiler(node.scope, (callee) => this.inExpression(callee));
        const computed = computedAt(node);
        const values = computed.map((each) =>
            "value" in each ? expressions.value(each.value) : expressions.expression(each.expression),
        );
        const value = (...places: ValuePlace[]): AsyncEval | undefined =>
            values[computed.findIndex(({ place }) => places.includes(place))];
        switch (node.kind) {
            case "parameter":
                return compileParameter(node, value("default"));
            case "step":
                return compileStep(node, this.routine);
            case "assign":
                return compileAssign(node, values);
            case "call":
                return compileCall(node, this.callee(node.action.callee.text), value("args"));
            case "test":
                return compileTest(value("condition"));
            case "loop":
                return compileLoop(node, value("in", "range"));
            case "turn":
                return compileTurn(node);
            case "fork":
                return compileFork(node, value("limit"), value("in", "range"), branches);
            case "branch":
                return compileBranch(node);
            case "try":
                return compileTry(node);
            case "caught":
                return compileCaught(
                    node,
                    compileRetry(node.action, expressions, (name) => this.routines.get(name)),
                );
            case "except":
                return compileExcept(node);
            case "raise":
                return onValue(value("raise"), (_, payload) => {
                    throw raised(payload, headOf(payload));
                });
            case "return":
                return onValue(value("return"), (frame, result) => {
                    frame.result = result;
                    return "next";
                });
            case "end":
                return () => "next";
        }
    }

    private callee(name: string): Callee {
        const found = this.routines.get(name) ?? LIBRARY.get(name) ?? connector(name);
        if (found === undefined) {
            throw new CompileError(`'${name}' is neither a function of the standard library nor a sub-workflow name`);
        }
        return found;
    }

    /** Functions that block must be call steps: https://cloud.google.com/workflows/docs/reference/syntax/expressions */
    private inExpression(name: string): Callee | undefined {
        const found = LIBRARY.get(name);
        if (found?.blocking === true) {
            throw new CompileError(`${name} blocks, so it cannot be used in an expression: use a call step`);
        }
        return this.routines.get(name) ?? found ?? connector(name);
    }
}

function compileStep(node: StepNode, routine: string): Run {
    const info = infoOf(node, routine);
    return (frame) => {
        const { execution } = frame;
        const number = execution.enter(frame);
        frame.step = info;
        if (execution.observers.onStep !== undefined) {
            const wait = startStep(node, info, number, frame);
            if (wait !== undefined) {
                return wait.then((): Exit => "next");
            }
        }
        return "next";
    };
}

function compileParameter({ param, index, scope }: ParameterNode, byDefault: AsyncEval | undefined): Run {
    const store = storeTo(param.name.text, scope);
    const setDefault: Run = byDefault === undefined ? () => "next" : compileStore(store, byDefault);
    return (frame) => {
        const given = frame.args[index];
        if (given === undefined) {
            return setDefault(frame);
        }
        store(frame, given);
        return "next";
    };
}

function compileTest(condition: AsyncEval = () => null): Run {
    const choose = (holds: RuntimeValue): Exit => (truth(holds, "condition") ? "next" : "otherwise");
    return (frame) => {
        const holds = condition(frame);
        return holds instanceof Promise ? holds.then(choose) : choose(holds);
    };
}
