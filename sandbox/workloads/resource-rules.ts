import { isMap, isScalar, type Node, type YAMLMap } from "yaml";
import { MappingError } from "../cloud";
import type { Place } from "./runner";

/** What is done with resource types that the sandbox does not enforce, as the engine takes it. */
export interface ResourceRules {
    /** Whether types are refused that would only be kept. */
    strict?: boolean;
    /** Types that are kept whatever they are, with `*` for any text. */
    keep?: string[];
}

/** A type, or a pattern of types: it begins with the name of a package. */
const PATTERN = /^[a-z\d-]+:[\w/*:-]+$/i;

/**
 * The section `resources`: `strict`, or a map of types to `keep`.
 * @throws Error with the place, naming what is wrong and what is allowed
 */
export function resourceRulesOf(root: YAMLMap, place: Place): ResourceRules {
    const section = root.get("resources", true) as Node | undefined;
    if (section === undefined) {
        return {};
    }
    if (isScalar(section) && section.value === "strict") {
        return { strict: true };
    }
    if (!isMap(section)) {
        throw new MappingError(`${place(section)}: resources is ${JSON.stringify(section)}`, {
            fix: 'write strict, or a map of types to keep, such as { "docker:*": keep }',
        });
    }
    const rules = Object.entries(section.toJSON() as Record<string, unknown>);
    for (const [pattern, rule] of rules) {
        if (rule !== "keep" || !PATTERN.test(pattern)) {
            throw new MappingError(`${place(section)}: resources has ${JSON.stringify({ [pattern]: rule })}`, {
                fix: 'write the types of a package, and keep: { "docker:*": keep }',
            });
        }
    }
    return { keep: rules.map(([pattern]) => pattern) };
}
