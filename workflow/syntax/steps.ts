import { defined } from "../../common";
import type { Node } from "yaml";
import { ActionReader } from "./actions";
import type { Span, Step } from "./ast";
import { ACTIONS, COMPANIONS } from "./keys";
import { isMap, isSeq, nodeOf, type Field } from "./reader";

/** Reads steps from YAML nodes. Nodes of another shape are reported and left out. */
export class StepReader extends ActionReader {
    steps(node: Node | undefined, span: Span, what = "steps"): Step[] {
        return this.reader.resolve(
            node,
            (target) => {
                if (!isSeq(target)) {
                    this.wrong(what, "a list of named steps, each `- name: …`", target, span);
                    return [];
                }
                if (target.items.length === 0) {
                    this.reader.report("shape", `${what} must have at least one step`, this.reader.span(target, span));
                }
                return target.items.flatMap((item, index) => [
                    ...(this.reader.shortened?.before(target, index) ?? []),
                    ...this.step(nodeOf(item), span),
                ]);
            },
            [],
        );
    }

    private step(node: Node | undefined, outer: Span): Step[] {
        return this.reader.resolve(
            node,
            (target): Step[] => {
                if (!isMap(target)) {
                    this.wrong("a step", "one name with what the step does, `- name: …`", target, outer);
                    return [];
                }
                const span = this.reader.span(target, outer);
                const fields = this.reader.fields(target);
                const [first, second] = fields;
                if (first !== undefined && second !== undefined) {
                    this.reader.report(
                        "shape",
                        `a step is one name with a map below it, but "${first.key.text}" and "${second.key.text}" are at the same indentation: indent what belongs to the step further than its name`,
                        second.key.span,
                    );
                }
                if (first === undefined) {
                    return [];
                }
                // If a step is not indented enough, its name has no value. That has been reported already.
                const bare = second !== undefined && (first.node === undefined || this.reader.text(first.node) === "");
                return [bare ? { name: first.key, span } : this.named(first, span)];
            },
            [],
        );
    }

    private named({ key, node }: Field, span: Span): Step {
        const fields = this.map(`step "${key.text}"`, node, key.span, [...ACTIONS, ...Object.keys(COMPANIONS), "next"]);
        const next = fields === undefined ? undefined : this.optionalName(fields, "next");
        const around = this.stepName;
        this.stepName = key.text;
        const action = fields === undefined ? undefined : this.action(fields, this.reader.span(node, key.span));
        this.stepName = around;
        if (fields?.size === 0) {
            this.reader.report(
                "shape",
                `step "${key.text}" does nothing: it needs one of ${ACTIONS.join(", ")} or next`,
                key.span,
            );
        }
        return { name: key, span, ...defined({ action, next }) };
    }
}
