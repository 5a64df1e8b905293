import type { CloudSettings, Policy, Store } from "../cloud";
import { type AccountPrincipal, accountPrincipal, digits, findAccount } from "./accounts";
import { numberCollection, projectCollection } from "./hierarchy";
import { toStored } from "./members";

/** Google's accounts that act for a project's services, and the role that each is given when its API is enabled. */
const agents: Record<string, string> = {
    "gcp-sa-cloudscheduler": "roles/cloudscheduler.serviceAgent",
    "gcp-sa-cloudtasks": "roles/cloudtasks.serviceAgent",
    "gcp-sa-pubsub": "roles/pubsub.serviceAgent",
    "gcp-sa-eventarc": "roles/eventarc.serviceAgent",
    "gcp-sa-workflows": "roles/workflows.serviceAgent",
    "serverless-robot-prod": "roles/run.serviceAgent",
    "gcf-admin-robot": "roles/cloudfunctions.serviceAgent",
};

/** `service-NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com`. */
function agentEmail(projectNumber: string, agent: string): string {
    return `service-${projectNumber}@${agent}.iam.gserviceaccount.com`;
}

/**
 * The account by which one of Google's services acts in a project, as a principal.
 * https://cloud.google.com/iam/docs/service-agents
 * @param agent Such as `gcp-sa-pubsub`.
 */
export function serviceAgent(
    { settings, store }: { settings: CloudSettings; store: Store },
    project: string,
    agent: string,
): AccountPrincipal {
    const email = agentEmail(projectNumberOf(project, settings, store), agent);
    return accountPrincipal({ email, uniqueId: findAccount(store, email)?.uniqueId ?? "" });
}

/** The number of a project: in the settings, in the store, or derived from its ID. */
export function projectNumberOf(project: string, settings: CloudSettings, store: Store): string {
    const number = numberOf(project, settings, store);
    // Whoever is told the number may name the project by it.
    if (project !== settings.project && /^[a-z]/.test(project) && store.get(numberCollection, number) === undefined) {
        store.put(numberCollection, number, project);
    }
    return number;
}

function numberOf(project: string, settings: CloudSettings, store: Store): string {
    if (project === settings.project) {
        return settings.projectNumber;
    }
    const stored = store.get(projectCollection, `projects/${project}`);
    return (stored as { projectNumber?: string } | undefined)?.projectNumber ?? digits(project).slice(0, 12);
}

/** The policy that a project starts with: its owner, and the service agents with their roles. */
export function initialProjectPolicy(project: string, settings: CloudSettings, store: Store): Policy {
    // Nothing is noted: IAM is asked about any project that a request names, and nobody is told its number by that.
    const number = numberOf(project, settings, store);
    const [kind, email = ""] = settings.owner.split(":");
    // If the owner is a service account of this project, it possibly does not exist yet.
    const owner = kind === "serviceAccount" && !findAccount(store, email) ? [] : [toStored(settings.owner, store)];
    return {
        version: 1,
        etag: "BwYAAAAAAAA=",
        bindings: [
            { role: "roles/owner", members: owner },
            ...Object.entries(agents).map(([agent, role]) => ({
                role,
                members: [toStored(`serviceAccount:${agentEmail(number, agent)}`, store)],
            })),
        ],
    };
}

/** The policy that a folder or an organization starts with: the owner of the sandbox administers it. */
export function initialContainerPolicy(name: string, { owner }: CloudSettings, store: Store): Policy {
    const role = `roles/resourcemanager.${name.startsWith("folders/") ? "folder" : "organization"}Admin`;
    const missing = owner.startsWith("serviceAccount:") && !findAccount(store, owner.slice(owner.indexOf(":") + 1));
    return {
        version: 1,
        etag: "BwYAAAAAAAA=",
        bindings: [role, "roles/orgpolicy.policyAdmin"].map((each) => ({
            role: each,
            members: missing ? [] : [toStored(owner, store)],
        })),
    };
}
