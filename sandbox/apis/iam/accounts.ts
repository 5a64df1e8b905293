import { randomBytes } from "node:crypto";
import { ApiError, type Cloud } from "../../cloud";
import { accountCollection } from "../../iam";
import {
    applyMask,
    checkId,
    invalidArgument,
    method,
    numericId,
    page,
    policyMethods,
    Resources,
    type Json,
    type Method,
} from "../framework";
import { deleteKeys } from "./keys";
import { accountName, accountType, host, requireAccount } from "./names";

type ServiceAccount = Json & { name: string; email: string; uniqueId: string; projectId: string };
type Named = { name: string };

const accounts = new Resources<ServiceAccount>(accountCollection);
/** For 30 days Google can bring a deleted account back; by unique ID. */
const deleted = new Resources<ServiceAccount>("iam.deletedServiceAccounts");

const onAccount = (verb: string) => ({
    permission: `iam.serviceAccounts.${verb}`,
    resource: ({ name }: Named, cloud: Cloud) => accountName(name, cloud),
    resourceType: accountType,
});
const onProject = (verb: string) => ({
    permission: `iam.serviceAccounts.${verb}`,
    resource: ({ name }: Named) => name,
});

function get(name: string, cloud: Cloud): ServiceAccount {
    requireAccount(name, cloud);
    return accounts.get(cloud, accountName(name, cloud));
}

function change(name: string, cloud: Cloud, changes: Json): Json {
    const account = get(name, cloud);
    accounts.put(cloud, account.name, { ...account, ...changes, etag: newEtag() });
    return {};
}

function newEtag(): string {
    return randomBytes(8).toString("base64");
}

/** The methods of `google.iam.admin.v1.IAM` on service accounts. */
export const accountMethods: Record<string, Method> = {
    ListServiceAccounts: method<Named & { pageSize?: number; pageToken?: string }>({
        ...onProject("list"),
        handle: (request, { cloud }) => page("accounts", accounts.list(cloud, request.name), request),
    }),
    GetServiceAccount: method<Named>({
        ...onAccount("get"),
        handle: ({ name }, { cloud }) => get(name, cloud),
    }),
    CreateServiceAccount: method<Named & { accountId?: string; serviceAccount?: Json }>({
        ...onProject("create"),
        handle({ name: project, accountId = "", serviceAccount = {} }, { cloud }) {
            checkId(
                accountId,
                /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/,
                "account_id",
                "6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
            );
            const projectId = project.replace(/^projects\//, "");
            const email = `${accountId}@${projectId}.iam.gserviceaccount.com`;
            const name = `${project}/serviceAccounts/${email}`;
            if (accounts.find(cloud, name)) {
                throw new ApiError(
                    "ALREADY_EXISTS",
                    `Service account ${accountId} already exists within project ${project}.`,
                );
            }
            const { displayName, description } = serviceAccount;
            const uniqueId = numericId(21);
            return accounts.create(cloud, name, {
                name,
                projectId,
                uniqueId,
                email,
                ...(displayName === undefined ? {} : { displayName }),
                ...(description === undefined ? {} : { description }),
                etag: newEtag(),
                oauth2ClientId: uniqueId,
            });
        },
    }),
    PatchServiceAccount: method<{ serviceAccount?: Json; updateMask?: string }>({
        permission: "iam.serviceAccounts.update",
        resource: ({ serviceAccount }, cloud) => accountName(String(serviceAccount?.name), cloud),
        resourceType: accountType,
        handle({ serviceAccount = {}, updateMask }, { cloud }) {
            if (updateMask === undefined) {
                throw invalidArgument("update_mask must be set", "update_mask");
            }
            const account = get(String(serviceAccount.name), cloud);
            const updated = applyMask(account, serviceAccount, updateMask, ["displayName", "description"]);
            return accounts.put(cloud, account.name, { ...updated, etag: newEtag() });
        },
    }),
    UpdateServiceAccount: method<Named & { displayName?: string }>({
        ...onAccount("update"),
        handle({ name, displayName = "" }, { cloud }) {
            change(name, cloud, { displayName });
            return get(name, cloud);
        },
    }),
    DeleteServiceAccount: method<Named>({
        ...onAccount("delete"),
        handle({ name }, { cloud }) {
            const account = get(name, cloud);
            accounts.delete(cloud, account.name);
            deleted.put(cloud, account.uniqueId, account);
            deleteKeys(account.name, cloud);
            cloud.iam.deletePolicy(`//${host}/${account.name}`);
            return {};
        },
    }),
    UndeleteServiceAccount: method<Named>({
        permission: "iam.serviceAccounts.undelete",
        resource: ({ name }, { settings }) =>
            `projects/${/^projects\/([^-/][^/]*)/.exec(name)?.[1] ?? settings.project}`,
        handle({ name }, { cloud }) {
            const account = deleted.get(cloud, name.split("/").at(-1) ?? "");
            const restored = accounts.create(cloud, account.name, account);
            deleted.delete(cloud, account.uniqueId);
            return { restoredAccount: restored };
        },
    }),
    EnableServiceAccount: method<Named>({
        ...onAccount("enable"),
        handle: ({ name }, { cloud }) => change(name, cloud, { disabled: false }),
    }),
    DisableServiceAccount: method<Named>({
        ...onAccount("disable"),
        handle: ({ name }, { cloud }) => change(name, cloud, { disabled: true }),
    }),
    ...policyMethods({
        host,
        permissions: "iam.serviceAccounts",
        resourceType: accountType,
        mustExist: (cloud, resource) => void requireAccount(resource, cloud),
    }),
};
