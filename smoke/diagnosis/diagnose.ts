import { chanceOf } from "../../access";
import { CredentialError, NetworkError } from "../../credentials";
import type { Context } from "../attempt";
import type { Finding } from "./findings";
import { emailOf, grantCommand, permissionOf } from "./grants";
import { callGoogle, parseAnswer, standingOf, type Standing } from "./policies";
import type { Diagnosis } from "../smoke-report";
import type { GrantRef } from "../spec";
import { defined } from "../../common";

/**
 * Tells a missing grant from one that has not arrived everywhere yet, by the policies of the receivers and the account of the
 * caller. It is undefined if none of them may be read, or there is no grant.
 */
export async function diagnoseGrants(context: Context, grants: readonly GrantRef[]): Promise<Finding | undefined> {
    if (grants.length === 0) {
        return undefined;
    }
    const credentials = await context.credentials().catch(() => undefined);
    if (credentials === undefined) {
        return undefined;
    }
    const standings = await Promise.all(grants.map((grant) => standingOf(context.http, credentials, grant)));
    const missing = await Promise.all(
        grants.flatMap((grant, index) => {
            const standing = standings[index];
            return standing?.kind === "missing" ? [missingGrant(context, grant, standing)] : [];
        }),
    );
    const [first] = missing;
    if (first) {
        return {
            final: true,
            diagnosis: {
                ...first,
                cause: missing.map(({ cause }) => cause).join("; "),
                ...(missing.some(({ fix }) => fix) && { fix: missing.flatMap(({ fix }) => fix ?? []).join("\n") }),
            },
        };
    }
    for (const member of new Set(grants.map((grant) => grant.member))) {
        const account = await accountProblem(context, member);
        if (account) {
            return { final: true, diagnosis: account };
        }
    }
    if (standings.some((standing) => standing.kind === "unknown")) {
        return undefined;
    }
    const never = standings.some(
        (standing) => standing.kind === "present" && neverHolds(standing.condition, context.clock.now()),
    );
    return { final: never, diagnosis: lateGrant(context, grants, standings) };
}

/**
 * Whether the time for which a grant was given is over. What a condition says about the resource is not judged here, because it
 * may name the project by its number.
 */
const neverHolds = (condition: string | undefined, now: number): boolean =>
    condition !== undefined &&
    !/\bresource\b/.test(condition) &&
    chanceOf(condition, { names: [""], type: "", service: "" }, now) === "never";

/** The diagnosis for a policy without the binding. */
export async function missingGrant(
    context: Context,
    grant: GrantRef,
    standing: Extract<Standing, { kind: "missing" }>,
): Promise<Diagnosis> {
    // An account that does not exist any more cannot get a grant. It must be made again first.
    const gone = standing.deleted ? await accountProblem(context, grant.member) : undefined;
    if (gone?.code === "account-deleted") {
        return gone;
    }
    const fix = grantCommand(grant);
    const who = emailOf(grant.member);
    const lacks = `${who} lacks ${permissionOf(grant.role)} on ${grant.label}`;
    const code = standing.deleted
        ? "account-recreated"
        : standing.insteadOf.length > 0
          ? "wrong-role"
          : "grant-missing";
    const why = {
        "account-recreated": `the grant there is of an account of that name that was deleted; the new one needs ${grant.role} again`,
        "wrong-role": `it has ${standing.insteadOf.join(", ")} there, which does not suffice; it needs ${grant.role}`,
        "grant-missing": `the policy has no binding of ${grant.role} for it`,
    }[code];
    return { code, cause: `${lacks}: ${why}`, ...defined({ fix }) };
}

