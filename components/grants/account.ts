import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, knownProject, urnOf } from "../base";
import type { CallerArgs } from "../caller-args";
import type { Target } from "../target";
import { defined } from "../../common";
import { accountIdFor } from "./account-id";
import { describeCallees } from "./callees";

/** The account that a caller runs or calls as. */
export interface Identity {
    email: pulumi.Output<string>;
    /** The account as an IAM member: `serviceAccount:EMAIL`. */
    member: pulumi.Output<string>;
    /** The project of the caller. */
    project: pulumi.Output<string>;
}

/**
 * Makes a service account for a caller alone, or takes the one that the user gives. A default account is refused, because
 * everything in the project shares it that names no other (https://cloud.google.com/iam/docs/service-account-types#default).
 * @param what What the caller is, such as `workflow`, for the account's display name.
 * @param targets What the caller calls.
 * @throws ResourceError if the account cannot be used
 */
export function identityOf(
    component: pulumi.Resource,
    name: string,
    what: string,
    args: CallerArgs,
    targets: readonly Target[],
): Identity {
    if (args.serviceAccount !== undefined) {
        return existing(component, args.serviceAccount, args);
    }
    const accountId =
        args.accountId === undefined
            ? ownAccountId(component, name)
            : pulumi.output(args.accountId).apply((id) => checkedAccountId(component, id));
    const account = new serviceaccount.Account(
        `${name}-account`,
        {
            accountId,
            displayName: `${name} (${what})`.slice(0, 100),
            ...defined({ project: args.project, description: describeCallees(targets) }),
        },
        {
            parent: component,
            // An account with another ID is made before the old one is deleted, so that it has its grants in time.
            ...(args.accountId === undefined ? keepsId("accountId") : { deleteBeforeReplace: false }),
        },
    );
    return {
        email: account.email,
        member: account.member,
        project: pulumi.output(knownProject(component, args.project) ?? account.project),
    };
}

function existing(component: pulumi.Resource, serviceAccount: pulumi.Input<string>, args: CallerArgs): Identity {
    if (args.accountId !== undefined) {
        throw argumentError(
            component,
            "accountId",
            "names an account to make, and serviceAccount names one that exists; keep one of the two",
        );
    }
    const email = pulumi.output(serviceAccount).apply((address) => checkedEmail(component, "serviceAccount", address));
    return {
        email,
        member: pulumi.interpolate`serviceAccount:${email}`,
        // This is the caller's project, and the account may be in another one.
        project: pulumi
            .all([knownProject(component, args.project), email])
            .apply(([project, address]) => project ?? projectOfAccount(address)),
    };
}

/** The result of {@link accountIdFor} for a component. A resource that takes it has the options of {@link keepsId}. */
export const ownAccountId = async (component: pulumi.Resource, name: string): Promise<string> =>
    accountIdFor(name, `${await urnOf(component)}::${name}`);

/**
 * Options with which a resource keeps the ID that it was made with. The component may have got another name since, with an
 * alias, and a resource with an ID of that name would take its place, without the grants of the old one.
 */
export const keepsId = (argument: string): pulumi.CustomResourceOptions => ({ ignoreChanges: [argument] });

function checkedAccountId(component: pulumi.Resource, id: string): string {
    if (/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(id)) {
        return id;
    }
    throw argumentError(
        component,
        "accountId",
        `"${id}" cannot name a service account; use 6 to 30 lower-case letters, digits and hyphens, with a letter first and no hyphen last`,
    );
}

/**
 * Returns the email address of a service account that is no default account.
 * @param argument Where it is in the arguments, for errors.
 * @throws ResourceError for any other text
 */
export function checkedEmail(component: pulumi.Resource, argument: string, email: string): string {
    if (/^(\d+-compute@developer|\d+@cloudservices|\d+@cloudbuild|[^@]+@appspot)\.gserviceaccount\.com$/.test(email)) {
        throw argumentError(
            component,
            argument,
            `${email} is a default account that everything in the project shares; leave ${argument} out to get a dedicated one`,
        );
    }
    if (!/^[a-z][-a-z0-9]*@[-a-z0-9.:]+\.iam\.gserviceaccount\.com$/.test(email)) {
        throw argumentError(
            component,
            argument,
            `"${email}" is not the email address of a service account; it looks like NAME@PROJECT.iam.gserviceaccount.com`,
        );
    }
    return email;
}

/**
 * The project in the email address of a service account: `p` in `fulfil@p.iam.gserviceaccount.com`. The address of a project
 * below a domain has both the other way round: `p.example.com` is the project `example.com:p`.
 */
export function projectOfAccount(email: string): string {
    const [project = "", ...domain] = email
        .slice(email.indexOf("@") + 1)
        .replace(/\.iam\.gserviceaccount\.com$/, "")
        .split(".");
    return domain.length === 0 ? project : `${domain.join(".")}:${project}`;
}
