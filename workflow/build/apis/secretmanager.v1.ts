// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of secretmanager.v1. */
export interface $Methods {
    "googleapis.secretmanager.v1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.secretmanager.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.secretmanager.v1.projects.locations.secrets.addVersion": $Method<"parent", object, AddSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.create": $Method<"parent", { secretId: string }, Secret, Secret>;
    "googleapis.secretmanager.v1.projects.locations.secrets.delete": $Method<"name", { etag: string }, never, Empty>;
    "googleapis.secretmanager.v1.projects.locations.secrets.enableManagedRotation": $Method<"parent", object, EnableManagedRotationRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.get": $Method<"name", object, never, Secret>;
    "googleapis.secretmanager.v1.projects.locations.secrets.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.secretmanager.v1.projects.locations.secrets.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListSecretsResponse>;
    "googleapis.secretmanager.v1.projects.locations.secrets.patch": $Method<"name", { updateMask: string }, Secret, Secret>;
    "googleapis.secretmanager.v1.projects.locations.secrets.rotateSecret": $Method<"parent", object, RotateSecretRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.secretmanager.v1.projects.locations.secrets.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.access": $Method<"name", object, never, AccessSecretVersionResponse>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.destroy": $Method<"name", object, DestroySecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.disable": $Method<"name", object, DisableSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.enable": $Method<"name", object, EnableSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.get": $Method<"name", object, never, SecretVersion>;
    "googleapis.secretmanager.v1.projects.locations.secrets.versions.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListSecretVersionsResponse>;
    "googleapis.secretmanager.v1.projects.secrets.addVersion": $Method<"parent", object, AddSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.create": $Method<"parent", { secretId: string }, Secret, Secret>;
    "googleapis.secretmanager.v1.projects.secrets.delete": $Method<"name", { etag: string }, never, Empty>;
    "googleapis.secretmanager.v1.projects.secrets.enableManagedRotation": $Method<"parent", object, EnableManagedRotationRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.get": $Method<"name", object, never, Secret>;
    "googleapis.secretmanager.v1.projects.secrets.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.secretmanager.v1.projects.secrets.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListSecretsResponse>;
    "googleapis.secretmanager.v1.projects.secrets.patch": $Method<"name", { updateMask: string }, Secret, Secret>;
    "googleapis.secretmanager.v1.projects.secrets.rotateSecret": $Method<"parent", object, RotateSecretRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.secretmanager.v1.projects.secrets.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.secretmanager.v1.projects.secrets.versions.access": $Method<"name", object, never, AccessSecretVersionResponse>;
    "googleapis.secretmanager.v1.projects.secrets.versions.destroy": $Method<"name", object, DestroySecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.versions.disable": $Method<"name", object, DisableSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.versions.enable": $Method<"name", object, EnableSecretVersionRequest, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.versions.get": $Method<"name", object, never, SecretVersion>;
    "googleapis.secretmanager.v1.projects.secrets.versions.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListSecretVersionsResponse>;
}

interface AccessSecretVersionResponse { name: string; payload: SecretPayload }
interface AddSecretVersionRequest { payload: SecretPayload }
interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface Automatic { customerManagedEncryption: CustomerManagedEncryption }
interface AutomaticStatus { customerManagedEncryption: CustomerManagedEncryptionStatus }
interface Binding { condition: Expr; members: string[]; role: string }
interface CloudSqlSingleUserCredentials { instanceId: string; password: string; username: string }
interface CustomerManagedEncryption { kmsKeyName: string }
interface CustomerManagedEncryptionStatus { kmsKeyVersionName: string }
interface DestroySecretVersionRequest { etag: string }
interface DisableSecretVersionRequest { etag: string }
interface Empty {  }
interface EnableManagedRotationRequest { cloudSqlSingleUserCredentials: CloudSqlSingleUserCredentials }
interface EnableSecretVersionRequest { etag: string }
interface Expr { description: string; expression: string; location: string; title: string }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListSecretVersionsResponse { nextPageToken: string; totalSize: number; versions: SecretVersion[] }
interface ListSecretsResponse { nextPageToken: string; secrets: Secret[]; totalSize: number }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface ManagedRotationStatus { error: Status; state: "STATE_UNSPECIFIED" | "ACTIVE" | "INACTIVE" }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface Replica { customerManagedEncryption: CustomerManagedEncryption; location: string }
interface ReplicaStatus { customerManagedEncryption: CustomerManagedEncryptionStatus; location: string }
interface Replication { automatic: Automatic; userManaged: UserManaged }
interface ReplicationStatus { automatic: AutomaticStatus; userManaged: UserManagedStatus }
interface ResourcePolicyMember { iamPolicyNamePrincipal: string; iamPolicyUidPrincipal: string }
interface RotateSecretRequest {  }
interface Rotation { managedRotationStatus: ManagedRotationStatus; nextRotationTime: string; rotationPeriod: string }
interface Secret { annotations: { [key: string]: string }; createTime: string; customerManagedEncryption: CustomerManagedEncryption; etag: string; expireTime: string; labels: { [key: string]: string }; name: string; policyMember: ResourcePolicyMember; replication: Replication; rotation: Rotation; secretType: "SECRET_TYPE_UNSPECIFIED" | "CLOUD_SQL_DB_CREDENTIALS" | "ACCESS_KEY" | "CERTIFICATE" | "OTHER_DB_CREDENTIALS" | "OTHER"; tags: { [key: string]: string }; topics: Topic[]; ttl: string; versionAliases: { [key: string]: string | number }; versionDestroyTtl: string }
interface SecretPayload { data: string; dataCrc32c: string | number }
interface SecretVersion { clientSpecifiedPayloadChecksum: boolean; createTime: string; customerManagedEncryption: CustomerManagedEncryptionStatus; destroyTime: string; etag: string; name: string; replicationStatus: ReplicationStatus; scheduledDestroyTime: string; state: "STATE_UNSPECIFIED" | "ENABLED" | "DISABLED" | "DESTROYED" }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface Topic { name: string }
interface UserManaged { replicas: Replica[] }
interface UserManagedStatus { replicas: ReplicaStatus[] }
