import { defined } from "../../common";
import { ProviderError } from "../errors";
import type { Properties, PropertyDiff } from "../values";
import { catalogEntry } from "./catalog";
import { withoutNotes } from "./check";
import { alignedInputs, placeOf, sameProjects } from "./equivalence";
import { withForcedByValue } from "./forced-by-value";
import { invoke, knowsFunction } from "./functions";
import { HandwrittenResource } from "./handwritten";
import { Http } from "./http";
import { grantsOf, iamTargets, keptGrant } from "./iam";
import { checkInputs, diffInputs, inputsOf, whereItIs } from "./inputs";
import { KeptResource } from "./kept";
import { refusal, refusalOf } from "./refused";
import type { Kept, ProviderResource } from "./resource";
import { isDataSource, readDataSource } from "./data-sources";
import { handwrittenTypes, restTypes } from "./enforced";
import { RestResource } from "./rest";
import { valueFailures } from "./known-values";
import { keepsByRule, type ResourceRules } from "./resource-rules";
import { resourceSchema, type ResourceSchema } from "./schema";
import { isKept } from "./tiers";
import type { CloudRequest, Provider, Subject } from "./types";

function schemaOf(token: string): ResourceSchema {
    const schema = resourceSchema(token);
    if (schema === undefined) {
        throw new ProviderError(`no schema of ${token}`);
    }
    return schema;
}

/**
 * The implementation of each resource type that is enforced: described as REST calls, as a change of an IAM policy, or
 * written by hand.
 */
function enforcedTypes(http: Http): Map<string, ProviderResource> {
    const resources: ProviderResource[] = [
        ...restTypes.map((type) => new RestResource(type, schemaOf(type.token), http)),
        ...iamTargets.flatMap((target) => grantsOf(target, schemaOf, http)),
        ...handwrittenTypes.map((type) => new HandwrittenResource(type, schemaOf(type.token), http)),
    ];
    return new Map(resources.map((resource) => [resource.token, resource]));
}

/** The implementation of a type that is only kept, or `undefined` if `@pulumi/gcp` has no such type. */
function keptType(token: string, http: Http): ProviderResource | undefined {
    const entry = catalogEntry(token);
    if (entry === undefined) {
        return undefined;
    }
    return keptGrant(token, schemaOf(token), http) ?? new KeptResource(token, schemaOf(token), entry.id);
}

/**
 * The Google Cloud provider: with the same REST calls as the real provider, but without its waiting times, for the types that
 * the sandbox enforces. It keeps resources of other types in the state alone.
 */
