import type { Credentials, HttpResponse } from "../../credentials";
import { realClock } from "../clock";
import { diagnoseRefusal } from "./refusals";
import type { Diagnosis } from "../smoke-report";
import type { GrantRef } from "../spec";
import { defined } from "../../common";

/** A request that was refused, and who sent it. */
export interface Refused {
    /** The URL that was requested. */
    url: string;
    /** The answer that refused the request. */
    answer: HttpResponse;
    /** The credentials that read policies to find the cause. */
    credentials: Credentials;
    /** The account that called, if it is known. */
    account?: string;
    /** The claims of the ID token. Absent if none was sent. */
    claims?: Record<string, unknown>;
}

/**
 * Why a single request was refused, as a smoke check would explain it.
 * @example const { cause, fix } = await explainRefusal({ url, answer, credentials, account });
 */
export async function explainRefusal({ url, answer, credentials, account, claims }: Refused): Promise<Diagnosis> {
    const context = {
        project: "",
        http: credentials.http,
        clock: realClock,
        credentials: () => Promise.resolve(credentials),
        startedAt: realClock.now(),
        deadlineAt: realClock.now(),
        safeToRepeat: false,
        oldTokens: new Map<string, string>(),
    };
    const grant = account === undefined ? undefined : invokerGrant(url, account);
    const { diagnosis } = await diagnoseRefusal(
        context,
        {
            kind: "request",
            name: url,
            url,
            outcome: "allowed",
            credential:
                claims === undefined
                    ? { kind: "none" }
                    : { kind: "idToken", serviceAccount: account ?? "the caller", audience: String(claims["aud"]) },
            ...defined({ grants: grant && [grant] }),
        },
        answer,
        claims,
    );
    return diagnosis;
}

/**
 * The invoker's grant on the receiver at a URL. Undefined if the URL does not tell it. The deterministic URL of a Cloud Run
 * service contains service, project and region, and so does that of a function of the 1st generation. The other URL of a Cloud
 * Run service has a hash instead.
 */
function invokerGrant(url: string, account: string): GrantRef | undefined {
    const member = `${account.endsWith("gserviceaccount.com") ? "serviceAccount" : "user"}:${account}`;
    const run = /^https:\/\/(?<name>[a-z0-9-]+)-(?<project>\d+)\.(?<region>[a-z0-9-]+)\.run\.app(\/|$)/.exec(
        url,
    )?.groups;
    if (run) {
        return {
            member,
            role: "roles/run.invoker",
            resource: `https://run.googleapis.com/v2/projects/${run["project"] ?? ""}/locations/${run["region"] ?? ""}/services/${run["name"] ?? ""}`,
            label: run["name"] ?? "",
        };
    }
    const called =
        /^https:\/\/(?<region>[a-z]+-[a-z]+\d+)-(?<project>[a-z0-9-]+)\.cloudfunctions\.net\/(?<name>[\w-]+)/.exec(
            url,
        )?.groups;
    if (!called) {
        return undefined;
    }
    return {
        member,
        role: "roles/cloudfunctions.invoker",
        resource: `https://cloudfunctions.googleapis.com/v1/projects/${called["project"] ?? ""}/locations/${called["region"] ?? ""}/functions/${called["name"] ?? ""}`,
        label: called["name"] ?? "",
    };
}
