import { ProviderError } from "../errors";
import type { Properties } from "../values";
import { withoutNotes } from "./check";
import { alignedInputs, placeOf } from "./equivalence";
import { invoke, knowsFunction } from "./functions";
import { HandwrittenResource, type HandwrittenType } from "./handwritten";
import { Http } from "./http";
import { IamMember } from "./iam-member";
import { iamMemberTypes } from "./iam-member-types";
import { checkInputs, diffInputs, inputsOf } from "./inputs";
import type { Kept, ProviderResource } from "./resource";
import {
    account,
    alertPolicy,
    bucket,
    bucketObject,
    customRole,
    denyPolicy,
    eventTrigger,
    function1,
    function2,
    iapSettings,
    logMetric,
    notificationChannel,
    projectService,
    repository,
    runJob,
    runService,
    schedulerJob,
    secretManagerSecret,
    secretVersion,
    serviceIdentity,
    subscription,
    taskQueue,
    topic,
    workflow,
} from "./resources";
import { RestResource, type RestType } from "./rest";
import { resourceSchema, type ResourceSchema } from "./schema";
import type { CloudRequest, Provider } from "./types";

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

const handwrittenTypes: HandwrittenType[] = [secretVersion, projectService, serviceIdentity, iapSettings, bucketObject];

/** The implementation of each resource type: described as REST calls, as a member of an IAM policy, or written by hand. */
function resourceTypes(http: Http): Map<string, ProviderResource> {
    const schemaOf = (token: string): ResourceSchema => {
        const schema = resourceSchema(token);
        if (schema === undefined) {
            throw new ProviderError(`no schema of ${token}`);
        }
        return schema;
    };
    const resources: ProviderResource[] = [
        ...restTypes.map((type) => new RestResource(type, schemaOf(type.token), http)),
        ...iamMemberTypes.map((type) => new IamMember(type, schemaOf(type.token), http)),
        ...handwrittenTypes.map((type) => new HandwrittenResource(type, schemaOf(type.token), http)),
    ];
    return new Map(resources.map((resource) => [resource.token, resource]));
}

/**
 * The Google Cloud provider: the resource types that this package's components use, with the same REST calls as the real
 * provider, but without its waiting times.
 */
export function gcpProvider(send: CloudRequest): Provider {
    const http = new Http(send);
    const resources = resourceTypes(http);
    const resourceOf = (type: string): ProviderResource => {
        const found = resources.get(type);
        if (found === undefined) {
            throw new ProviderError(`no resource type ${type}`);
        }
        return found;
    };
    const clean = (inputs: Properties): Properties => withoutNotes(inputs) as Properties;
    return {
        knows: (type) => resources.has(type) || knowsFunction(type),
        check: (subject, olds, news) => {
            const { schema, rules } = resourceOf(subject.type);
            return checkInputs(subject, olds, news, schema, rules);
        },
        diff: async (subject, old, news) => {
            const { schema, nameProperty, deleteBeforeReplace } = resourceOf(subject.type);
            const olds = alignedInputs(old.inputs, news, await placeOf(http, subject, old.inputs, news));
            const diff = diffInputs(olds, news, schema, nameProperty);
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
                ? resource.plan(subject, inputs, before)
                : await resource.update(subject, old.id, inputs, before);
        },
        read: async (subject, id, known) => {
            const resource = resourceOf(subject.type);
            if (known === undefined && !resource.readById) {
                throw new ProviderError(`${subject.type} cannot be read by its id alone in the sandbox`);
            }
            const outputs = await resource.read(subject, id, clean(known?.inputs ?? {}));
            if (outputs === undefined) {
                return undefined;
            }
            if (known === undefined) {
                return { id, outputs, inputs: inputsOf(outputs, resource.schema) };
            }
            const inputs = refreshed(known, outputs);
            const place = await placeOf(http, subject, inputs, known.inputs);
            return { id, outputs, inputs: alignedInputs(inputs, known.inputs, place) };
        },
        delete: async (subject, old) => {
            await resourceOf(subject.type).delete(subject, old.id, {
                inputs: clean(old.inputs),
                outputs: old.outputs,
            });
        },
        identify: (subject, noted) => resourceOf(subject.type).identify(subject, clean(noted)),
        sharedKey: (subject, noted) => resourceOf(subject.type).sharedKey?.(subject, clean(noted)),
        invoke: (token, args, config) => invoke(http, token, args, config),
    };
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
