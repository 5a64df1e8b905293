import { CredentialError, NetworkError, type Credentials } from "../../credentials";
import type { Context } from "../attempt";
import { GATEWAYS, readGateway } from "./gateway";
import { revokeCommand } from "./grants";
import { defined, untagged } from "../../common";
import { callGoogle, openBindings, parseAnswer, type OpenBinding } from "./policies";

/** What is known about a receiver, as far as the check's own credential may read it. */
export interface Receiver {
    /** The audiences that it accepts; none if the receiver may not be read. */
    accepts: string[];
    /** Its host, if that does not follow from the audiences. */
    host?: string;
    /** Why everybody gets in. Absent if nobody gets in without a grant, or that is not known. */
    openBecause?: { why: string; fix: string };
    /** Why its newest revision does not serve, in Google's words. */
    notReady?: string;
    /** The full names of the secrets that its revisions read when they start. */
    secrets: string[];
    /** The account that it runs as. */
    account?: string;
    /** Why it answers 404 to everybody outside. Absent if it does not, or that is not known. */
    closedBecause?: { why: string; fix: string };
    /** Whether both the receiver and its policy were read, so that nothing is missing above. */
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
    /** The URLs of functions, of the 2nd generation and of the 1st. */
    url?: string;
    serviceConfig?: { uri?: string };
    httpsTrigger?: { url?: string };
    /** Whether a function of the 1st generation serves: https://cloud.google.com/functions/1stgendocs/reference/rest/v1/CloudFunctionStatus */
    status?: string;
    stateMessages?: { message?: string }[];
}

const readable = /^https:\/\/(run|cloudfunctions|iap)\.googleapis\.com\//;

/**
 * Reads a Cloud Run service, a function or an application behind IAP, and its policy. It is undefined for any other resource, and
 * if the check has no credential.
 */
export async function readReceiver(context: Context, resource: string | undefined): Promise<Receiver | undefined> {
    if (resource?.startsWith(GATEWAYS) === true) {
        return gatewayReceiver(context, resource);
    }
    if (resource === undefined || !readable.test(resource)) {
        return undefined;
    }
    const credentials = await context.credentials().catch(() => undefined);
    if (credentials === undefined) {
        return undefined;
    }
    const [found, members] = await Promise.all([
        orUndefined(readDescription(context, credentials, resource)),
        orUndefined(openBindings(context.http, credentials, resource)),
    ]);
    const { uri, urls = [], customAudiences = [], url, serviceConfig, httpsTrigger } = found ?? {};
    const own = [...urls, uri, url, serviceConfig?.uri, httpsTrigger?.url, ...customAudiences];
    const account = found?.template?.serviceAccount;
    return {
        secrets: secretsOf(found?.template, resource),
        ...(account && { account }),
        ...reasonClosed(resource, found?.ingress),
        accepts: [...new Set(own.filter((each) => each !== undefined))],
        ...defined({ notReady: found && (await whyNotReady(context, credentials, resource, found)) }),
        complete: found !== undefined && members !== undefined,
        ...reasonOpen(resource, members ?? [], found?.invokerIamDisabled === true),
    };
}

/** An API gateway takes what its document names. Nobody reads a policy of it, because it has none that says who may call. */
async function gatewayReceiver(context: Context, resource: string): Promise<Receiver | undefined> {
    const credentials = await context.credentials().catch(() => undefined);
    const found = credentials && (await orUndefined(readGateway(context, credentials, resource)));
    if (found === undefined || "status" in found) {
        return undefined;
    }
    const { host, audiences, open } = found;
    const [first] = open;
    return {
        ...{ accepts: audiences, host, secrets: [], complete: true },
        ...(first !== undefined && {
            openBecause: {
                why: `its document asks for no token at ${first}`,
                fix: "deploy the program again: pulumi up --refresh, or gcp-invoke sandbox up --refresh",
            },
        }),
    };
}

async function readDescription(
    context: Context,
    credentials: Credentials,
    resource: string,
): Promise<Described | undefined> {
    // IAP has the policy and the settings of an application, and nothing that describes the application itself.
    if (resource.startsWith("https://iap.")) {
        return {};
    }
    const answer = await callGoogle(context.http, credentials, "GET", resource, undefined, context.signal);
    return answer.status === 200 ? parseAnswer<Described>(answer, resource) : undefined;
}

/** Why what is deployed does not serve, in Google's words. Undefined if it does. */
async function whyNotReady(
    context: Context,
    credentials: Credentials,
    resource: string,
    { terminalCondition, status }: Described,
): Promise<string | undefined> {
    if (terminalCondition?.state === "CONDITION_FAILED") {
        return terminalCondition.message ?? "no message";
    }
    if (status !== "OFFLINE") {
        return undefined;
    }
    // The 1st version of the API says that a function does not serve, and the 2nd one also why.
    const inSecond = resource.replace(/^(https:\/\/cloudfunctions\.googleapis\.com)\/v1\//, "$1/v2/");
    const { stateMessages = [] } = (await orUndefined(readDescription(context, credentials, inSecond))) ?? {};
    const said = stateMessages.flatMap(({ message }) => message ?? []).join("; ");
    return said === "" ? "its deployment failed, and it does not serve" : said;
}

/** The full names of the secrets in the environment and in files. They may be written short, without their project. */
function secretsOf({ containers = [], volumes = [] }: Described["template"] & object = {}, resource: string): string[] {
    const [, project = ""] = /\/projects\/([^/]+)\//.exec(resource) ?? [];
    const inEnvironment = containers.flatMap(({ env = [] }) =>
        env.map((each) => each.valueSource?.secretKeyRef?.secret),
    );
    const inFiles = volumes.map(({ secret }) => secret?.secret);
    const names = [...inEnvironment, ...inFiles].filter((name) => name !== undefined && name !== "");
    return [...new Set(names)].map((name = "") => (name.includes("/") ? name : `projects/${project}/secrets/${name}`));
}

/** Why a receiver answers 404 to everybody outside. */
function reasonClosed(resource: string, ingress: string | undefined): Pick<Receiver, "closedBecause"> {
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

/** The result of reading something, or undefined if it could not be read. That alone must not fail the check. */
async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
    return reading.catch((error: unknown) => {
        if (error instanceof NetworkError || error instanceof CredentialError) {
            return undefined;
        }
        throw error;
    });
}

/**
 * The audience of the receiver at a URL. A service has the origin of the URL, without the tag of a revision. A function of the 1st generation has the origin and
 * its name, because the functions of a region share one host.
 * https://cloud.google.com/functions/docs/securing/authenticating
 * @throws TypeError for a text that is no URL
 * @example audienceOf("https://orders-abc-ew.a.run.app/reserve") // "https://orders-abc-ew.a.run.app"
 */
export function audienceOf(address: string): string {
    const { protocol, host, hostname, pathname } = new URL(address);
    const [, name = ""] = pathname.split("/");
    const origin = `${protocol}//${untagged(host)}`;
    return hostname.endsWith(".cloudfunctions.net") ? `${origin}/${name}` : origin;
}

/** Audiences in words: `https://a or https://b`. */
export const inWords = (audiences: readonly string[]): string => audiences.join(" or ");

/** Why a receiver lets everybody in. */
function reasonOpen(resource: string, members: OpenBinding[], unchecked: boolean): Pick<Receiver, "openBecause"> {
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
