import { createHash } from "node:crypto";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, knownProject } from "../base";

/** The identity of a workload. */
export interface Identity {
    email: pulumi.Output<string>;
    /** `serviceAccount:EMAIL` */
    member: pulumi.Output<string>;
    project: pulumi.Output<string>;
    /** The account where the component made it. */
    account?: serviceaccount.Account;
}

/** How the identity of a workload is chosen. */
export interface IdentityArgs {
    accountId?: pulumi.Input<string>;
    serviceAccount?: pulumi.Input<string>;
    project?: pulumi.Input<string>;
}

/**
 * A service account of its own for a workload, or the one that the user brings. Never a default one: those are shared
 * by everything in the project that names none (https://cloud.google.com/iam/docs/service-account-types#default).
 */
export function identityOf(component: pulumi.Resource, name: string, what: string, args: IdentityArgs): Identity {
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
            ...(args.project === undefined ? {} : { project: args.project }),
        },
        {
            parent: component,
            // Under another name both exist at once: the new one gets its grants before anything runs as it.
            ...(args.accountId !== undefined && { deleteBeforeReplace: false }),
        },
    );
    return {
        email: account.email,
        member: account.member,
        project: pulumi.output(knownProject(component, args.project) ?? account.project),
        account,
    };
}

function existing(component: pulumi.Resource, serviceAccount: pulumi.Input<string>, args: IdentityArgs): Identity {
    if (args.accountId !== undefined) {
        throw argumentError(
            component,
            "accountId",
            "names an account to make, and serviceAccount one that exists; keep one of the two",
        );
    }
    const email = pulumi.output(serviceAccount).apply((address) => checkedEmail(component, "serviceAccount", address));
    return {
        email,
        member: pulumi.interpolate`serviceAccount:${email}`,
        // The workload's project, which need not be the account's.
        project: pulumi
            .all([knownProject(component, args.project), email])
            .apply(([project, address]) => project ?? projectOf(address)),
    };
}

/**
 * {@link accountIdFor} a component, as a value that depends on no resource: what depends on a component waits for its
 * children, and the account is one of them.
 */
export function ownAccountId(component: pulumi.Resource, name: string): Promise<string> {
    return new Promise((resolve) => {
        component.urn.apply((urn) => {
            resolve(accountIdFor(name, `${urn}::${name}`));
        });
    });
}

/**
 * A name for the account that is the same on each run and another one for each component, stack and Pulumi project:
 * 6 to 30 characters, first a letter (https://cloud.google.com/iam/docs/service-accounts-create).
 */
export function accountIdFor(name: string, urn: string): string {
    const slug = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^[^a-z]+/, "")
        .slice(0, 21)
        .replace(/-+$/, "");
    const hash = createHash("sha256").update(urn).digest("hex").slice(0, 7);
    return `${slug === "" ? "a" : slug}-${hash}`;
}

function checkedAccountId(component: pulumi.Resource, id: string): string {
    if (/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(id)) {
        return id;
    }
    throw argumentError(
        component,
        "accountId",
        `"${id}" cannot name a service account; 6 to 30 lower-case letters, digits and hyphens, first a letter, last no hyphen`,
    );
}

/**
 * The address of a service account that is nobody's default one.
 * @param argument Where it stands in the arguments, for errors.
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

/** `p` of `fulfil@p.iam.gserviceaccount.com`; domain-scoped projects are written backwards (`p.example.com`). */
export function projectOf(email: string): string {
    const [project = "", ...domain] = email
        .slice(email.indexOf("@") + 1)
        .replace(/\.iam\.gserviceaccount\.com$/, "")
        .split(".");
    return domain.length === 0 ? project : `${domain.join(".")}:${project}`;
}
