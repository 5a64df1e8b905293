import { defined } from "../../../common";
import { invalidArgument, isObject, type Json, type Message } from "../framework";

export type Container = Message<"google.cloud.run.v2.Container">;
type Volume = Message<"google.cloud.run.v2.Volume">;

/** The fields that a container can have here. Other fields are refused, never ignored. */
const CONTAINER =
    "name image command args env resources ports workingDir startupProbe livenessProbe volumeMounts".split(" ");
/** The volumes that the older API has here: secrets, and memory. */
const VOLUME = ["name", "secret", "emptyDir"];
const SECRET = ["secretName", "items", "defaultMode"];

/** A container of Cloud Run as the older API shows it. */
export function toKnativeContainer({ resources, env, ...container }: Container): Json {
    return {
        ...container,
        ...(Array.isArray(env) && { env: env.map(toKnativeVariable) }),
        resources: { limits: resources?.limits },
    };
}

/** @throws ApiError INVALID_ARGUMENT for a field that is not known here */
export function fromKnativeContainer(said: Json, where: string): Container {
    const { env, resources, ...container } = only(said, CONTAINER, where);
    const { limits } = objectOf(resources, `${where}.resources`) as { limits?: Record<string, string> };
    const variables = objectsOf(env, `${where}.env`);
    return {
        ...container,
        ...(variables && { env: variables.map(fromKnativeVariable) }),
        resources: { ...(limits && { limits }) },
    };
}

function toKnativeVariable(variable: Json): Json {
    const source = (variable.valueSource as { secretKeyRef?: { secret?: string; version?: string } } | undefined)
        ?.secretKeyRef;
    return source
        ? { name: variable.name, valueFrom: { secretKeyRef: { name: source.secret, key: source.version } } }
        : variable;
}

function fromKnativeVariable({ name, value, valueFrom }: Json): Json {
    const { secretKeyRef } = objectOf(valueFrom) as { secretKeyRef?: { name?: string; key?: string } };
    return secretKeyRef
        ? { name, valueSource: { secretKeyRef: { secret: secretKeyRef.name, version: secretKeyRef.key } } }
        : { name, value: value ?? "" };
}

interface SecretItem {
    path?: string;
    version?: string;
    key?: string;
    mode?: number;
}

/** A volume as the older API shows it, in which the version of a secret is its key. */
export function toKnativeVolume({ name, secret, emptyDir }: Volume): Json {
    return {
        name,
        ...(emptyDir && { emptyDir: { ...emptyDir } }),
        ...(secret && {
            secret: {
                ...defined({ secretName: secret.secret, defaultMode: secret.defaultMode }),
                items: (secret.items ?? []).map(({ version: key, ...item }: SecretItem) => ({ ...item, key })),
            },
        }),
    };
}

/** @throws ApiError INVALID_ARGUMENT for a volume that is not known here */
export function fromKnativeVolume(said: Json, where: string): Volume {
    const { name, secret } = only(said, VOLUME, where) as { name?: string; secret?: Json };
    const { secretName, items, defaultMode } = only(objectOf(secret, `${where}.secret`), SECRET, `${where}.secret`);
    const listed = objectsOf<SecretItem>(items, `${where}.secret.items`) ?? [];
    return {
        ...defined({ name }),
        // A volume of memory may be one without any setting, which is no empty field.
        ...(said.emptyDir !== undefined && { emptyDir: objectOf(said.emptyDir) }),
        ...(secretName !== undefined && {
            secret: {
                secret: secretName as string,
                ...defined({ defaultMode: defaultMode as number | undefined }),
                items: listed.map(({ key, ...item }) => ({ ...item, ...defined({ version: key }) })),
            },
        }),
    };
}

/** The volumes of a template of the older API, if it has any. @throws ApiError INVALID_ARGUMENT */
export function fromKnativeVolumes(said: unknown, where: string): { volumes?: Volume[] } {
    const volumes = objectsOf(said, where)?.map((each, i) => fromKnativeVolume(each, `${where}[${i}]`)) ?? [];
    return volumes.length === 0 ? {} : { volumes };
}

/** The fields that are not empty: gcloud sends many empty ones. @throws ApiError INVALID_ARGUMENT for an unknown field */
export function only(value: Json, known: readonly string[], where: string): Json {
    const said = Object.entries(value).filter(([, inner]) => !isEmpty(inner));
    const unknown = said.find(([field]) => !known.includes(field))?.[0];
    if (unknown !== undefined) {
        throw invalidArgument(
            `${where}.${unknown} is not known to the sandbox's older API of Cloud Run; use v2 of the API`,
            `${where}.${unknown}`,
        );
    }
    return Object.fromEntries(said);
}

function isEmpty(value: unknown): boolean {
    return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

/** The fields of an object that a client sent, or none if it sent nothing. @throws ApiError INVALID_ARGUMENT for another value */
export function objectOf(value: unknown, where = "the request"): Json {
    if (isObject(value)) {
        return value;
    }
    if (value === undefined || value === null) {
        return {};
    }
    throw invalidArgument(`${where} is ${JSON.stringify(value)}; it must be an object`, where);
}

/** The objects of a list that a client sent, or nothing if it sent none. @throws ApiError INVALID_ARGUMENT for another value */
export function objectsOf<Item extends object = Json>(value: unknown, where: string): Item[] | undefined {
    if (value === undefined || value === null) {
        return undefined;
    }
    if (!Array.isArray(value) || !value.every(isObject)) {
        throw invalidArgument(`${where} is ${JSON.stringify(value)}; it must be a list of objects`, where);
    }
    return value as Item[];
}
