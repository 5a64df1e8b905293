import type { Properties } from "../values/values";

import { withoutNotes } from "./check";
import { Http } from "./http";
import { IamMember } from "./iam-member";
import { iamMemberTypes, readsConditions, type IamMemberType } from "./iam-member-types";
import { checkInputs, diffInputs, inputsOf } from "./inputs";
import { RestResource, type RestType } from "./rest";
import { resourceSchema, type ResourceSchema } from "./schema";
import { SpecialResource, specialTypes } from "./special";
import { invoke, knowsFunction } from "./functions";
import type { CloudRequest, Provider, Subject } from "./types";
import { account } from "./resources/account";
import { function1, function2 } from "./resources/functions";
import { bucket, customRole, repository } from "./resources/others";
import { eventTrigger } from "./resources/events";
import { alertPolicy, denyPolicy, logMetric, notificationChannel } from "./resources/observability";
import { runJob, runService } from "./resources/run";
import { secretManagerSecret } from "./resources/secrets";
import { schedulerJob, subscription, taskQueue, topic } from "./resources/senders";
import { workflow } from "./resources/workflow";
import { ProviderError } from "../errors";

const restTypes: RestType[] = [
    account,
    runService,
    runJob,
    workflow,
    schedulerJob,
    taskQueue,
    topic,
    subscription,
    function1,
    function2,
    secretManagerSecret,
    repository,
    customRole,
    bucket,
    eventTrigger,
    logMetric,
    alertPolicy,
    notificationChannel,
    denyPolicy,
];

/** What a type comes down to. */
interface Kind {
    schema: ResourceSchema;
    /** The property that names the resource, where it has an automatic name. */
    named: string | undefined;
    rest?: RestResource;
    member?: IamMember;
    special?: SpecialResource;
    /** Of the inputs what is refused by name. */
    check?: { unsupported: string[] };
}

/**
 * The provider reads the policies of some kinds without asking for conditions, and gets mangled roles in their place: a
 * grant with a condition would break the policy.
 */
function memberCheck(type: IamMemberType): { unsupported: string[] } {
    return { unsupported: readsConditions(type) ? [] : ["condition"] };
}

/**
 * The Google Cloud provider's part: the resource types that this package's components use, by the same REST calls as
 * the real provider makes, without its waiting.
 */
export function gcpProvider(send: CloudRequest): Provider {
    const http = new Http(send);
    const kinds = new Map<string, Kind>();
    const add = (token: string, make: (schema: ResourceSchema) => Omit<Kind, "schema">): void => {
        const schema = resourceSchema(token);
        if (schema === undefined) throw new ProviderError(`no schema of ${token}`);
        kinds.set(token, { schema, ...make(schema) });
    };
    for (const type of restTypes)
        add(type.token, (s) => ({ named: type.autoName?.property, rest: new RestResource(type, s, http) }));
    // A grant has no name but what it grants: two equal ones cannot be.
    for (const type of iamMemberTypes)
        add(type.token, (s) => ({ named: "member", member: new IamMember(type, s, http), check: memberCheck(type) }));
    for (const type of specialTypes)
        add(type.token, (s) => ({ named: type.autoName?.property, special: new SpecialResource(type, s, http) }));
    const kind = (type: string): Kind => {
        const found = kinds.get(type);
        if (found === undefined) throw new ProviderError(`no resource type ${type}`);
        return found;
    };
    const clean = (inputs: Properties): Properties => withoutNotes(inputs) as Properties;
    return {
        knows: (type) => kinds.has(type) || knowsFunction(type),
        check: (subject, olds, news) => {
            const { schema, rest, special, check = {} } = kind(subject.type);
            return checkInputs(subject, olds, news, schema, rest?.type ?? special?.type ?? check);
        },
        diff: ({ type }, old, news) => {
            const { schema, named, rest } = kind(type);
            const diff = diffInputs(old.inputs, news, schema, named);
            return Promise.resolve(rest?.type.deleteFirst ? { ...diff, deleteBeforeReplace: true } : diff);
        },
        create: async (subject, noted, preview) => {
            const { rest, member, special } = kind(subject.type);
            const inputs = clean(noted);
            if (preview) return { outputs: plan(kind(subject.type), subject, inputs) };
            const made =
                (await rest?.create(subject, inputs)) ??
                (await member?.create(subject, inputs)) ??
                (await special?.create(subject, inputs));
            return made ?? { outputs: {} };
        },
        update: async (subject, old, noted, preview) => {
            const { rest, special } = kind(subject.type);
            const news = clean(noted);
            const before = { inputs: clean(old.inputs), outputs: old.outputs };
            if (preview) return plan(kind(subject.type), subject, news, before);
            return (
                (await rest?.update(subject, old.id, news, before)) ??
                (await special?.update(subject, old.id, news)) ??
                old.outputs
            );
        },
        read: async (subject, id, known) => {
            const { rest, member, special, schema } = kind(subject.type);
            const inputs = clean(known?.inputs ?? {});
            if (known === undefined && rest === undefined) {
                throw new ProviderError(`${subject.type} cannot be read by its id alone in the sandbox`);
            }
            const outputs =
                (await rest?.read(subject, id, inputs)) ??
                (await member?.read(subject, inputs)) ??
                (await special?.read(subject, id, inputs));
            if (outputs === undefined) return undefined;
            return { id, outputs, inputs: known === undefined ? inputsOf(outputs, schema) : refreshed(known, outputs) };
        },
        delete: async (subject, old) => {
            const { rest, member, special } = kind(subject.type);
            const inputs = clean(old.inputs);
            await rest?.delete(subject, old.id, { inputs, outputs: old.outputs });
            await member?.delete(subject, inputs);
            await special?.delete(subject, old.id, inputs);
        },
        identify: (subject, noted) => {
            const { rest, member, special } = kind(subject.type);
            const inputs = clean(noted);
            return (
                rest?.identify(subject, inputs) ??
                member?.identify(subject, inputs) ??
                special?.identify(subject, inputs)
            );
        },
        invoke: (token, args, config) => invoke(http, token, args, config),
    };
}

/** A preview of what would be; of a change also what was. */
function plan(
    { rest, member, special }: Kind,
    subject: Subject,
    inputs: Properties,
    old?: { inputs: Properties; outputs: Properties },
): Properties {
    return rest?.plan(subject, inputs, old) ?? member?.plan(inputs) ?? special?.plan(subject, inputs, old) ?? {};
}

/** Inputs with what was changed behind the program's back: where an output was the input and is it no more. */
function refreshed(known: { inputs: Properties; outputs: Properties }, outputs: Properties): Properties {
    const changed = Object.entries(known.inputs).flatMap(([key]) => {
        const before = known.outputs[key];
        const now = outputs[key];
        return now !== undefined && before !== undefined && JSON.stringify(before) !== JSON.stringify(now)
            ? [[key, now]]
            : [];
    });
    return { ...known.inputs, ...(Object.fromEntries(changed) as Properties) };
}