function lateGrant(context: Context, grants: readonly GrantRef[], standings: readonly Standing[]): Diagnosis {
    const conditions = standings.flatMap((standing) =>
        standing.kind === "present" && standing.condition !== undefined ? [standing.condition] : [],
    );
    const held = grants.map((grant) => `${grant.role} on ${grant.label}`).join(", ");
    const who = [...new Set(grants.map((grant) => emailOf(grant.member)))].join(", ");
    const waited = Math.round((context.clock.now() - context.startedAt) / 1000);
    const conditional = grants.filter((_, index) => "condition" in (standings[index] ?? {}));
    const commands = conditional.flatMap((grant) => grantCommand(grant) ?? []);
    if (conditions.length > 0) {
        return {
            code: "grant-conditional",
            cause: `${who} has ${held}, but under a condition that may not hold: ${conditions.join("; ")}`,
            ...(commands.length > 0 && { fix: commands.map((command) => `${command} --condition=None`).join("\n") }),
        };
    }
    return {
        code: "grant-late",
        cause: `${who} has ${held}, and it has not arrived everywhere after ${waited} s: a grant takes about 2 minutes, and sometimes 7 or more`,
        fix: "check again later: gcp-invoke verify",
    };
}

/** The diagnosis for an account that is disabled or does not exist; undefined for any other. */
export async function accountProblem(context: Context, member: string): Promise<Diagnosis | undefined> {
    if (!member.startsWith("serviceAccount:")) {
        return undefined;
    }
    const email = emailOf(member);
    const url = `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}`;
    try {
        const answer = await callGoogle(context.http, await context.credentials(), "GET", url);
        if (answer.status === 404) {
            return {
                code: "account-deleted",
                cause: `service account ${email} does not exist`,
                fix: "pulumi up --refresh, or gcp-invoke sandbox up --refresh",
            };
        }
        if (answer.status !== 200) {
            return undefined;
        }
        const { disabled } = parseAnswer<{ disabled?: boolean }>(answer, url);
        if (disabled !== true) {
            return undefined;
        }
        return {
            code: "account-disabled",
            cause: `service account ${email} is disabled: no token of it is accepted`,
            fix: `gcloud iam service-accounts enable ${email}`,
        };
    } catch (error) {
        if (error instanceof NetworkError || error instanceof CredentialError) {
            return undefined;
        }
        throw error;
    }
}

/**
 * Why no ID token of a probe account could be minted. Google gives the same answer for an account that is disabled or does not
 * exist, for a missing grant, and for a grant that has not arrived yet.
 */
export async function diagnoseMinting(context: Context, account: string): Promise<Finding | "unknown" | undefined> {
    const problem = await accountProblem(context, `serviceAccount:${account}`);
    if (problem) {
        return { diagnosis: problem, final: true };
    }
    const credentials = await context.credentials();
    const member = await credentials.member();
    if (member === undefined) {
        return undefined;
    }
    const grant: GrantRef = {
        member,
        role: "roles/iam.serviceAccountOpenIdTokenCreator",
        resource: `https://iam.googleapis.com/v1/projects/${/@([^.]+)\.iam\./.exec(account)?.[1] ?? "-"}/serviceAccounts/${account}`,
        label: account,
    };
    const standing = await standingOf(context.http, credentials, grant);
    if (standing.kind === "present") {
        return { diagnosis: lateGrant(context, [grant], [standing]), final: false };
    }
    return standing.kind === "unknown" ? "unknown" : undefined;
}

/** The diagnosis for an API that is disabled in the project; undefined for any other refusal. */
export function disabledApi(body: string, url: string, project: string): Diagnosis | undefined {
    if (!/SERVICE_DISABLED|accessNotConfigured|has not been used in project/.test(body)) {
        return undefined;
    }
    const { hostname } = new URL(url);
    return {
        code: "api-disabled",
        cause: `the API ${hostname} is disabled in project ${project}`,
        fix: `gcloud services enable ${hostname} --project=${project}`,
    };
}

/** The diagnosis for a token that could not be had. */
export function credentialDiagnosis(error: CredentialError): Diagnosis {
    return { code: error.code, cause: error.message, ...defined({ fix: error.fix }) };
}
