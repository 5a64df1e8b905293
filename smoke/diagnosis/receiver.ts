import { CredentialError, NetworkError, type Credentials } from "../../credentials";
import type { Context } from "../attempt";
import { revokeCommand } from "./grants";
import { callGoogle, openTo, parseAnswer, type OpenBinding } from "./policies";

/** What a receiver says about itself, as far as it may be read with the check's own credential. */
export interface Receiver {
    /** The audiences that its front door accepts; none where the receiver itself may not be read. */
    accepts: string[];
    /** Why everybody gets in; empty where nobody gets in without a grant. */
    openBecause?: { why: string; fix: string };
    /** Why its newest revision does not serve, in Google's words. */
    notReady?: string;
    /** What its revisions read when they start, by full name, and as whom. */
    secrets: string[];
    account?: string;
    /** Why it answers 404 to everyone outside; absent where it does not, or nobody knows. */
    closedBecause?: { why: string; fix: string };
    /** Whether both the receiver and its policy were read, so that what they do not say is so. */
    complete: boolean;
}

interface Described {
    uri?: string;
    urls?: string[];
    customAudiences?: string[];
    invokerIamDisabled?: boolean;
    ingress?: string;
    template?: {
        serviceAccount?: string;
        containers?: { env?: { valueSource?: { secretKeyRef?: { secret?: string } } }[] }[];
        volumes?: { secret?: { secret?: string } }[];
    };
    terminalCondition?: { state?: string; message?: string };
    /** A function's, of the second generation and of the first. */
    url?: string;
    serviceConfig?: { uri?: string };
    httpsTrigger?: { url?: string };
}

const readable = /^https:\/\/(run|cloudfunctions|iap)\.googleapis\.com\//;

/**
 * Reads a Cloud Run service, a function, or an application behind IAP, and its policy; undefined where none can be asked,
 * or it is of another kind.
 */
export async function readReceiver(context: Context, resource: string | undefined): Promise<Receiver | undefined> {
    if (resource === undefined || !readable.test(resource)) {
        return undefined;
    }
    const credentials = await context.credentials().catch(() => undefined);
    if (credentials === undefined) {
        return undefined;
    }
    const [found, members] = await Promise.all([
        orNothing(describe(context, credentials, resource)),
        orNothing(openTo(context.http, credentials, resource)),
    ]);
    const { uri, urls = [], customAudiences = [], url, serviceConfig, httpsTrigger } = found ?? {};
    const own = [...urls, uri, url, serviceConfig?.uri, httpsTrigger?.url, ...customAudiences];
    const account = found?.template?.serviceAccount;
    return {
        secrets: secretsOf(found?.template, resource),
        ...(account && { account }),
        ...closedness(resource, found?.ingress),
        accepts: [...new Set(own.filter((each) => each !== undefined))],
        ...(found?.terminalCondition?.state === "CONDITION_FAILED" && {
            notReady: found.terminalCondition.message ?? "no message",
        }),
        complete: found !== undefined && members !== undefined,
        ...openness(resource, members ?? [], found?.invokerIamDisabled === true),
    };
}

async function describe(context: Context, credentials: Credentials, resource: string): Promise<Described | undefined> {
    // Of an application IAP has a policy and settings, and nothing that says what it is.
    if (resource.startsWith("https://iap.")) {
        return {};
    }
    const answer = await callGoogle(context.http, credentials, "GET", resource, undefined, context.signal);
    return answer.status === 200 ? parseAnswer<Described>(answer, resource) : undefined;
}

/** `key` or `projects/P/secrets/key`, in the environment and in files. */
function secretsOf({ containers = [], volumes = [] }: Described["template"] & object = {}, resource: string): string[] {
    const [, project = ""] = /\/projects\/([^/]+)\//.exec(resource) ?? [];
    const inEnvironment = containers.flatMap(({ env = [] }) =>
        env.map((each) => each.valueSource?.secretKeyRef?.secret),
    );
    const inFiles = volumes.map(({ secret }) => secret?.secret);
    const names = [...inEnvironment, ...inFiles].filter((name) => name !== undefined && name !== "");
    return [...new Set(names)].map((name = "") => (name.includes("/") ? name : `projects/${project}/secrets/${name}`));
}

function closedness(resource: string, ingress: string | undefined): Pick<Receiver, "closedBecause"> {
    if (ingress === undefined || !/INTERNAL/.test(ingress)) {
        return {};
    }
    const [, project = "", location = "", name = ""] = placeIn(resource);
    return {
        closedBecause: {
            why: `its ingress is ${ingress.replace("INGRESS_TRAFFIC_", "").replaceAll("_", "-").toLowerCase()}, so everyone outside gets 404: probe it through its caller, or open its ingress (IAM still decides who gets in)`,
            fix: `gcloud run services update ${name} --region=${location} --project=${project} --ingress=all`,
        },
    };
}

const placeIn = (resource: string): readonly string[] =>
    /\/projects\/([^/]+)\/locations\/([^/]+)\/services\/([^/]+)$/.exec(resource) ?? [];

/** What cannot be read says nothing: evidence is looked for, and none is a reason to fail. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
    return reading.catch((error: unknown) => {
        if (error instanceof NetworkError || error instanceof CredentialError) {
            return undefined;
        }
        throw error;
    });
}

/**
 * The audience of a URL's receiver: a service's own root, a function's root with its name, which functions of a region
 * share. https://cloud.google.com/functions/docs/securing/authenticating
 */
export function audienceOf(address: string): string {
    const { origin, hostname, pathname } = new URL(address);
    const [, name = ""] = pathname.split("/");
    return hostname.endsWith(".cloudfunctions.net") ? `${origin}/${name}` : origin;
}

/** The audiences of a receiver in words: `https://a or https://b`. */
export const inWords = (audiences: readonly string[]): string => audiences.join(" or ");

function openness(resource: string, members: OpenBinding[], unchecked: boolean): Pick<Receiver, "openBecause"> {
    if (members.length > 0) {
        const fixes = members.map(
            ({ member, role }) =>
                revokeCommand({ member, role, resource, label: "" }) ?? `remove ${member} from ${role} on ${resource}`,
        );
        const why = `its policy lets in ${members.map(({ member }) => member).join(", ")}`;
        return { openBecause: { why, fix: fixes.join("\n") } };
    }
    if (!unchecked) {
        return {};
    }
    const [, project = "", location = "", name = ""] = placeIn(resource);
    return {
        openBecause: {
            why: "its invoker check is switched off (invokerIamDisabled), so no policy is asked",
            fix: `gcloud run services update ${name} --region=${location} --project=${project} --invoker-iam-check`,
        },
    };
}
