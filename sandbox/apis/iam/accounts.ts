import { randomBytes } from "node:crypto";
import { ApiError, type Cloud } from "../../cloud";
import { accountCollection, isEnforced, violation } from "../../iam";
import { defined } from "../../../common";
import {
    crud,
    invalidArgument,
    nameParts,
    numericId,
    policyMethods,
    Resources,
    shortName,
    type Call,
    type Json,
    type Methods,
    type Stored,
} from "../framework";
import { deleteKeys } from "./keys";
import { accountName, accountType, host, requireAccount } from "./names";

type ServiceAccount = Stored<"google.iam.admin.v1.ServiceAccount", "name" | "email" | "uniqueId" | "projectId">;

const accounts = new Resources<ServiceAccount>(accountCollection, "google.iam.admin.v1.ServiceAccount");
/** Deleted accounts by unique ID. Google can restore one for 30 days. */
const deleted = new Resources<ServiceAccount>("iam.deletedServiceAccounts");

const onAccount = (verb: string) => ({
    permission: `iam.serviceAccounts.${verb}`,
    resource: ({ name }: { name: string }, cloud: Cloud) => accountName(name, cloud),
    resourceType: accountType,
});
const { UpdateServiceAccount: patch, ...common } = crud({
    resources: accounts,
    singular: "ServiceAccount",
    permissions: "iam.serviceAccounts",
    resourceType: accountType,
    parentField: "name",
    listField: "accounts",
    idField: "accountId",
    taken: (id, project) =>
        new ApiError("ALREADY_EXISTS", `Service account ${id} already exists within project ${project}.`),
    naming: {
        create: (project, id) => `${project}/serviceAccounts/${id}@${shortName(project)}.iam.gserviceaccount.com`,
        key: keyOf,
        checkedOn: keyOf,
        check: (name, cloud) => void requireAccount(name, cloud),
    },
    writable: ["displayName", "description"],
    // Google has deprecated the etags of accounts. They are answered, and etags of requests are ignored.
    etags: false,
    build,
    deleted({ cloud }, _name, account) {
        deleted.put(cloud, account.uniqueId, account);
        deleteKeys(account.name, cloud);
    },
});

/** The methods of `google.iam.admin.v1.IAM` on service accounts. */
export const accountMethods: Methods<"google.iam.admin.v1.IAM"> = {
    ...common,
    PatchServiceAccount: {
        ...patch,
        handle(request, call) {
            if (request.updateMask === undefined) {
                throw invalidArgument("update_mask must be set", "update_mask");
            }
            return patch.handle(request, call);
        },
    },
    UpdateServiceAccount: {
        ...onAccount("update"),
        handle({ name, displayName = "" }, { cloud }) {
            change(name, cloud, { displayName });
            return get(name, cloud);
        },
    },
    UndeleteServiceAccount: {
        permission: "iam.serviceAccounts.undelete",
        resource: ({ name }, { settings }) =>
            `projects/${/^projects\/([^-/][^/]*)/.exec(name)?.[1] ?? settings.project}`,
        handle({ name }, { cloud }) {
            const account = deleted.get(cloud, name.split("/").at(-1) ?? "");
            const restored = accounts.create(cloud, account.name, account);
            deleted.delete(cloud, account.uniqueId);
            return { restoredAccount: restored };
        },
    },
    EnableServiceAccount: {
        ...onAccount("enable"),
        handle: ({ name }, { cloud }) => change(name, cloud, { disabled: false }),
    },
    DisableServiceAccount: {
        ...onAccount("disable"),
        handle: ({ name }, { cloud }) => change(name, cloud, { disabled: true }),
    },
    ...policyMethods({
        host,
        permissions: "iam.serviceAccounts",
        resourceType: accountType,
        mustExist: (cloud, resource) => void requireAccount(resource, cloud),
    }),
};

/** The key of an account. For a project it is the project's name, below which its accounts are. */
function keyOf(name: string, cloud: Cloud): string {
    return name.includes("/serviceAccounts/") ? accountName(name, cloud) : name;
}

function build(
    { cloud }: Call,
    name: string,
    { displayName, description }: Partial<ServiceAccount>,
    current: ServiceAccount | undefined,
): ServiceAccount {
    const constraint = "iam.disableServiceAccountCreation";
    if (current === undefined && isEnforced(`//${host}/${name}`, constraint, cloud)) {
        const said = "Service account creation is not allowed on this project.";
        throw violation(said, constraint, name, `constraints/${constraint} is enforced`);
    }
    const { projectId, uniqueId, email, oauth2ClientId, disabled } = current ?? newAccount(name);
    return {
        name: current?.name ?? name,
        projectId,
        uniqueId,
        email,
        ...defined({ displayName, description, oauth2ClientId, disabled }),
        etag: newEtag(),
    };
}

function newAccount(name: string): ServiceAccount {
    const uniqueId = numericId(21);
    const projectId = nameParts(name).projects ?? "";
    return { name, projectId, uniqueId, email: shortName(name), oauth2ClientId: uniqueId };
}

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
