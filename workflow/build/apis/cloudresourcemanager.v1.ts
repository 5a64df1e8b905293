// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudresourcemanager.v1. */
export interface $Methods {
    "googleapis.cloudresourcemanager.v1.folders.clearOrgPolicy": $Method<"resource", object, ClearOrgPolicyRequest, Empty>;
    "googleapis.cloudresourcemanager.v1.folders.getEffectiveOrgPolicy": $Method<"resource", object, GetEffectiveOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.folders.getOrgPolicy": $Method<"resource", object, GetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.folders.listAvailableOrgPolicyConstraints": $Method<"resource", object, ListAvailableOrgPolicyConstraintsRequest, ListAvailableOrgPolicyConstraintsResponse>;
    "googleapis.cloudresourcemanager.v1.folders.listOrgPolicies": $Method<"resource", object, ListOrgPoliciesRequest, ListOrgPoliciesResponse>;
    "googleapis.cloudresourcemanager.v1.folders.setOrgPolicy": $Method<"resource", object, SetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.liens.create": $Method<never, object, Lien, Lien>;
    "googleapis.cloudresourcemanager.v1.liens.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudresourcemanager.v1.liens.get": $Method<"name", object, never, Lien>;
    "googleapis.cloudresourcemanager.v1.liens.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListLiensResponse>;
    "googleapis.cloudresourcemanager.v1.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v1.organizations.clearOrgPolicy": $Method<"resource", object, ClearOrgPolicyRequest, Empty>;
    "googleapis.cloudresourcemanager.v1.organizations.get": $Method<"name", object, never, Organization>;
    "googleapis.cloudresourcemanager.v1.organizations.getEffectiveOrgPolicy": $Method<"resource", object, GetEffectiveOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.organizations.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v1.organizations.getOrgPolicy": $Method<"resource", object, GetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.organizations.listAvailableOrgPolicyConstraints": $Method<"resource", object, ListAvailableOrgPolicyConstraintsRequest, ListAvailableOrgPolicyConstraintsResponse>;
    "googleapis.cloudresourcemanager.v1.organizations.listOrgPolicies": $Method<"resource", object, ListOrgPoliciesRequest, ListOrgPoliciesResponse>;
    "googleapis.cloudresourcemanager.v1.organizations.search": $Method<never, object, SearchOrganizationsRequest, SearchOrganizationsResponse>;
    "googleapis.cloudresourcemanager.v1.organizations.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v1.organizations.setOrgPolicy": $Method<"resource", object, SetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.organizations.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v1.projects.clearOrgPolicy": $Method<"resource", object, ClearOrgPolicyRequest, Empty>;
    "googleapis.cloudresourcemanager.v1.projects.create": $Method<never, object, Project, Operation>;
    "googleapis.cloudresourcemanager.v1.projects.delete": $Method<"projectId", object, never, Empty>;
    "googleapis.cloudresourcemanager.v1.projects.get": $Method<"projectId", object, never, Project>;
    "googleapis.cloudresourcemanager.v1.projects.getAncestry": $Method<"projectId", object, GetAncestryRequest, GetAncestryResponse>;
    "googleapis.cloudresourcemanager.v1.projects.getEffectiveOrgPolicy": $Method<"resource", object, GetEffectiveOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.projects.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v1.projects.getOrgPolicy": $Method<"resource", object, GetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.projects.list": $Method<never, { filter: string; pageSize: number; pageToken: string }, never, ListProjectsResponse>;
    "googleapis.cloudresourcemanager.v1.projects.listAvailableOrgPolicyConstraints": $Method<"resource", object, ListAvailableOrgPolicyConstraintsRequest, ListAvailableOrgPolicyConstraintsResponse>;
    "googleapis.cloudresourcemanager.v1.projects.listOrgPolicies": $Method<"resource", object, ListOrgPoliciesRequest, ListOrgPoliciesResponse>;
    "googleapis.cloudresourcemanager.v1.projects.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v1.projects.setOrgPolicy": $Method<"resource", object, SetOrgPolicyRequest, OrgPolicy>;
    "googleapis.cloudresourcemanager.v1.projects.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v1.projects.undelete": $Method<"projectId", object, UndeleteProjectRequest, Empty>;
    "googleapis.cloudresourcemanager.v1.projects.update": $Method<"projectId", object, Project, Project>;
}

interface Ancestor { resourceId: ResourceId }
interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface Binding { condition: Expr; members: string[]; role: string }
interface BooleanConstraint {  }
interface BooleanPolicy { enforced: boolean }
interface ClearOrgPolicyRequest { constraint: string; etag: string }
interface Constraint { booleanConstraint: BooleanConstraint; constraintDefault: "CONSTRAINT_DEFAULT_UNSPECIFIED" | "ALLOW" | "DENY"; description: string; displayName: string; listConstraint: ListConstraint; name: string; version: number }
interface Empty {  }
interface Expr { description: string; expression: string; location: string; title: string }
interface GetAncestryRequest {  }
interface GetAncestryResponse { ancestor: Ancestor[] }
interface GetEffectiveOrgPolicyRequest { constraint: string }
interface GetIamPolicyRequest { options: GetPolicyOptions }
interface GetOrgPolicyRequest { constraint: string }
interface GetPolicyOptions { requestedPolicyVersion: number }
interface Lien { createTime: string; name: string; origin: string; parent: string; reason: string; restrictions: string[] }
interface ListAvailableOrgPolicyConstraintsRequest { pageSize: number; pageToken: string }
interface ListAvailableOrgPolicyConstraintsResponse { constraints: Constraint[]; nextPageToken: string }
interface ListConstraint { suggestedValue: string; supportsUnder: boolean }
interface ListLiensResponse { liens: Lien[]; nextPageToken: string }
interface ListOrgPoliciesRequest { pageSize: number; pageToken: string }
interface ListOrgPoliciesResponse { nextPageToken: string; policies: OrgPolicy[] }
interface ListPolicy { allValues: "ALL_VALUES_UNSPECIFIED" | "ALLOW" | "DENY"; allowedValues: string[]; deniedValues: string[]; inheritFromParent: boolean; suggestedValue: string }
interface ListProjectsResponse { nextPageToken: string; projects: Project[] }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface OrgPolicy { booleanPolicy: BooleanPolicy; constraint: string; etag: string; listPolicy: ListPolicy; restoreDefault: RestoreDefault; updateTime: string; version: number }
interface Organization { creationTime: string; displayName: string; lifecycleState: "LIFECYCLE_STATE_UNSPECIFIED" | "ACTIVE" | "DELETE_REQUESTED"; name: string; owner: OrganizationOwner }
interface OrganizationOwner { directoryCustomerId: string }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface Project { configuredCapabilities: string[]; createTime: string; isManagementProject: boolean; labels: { [key: string]: string }; lifecycleState: "LIFECYCLE_STATE_UNSPECIFIED" | "ACTIVE" | "DELETE_REQUESTED" | "DELETE_IN_PROGRESS"; managementType: "MANAGEMENT_TYPE_UNSPECIFIED" | "SELF_MANAGED" | "HUB"; name: string; parent: ResourceId; projectId: string; projectNumber: string | number; tags: { [key: string]: string } }
interface ResourceId { id: string; type: string }
interface RestoreDefault {  }
interface SearchOrganizationsRequest { filter: string; pageSize: number; pageToken: string }
interface SearchOrganizationsResponse { nextPageToken: string; organizations: Organization[] }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface SetOrgPolicyRequest { policy: OrgPolicy }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UndeleteProjectRequest {  }