export function gcpProvider(send: CloudRequest, tierRules: ResourceRules = {}): Provider {
    const http = new Http(send);
    const resources = enforcedTypes(http);
    const find = (type: string): ProviderResource | undefined => {
        const found = resources.get(type) ?? keptType(type, http);
        if (found !== undefined) {
            resources.set(type, found);
        }
        return found;
    };
    const resourceOf = (type: string): ProviderResource => {
        const found = find(type);
        if (found === undefined) {
            throw new ProviderError(`no resource type ${type}`);
        }
        return found;
    };
    const clean = (inputs: Properties): Properties => withoutNotes(inputs) as Properties;
    return {
        knows: (type) =>
            knowsFunction(type) || isDataSource(type) || (type.startsWith("gcp:") && find(type) !== undefined),
        refuses: (type, inputs) => {
            if (keepsByRule(tierRules, type)) {
                return undefined;
            }
            const reason = refusal(type) ?? refusalOf(type, inputs);
            if (reason !== undefined) {
                return `the sandbox refuses ${type}: ${reason}, and the sandbox does not enforce that`;
            }
            return tierRules.strict === true && isKept(type)
                ? `the sandbox would only keep ${type}, and nothing would stand behind it`
                : undefined;
        },
        keeps: isKept,
        check: (subject, olds, news) => {
            const { schema, rules } = resourceOf(subject.type);
            const { inputs, failures } = checkInputs(subject, olds, news, schema, rules);
            return { inputs, failures: [...failures, ...valueFailures(subject, inputs, schema, tierRules)] };
        },
        diff: async (subject, old, news) => {
            const { schema, nameProperty, deleteBeforeReplace } = resourceOf(subject.type);
            const there = await namedAlike(http, whereItIs(subject, old), subject);
            const olds = alignedInputs(old.inputs, news, await placeOf(http, there, old.inputs, news), schema.inputs);
            const found = diffInputs(olds, news, schema, nameProperty, old.outputs);
            const diff = { ...found, detailed: withForcedByValue(subject.type, found.detailed, news) };
            const move = moveOf(resourceOf(subject.type), clean(news), there, subject);
            if (move !== undefined && diff.detailed.every(({ path }) => path !== move.path)) {
                diff.detailed.push(move);
            }
            return deleteBeforeReplace ? { ...diff, deleteBeforeReplace: true } : diff;
        },
        create: async (subject, noted, preview) => {
            const resource = resourceOf(subject.type);
            const inputs = clean(noted);
            return preview ? { outputs: resource.plan(subject, inputs) } : await resource.create(subject, inputs);
        },
        update: async (subject, old, noted, preview) => {
            const resource = resourceOf(subject.type);
            const inputs = clean(noted);
            const before = { inputs: clean(old.inputs), outputs: old.outputs };
            return preview
                ? resource.plan(whereItIs(subject, old), inputs, before)
                : await resource.update(whereItIs(subject, old), old.id, inputs, before);
        },
        read: async (subject, id, known, wanted) => {
            const resource = resourceOf(subject.type);
            if (known === undefined && resource.adopt !== undefined && wanted !== undefined) {
                return { id, ...resource.adopt(subject, id, clean(wanted)) };
            }
            if (known === undefined && resource.imported !== undefined && wanted !== undefined) {
                const given = resource.imported(subject, id, clean(wanted));
                const own = resource.identify(subject, given) ?? id;
                const found = await resource.read(subject, own, given);
                return (
                    found && { id: own, outputs: found, inputs: refreshed({ inputs: given, outputs: given }, found) }
                );
            }
            if (known === undefined && !resource.readById) {
                throw new ProviderError(`${subject.type} cannot be read by its id alone in the sandbox`);
            }
            const there = whereItIs(subject, { id, outputs: known?.outputs ?? {} });
            const outputs = await resource.read(there, id, clean(known?.inputs ?? {}), known);
            if (outputs === undefined) {
                return undefined;
            }
            if (known === undefined) {
                return { id, outputs, inputs: inputsOf(outputs, resource.schema) };
            }
            const inputs = refreshed(known, outputs);
            const place = await placeOf(http, await namedAlike(http, there, subject), inputs, known.inputs);
            return { id, outputs, inputs: alignedInputs(inputs, known.inputs, place, resource.schema.inputs) };
        },
        delete: async (subject, old, isHeld = () => false) => {
            const before = { inputs: clean(old.inputs), outputs: old.outputs };
            await resourceOf(subject.type).delete(whereItIs(subject, old), old.id, before, isHeld);
        },
        identify: (subject, noted) => resourceOf(subject.type).identify(subject, clean(noted)),
        sharedKeys: (subject, noted) => resourceOf(subject.type).sharedKeys?.(subject, clean(noted)),
        invoke: (token, args, config) =>
            isDataSource(token)
                ? readDataSource(token, args, config, resourceOf, http)
                : invoke(http, token, args, config),
    };
}

/** Where a resource is, with its project named as the provider names it if that is the same one: a state may have its number. */
async function namedAlike(http: Http, there: Subject, { config }: Subject): Promise<Subject> {
    const { project } = config;
    return (await sameProjects(http, there.config["project"], project))
        ? { ...there, config: { ...there.config, ...defined({ project }) } }
        : there;
}

/**
 * How a resource without a project or a region of its own moves to those of its provider, if the provider has others than
 * before. The real provider plans its own project and region for such a resource, and a change of them forces a replacement:
 * https://github.com/hashicorp/terraform-provider-google/issues/11339. A resource whose id does not depend on them, such as a
 * grant that names its resource in full, stays.
 *
 * @param from - where the resource is, with its project named as by the provider if it is the same one
 */
function moveOf(resource: ProviderResource, inputs: Properties, from: Subject, to: Subject): PropertyDiff | undefined {
    const [before, after] = [from.config, to.config];
    const isSame = [before["project"], undefined].includes(after["project"]);
    const there = isSame ? { ...to, config: { ...after, ...defined({ project: before["project"] }) } } : to;
    const idOf = (subject: Subject): string | undefined => {
        try {
            return resource.identify(subject, inputs);
        } catch {
            // A part of the id is not given. The step that needs it says so.
            return undefined;
        }
    };
    const [id, other] = [idOf(from), idOf(there)];
    const movesWithoutId = "project" in resource.schema.inputs && inputs["project"] === undefined && !isSame;
    const moves = id === undefined || other === undefined ? movesWithoutId : id !== other;
    const setting = isSame ? "region" : "project";
    const path = isSame && !("region" in resource.schema.inputs) ? "location" : setting;
    return moves ? { path, kind: "update", before: before[setting], after: after[setting], replaces: true } : undefined;
}

/** Inputs in which those values are replaced that were changed outside of the program: their outputs have changed. */
function refreshed(known: Kept, outputs: Properties): Properties {
    const changed = Object.entries(known.inputs).flatMap(([key]) => {
        const before = known.outputs[key];
        const now = outputs[key];
        return now !== undefined && before !== undefined && JSON.stringify(before) !== JSON.stringify(now)
            ? [[key, now]]
            : [];
    });
    return { ...known.inputs, ...(Object.fromEntries(changed) as Properties) };
}
