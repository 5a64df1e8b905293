// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of artifactregistry.v1. */
export interface $Methods {
    "googleapis.artifactregistry.v1.projects.locations.repositories.aptArtifacts.import": $Method<"parent", object, ImportAptArtifactsRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.aptArtifacts.upload": $Method<"parent", object, unknown, UploadAptArtifactMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.attachments.create": $Method<"parent", { attachmentId: string }, Attachment, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.attachments.delete": $Method<"name", object, never, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.attachments.get": $Method<"name", object, never, Attachment>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.attachments.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListAttachmentsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.checkPrewarmedArtifact": $Method<"repository", object, CheckPrewarmedArtifactRequest, CheckPrewarmedArtifactResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.create": $Method<"parent", { repositoryId: string }, Repository, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.delete": $Method<"name", object, never, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.dockerImages.get": $Method<"name", object, never, DockerImage>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.dockerImages.list": $Method<"parent", { orderBy: string; pageSize: number; pageToken: string }, never, ListDockerImagesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.exportArtifact": $Method<"repository", object, ExportArtifactRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.delete": $Method<"name", object, never, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.download": $Method<"name", object, never, DownloadFileResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.get": $Method<"name", object, never, GoogleDevtoolsArtifactregistryV1File>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListFilesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.patch": $Method<"name", { updateMask: string }, GoogleDevtoolsArtifactregistryV1File, GoogleDevtoolsArtifactregistryV1File>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.files.upload": $Method<"parent", object, unknown, UploadFileMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.genericArtifacts.upload": $Method<"parent", object, unknown, UploadGenericArtifactMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.get": $Method<"name", object, never, Repository>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.goModules.upload": $Method<"parent", object, unknown, UploadGoModuleMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.googetArtifacts.import": $Method<"parent", object, ImportGoogetArtifactsRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.googetArtifacts.upload": $Method<"parent", object, unknown, UploadGoogetArtifactMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.kfpArtifacts.upload": $Method<"parent", object, unknown, UploadKfpArtifactMediaResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListRepositoriesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.mavenArtifacts.get": $Method<"name", object, never, MavenArtifact>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.mavenArtifacts.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListMavenArtifactsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.npmPackages.get": $Method<"name", object, never, NpmPackage>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.npmPackages.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListNpmPackagesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.delete": $Method<"name", object, never, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.get": $Method<"name", object, never, Package>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListPackagesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.patch": $Method<"name", { updateMask: string }, Package, Package>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.tags.create": $Method<"parent", { tagId: string }, Tag, Tag>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.tags.delete": $Method<"name", object, never, Empty>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.tags.get": $Method<"name", object, never, Tag>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.tags.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListTagsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.tags.patch": $Method<"name", { updateMask: string }, Tag, Tag>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.versions.batchDelete": $Method<"parent", object, BatchDeleteVersionsRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.versions.delete": $Method<"name", { force: boolean }, never, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.versions.get": $Method<"name", { view: "VERSION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, Version>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.versions.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string; view: "VERSION_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListVersionsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.packages.versions.patch": $Method<"name", { updateMask: string }, Version, Version>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.patch": $Method<"name", { updateMask: string }, Repository, Repository>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.prewarmArtifact": $Method<"repository", object, PrewarmArtifactRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.prewarmedArtifacts.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListPrewarmedArtifactsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.pythonPackages.get": $Method<"name", object, never, PythonPackage>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.pythonPackages.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListPythonPackagesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.removePrewarmedArtifact": $Method<"repository", object, RemovePrewarmedArtifactRequest, RemovePrewarmedArtifactResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.rules.create": $Method<"parent", { ruleId: string }, GoogleDevtoolsArtifactregistryV1Rule, GoogleDevtoolsArtifactregistryV1Rule>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.rules.delete": $Method<"name", object, never, Empty>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.rules.get": $Method<"name", object, never, GoogleDevtoolsArtifactregistryV1Rule>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.rules.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListRulesResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.rules.patch": $Method<"name", { updateMask: string }, GoogleDevtoolsArtifactregistryV1Rule, GoogleDevtoolsArtifactregistryV1Rule>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.yumArtifacts.import": $Method<"parent", object, ImportYumArtifactsRequest, Operation>;
    "googleapis.artifactregistry.v1.projects.locations.repositories.yumArtifacts.upload": $Method<"parent", object, unknown, UploadYumArtifactMediaResponse>;
}

