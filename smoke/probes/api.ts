import { googleError, NetworkError, type HttpResponse } from "../../credentials";
import { isTransient, timeoutOf, type Attempt, type Context } from "../attempt";
import { disabledApi, callGoogle, parseAnswer } from "../diagnosis";

/** What a call to one of Google's APIs needs, so that a refusal can be explained. */
export interface Need {
    /** What failed then, such as `the workflow could not be executed`. */
    failure: string;
    permission: string;
    role: string;
}

/** How an attempt ended because there was no answer to go on with. It has the status, if there was one. */
export type NoAnswer = Attempt & { status?: number };

/** Calls an API with the check's own credential. If the call is refused, the result says how the attempt ended. */
export async function ask<T extends object>(
    context: Context,
    need: Need,
    method: string,
    url: string,
    body?: object,
): Promise<T | NoAnswer> {
    const credentials = await context.credentials();
    let answer: HttpResponse;
    try {
        answer = await callGoogle(context.http, credentials, method, url, body, context.signal, timeoutOf(context));
        if (answer.status === 200) {
            return parseAnswer<T>(answer, url);
        }
    } catch (error) {
        if (!(error instanceof NetworkError)) {
            throw error;
        }
        return { outcome: "retry", got: error.code, diagnosis: { code: "no-answer", cause: error.message } };
    }
    const { status } = answer;
    const got = `${status} by ${new URL(url).hostname.split(".")[0] ?? ""}`;
    const disabled = disabledApi(answer.body, url, context.project);
    if (disabled) {
        return { outcome: "failed", got, status, diagnosis: disabled };
    }
    const { message } = googleError(answer.body);
    if (status === 401) {
        return {
            outcome: "failed",
            got,
            status,
            diagnosis: {
                code: "credential-refused",
                cause: `${need.failure}: Google does not accept the check's own credential (${credentials.source.description}): ${message}`,
                fix: "gcloud auth application-default login",
            },
        };
    }
    if (status !== 403) {
        const cause = `${need.failure}: ${status}: ${message}`;
        const code = status === 404 ? "resource-missing" : "call-refused";
        return { outcome: isTransient(status) ? "retry" : "failed", got, status, diagnosis: { code, cause } };
    }
    const member = (await credentials.member()) ?? "MEMBER";
    return {
        outcome: (await hasPermission(context, need.permission)) === false ? "failed" : "retry",
        got,
        status,
        diagnosis: {
            code: "check-may-not",
            cause: `${need.failure}: the check itself (${member}) lacks ${need.permission} on project ${context.project}: ${message}`,
            fix: `gcloud projects add-iam-policy-binding ${context.project} --member=${member} --role=${need.role}`,
        },
    };
}

/** Whether a result of {@link ask} is the end of the attempt, and no answer. */
export const isEnd = (value: object): value is NoAnswer => "outcome" in value;

/** Whether the check's own principal has a permission on the project. Undefined if that cannot be read. */
async function hasPermission(context: Context, permission: string): Promise<boolean | undefined> {
    const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${context.project}:testIamPermissions`;
    const credentials = await context.credentials();
    try {
        const answer = await callGoogle(context.http, credentials, "POST", url, { permissions: [permission] });
        if (answer.status !== 200) {
            return undefined;
        }
        const { permissions = [] } = parseAnswer<{ permissions?: string[] }>(answer, url);
        return permissions.includes(permission);
    } catch (error) {
        if (!(error instanceof NetworkError)) {
            throw error;
        }
        return undefined;
    }
}
