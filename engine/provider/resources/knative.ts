import { asText, isObject, type Properties, type Value } from "../../values";
import type { HandwrittenType } from "../handwritten";
import type { Http } from "../http";
import { fillPath, matchTemplate } from "../inputs";
import { resourceSchema } from "../schema";

/** A resource type of Cloud Run's older APIs, which have the shape of Knative's. */
interface KnativeType {
    token: string;
    /** `serving.knative.dev/v1`. */
    apiVersion: string;
    kind: string;
    /** The collection in paths and in the resource's id: `services`. */
    collection: string;
    /** Whether it can be changed. @default - a change replaces it */
    isChangeable?: boolean;
    /** The spec of a request, and the metadata that the program gives. */
    bodyOf(inputs: Properties): { metadata?: Value | undefined; spec?: Value | undefined };
    outputsOf(remote: Properties, inputs: Properties): Properties;
}

/** What the engine knows of the properties of a type. */
export const schemaOf = (token: string): NonNullable<ReturnType<typeof resourceSchema>> =>
    resourceSchema(token) ?? { inputs: {}, outputs: {} };

/** Creates, reads, puts and deletes such a resource. https://cloud.google.com/run/docs/reference/rest/v1 */
export function knative({ token, apiVersion, kind, collection, ...type }: KnativeType): HandwrittenType {
    const template = `locations/{location}/namespaces/{project}/${collection}/{name}`;
    const url = (inputs: Properties, path = "/{name}"): string =>
        fillPath(
            `https://{location}-run.googleapis.com/apis/${apiVersion}/namespaces/{project}/${collection}${path}`,
            inputs,
        );
    const body = (inputs: Properties): Properties => {
        const { metadata, spec } = type.bodyOf(inputs);
        return {
            apiVersion,
            kind,
            metadata: {
                ...(metadata !== undefined && isObject(metadata) && metadata),
                name: inputs["name"] ?? null,
                namespace: inputs["project"] ?? null,
            },
            ...(spec !== undefined && { spec }),
        };
    };
    const read: HandwrittenType["read"] = async (http, id, inputs) => {
        const named = { ...matchTemplate(template, id), ...inputs };
        const remote = await http.find("GET", url(named));
        return remote === undefined ? undefined : type.outputsOf(remote, named);
    };
    return {
        token,
        readById: true,
        identify: (inputs) => fillPath(template, inputs),
        async create(http, inputs) {
            await http.call("POST", url(inputs, ""), body(inputs));
            const id = fillPath(template, inputs);
            return { id, outputs: (await read(http, id, inputs)) ?? {} };
        },
        read,
        ...(type.isChangeable === true && {
            async update(http: Http, _: string, inputs: Properties) {
                await http.call("PUT", url(inputs), body(inputs));
            },
        }),
        async delete(http, id, inputs) {
            await http.call("DELETE", url({ ...matchTemplate(template, asText(id)), ...inputs }));
        },
    };
}