interface AptRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigAptRepositoryCustomRepository; publicRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigAptRepositoryPublicRepository }
interface Attachment { annotations: { [key: string]: string }; attachmentNamespace: string; createTime: string; files: string[]; name: string; ociVersionName: string; target: string; type: string; updateTime: string }
interface BatchDeleteVersionsRequest { names: string[]; validateOnly: boolean }
interface Binding { condition: Expr; members: string[]; role: string }
interface CheckPrewarmedArtifactRequest { streamLocation: string; tag: string; version: string }
interface CheckPrewarmedArtifactResponse { prewarmedArtifact: PrewarmedArtifact }
interface CleanupPolicy { action: "ACTION_UNSPECIFIED" | "DELETE" | "KEEP"; condition: CleanupPolicyCondition; id: string; mostRecentVersions: CleanupPolicyMostRecentVersions }
interface CleanupPolicyCondition { newerThan: string; olderThan: string; packageNamePrefixes: string[]; tagPrefixes: string[]; tagState: "TAG_STATE_UNSPECIFIED" | "TAGGED" | "UNTAGGED" | "ANY"; versionNamePrefixes: string[] }
interface CleanupPolicyMostRecentVersions { keepCount: number; packageNamePrefixes: string[] }
interface CommonRemoteRepository { uri: string }
interface DockerImage { artifactType: string; buildTime: string; imageManifests: ImageManifest[]; imageSizeBytes: string | number; mediaType: string; name: string; tags: string[]; updateTime: string; uploadTime: string; uri: string }
interface DockerRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigDockerRepositoryCustomRepository; publicRepository: "PUBLIC_REPOSITORY_UNSPECIFIED" | "DOCKER_HUB" }
interface DockerRepositoryConfig { immutableTags: boolean }
interface DownloadFileResponse {  }
interface Empty {  }
interface ExportArtifactRequest { gcsPath: string; sourceTag: string; sourceVersion: string }
interface Expr { description: string; expression: string; location: string; title: string }
interface GoogleDevtoolsArtifactregistryV1File { annotations: { [key: string]: string }; createTime: string; fetchTime: string; hashes: Hash[]; name: string; owner: string; sizeBytes: string | number; updateTime: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigAptRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigAptRepositoryPublicRepository { repositoryBase: "REPOSITORY_BASE_UNSPECIFIED" | "DEBIAN" | "UBUNTU" | "DEBIAN_SNAPSHOT"; repositoryPath: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigDockerRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigMavenRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigNpmRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigPythonRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigYumRepositoryCustomRepository { uri: string }
interface GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigYumRepositoryPublicRepository { repositoryBase: "REPOSITORY_BASE_UNSPECIFIED" | "CENTOS" | "CENTOS_DEBUG" | "CENTOS_VAULT" | "CENTOS_STREAM" | "ROCKY" | "EPEL"; repositoryPath: string }
interface GoogleDevtoolsArtifactregistryV1Rule { action: "ACTION_UNSPECIFIED" | "ALLOW" | "DENY"; condition: Expr; name: string; operation: "OPERATION_UNSPECIFIED" | "DOWNLOAD"; packageId: string }
interface Hash { type: "HASH_TYPE_UNSPECIFIED" | "SHA256" | "MD5" | "DIRSUM_SHA256"; value: string }
interface ImageManifest { architecture: string; digest: string; mediaType: string; os: string; osFeatures: string[]; osVersion: string; variant: string }
interface ImportAptArtifactsGcsSource { uris: string[]; useWildcards: boolean }
interface ImportAptArtifactsRequest { gcsSource: ImportAptArtifactsGcsSource }
interface ImportGoogetArtifactsGcsSource { uris: string[]; useWildcards: boolean }
interface ImportGoogetArtifactsRequest { gcsSource: ImportGoogetArtifactsGcsSource }
interface ImportYumArtifactsGcsSource { uris: string[]; useWildcards: boolean }
interface ImportYumArtifactsRequest { gcsSource: ImportYumArtifactsGcsSource }
interface ListAttachmentsResponse { attachments: Attachment[]; nextPageToken: string }
interface ListDockerImagesResponse { dockerImages: DockerImage[]; nextPageToken: string }
interface ListFilesResponse { files: GoogleDevtoolsArtifactregistryV1File[]; nextPageToken: string }
interface ListMavenArtifactsResponse { mavenArtifacts: MavenArtifact[]; nextPageToken: string }
interface ListNpmPackagesResponse { nextPageToken: string; npmPackages: NpmPackage[] }
interface ListPackagesResponse { nextPageToken: string; packages: Package[] }
interface ListPrewarmedArtifactsResponse { nextPageToken: string; prewarmedArtifacts: PrewarmedArtifact[] }
interface ListPythonPackagesResponse { nextPageToken: string; pythonPackages: PythonPackage[] }
interface ListRepositoriesResponse { nextPageToken: string; repositories: Repository[] }
interface ListRulesResponse { nextPageToken: string; rules: GoogleDevtoolsArtifactregistryV1Rule[] }
interface ListTagsResponse { nextPageToken: string; tags: Tag[] }
interface ListVersionsResponse { nextPageToken: string; versions: Version[] }
interface MavenArtifact { artifactId: string; createTime: string; groupId: string; name: string; pomUri: string; updateTime: string; version: string }
interface MavenRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigMavenRepositoryCustomRepository; publicRepository: "PUBLIC_REPOSITORY_UNSPECIFIED" | "MAVEN_CENTRAL" }
interface MavenRepositoryConfig { allowSnapshotOverwrites: boolean; versionPolicy: "VERSION_POLICY_UNSPECIFIED" | "RELEASE" | "SNAPSHOT" }
interface NoCacheFetching {  }
interface NpmPackage { createTime: string; name: string; packageName: string; tags: string[]; updateTime: string; version: string }
interface NpmRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigNpmRepositoryCustomRepository; publicRepository: "PUBLIC_REPOSITORY_UNSPECIFIED" | "NPMJS" }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface Package { annotations: { [key: string]: string }; createTime: string; displayName: string; name: string; updateTime: string }
interface PlatformLogsConfig { loggingState: "LOGGING_STATE_UNSPECIFIED" | "ENABLED" | "DISABLED"; severityLevel: "SEVERITY_LEVEL_UNSPECIFIED" | "DEBUG" | "INFO" | "NOTICE" | "WARNING" | "ERROR" | "CRITICAL" | "ALERT" | "EMERGENCY" }
interface Policy { bindings: Binding[]; etag: string; version: number }
interface PrewarmArtifactRequest { force: boolean; platform: PrewarmPlatform; retentionDays: string | number; streamLocation: string; tag: string; version: string }
interface PrewarmPlatform { architecture: string; os: string }
interface PrewarmedArtifact { createTime: string; errorMessage: string; expirationTime: string; location: string; sizeBytes: string | number; state: "STATE_UNSPECIFIED" | "CACHING" | "ACTIVE" | "FAILED"; uri: string }
interface PythonPackage { createTime: string; name: string; packageName: string; updateTime: string; uri: string; version: string }
interface PythonRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigPythonRepositoryCustomRepository; publicRepository: "PUBLIC_REPOSITORY_UNSPECIFIED" | "PYPI" }
interface RemoteRepositoryConfig { aptRepository: AptRepository; commonRepository: CommonRemoteRepository; description: string; disableUpstreamValidation: boolean; dockerRepository: DockerRepository; mavenRepository: MavenRepository; noCache: NoCacheFetching; npmRepository: NpmRepository; pythonRepository: PythonRepository; upstreamCredentials: UpstreamCredentials; yumRepository: YumRepository }
interface RemovePrewarmedArtifactRequest { streamLocation: string; tag: string; version: string }
interface RemovePrewarmedArtifactResponse { prewarmedArtifact: PrewarmedArtifact }
interface Repository { cleanupPolicies: { [key: string]: CleanupPolicy }; cleanupPolicyDryRun: boolean; createTime: string; description: string; disallowUnspecifiedMode: boolean; dockerConfig: DockerRepositoryConfig; format: "FORMAT_UNSPECIFIED" | "DOCKER" | "MAVEN" | "NPM" | "APT" | "YUM" | "GOOGET" | "PYTHON" | "KFP" | "GO" | "GENERIC" | "RUBY" | "CONDA"; kmsKeyName: string; labels: { [key: string]: string }; mavenConfig: MavenRepositoryConfig; mode: "MODE_UNSPECIFIED" | "STANDARD_REPOSITORY" | "VIRTUAL_REPOSITORY" | "REMOTE_REPOSITORY" | "AOSS_REPOSITORY" | "ASSURED_OSS_REPOSITORY"; name: string; platformLogsConfig: PlatformLogsConfig; registryUri: string; remoteRepositoryConfig: RemoteRepositoryConfig; satisfiesPzi: boolean; satisfiesPzs: boolean; sizeBytes: string | number; updateTime: string; virtualRepositoryConfig: VirtualRepositoryConfig; vulnerabilityScanningConfig: VulnerabilityScanningConfig }
interface SetIamPolicyRequest { policy: Policy }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface Tag { name: string; version: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface UploadAptArtifactMediaResponse { operation: Operation }
interface UploadAptArtifactRequest {  }
interface UploadFileMediaResponse { operation: Operation }
interface UploadFileRequest { fileId: string; fileType: "ATTACHMENT" | "ARTIFACT" }
interface UploadGenericArtifactMediaResponse { operation: Operation }
interface UploadGenericArtifactRequest { filename: string; packageId: string; versionAnnotations: { [key: string]: string }; versionId: string }
interface UploadGoModuleMediaResponse { operation: Operation }
interface UploadGoModuleRequest {  }
interface UploadGoogetArtifactMediaResponse { operation: Operation }
interface UploadGoogetArtifactRequest {  }
interface UploadKfpArtifactMediaResponse { operation: Operation }
interface UploadKfpArtifactRequest { description: string; tags: string[] }
interface UploadYumArtifactMediaResponse { operation: Operation }
interface UploadYumArtifactRequest {  }
interface UpstreamCredentials { usernamePasswordCredentials: UsernamePasswordCredentials }
interface UpstreamPolicy { id: string; priority: number; repository: string }
interface UsernamePasswordCredentials { passwordSecretVersion: string; username: string }
interface Version { annotations: { [key: string]: string }; createTime: string; description: string; fingerprints: Hash[]; metadata: { [key: string]: unknown }; name: string; relatedTags: Tag[]; updateTime: string }
interface VirtualRepositoryConfig { upstreamPolicies: UpstreamPolicy[] }
interface VulnerabilityScanningConfig { enablementConfig: "ENABLEMENT_CONFIG_UNSPECIFIED" | "INHERITED" | "DISABLED"; enablementState: "ENABLEMENT_STATE_UNSPECIFIED" | "SCANNING_UNSUPPORTED" | "SCANNING_DISABLED" | "SCANNING_ACTIVE"; enablementStateReason: string; lastEnableTime: string }
interface YumRepository { customRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigYumRepositoryCustomRepository; publicRepository: GoogleDevtoolsArtifactregistryV1RemoteRepositoryConfigYumRepositoryPublicRepository }
