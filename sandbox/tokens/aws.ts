import { hash, randomBytes } from "node:crypto";
import { RecentMap } from "../../common";
import type { AwsCredentials, AwsIdentity, AwsKeys, Clock } from "../cloud";

/** How many sessions are kept. A metadata server makes one at each request. */
const MOST = 10_000;
/** The longest session that a role can have. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html */
const LIFETIME = 12 * 3_600_000;
/** A session of a role, or a user with its path. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ARN =
    /^arn:aws(?:-cn|-us-gov)?:(?:sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})|iam::(\d{12}):user\/(?:[!-~]+\/)?([\w+=,.@-]{1,64}))$/;

/** The identity that an ARN names; undefined if it names no session of a role and no user. */
export function awsIdentity(arn: string): AwsIdentity | undefined {
    const [, roleAccount, role, session = "", userAccount = "", user = ""] = ARN.exec(arn) ?? [];
    if (role === undefined || roleAccount === undefined) {
        return user === "" ? undefined : { arn, account: userAccount, userid: uniqueId("AIDA", arn) };
    }
    const owner = arn.slice(0, arn.lastIndexOf("/"));
    return { arn, account: roleAccount, role, userid: `${uniqueId("AROA", owner)}:${session}` };
}

/** The credentials that the sandbox gives out in the name of Amazon Web Services, in memory only. */
export function createAwsKeys(clock: Clock): AwsKeys {
    const byId = new RecentMap<string, AwsCredentials & { identity: AwsIdentity }>(MOST);
    return {
        issue(identity) {
            const temporary = identity.role !== undefined;
            const credentials: AwsCredentials = {
                accessKeyId: uniqueId(temporary ? "ASIA" : "AKIA", randomBytes(16).toString("hex")),
                secretAccessKey: randomBytes(30).toString("base64"),
                ...(temporary && {
                    sessionToken: randomBytes(96).toString("base64"),
                    expiresAt: clock.now() + LIFETIME,
                }),
            };
            byId.set(credentials.accessKeyId, { ...credentials, identity });
            return credentials;
        },
        find: (accessKeyId) => byId.get(accessKeyId),
    };
}

/** Identifiers of AWS have 20 capital letters and digits, of which the first four tell the kind. */
function uniqueId(prefix: string, of: string): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    return prefix + [...hash("sha256", of, "buffer").subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("");
}
