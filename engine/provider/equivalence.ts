import { defined } from "../../common";
import { isObject, type Properties, same, SIGNATURE, UNKNOWN, type Value } from "../values";
import type { Http } from "./http";
import type { Subject } from "./types";

/** The project and location of a resource, which complete a short name to a full one. */
export interface Place {
    /** The names of its project: the ID, and the number if it is known. */
    projects: readonly string[];
    /** Its location or region. */
    location?: string;
}

/**
 * The place of a resource by its inputs and the settings of its provider. The number of the project is asked for only if
 * a name has one.
 */
export async function placeOf(http: Http, { config }: Subject, olds: Properties, news: Properties): Promise<Place> {
    const first = (...values: (Value | undefined)[]): string | undefined =>
        values.find((value) => typeof value === "string" && value !== UNKNOWN) as string | undefined;
    const project = first(news["project"], olds["project"], config["project"]);
    const location = first(news["location"], news["region"], olds["location"], olds["region"], config["region"]);
    const numbered = /projects\/\d+["/]/.test(JSON.stringify([olds, news]));
    const number = numbered && project !== undefined ? await projectNumber(http, project) : undefined;
    return {
        projects: [project, number].filter((name) => name !== undefined),
        ...defined({ location }),
    };
}

/** Whether two settings are one project, which may be named by its ID or its number. One that is not set is any. */
export async function sameProjects(http: Http, a: Value | undefined, b: Value | undefined): Promise<boolean> {
    if (typeof a !== "string" || typeof b !== "string" || a === b || [a, b].includes(UNKNOWN)) {
        return true;
    }
    const [number, id] = /^\d+$/.test(a) ? [a, b] : [b, a];
    return /^\d+$/.test(number) && (await projectNumber(http, id)) === number;
}

async function projectNumber(http: Http, project: string): Promise<string | undefined> {
    const found = await http.find("GET", `https://cloudresourcemanager.googleapis.com/v1/projects/${project}`);
    return typeof found?.["projectNumber"] === "string" ? found["projectNumber"] : undefined;
}

/**
 * The old inputs with every value that the real provider treats as equal to the new value written as the new one, so that
 * only real differences are left. The provider writes full names after a refresh (`projects/P/locations/L/services/S` for
 * `S`), counts durations in seconds, and compares some texts without their case.
 */
export function alignedInputs(olds: Properties, news: Properties, place: Place): Properties {
    return alignedObject(olds, news, place);
}

/** Properties that name another resource, or the resource itself. */
const REFERENCE =
    /^(name|parent|topic|topicName|pubsubTopic|deadLetterTopic|resource|networkAttachment|bucket|bucketName|object|network|subnetwork|connector|vpcConnector|urlMap|backendService|sslCertificates|repository|dockerRepository|queue|schema|secret|secretId|secretName|subscription|cloudFunction|service|cloudRunServiceName|webBackendService|workflow|channel|notificationChannels|workerPool|attestor|kmsKeyName|cryptoKeyName|encryptionKey|defaultKmsKeyName|logBucket|.*[sS]erviceAccount(Email|Id|Name)?)$/;

/** Addresses of Compute Engine, which stand for the names in them: `https://www.googleapis.com/compute/v1/projects/…`. */
const SELF_LINK = /^https:\/\/(www|compute)\.googleapis\.com\/compute\/[^/]+\/projects\//;

/** Texts that the provider compares without their case. */
const CASELESS = /^(location|region|format|storageClass|dataLocations)$/;

/**
 * Lists whose order does not matter: they are sets in the provider, as its sources say (`schema.TypeSet`), or compared as sets.
 * After a refresh a state has them in an order of the provider.
 */
const SETS =
    /^(members|permissions|scopes|oauthScopes|notificationChannels|eventFilters|matchingCriterias|methods|origins|responseHeaders|deniedPrincipals|exceptionPrincipals|deniedPermissions|exceptionPermissions|secretEnvironmentVariables|programmaticClients|envs|instances|allowedPersistenceRegions|cleanupPolicies|upstreamPolicies|dataLocations|labels|additionalTrustBundles)$/;

/** Texts that hold JSON, and are compared as JSON. */
const JSON_TEXT = /^(policyData|definition|payload|specification|config|jwksJson|parameters)$/;

/** Maps whose keys belong to the user, and the values of variables. They are compared as they are. */
const OPAQUE =
    /^(labels|annotations|environmentVariables|userEnvVars|buildEnvironmentVariables|attributes|headers|metadata|value)$/;

/** Blocks that the API returns empty if nobody has set them. */
const EMPTY_WHEN_ABSENT = new Set(["pushConfig"]);

function alignedObject(old: Properties, now: Properties, place: Place): Properties {
    const aligned: Properties = {};
    for (const [key, value] of Object.entries(old)) {
        const other = now[key];
        if (other === undefined && EMPTY_WHEN_ABSENT.has(key) && isEmptyBlock(value)) {
            continue;
        }
        const isOpaque = OPAQUE.test(key) && !Array.isArray(value);
        aligned[key] = isOpaque || other === undefined ? value : alignedValue(key, value, other, place);
    }
    for (const key of EMPTY_WHEN_ABSENT) {
        const other = now[key];
        if (old[key] === undefined && other !== undefined && isEmptyBlock(other)) {
            aligned[key] = other;
        }
    }
    return withoutDefaultAudience(aligned, now);
}

function alignedValue(key: string, old: Value, now: Value, place: Place): Value {
    if (typeof old === "string" && typeof now === "string") {
        return sameText(key, old, now, place) ? now : old;
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        return SETS.test(key)
            ? alignedSet(key, old, now, place)
            : old.map((each, at) => alignedMember(key, each, now[at], place));
    }
    const isPlainObject = (value: Value): value is Properties => isObject(value) && !(SIGNATURE in value);
    return isPlainObject(old) && isPlainObject(now) ? alignedObject(old, now, place) : old;
}

const alignedMember = (key: string, old: Value, now: Value | undefined, place: Place): Value =>
    now === undefined ? old : alignedValue(key, old, now, place);

/** The old members in the order of the new ones. Members that the program no longer has come last. */
function alignedSet(key: string, old: Value[], now: Value[], place: Place): Value[] {
    const remaining = [...old];
    const found = now.flatMap((wanted) => {
        const at = remaining.findIndex((each) => same(alignedValue(key, each, wanted, place), wanted));
        if (at >= 0) {
            remaining.splice(at, 1);
        }
        return at >= 0 ? [wanted] : [];
    });
    return [...found, ...remaining];
}

function sameText(key: string, old: string, now: string, place: Place): boolean {
    if (old === now) {
        return true;
    }
    if (REFERENCE.test(key) || SELF_LINK.test(old) || SELF_LINK.test(now)) {
        return sameName(old, now, place);
    }
    if (CASELESS.test(key)) {
        return old.toLowerCase() === now.toLowerCase();
    }
    if (key === "member" || key === "members") {
        return canonicalMember(old) === canonicalMember(now);
    }
    if (key === "uri") {
        // https://github.com/hashicorp/terraform-provider-google: the provider compares the address of a job without its last slash.
        return old.replace(/\/$/, "") === now.replace(/\/$/, "");
    }
    if (JSON_TEXT.test(key)) {
        return sameJson(old, now);
    }
    const seconds = secondsOf(old);
    return seconds !== undefined && seconds === secondsOf(now);
}

/** A member as IAM compares it. The case of letters matters only in principals of identity federation. */
export function canonicalMember(member: string): string {
    return /^(principal|principalSet):|^deleted:principal/.test(member) ? member : member.toLowerCase();
}

/** Whether two names name the same resource. Either may be short, and is then completed by the place. */
function sameName(a: string, b: string, place: Place): boolean {
    const [one, other] = [segments(a), segments(b)];
    if (same(one, other)) {
        return true;
    }
    if (one.length > 1 && other.length > 1) {
        return (
            one.length === other.length &&
            one.every((part, at) => part === other[at] || sameProject(one, other, at, place))
        );
    }
    const [full, [short]] = one.length > 1 ? [one, other] : [other, one];
    if (full.length < 2 || short === undefined || full.at(-1) !== short) {
        return false;
    }
    return full.slice(0, -1).every((part, at, parents) => {
        const collection = parents[at - 1];
        if (at % 2 === 0 || collection === undefined) {
            return true;
        }
        // `-` and `_` take the place of the project in names of service accounts and of buckets, which are unique without it.
        return collection === "projects"
            ? part === "-" || part === "_" || full.at(-2) === "serviceAccounts" || place.projects.includes(part)
            : !/^(locations|regions)$/.test(collection) || part === place.location;
    });
}

/**
 * Whether a segment of two names is the same project, which may be named by its ID or its number. In the names of service
 * accounts, whose addresses contain the project, it may also be `-`.
 */
function sameProject(one: string[], other: string[], at: number, place: Place): boolean {
    if (one[at - 1] !== "projects") {
        return false;
    }
    const [a = "", b = ""] = [one[at], other[at]];
    const account = one.at(-2) === "serviceAccounts";
    return (account && (a === "-" || b === "-")) || (place.projects.includes(a) && place.projects.includes(b));
}

/** The segments of a name, without the host and the version of the API that some fields put before them. */
function segments(name: string): string[] {
    const relative = /^(?:https?:)?\/\/[^/]+\/(?:.*?\/)?(projects\/.*)$/.exec(name)?.[1] ?? name;
    const bucket = /^b\/([^/]+)$/.exec(relative)?.[1];
    return bucket === undefined ? relative.split("/") : [bucket];
}

function sameJson(a: string, b: string): boolean {
    try {
        return same(JSON.parse(a) as Value, JSON.parse(b) as Value);
    } catch {
        return false;
    }
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of a duration such as `30d`, or `undefined` if a text is not a duration. */
export function secondsOf(text: string): number | undefined {
    const [, count, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
    return count === undefined || unit === undefined ? undefined : Number(count) * (UNITS[unit] ?? 1);
}

/** Whether a block has no values. */
function isEmptyBlock(value: Value): boolean {
    return (
        isObject(value) &&
        Object.entries(value).every(
            ([key, each]) => key === "__defaults" || each === "" || each === null || isEmptyBlock(each),
        )
    );
}

/** An old target without the audience that Cloud Scheduler or Pub/Sub has filled in, which is the target's own address. */
function withoutDefaultAudience(old: Properties, now: Properties): Properties {
    const [before, after] = [old["oidcToken"], now["oidcToken"]];
    const filledIn =
        isObject(before) &&
        isObject(after) &&
        after["audience"] === undefined &&
        before["audience"] !== undefined &&
        before["audience"] === (old["uri"] ?? old["pushEndpoint"]);
    if (!filledIn) {
        return old;
    }
    const { audience: _, ...rest } = before;
    return { ...old, oidcToken: rest };
}
