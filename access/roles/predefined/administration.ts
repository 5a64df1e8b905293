import { permissions } from "../permissions";
import { getProject, type RoleTable } from "./table";

/** The roles that administer access, projects and their APIs. */
export const administrationRoles: RoleTable = {
    "iam.denyAdmin": ["Deny Admin", "iam.denypolicies.*"],
    "iam.denyReviewer": ["Deny Reviewer", "iam.denypolicies.{get,list}"],
    "iam.roleAdmin": ["Role Administrator", "iam.roles.*", getProject, "resourcemanager.projects.getIamPolicy"],
    "iam.roleViewer": ["Role Viewer", "iam.roles.{get,list}", getProject, "resourcemanager.projects.getIamPolicy"],
    "iam.securityAdmin": [
        "Security Admin",
        ...permissions.filter((p) => /\.(getIamPolicy|setIamPolicy|list)$/.test(p)),
    ],
    "iam.securityReviewer": ["Security Reviewer", ...permissions.filter((p) => /\.(getIamPolicy|list)$/.test(p))],
    "iam.serviceAccountAdmin": [
        "Service Account Admin",
        "iam.serviceAccounts.{create,delete,disable,enable,get,getIamPolicy,list,setIamPolicy,undelete,update}",
        getProject,
    ],
    "iam.serviceAccountCreator": ["Create Service Accounts", "iam.serviceAccounts.{create,get,list}", getProject],
    "iam.serviceAccountDeleter": ["Delete Service Accounts", "iam.serviceAccounts.{delete,get,list}", getProject],
    "iam.serviceAccountKeyAdmin": [
        "Service Account Key Admin",
        "iam.serviceAccountKeys.*",
        "iam.serviceAccounts.{get,list}",
        getProject,
    ],
    "iam.serviceAccountOpenIdTokenCreator": [
        "Service Account OpenID Connect Identity Token Creator",
        "iam.serviceAccounts.getOpenIdToken",
    ],
    "iam.serviceAccountTokenCreator": [
        "Service Account Token Creator",
        "iam.serviceAccounts.{get,getAccessToken,getOpenIdToken,implicitDelegation,list,signBlob,signJwt}",
        getProject,
    ],
    "iam.serviceAccountUser": ["Service Account User", "iam.serviceAccounts.{actAs,get,list}", getProject],
    "iam.serviceAccountViewer": [
        "View Service Accounts",
        "iam.serviceAccountKeys.{get,list}",
        "iam.serviceAccounts.{get,getIamPolicy,list}",
        getProject,
    ],
    "iam.workloadIdentityPoolAdmin": [
        "IAM Workload Identity Pool Admin",
        "iam.workloadIdentityPools.*",
        "iam.workloadIdentityPoolProviders.*",
        getProject,
    ],
    "iam.workloadIdentityUser": [
        "Workload Identity User",
        "iam.serviceAccounts.{get,getAccessToken,getOpenIdToken,list}",
    ],
    "iap.admin": [
        "IAP Policy Admin",
        "iap.web.*",
        "iap.webServices.*",
        "iap.webTypes.*",
        "iap.webServiceVersions.{getIamPolicy,getSettings,setIamPolicy,updateSettings}",
    ],
    "iap.httpsResourceAccessor": ["IAP-secured Web App User", "iap.webServiceVersions.accessViaIAP"],
    "iap.tunnelResourceAccessor": [
        "IAP-secured Tunnel User",
        "iap.tunnelDestGroups.accessViaIAP",
        "iap.tunnelInstances.accessViaIAP",
    ],
    "iap.settingsAdmin": [
        "IAP Settings Admin",
        "iap.web.{getSettings,updateSettings}",
        "iap.webServiceVersions.{getSettings,updateSettings}",
        "iap.webServices.{getSettings,updateSettings}",
        "iap.webTypes.{getSettings,updateSettings}",
    ],
    "orgpolicy.policyAdmin": ["Organization Policy Administrator", "orgpolicy.*"],
    "orgpolicy.policyViewer": ["Organization Policy Viewer", "orgpolicy.policies.list", "orgpolicy.policy.get"],
    "resourcemanager.projectIamAdmin": [
        "Project IAM Admin",
        "resourcemanager.projects.{get,getIamPolicy,setIamPolicy}",
    ],
    "resourcemanager.folderAdmin": ["Folder Admin", "resourcemanager.folders.*", "resourcemanager.projects.{get,move}"],
    "resourcemanager.folderIamAdmin": ["Folder IAM Admin", "resourcemanager.folders.{get,getIamPolicy,setIamPolicy}"],
    "resourcemanager.organizationAdmin": [
        "Organization Administrator",
        "resourcemanager.{folders,organizations,projects}.{get,getIamPolicy,setIamPolicy}",
        "resourcemanager.folders.create",
        "resourcemanager.projects.move",
    ],
    browser: ["Browser", "resourcemanager.projects.{get,getIamPolicy,list}"],
    "serviceusage.serviceUsageAdmin": ["Service Usage Admin", "serviceusage.*", getProject],
    "serviceusage.serviceUsageConsumer": ["Service Usage Consumer", "serviceusage.services.{get,list,use}", getProject],
    "serviceusage.serviceUsageViewer": ["Service Usage Viewer", "serviceusage.services.{get,list}", getProject],
};
