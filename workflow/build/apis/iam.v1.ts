// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of iam.v1. */
export interface $Methods {
    "googleapis.iam.v1.projects.serviceAccounts.create": $Method<"name", object, CreateServiceAccountRequest, ServiceAccount>;
    "googleapis.iam.v1.projects.serviceAccounts.delete": $Method<"name", object, never, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.disable": $Method<"name", object, DisableServiceAccountRequest, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.enable": $Method<"name", object, EnableServiceAccountRequest, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.get": $Method<"name", object, never, ServiceAccount>;
    "googleapis.iam.v1.projects.serviceAccounts.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.create": $Method<"name", object, CreateServiceAccountKeyRequest, ServiceAccountKey>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.delete": $Method<"name", object, never, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.disable": $Method<"name", object, DisableServiceAccountKeyRequest, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.enable": $Method<"name", object, EnableServiceAccountKeyRequest, Empty>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.get": $Method<"name", { publicKeyType: "TYPE_NONE" | "TYPE_X509_PEM_FILE" | "TYPE_RAW_PUBLIC_KEY" }, never, ServiceAccountKey>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.list": $Method<"name", { keyTypes: "KEY_TYPE_UNSPECIFIED" | "USER_MANAGED" | "SYSTEM_MANAGED" | ("KEY_TYPE_UNSPECIFIED" | "USER_MANAGED" | "SYSTEM_MANAGED")[] }, never, ListServiceAccountKeysResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.keys.upload": $Method<"name", object, UploadServiceAccountKeyRequest, ServiceAccountKey>;
    "googleapis.iam.v1.projects.serviceAccounts.list": $Method<"name", { pageSize: number; pageToken: string }, never, ListServiceAccountsResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.patch": $Method<"name", object, PatchServiceAccountRequest, ServiceAccount>;
    "googleapis.iam.v1.projects.serviceAccounts.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.iam.v1.projects.serviceAccounts.signBlob": $Method<"name", object, SignBlobRequest, SignBlobResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.signJwt": $Method<"name", object, SignJwtRequest, SignJwtResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.undelete": $Method<"name", object, UndeleteServiceAccountRequest, UndeleteServiceAccountResponse>;
    "googleapis.iam.v1.projects.serviceAccounts.update": $Method<"name", object, ServiceAccount, ServiceAccount>;
}

interface AuditConfig { auditLogConfigs: AuditLogConfig[]; service: string }
interface AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface Binding { condition: Expr; members: string[]; role: string }
interface CreateServiceAccountKeyRequest { keyAlgorithm: "KEY_ALG_UNSPECIFIED" | "KEY_ALG_RSA_1024" | "KEY_ALG_RSA_2048"; privateKeyType: "TYPE_UNSPECIFIED" | "TYPE_PKCS12_FILE" | "TYPE_GOOGLE_CREDENTIALS_FILE" }
interface CreateServiceAccountRequest { accountId: string; serviceAccount: ServiceAccount }
interface DisableServiceAccountKeyRequest {  }
interface DisableServiceAccountRequest {  }
interface Empty {  }
interface EnableServiceAccountKeyRequest {  }
interface EnableServiceAccountRequest {  }
interface Expr { description: string; expression: string; location: string; title: string }
interface ExtendedStatus { key: "SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_UNSPECIFIED" | "SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_EXPOSED" | "SERVICE_ACCOUNT_KEY_EXTENDED_STATUS_KEY_COMPROMISE_DETECTED"; value: string }
interface ListServiceAccountKeysResponse { keys: ServiceAccountKey[] }
interface ListServiceAccountsResponse { accounts: ServiceAccount[]; nextPageToken: string }
interface PatchServiceAccountRequest { serviceAccount: ServiceAccount; updateMask: string }
interface Policy { auditConfigs: AuditConfig[]; bindings: Binding[]; etag: string; version: number }
interface ServiceAccount { description: string; disabled: boolean; displayName: string; email: string; etag: string; name: string; oauth2ClientId: string; projectId: string; uniqueId: string }
interface ServiceAccountKey { disableReason: "SERVICE_ACCOUNT_KEY_DISABLE_REASON_UNSPECIFIED" | "SERVICE_ACCOUNT_KEY_DISABLE_REASON_USER_INITIATED" | "SERVICE_ACCOUNT_KEY_DISABLE_REASON_EXPOSED" | "SERVICE_ACCOUNT_KEY_DISABLE_REASON_COMPROMISE_DETECTED"; disabled: boolean; extendedStatus: ExtendedStatus[]; keyAlgorithm: "KEY_ALG_UNSPECIFIED" | "KEY_ALG_RSA_1024" | "KEY_ALG_RSA_2048"; keyOrigin: "ORIGIN_UNSPECIFIED" | "USER_PROVIDED" | "GOOGLE_PROVIDED"; keyType: "KEY_TYPE_UNSPECIFIED" | "USER_MANAGED" | "SYSTEM_MANAGED"; name: string; privateKeyData: string; privateKeyType: "TYPE_UNSPECIFIED" | "TYPE_PKCS12_FILE" | "TYPE_GOOGLE_CREDENTIALS_FILE"; publicKeyData: string; validAfterTime: string; validBeforeTime: string }
interface SetIamPolicyRequest { policy: Policy; updateMask: string }
interface SignBlobRequest { bytesToSign: string }
interface SignBlobResponse { keyId: string; signature: string }
interface SignJwtRequest { payload: string }
interface SignJwtResponse { keyId: string; signedJwt: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UndeleteServiceAccountRequest {  }
interface UndeleteServiceAccountResponse { restoredAccount: ServiceAccount }
interface UploadServiceAccountKeyRequest { publicKeyData: string }
