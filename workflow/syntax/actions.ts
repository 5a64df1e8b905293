import { defined } from "../../common";
import type { Node } from "yaml";
import type { Action, Case, ForAction, Span, Step } from "./ast";
import { FieldReader, type Fields } from "./fields";
import { ACTIONS, COMPANIONS, type ActionKey } from "./keys";
import { isSeq } from "./reader";

/** Reads the action of a step from YAML nodes. */
export abstract class ActionReader extends FieldReader {
    /** The name of the step that is read. */
    protected stepName: string | undefined;

    /** Reads the steps inside an action. */
    abstract steps(node: Node | undefined, span: Span, what?: string): Step[];

    protected action(fields: Fields, span: Span): Action | undefined {
        const present = ACTIONS.filter((key) => fields.has(key));
        const [kind, second] = present;
        if (second !== undefined) {
            this.reader.report(
                "shape",
                `a step does one thing, but ${present.join(" and ")} are together: make each a step of its own`,
                fields.get(second)?.key.span ?? span,
            );
        }
        for (const [companion, owner] of Object.entries(COMPANIONS)) {
            const field = fields.get(companion);
            if (field !== undefined && owner !== kind) {
                this.reader.report(
                    "unknown-key",
                    `"${companion}" belongs to "${owner}", which is missing here`,
                    field.key.span,
                );
            }
        }
        return kind === undefined ? undefined : this.read(kind, fields, span);
    }

    private read(kind: ActionKey, fields: Fields, span: Span): Action | undefined {
        const node = fields.get(kind)?.node;
        const at = fields.get(kind)?.key.span ?? span;
        switch (kind) {
            case "call":
                return this.call(fields, span);
            case "assign":
                return {
                    kind,
                    assignments: this.list(kind, node, at).flatMap((item) => this.assignment(item, at)),
                    span,
                };
            case "switch":
                return { kind, cases: this.list(kind, node, at).flatMap((item) => this.case(item, at)), span };
            case "for":
                return this.for(node, at);
            case "parallel":
                return this.parallel(node, at);
            case "try":
                return this.try(fields, span);
            case "raise":
            case "return":
                return { kind, value: this.reader.value(node, at), span };
            case "steps":
                return { kind, steps: this.steps(node, at), span };
        }
    }

    private call(fields: Fields, span: Span): Action | undefined {
        const callee = this.optionalName(fields, "call");
        const args = fields.get("args");
        const result = this.optionalName(fields, "result");
        return (
            callee && {
                kind: "call",
                callee,
                ...(args?.node !== undefined && { args: this.reader.value(args.node, args.key.span) }),
                ...(result && { result: this.checked(result) }),
                span,
            }
        );
    }

    private case(node: Node | undefined, span: Span): Case[] {
        const at = this.reader.span(node, span);
        const allowed = ["condition", ...ACTIONS, ...Object.keys(COMPANIONS), "next"];
        const fields = this.map("a case of switch", node, span, allowed);
        const condition = fields?.get("condition");
        if (fields === undefined || condition === undefined) {
            if (fields !== undefined) {
                this.reader.report("shape", "a case of switch needs a condition", at);
            }
            return [];
        }
        const action = this.action(fields, at);
        const next = this.optionalName(fields, "next");
        const value = this.reader.value(condition.node, condition.key.span);
        return [{ condition: value, span: at, ...defined({ action, next }) }];
    }

    private for(node: Node | undefined, span: Span): ForAction | undefined {
        const fields = this.map("for", node, span, ["value", "index", "in", "range", "steps"]);
        const value = fields && this.requiredName(fields, "value", "for", span);
        if (fields === undefined || value === undefined) {
            return undefined;
        }
        const index = this.optionalName(fields, "index");
        const list = fields.get("in");
        const range = fields.get("range");
        if ((list === undefined) === (range === undefined)) {
            this.reader.report(
                "shape",
                `for needs either "in" or "range"${list === undefined ? "" : ", not both"}`,
                span,
            );
        }
        return {
            kind: "for",
            value: this.checked(value),
            ...(index && { index: this.checked(index) }),
            ...(list && { in: this.reader.value(list.node, list.key.span) }),
            ...(range && { range: this.reader.value(range.node, range.key.span) }),
            steps: this.steps(fields.get("steps")?.node, fields.get("steps")?.key.span ?? span),
            span: this.reader.span(node, span),
        };
    }

    private parallel(node: Node | undefined, span: Span): Action | undefined {
        const fields = this.map("parallel", node, span, [
            "shared",
            "exception_policy",
            "concurrency_limit",
            "branches",
            "for",
        ]);
        if (fields === undefined) {
            return undefined;
        }
        const shared = fields.get("shared");
        const policy = fields.get("exception_policy");
        const limit = fields.get("concurrency_limit");
        const branches = fields.get("branches");
        const loop = fields.get("for");
        if ((branches === undefined) === (loop === undefined)) {
            this.reader.report(
                "shape",
                `parallel needs either "branches" or "for"${loop === undefined ? "" : ", not both"}`,
                span,
            );
        }
        const body = loop && this.for(loop.node, loop.key.span);
        return {
            kind: "parallel",
            shared: this.list("shared", shared?.node, span, shared === undefined).flatMap(
                (item) => this.name("shared", item, span) ?? [],
            ),
            ...(policy && { exceptionPolicy: this.reader.value(policy.node, policy.key.span) }),
            ...(limit && { concurrencyLimit: this.reader.value(limit.node, limit.key.span) }),
            ...(branches && { branches: this.steps(branches.node, branches.key.span, "branches") }),
            ...(body && { for: body }),
            span: this.reader.span(node, span),
        };
    }

    private try(fields: Fields, span: Span): Action | undefined {
        const at = fields.get("try")?.key.span ?? span;
        const tried = fields.get("try")?.node;
        const body = this.tried(tried, at);
        const retry = fields.get("retry");
        const except = fields.get("except");
        const handler = except && this.map("except", except.node, except.key.span, ["as", "steps"]);
        const as = handler && this.optionalName(handler, "as");
        if (body === undefined) {
            return undefined;
        }
        return {
            kind: "try",
            body,
            ...(retry && {
                retry: {
                    value: this.reader.value(retry.node, retry.key.span),
                    span: this.reader.span(retry.node, retry.key.span),
                },
            }),
            ...(except &&
                handler && {
                    except: {
                        ...(as && { as: this.checked(as) }),
                        // Without steps the error is caught, and nothing is done.
                        steps: handler.has("steps") ? this.steps(handler.get("steps")?.node, except.key.span) : [],
                        span: this.reader.span(except.node, except.key.span),
                    },
                }),
            span,
        };
    }

    /** What `try` tries: an action or a list of steps, as Google's schema of workflows has it. */
    private tried(node: Node | undefined, span: Span): Action | undefined {
        const at = this.reader.span(node, span);
        if (this.reader.resolve(node, isSeq, false)) {
            return { kind: "steps", steps: this.steps(node, span), span: at };
        }
        const fields = this.map("try", node, span, [...ACTIONS, ...Object.keys(COMPANIONS)]);
        const body = fields && this.action(fields, at);
        if (fields !== undefined && body === undefined) {
            this.reader.report("shape", "try needs a call or steps", span);
        }
        if (body?.kind === "for") {
            this.reader.report(
                "shape",
                'loop step name should not be empty: put the loop into a named step below "steps:"',
                fields?.get("for")?.key.span ?? span,
                "error",
                this.stepName,
            );
        }
        return body;
    }
}
