import { randomUUID } from "node:crypto";

import { ProviderError } from "../errors";
import { asText, differences, hasSecret, hideCredentials, type Properties, STASH_TYPE, UNKNOWN } from "../values";
import type { CheckFailure, Provider } from "./types";

function stashFailures(inputs: Properties): CheckFailure[] {
    const unknown = Object.keys(inputs).find((key) => key !== "input");
    if (unknown !== undefined) {
        return [{ property: unknown, reason: `unknown property "${unknown}"` }];
    }
    return "input" in inputs ? [] : [{ property: "input", reason: `missing required property "input"` }];
}

/** The outputs of another stack of the sandbox, or `undefined` if no stack has that name. */
export type StackOutputs = (stack: string) => Properties | undefined;

/**
 * The resources that Pulumi's engine itself serves: `Stash`, `StackReference` and provider resources.
 * https://www.pulumi.com/docs/iac/concepts/stash/
 */
export function builtInProvider(stackOutputs: StackOutputs): Provider {
    const reference = "pulumi:pulumi:StackReference";
    const read = (name: unknown): Properties => {
        const outputs = stackOutputs(String(name));
        if (outputs === undefined) {
            throw new ProviderError(`unknown stack "${String(name)}"`, {
                fix: "the sandbox has no state of it: deploy it first",
            });
        }
        return {
            name: String(name),
            outputs,
            secretOutputNames: Object.keys(outputs).filter((key) => hasSecret(outputs[key] ?? null)),
        };
    };
    return {
        knows: (type) => type === STASH_TYPE || type === reference || type.startsWith("pulumi:providers:"),
        check: ({ type }, _, news) => ({
            inputs: type.startsWith("pulumi:providers:") ? hideCredentials(news) : news,
            failures: type === STASH_TYPE ? stashFailures(news) : [],
        }),
        diff: ({ type }, old, news) =>
            Promise.resolve({
                // A stash has changed even if only the secrecy of a value in it has changed.
                detailed: differences(old.inputs, news, () => type === reference),
                deleteBeforeReplace: false,
            }),
        create: ({ type }, inputs, preview) => {
            const id = preview ? {} : { id: randomUUID() };
            // The output of a stash stays the input with which it was created.
            if (type === STASH_TYPE) {
                return Promise.resolve({ ...id, outputs: { ...inputs, output: inputs["input"] ?? null } });
            }
            if (type === reference) {
                return Promise.resolve({ id: asText(inputs["name"]), outputs: read(inputs["name"]) });
            }
            // This input of a provider resource belongs to the engine, and is no output.
            const outputs = { ...inputs };
            delete outputs["__internal"];
            return Promise.resolve({ ...(preview ? { id: UNKNOWN } : id), outputs });
        },
        update: ({ type }, old, news) =>
            Promise.resolve(type === STASH_TYPE ? { ...news, output: old.outputs["output"] ?? null } : news),
        read: ({ type }, id, known) =>
            Promise.resolve(
                type === reference
                    ? { id, inputs: { name: id }, outputs: read(id) }
                    : { id, inputs: known?.inputs ?? {}, outputs: known?.outputs ?? {} },
            ),
        delete: () => Promise.resolve(),
    };
}
