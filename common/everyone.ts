/**
 * The members that mean everybody, or everybody who has an account at Google. `principalSet://goog/public:all` is how
 * newer APIs of IAM spell `allUsers` (https://cloud.google.com/iam/docs/principal-identifiers).
 */
const EVERYONE = [/^allUsers$/i, /^allAuthenticatedUsers$/i, /^principal(Set)?:\/\/goog\/public:/i];

/** Spellings that IAM refuses, and that can only mean everybody: `user:*`, `group:allUsers`, `domain:*`. */
const MEANS_EVERYONE =
    /^(user|serviceAccount|group|domain):(\s*(allUsers|allAuthenticatedUsers|public:all)\s*$|[^@]*\*|.*@\*)/i;

/** Whether an IAM member is everybody, in any spelling. */
export function isEveryone(member: string): boolean {
    const name = member.trim();
    return EVERYONE.some((pattern) => pattern.test(name)) || MEANS_EVERYONE.test(name);
}
