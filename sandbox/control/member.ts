import { didYouMean } from "../../common";
import { type AwsIdentity, ControlError, type Cloud, type Principal, type Store } from "../cloud";
import { accountPrincipal, findAccount, kubernetesMember } from "../iam";
import { awsIdentity } from "../tokens";

/**
 * Who an IAM member is: `user:…`, `serviceAccount:…`, `allUsers` (a caller without credentials).
 *
 * @throws Error naming a service account that does not exist, or what is no member
 */
export function memberToPrincipal(cloud: Cloud, member: string): Principal {
    if (member === "allUsers" || member === "anonymous") {
        return { kind: "anonymous" };
    }
    const pod = kubernetesMember(member, cloud);
    if (pod && !member.startsWith(`serviceAccount:${cloud.settings.project}.svc.id.goog[`)) {
        throw new ControlError(`${member} is of another project than the sandbox's`, {
            fix: `use serviceAccount:${cloud.settings.project}.svc.id.goog[NAMESPACE/NAME]`,
        });
    }
    if (pod) {
        return pod;
    }
    if (/^principal:\/\/[^/\s]+\/\S+$/.test(member)) {
        return { kind: "federated", subject: member, sets: agentSets(member) };
    }
    const [, kind, email = ""] = /^(user|serviceAccount):([^@\s:/]+@[^@\s:/]+)$/.exec(member) ?? [];
    if (kind === "user") {
        return { kind: "user", email };
    }
    if (kind === undefined) {
        throw new ControlError(`${member} is no principal`, {
            fix: "use user:EMAIL, serviceAccount:EMAIL, serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME], principal://…, allUsers, or in exec and env the ARN of a role's session on AWS, arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION",
        });
    }
    return accountPrincipal(requireAccount(cloud.store, email, "create it, or act as user:EMAIL"));
}

/** Whoever a client acts as: an IAM member, or by its ARN a session of a role of AWS, which has no name in IAM. */
export function memberToClient(cloud: Cloud, member: string): Principal | AwsIdentity {
    return awsIdentity(member) ?? memberToPrincipal(cloud, member);
}

/** @throws ControlError naming an account that does not exist, and the one that is most similar */
export function requireAccount(store: Store, email: string, fix: string): NonNullable<ReturnType<typeof findAccount>> {
    const account = findAccount(store, email);
    if (account === undefined) {
        const emails = store
            .list("iam.serviceAccounts")
            .map(([, value]) => String((value as { email?: string }).email));
        const similar = didYouMean(email, emails);
        throw new ControlError(`the service account ${email} does not exist in the sandbox${similar}`, { fix });
    }
    return account;
}

/**
 * The sets that an agent with an identity of its own is in: all agents of its project, and of its organization [K].
 * https://cloud.google.com/iam/docs/principal-identifiers
 */
function agentSets(subject: string): string[] {
    const [, trust, container] =
        /^principal:\/\/(agents\.[^/]+)\/resources\/(.+?\/projects\/\d+)\//.exec(subject) ?? [];
    return trust === undefined || container === undefined
        ? []
        : [`principalSet://${trust}/attribute.platformContainer/${container}`, `principalSet://${trust}/*`];
}
