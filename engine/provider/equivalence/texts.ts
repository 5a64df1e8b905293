import { isIP } from "node:net";
import { same, type Value } from "../../values";
import { sameName } from "./names";
import type { Place } from "./place";

/** Properties that name another resource, or the resource itself. */
const REFERENCE =
    /^(name|parent|cluster|target|group|backendGroup|defaultService|errorService|securityPolicy|edgeSecurityPolicy|sslPolicy|serverTlsPolicy|clientTlsPolicy|certificateManagerCertificates|ipCollection|reservedInternalRange|networkProfile|routeName|topic|topicName|pubsubTopic|deadLetterTopic|resource|networkAttachment|bucket|bucketName|object|network|subnetwork|connector|vpcConnector|urlMap|backendService|sslCertificates|repository|dockerRepository|queue|schema|secret|secretId|secretName|subscription|cloudFunction|service|cloudRunServiceName|webBackendService|workflow|channel|notificationChannels|workerPool|attestor|kmsKeyName|cryptoKeyName|encryptionKey|defaultKmsKeyName|logBucket|.*[sS]erviceAccount(Email|Id|Name)?)$/;

/** Addresses of Compute Engine, which stand for the names in them: `https://www.googleapis.com/compute/v1/projects/…`. */
const SELF_LINK = /^https:\/\/(www|compute)\.googleapis\.com\/compute\/[^/]+\/projects\//;

/** Texts that the provider compares without their case. */
const CASELESS = /^(location|region|format|ipProtocol|storageClass|dataLocations)$/;

/** Texts that hold JSON, and are compared as JSON. */
const JSON_TEXT = /^(policyData|definition|payload|specification|config|jwksJson|parameters)$/;

/**
 * Whether the provider treats two texts of a property as equal. https://github.com/hashicorp/terraform-provider-google (its
 * functions with which a property's difference is suppressed)
 */
export function sameText(key: string, old: string, now: string, place: Place): boolean {
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
    if (key === "portRange") {
        return old === `${now}-${now}`;
    }
    if (key === "ipAddress") {
        // The name of an address may stand for the address that it has, which the provider writes down.
        return isIP(old) > 0 && isIP(now.replace(/\/\d+$/, "")) === 0;
    }
    if (key === "domains") {
        return old.replace(/\.$/, "") === now.replace(/\.$/, "");
    }
    if (key === "keyRing") {
        return ringOf(old) === ringOf(now);
    }
    if (JSON_TEXT.test(key)) {
        return sameJson(old, now);
    }
    const seconds = secondsOf(old);
    return seconds !== undefined && seconds === secondsOf(now);
}

/** A key ring, which may be named by its path or by the three names in it. */
const ringOf = (name: string): string =>
    name.replace(/^projects\/([^/]+)\/locations\/([^/]+)\/keyRings\/([^/]+)$/, "$1/$2/$3");

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

/** A member as IAM compares it. The case of letters matters only in principals of identity federation. */
export function canonicalMember(member: string): string {
    return /^(principal|principalSet):|^deleted:principal/.test(member) ? member : member.toLowerCase();
}
