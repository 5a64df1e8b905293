import { isMap, isScalar, type Node, type YAMLMap } from "yaml";
import { MappingError } from "../cloud";
import type { Place } from "./runner";

/** What is done with resource types that the sandbox does not enforce, as the engine takes it. */
export interface ResourceRules {
    /** Whether types are refused that would only be kept. */
    strict?: boolean;
    /** Types that are kept whatever they are, with `*` for any text. */
    keep?: string[];
    /** Regions and runtimes that are newer than this version. */
    regions?: string[];
    runtimes?: string[];
}

/** A type, or a pattern of types: it begins with the name of a package. */
const PATTERN = /^[a-z\d-]+:[\w/*:-]+$/i;

/**
 * The section `resources`: `strict`, or a map of types to `keep`; and the lists of what is newer than this version.
 * @throws Error with the place, naming what is wrong and what is allowed
 */
export function resourceRulesOf(root: YAMLMap, place: Place): ResourceRules {
    const named = (key: "regions" | "runtimes"): ResourceRules =>
        root.has(key) ? { [key]: listIn(root, key, NAME, `names, such as [${EXAMPLES[key]}]`, place) } : {};
    return { ...kept(root, place), ...named("regions"), ...named("runtimes") };
}

const NAME = /^[a-z][a-z\d-]*$/;
const EXAMPLES = { regions: "europe-west99", runtimes: "nodejs99" };

function kept(root: YAMLMap, place: Place): ResourceRules {
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

/** A list of texts of one form. @param what in words, with an example */
export function listIn(root: YAMLMap, key: string, form: RegExp, what: string, place: Place): string[] {
    const node = root.get(key, true) as Node | undefined;
    const list: unknown = node?.toJSON();
    if (Array.isArray(list) && list.every((one) => typeof one === "string" && form.test(one))) {
        return list as string[];
    }
    throw new MappingError(`${place(node)}: ${key} must be a list of ${what}`);
}
