import { googleError, NetworkError, type Credentials, type Http, type HttpResponse } from "../../credentials";
import type { GrantRef } from "../spec";
import { SpecError } from "../errors";
import { defined, isEveryone } from "../../common";

interface Binding {
    role?: string;
    members?: string[];
    condition?: { title?: string; expression?: string };
}

/** What the policy of a resource says about a grant. */
export type Standing =
    | { kind: "present"; condition?: string }
    /** `insteadOf` holds the roles that the member has there instead of the one that it needs. */
    | { kind: "missing"; deleted: boolean; insteadOf: string[] }
    /** The policy may not be read, or could not be read now. */
    | { kind: "unknown"; why: string; retry: boolean; status?: number };

/** The APIs whose `getIamPolicy` is a POST with a body. In IAM it is a POST without one, and in all others a GET. */
const takesBody = /^(cloudresourcemanager|iap|cloudtasks|servicedirectory)\.googleapis\.com$/;

/**
 * Calls one of Google's APIs with the check's own credential.
 * @throws SpecError for any other host, as the credential must go nowhere else
 */
export async function callGoogle(
    http: Http,
    credentials: Credentials,
    method: string,
    url: string,
    body?: object,
    signal?: AbortSignal,
    timeoutSeconds?: number,
): Promise<HttpResponse> {
    const { protocol, hostname } = new URL(url);
    if (protocol !== "https:" || !hostname.endsWith(".googleapis.com")) {
        throw new SpecError(
            `${url} is none of Google's APIs: the deployer's credential goes to https://*.googleapis.com only`,
        );
    }
    return http.request({
        method,
        url,
        headers: {
            authorization: `Bearer ${await credentials.accessToken()}`,
            ...(body && { "content-type": "application/json" }),
        },
        ...defined({ body: body && JSON.stringify(body), signal, timeoutSeconds }),
    });
}

/** Reads the policy of a grant's resource, and looks for its binding. */
export async function standingOf(http: Http, credentials: Credentials, grant: GrantRef): Promise<Standing> {
    let answer: HttpResponse;
    try {
        answer = await readPolicy(http, credentials, grant.resource);
    } catch (error) {
        if (!(error instanceof NetworkError)) {
            throw error;
        }
        return { kind: "unknown", why: error.message, retry: true };
    }
    if (answer.status !== 200) {
        const retry = answer.status === 429 || answer.status >= 500;
        const why = `the policy of ${grant.label} cannot be read: ${answer.status} ${googleError(answer.body).message}`;
        return { kind: "unknown", why, retry, status: answer.status };
    }
    let bindings: Binding[];
    try {
        bindings = parseAnswer<{ bindings?: Binding[] }>(answer, grant.resource).bindings ?? [];
    } catch (error) {
        if (!(error instanceof NetworkError)) {
            throw error;
        }
        return { kind: "unknown", why: error.message, retry: true };
    }
    const member = grant.member.toLowerCase();
    const names = (binding: Binding) => (binding.members ?? []).map((name) => name.toLowerCase());
    const found = bindings.find(
        (binding) => binding.role === grant.role && names(binding).some((name) => name === member || isEveryone(name)),
    );
    if (found) {
        return { kind: "present", ...(found.condition && { condition: found.condition.expression ?? "" }) };
    }
    return {
        kind: "missing",
        deleted: bindings.some((binding) => names(binding).some((name) => name.startsWith(`deleted:${member}?`))),
        insteadOf: bindings.filter((binding) => names(binding).includes(member)).map((binding) => binding.role ?? ""),
    };
}

/** A binding that lets everybody in. */
export interface OpenBinding {
    member: string;
    role: string;
}

/** The bindings that let everybody call a receiver. Undefined if its policy may not be read. */
export async function openBindings(
    http: Http,
    credentials: Credentials,
    resource: string,
): Promise<OpenBinding[] | undefined> {
    const answer = await readPolicy(http, credentials, resource);
    if (answer.status !== 200) {
        return undefined;
    }
    const { bindings = [] } = parseAnswer<{ bindings?: Binding[] }>(answer, resource);
    return bindings
        .filter(({ role = "" }) => /invoker|httpsResourceAccessor/i.test(role))
        .flatMap(({ role = "", members = [] }) => members.map((member) => ({ member, role })))
        .filter(({ member }) => isEveryone(member));
}

/**
 * The JSON that an API answered.
 * @throws NetworkError for any other text, such as the page of a proxy, which has the status 200 too
 */
export function parseAnswer<T>(answer: HttpResponse, url: string): T {
    try {
        return JSON.parse(answer.body) as T;
    } catch {
        // The message of the parser is left out, because it quotes the text.
        throw new NetworkError(
            `${new URL(url).host} answered ${answer.status} with something that is no JSON`,
            "NO_JSON",
        );
    }
}

/** Reads the policy of a resource, with its conditions. */
export function readPolicy(http: Http, credentials: Credentials, resource: string): Promise<HttpResponse> {
    const { hostname } = new URL(resource);
    if (hostname === "storage.googleapis.com") {
        return callGoogle(http, credentials, "GET", `${resource}/iam?optionsRequestedPolicyVersion=3`);
    }
    // Before version 3, conditional bindings have roles with names that nobody granted.
    const inQuery = `${resource}:getIamPolicy?options.requestedPolicyVersion=3`;
    if (hostname === "iam.googleapis.com") {
        return callGoogle(http, credentials, "POST", inQuery);
    }
    return takesBody.test(hostname)
        ? callGoogle(http, credentials, "POST", `${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } })
        : callGoogle(http, credentials, "GET", inQuery);
}
