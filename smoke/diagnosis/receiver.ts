import type { Credentials } from "../../credentials";
import type { Context } from "../attempt";
import { documentReceiver, gatewayReceiver, orUndefined } from "./document-receiver";
import { readEndpoints } from "./endpoints";
import { proxyImage } from "./espv2";
import { GATEWAYS } from "./gateway";
import type { Receiver } from "./known-receiver";
import { revokeCommand } from "./grants";
import type { RequestProbe } from "../spec";
import { defined, untagged } from "../../common";
import { callGoogle, openBindings, parseAnswer, type OpenBinding } from "./policies";

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
 * @param asked a request to it: a document may leave other operations open than the one that the request is for
 */
export async function readReceiver(
    context: Context,
    resource: string | undefined,
    asked?: RequestProbe,
): Promise<Receiver | undefined> {
    if (resource?.startsWith(GATEWAYS) === true) {
        return gatewayReceiver(context, resource, asked);
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
    // Where everybody reaches the proxy of Cloud Endpoints, its document decides who gets in.
    const proxy = proxyImage(found);
    if (proxy !== undefined && members !== undefined && (members.length > 0 || found?.invokerIamDisabled)) {
        const known = {
            secrets: secretsOf(found?.template, resource),
            ...defined({ account: found?.template?.serviceAccount }),
        };
        return documentReceiver(await orUndefined(readEndpoints(context, credentials, resource, proxy)), known, asked);
    }
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
