/** A local Google Cloud that signs tokens and enforces IAM. */
export type { ClientMode, ClientOptions } from "./client";
export { awsCredentials, issueToken } from "./issue-token";
export type {
    AccessQuery,
    AccessTokenInfo,
    ApiMethod,
    Apis,
    AwsCredentials,
    AwsIdentity,
    AwsKeys,
    Binding,
    Clock,
    Cloud,
    CloudEvent,
    CloudSettings,
    Decision,
    Decisions,
    Groups,
    HostHandler,
    Hosts,
    Iam,
    IdTokenClaims,
    InProcessRequest,
    LogEntry,
    Origin,
    Policy,
    Principal,
    Signal,
    Signals,
    Status,
    Store,
    Tokens,
    Verified,
} from "./cloud";
export { InvokeError } from "../errors";
export { ApiError } from "./cloud";
export { createCloud, defaultSettings, type CloudOptions, type OwnedCloud } from "./create";
export type { DeployedStack, DeployOptions, Program } from "./deploy";
export { type ChildEnvironment } from "./environment";
export type { ExecutionRecord } from "./senders";
export type { LogLine } from "./workloads";
export type { AdminRequest, SandboxOptions } from "./options";
export { Sandbox } from "./sandbox";
