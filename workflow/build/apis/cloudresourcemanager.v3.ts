// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of cloudresourcemanager.v3. */
export interface $Methods {
    "googleapis.cloudresourcemanager.v3.effectiveTags.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListEffectiveTagsResponse>;
    "googleapis.cloudresourcemanager.v3.folders.boundaries.create": $Method<"parent", { boundaryId: string }, Boundary, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.boundaries.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.boundaries.get": $Method<"name", object, never, Boundary>;
    "googleapis.cloudresourcemanager.v3.folders.boundaries.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListBoundariesResponse>;
    "googleapis.cloudresourcemanager.v3.folders.boundaries.patch": $Method<"name", { updateMask: string }, Boundary, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.capabilities.get": $Method<"name", object, never, Capability>;
    "googleapis.cloudresourcemanager.v3.folders.capabilities.patch": $Method<"name", { updateMask: string }, Capability, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.capabilityConfigs.create": $Method<"parent", { capabilityConfigId: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.capabilityConfigs.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.capabilityConfigs.get": $Method<"name", object, never, CapabilityConfig>;
    "googleapis.cloudresourcemanager.v3.folders.capabilityConfigs.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListCapabilityConfigsResponse>;
    "googleapis.cloudresourcemanager.v3.folders.capabilityConfigs.patch": $Method<"name", { updateMask: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.create": $Method<never, object, Folder, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.get": $Method<"name", object, never, Folder>;
    "googleapis.cloudresourcemanager.v3.folders.getBoundaryConfig": $Method<"name", object, never, BoundaryConfig>;
    "googleapis.cloudresourcemanager.v3.folders.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.folders.list": $Method<never, { pageSize: number; pageToken: string; parent: string; showDeleted: boolean }, never, ListFoldersResponse>;
    "googleapis.cloudresourcemanager.v3.folders.move": $Method<"name", object, MoveFolderRequest, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.patch": $Method<"name", { updateMask: string }, Folder, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.search": $Method<never, { pageSize: number; pageToken: string; query: string }, never, SearchFoldersResponse>;
    "googleapis.cloudresourcemanager.v3.folders.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.folders.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v3.folders.undelete": $Method<"name", object, UndeleteFolderRequest, Operation>;
    "googleapis.cloudresourcemanager.v3.folders.updateBoundaryConfig": $Method<"name", { updateMask: string }, BoundaryConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.liens.create": $Method<never, object, Lien, Lien>;
    "googleapis.cloudresourcemanager.v3.liens.delete": $Method<"name", object, never, Empty>;
    "googleapis.cloudresourcemanager.v3.liens.get": $Method<"name", object, never, Lien>;
    "googleapis.cloudresourcemanager.v3.liens.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListLiensResponse>;
    "googleapis.cloudresourcemanager.v3.locations.effectiveTagBindingCollections.get": $Method<"name", object, never, EffectiveTagBindingCollection>;
    "googleapis.cloudresourcemanager.v3.locations.tagBindingCollections.get": $Method<"name", object, never, TagBindingCollection>;
    "googleapis.cloudresourcemanager.v3.locations.tagBindingCollections.patch": $Method<"name", { updateMask: string }, TagBindingCollection, Operation>;
    "googleapis.cloudresourcemanager.v3.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.boundaries.create": $Method<"parent", { boundaryId: string }, Boundary, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.boundaries.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.boundaries.get": $Method<"name", object, never, Boundary>;
    "googleapis.cloudresourcemanager.v3.organizations.boundaries.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListBoundariesResponse>;
    "googleapis.cloudresourcemanager.v3.organizations.boundaries.patch": $Method<"name", { updateMask: string }, Boundary, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.capabilityConfigs.create": $Method<"parent", { capabilityConfigId: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.capabilityConfigs.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.capabilityConfigs.get": $Method<"name", object, never, CapabilityConfig>;
    "googleapis.cloudresourcemanager.v3.organizations.capabilityConfigs.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListCapabilityConfigsResponse>;
    "googleapis.cloudresourcemanager.v3.organizations.capabilityConfigs.patch": $Method<"name", { updateMask: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.organizations.get": $Method<"name", object, never, Organization>;
    "googleapis.cloudresourcemanager.v3.organizations.getBoundaryConfig": $Method<"name", object, never, BoundaryConfig>;
    "googleapis.cloudresourcemanager.v3.organizations.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.organizations.search": $Method<never, { pageSize: number; pageToken: string; query: string }, never, SearchOrganizationsResponse>;
    "googleapis.cloudresourcemanager.v3.organizations.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.organizations.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v3.organizations.updateBoundaryConfig": $Method<"name", { updateMask: string }, BoundaryConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.capabilityConfigs.create": $Method<"parent", { capabilityConfigId: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.capabilityConfigs.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.capabilityConfigs.get": $Method<"name", object, never, CapabilityConfig>;
    "googleapis.cloudresourcemanager.v3.projects.capabilityConfigs.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListCapabilityConfigsResponse>;
    "googleapis.cloudresourcemanager.v3.projects.capabilityConfigs.patch": $Method<"name", { updateMask: string }, CapabilityConfig, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.create": $Method<never, object, Project, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.get": $Method<"name", object, never, Project>;
    "googleapis.cloudresourcemanager.v3.projects.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.projects.list": $Method<never, { pageSize: number; pageToken: string; parent: string; showDeleted: boolean }, never, ListProjectsResponse>;
    "googleapis.cloudresourcemanager.v3.projects.move": $Method<"name", object, MoveProjectRequest, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.patch": $Method<"name", { updateMask: string }, Project, Operation>;
    "googleapis.cloudresourcemanager.v3.projects.search": $Method<never, { pageSize: number; pageToken: string; query: string }, never, SearchProjectsResponse>;
    "googleapis.cloudresourcemanager.v3.projects.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.projects.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v3.projects.undelete": $Method<"name", object, UndeleteProjectRequest, Operation>;
    "googleapis.cloudresourcemanager.v3.tagBindings.create": $Method<never, { validateOnly: boolean }, TagBinding, Operation>;
    "googleapis.cloudresourcemanager.v3.tagBindings.delete": $Method<"name", object, never, Operation>;
    "googleapis.cloudresourcemanager.v3.tagBindings.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListTagBindingsResponse>;
    "googleapis.cloudresourcemanager.v3.tagKeys.create": $Method<never, { validateOnly: boolean }, TagKey, Operation>;
    "googleapis.cloudresourcemanager.v3.tagKeys.delete": $Method<"name", { etag: string; validateOnly: boolean }, never, Operation>;
    "googleapis.cloudresourcemanager.v3.tagKeys.get": $Method<"name", object, never, TagKey>;
    "googleapis.cloudresourcemanager.v3.tagKeys.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.tagKeys.getNamespaced": $Method<never, { name: string }, never, TagKey>;
    "googleapis.cloudresourcemanager.v3.tagKeys.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListTagKeysResponse>;
    "googleapis.cloudresourcemanager.v3.tagKeys.patch": $Method<"name", { updateMask: string; validateOnly: boolean }, TagKey, Operation>;
    "googleapis.cloudresourcemanager.v3.tagKeys.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.tagKeys.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v3.tagValues.create": $Method<never, { validateOnly: boolean }, TagValue, Operation>;
    "googleapis.cloudresourcemanager.v3.tagValues.delete": $Method<"name", { etag: string; validateOnly: boolean }, never, Operation>;
    "googleapis.cloudresourcemanager.v3.tagValues.get": $Method<"name", object, never, TagValue>;
    "googleapis.cloudresourcemanager.v3.tagValues.getIamPolicy": $Method<"resource", object, GetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.tagValues.getNamespaced": $Method<never, { name: string }, never, TagValue>;
    "googleapis.cloudresourcemanager.v3.tagValues.list": $Method<never, { pageSize: number; pageToken: string; parent: string }, never, ListTagValuesResponse>;
    "googleapis.cloudresourcemanager.v3.tagValues.patch": $Method<"name", { updateMask: string; validateOnly: boolean }, TagValue, Operation>;
    "googleapis.cloudresourcemanager.v3.tagValues.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.cloudresourcemanager.v3.tagValues.tagHolds.create": $Method<"parent", { validateOnly: boolean }, TagHold, Operation>;
    "googleapis.cloudresourcemanager.v3.tagValues.tagHolds.delete": $Method<"name", { validateOnly: boolean }, never, Operation>;
    "googleapis.cloudresourcemanager.v3.tagValues.tagHolds.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListTagHoldsResponse>;
    "googleapis.cloudresourcemanager.v3.tagValues.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.cloudresourcemanager.v3.v3.fetchResourceSemantics": $Method<never, { fullResourceName: string }, never, FetchResourceSemanticsResponse>;
}

interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface Binding { condition: Expr; members: string[]; role: string }
interface Boundary { createTime: string; displayName: string; etag: string; managementProject: string; name: string; resourceFilter: ResourceFilter; state: "STATE_UNSPECIFIED" | "CREATING" | "ACTIVE"; updateTime: string }
interface BoundaryConfig { etag: string; name: string; tagKey: string; updateTime: string }
interface Capability { name: string; value: boolean }
interface CapabilityConfig { boundaries: string[]; createTime: string; displayName: string; etag: string; managementProject: string; name: string; state: "STATE_UNSPECIFIED" | "ACTIVE"; types: ("TYPE_UNSPECIFIED" | "APP_MANAGEMENT" | "AGENT_MANAGEMENT")[]; updateTime: string }
interface EffectiveTag { inherited: boolean; namespacedTagKey: string; namespacedTagValue: string; tagKey: string; tagKeyParentName: string; tagValue: string }
interface EffectiveTagBindingCollection { effectiveTags: { [key: string]: string }; fullResourceName: string; name: string }
interface Empty {  }
interface Expr { description: string; expression: string; location: string; title: string }
interface FetchResourceSemanticsResponse { fullResourceName: string; semantics: { [key: string]: string } }
interface Folder { configuredCapabilities: string[]; createTime: string; deleteTime: string; displayName: string; etag: string; managementProject: string; name: string; parent: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "DELETE_REQUESTED"; tags: { [key: string]: string }; updateTime: string }
interface GetIamPolicyRequest { options: GetPolicyOptions }
interface GetPolicyOptions { requestedPolicyVersion: number }
interface Lien { createTime: string; name: string; origin: string; parent: string; reason: string; restrictions: string[] }
interface ListBoundariesResponse { boundaries: Boundary[]; nextPageToken: string }
interface ListCapabilityConfigsResponse { capabilityConfigs: CapabilityConfig[]; nextPageToken: string }
interface ListEffectiveTagsResponse { effectiveTags: EffectiveTag[]; nextPageToken: string }
interface ListFoldersResponse { folders: Folder[]; nextPageToken: string }
interface ListLiensResponse { liens: Lien[]; nextPageToken: string }
interface ListProjectsResponse { nextPageToken: string; projects: Project[] }
interface ListTagBindingsResponse { nextPageToken: string; tagBindings: TagBinding[] }
interface ListTagHoldsResponse { nextPageToken: string; tagHolds: TagHold[] }
interface ListTagKeysResponse { nextPageToken: string; tagKeys: TagKey[] }
interface ListTagValuesResponse { nextPageToken: string; tagValues: TagValue[] }
interface MoveFolderRequest { destinationParent: string }
interface MoveProjectRequest { destinationParent: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface Organization { createTime: string; deleteTime: string; directoryCustomerId: string; displayName: string; etag: string; name: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "DELETE_REQUESTED"; updateTime: string }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface Project { configuredCapabilities: string[]; createTime: string; deleteTime: string; displayName: string; etag: string; isManagementProject: boolean; labels: { [key: string]: string }; managementType: "MANAGEMENT_TYPE_UNSPECIFIED" | "SELF_MANAGED" | "HUB"; name: string; parent: string; projectId: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "DELETE_REQUESTED"; tags: { [key: string]: string }; updateTime: string }
interface ResourceFilter { tagFilter: TagFilter }
interface SearchFoldersResponse { folders: Folder[]; nextPageToken: string }
interface SearchOrganizationsResponse { nextPageToken: string; organizations: Organization[] }
interface SearchProjectsResponse { nextPageToken: string; projects: Project[] }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TagBinding { name: string; parent: string; tagValue: string; tagValueNamespacedName: string }
interface TagBindingCollection { etag: string; fullResourceName: string; name: string; tags: { [key: string]: string } }
interface TagFilter { tagKey: string; tagValue: string }
interface TagHold { createTime: string; helpLink: string; holder: string; name: string; origin: string }
interface TagKey { allowedValuesRegex: string; createTime: string; description: string; etag: string; name: string; namespacedName: string; parent: string; purpose: "PURPOSE_UNSPECIFIED" | "GCE_FIREWALL" | "DATA_GOVERNANCE"; purposeData: { [key: string]: string }; shortName: string; updateTime: string }
interface TagValue { createTime: string; description: string; etag: string; name: string; namespacedName: string; parent: string; shortName: string; updateTime: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UndeleteFolderRequest {  }
interface UndeleteProjectRequest {  }
