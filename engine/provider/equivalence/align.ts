import { isObject, type Properties, same, SIGNATURE, type Value } from "../../values";
import { objectSchema, type PropertySchema, type TypeSchema } from "../schema";
import type { Place } from "./place";
import { sameText } from "./texts";

/**
 * The old inputs with every value that the real provider treats as equal to the new value written as the new one, so that
 * only real differences are left. The provider writes full names after a refresh (`projects/P/locations/L/services/S` for
 * `S`), counts durations in seconds, and compares some texts without their case.
 */
export function alignedInputs(
    olds: Properties,
    news: Properties,
    place: Place,
    schema: Record<string, PropertySchema>,
): Properties {
    return alignedObject(olds, news, place, schema);
}

/** Where inputs note which of them are defaults. They are no difference. */
const NOTES = "__defaults";

/** Maps whose keys belong to the user, and the values of variables. They are compared as they are. */
const OPAQUE =
    /^(labels|annotations|environmentVariables|userEnvVars|buildEnvironmentVariables|attributes|headers|limits|metadata|value)$/;

/** Entries that Google Cloud adds to such maps, and that no program takes out by not giving them. */
const ADDED: Record<string, RegExp> = {
    annotations: /^(run\.googleapis\.com\/sandbox|autoscaling\.knative\.dev\/maxScale)$/,
    attributes: /^x-goog-version$/,
    environmentVariables: /^LOG_EXECUTION_ID$/,
    labels: /^run\.googleapis\.com\/startupProbeType$/,
    limits: /^cpu$/,
};

/** Blocks that the API returns empty if nobody has set them. */
const EMPTY_WHEN_ABSENT = /^(pushConfig|scaling|queryOverride|mavenConfig|hierarchicalNamespace|autoclass)$/;

/** Values that are the same as none. */
const SAME_AS_ABSENT: Properties = {
    addressType: "EXTERNAL",
    attemptDeadline: "180s",
    crossSeriesReducer: "REDUCE_NONE",
    ipVersion: "IPV4",
    maxRetryDuration: "0s",
};

const isAsAbsent = (key: string, value: Value): boolean =>
    (EMPTY_WHEN_ABSENT.test(key) && isEmptyBlock(value)) || SAME_AS_ABSENT[key] === value;

function alignedObject(
    old: Properties,
    now: Properties,
    place: Place,
    schema: Record<string, PropertySchema>,
): Properties {
    const aligned: Properties = {};
    const noted = old[NOTES];
    for (const [key, value] of Object.entries(old)) {
        const other = now[key];
        // The real provider writes its defaults into the inputs, and notes which they are.
        const isDefault = Array.isArray(noted) && noted.includes(key);
        const kept = withoutAdded(key, value, other);
        if (other === undefined && (key === NOTES || isDefault || isAsAbsent(key, value) || kept === undefined)) {
            continue;
        }
        const isOpaque = OPAQUE.test(key) && !Array.isArray(value);
        aligned[key] =
            isOpaque || other === undefined ? (kept ?? {}) : alignedValue(key, value, other, place, schema[key]?.type);
    }
    for (const [key, value] of Object.entries(now)) {
        if (key === NOTES || (old[key] === undefined && isAsAbsent(key, value))) {
            aligned[key] = value;
        }
    }
    return withoutFilledIn(aligned, now);
}

/** An old map without what Google Cloud has added to it and the program does not give; nothing if nothing is left. */
function withoutAdded(key: string, old: Value, now: Value | undefined): Value | undefined {
    const added = ADDED[key];
    if (added === undefined || !isObject(old)) {
        return old;
    }
    const given = isObject(now) ? now : {};
    const left = Object.entries(old).filter(([name]) => name in given || !added.test(name));
    return left.some(([name]) => name !== NOTES) ? Object.fromEntries(left) : undefined;
}

function alignedValue(key: string, old: Value, now: Value, place: Place, type: TypeSchema | undefined): Value {
    if (typeof old === "string" && typeof now === "string") {
        return sameText(key, old, now, place) ? now : old;
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        const members = type?.kind === "list" ? type : { of: undefined, isSet: false };
        const aligned = (each: Value, other: Value): Value => alignedValue(key, each, other, place, members.of);
        return members.isSet
            ? alignedSet(old, now, aligned)
            : old.map((each, at) => (now[at] === undefined ? each : aligned(each, now[at])));
    }
    const isPlainObject = (value: Value): value is Properties => isObject(value) && !(SIGNATURE in value);
    const schema = type?.kind === "object" ? objectSchema(type.name) : {};
    return isPlainObject(old) && isPlainObject(now) ? alignedObject(old, now, place, schema) : old;
}

/** The old members in the order of the new ones. Those that the program no longer has take the places of those that are new. */
function alignedSet(old: Value[], now: Value[], aligned: (old: Value, now: Value) => Value): Value[] {
    const remaining = [...old];
    const found = now.map((wanted) => {
        const at = remaining.findIndex((each) => same(aligned(each, wanted), wanted));
        if (at >= 0) {
            remaining.splice(at, 1);
        }
        return at >= 0 ? wanted : undefined;
    });
    const members = found.map((each) => each ?? remaining.shift());
    return [...members.filter((each) => each !== undefined), ...remaining];
}

/** Whether a block has no values. */
function isEmptyBlock(value: Value): boolean {
    const isNone = (each: Value): boolean =>
        ["", null, false, 0, "VERSION_POLICY_UNSPECIFIED"].includes(each as string) ||
        (Array.isArray(each) && each.length === 0) ||
        isEmptyBlock(each);
    return isObject(value) && Object.entries(value).every(([key, each]) => key === NOTES || isNone(each));
}

/**
 * An old target without what Cloud Scheduler or Pub/Sub has filled in: the audience, which is the target's own address, and
 * the scope of all of Google Cloud.
 */
function withoutFilledIn(old: Properties, now: Properties): Properties {
    const filled: [token: string, property: string, value: Value | undefined][] = [
        ["oidcToken", "audience", old["uri"] ?? old["pushEndpoint"]],
        ["oauthToken", "scope", "https://www.googleapis.com/auth/cloud-platform"],
    ];
    let left = old;
    for (const [token, property, value] of filled) {
        const [before, after] = [old[token], now[token]];
        if (isObject(before) && isObject(after) && after[property] === undefined && before[property] === value) {
            const { [property]: _, ...rest } = before;
            left = { ...left, [token]: rest };
        }
    }
    return left;
}
