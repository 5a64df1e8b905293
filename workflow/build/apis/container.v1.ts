// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of container.v1. */
export interface $Methods {
    "googleapis.container.v1.projects.aggregated.usableSubnetworks.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListUsableSubnetworksResponse>;
    "googleapis.container.v1.projects.locations.clusters.checkAutopilotCompatibility": $Method<"name", object, never, CheckAutopilotCompatibilityResponse>;
    "googleapis.container.v1.projects.locations.clusters.completeControlPlaneUpgrade": $Method<"name", object, CompleteControlPlaneUpgradeRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.completeIpRotation": $Method<"name", object, CompleteIPRotationRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.create": $Method<"parent", object, CreateClusterRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.delete": $Method<"name", { clusterId: string; projectId: string; zone: string }, never, Operation>;
    "googleapis.container.v1.projects.locations.clusters.fetchClusterUpgradeInfo": $Method<"name", { version: string }, never, ClusterUpgradeInfo>;
    "googleapis.container.v1.projects.locations.clusters.get": $Method<"name", { clusterId: string; projectId: string; zone: string }, never, Cluster>;
    "googleapis.container.v1.projects.locations.clusters.getJwks": $Method<"parent", object, never, GetJSONWebKeysResponse>;
    "googleapis.container.v1.projects.locations.clusters.list": $Method<"parent", { projectId: string; zone: string }, never, ListClustersResponse>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.completeUpgrade": $Method<"name", object, CompleteNodePoolUpgradeRequest, Empty>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.create": $Method<"parent", object, CreateNodePoolRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.delete": $Method<"name", { clusterId: string; nodePoolId: string; projectId: string; zone: string }, never, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.fetchNodePoolUpgradeInfo": $Method<"name", { version: string }, never, NodePoolUpgradeInfo>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.get": $Method<"name", { clusterId: string; nodePoolId: string; projectId: string; zone: string }, never, NodePool>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.list": $Method<"parent", { clusterId: string; projectId: string; zone: string }, never, ListNodePoolsResponse>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.rollback": $Method<"name", object, RollbackNodePoolUpgradeRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.setAutoscaling": $Method<"name", object, SetNodePoolAutoscalingRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.setManagement": $Method<"name", object, SetNodePoolManagementRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.setSize": $Method<"name", object, SetNodePoolSizeRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.nodePools.update": $Method<"name", object, UpdateNodePoolRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setAddons": $Method<"name", object, SetAddonsConfigRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setLegacyAbac": $Method<"name", object, SetLegacyAbacRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setLocations": $Method<"name", object, SetLocationsRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setLogging": $Method<"name", object, SetLoggingServiceRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setMaintenancePolicy": $Method<"name", object, SetMaintenancePolicyRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setMasterAuth": $Method<"name", object, SetMasterAuthRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setMonitoring": $Method<"name", object, SetMonitoringServiceRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setNetworkPolicy": $Method<"name", object, SetNetworkPolicyRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.setResourceLabels": $Method<"name", object, SetLabelsRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.startIpRotation": $Method<"name", object, StartIPRotationRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.update": $Method<"name", object, UpdateClusterRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.updateMaster": $Method<"name", object, UpdateMasterRequest, Operation>;
    "googleapis.container.v1.projects.locations.clusters.well-known.getOpenid-configuration": $Method<"parent", object, never, GetOpenIDConfigResponse>;
    "googleapis.container.v1.projects.locations.getServerConfig": $Method<"name", { projectId: string; zone: string }, never, ServerConfig>;
    "googleapis.container.v1.projects.locations.operations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.container.v1.projects.locations.operations.get": $Method<"name", { operationId: string; projectId: string; zone: string }, never, Operation>;
    "googleapis.container.v1.projects.locations.operations.list": $Method<"parent", { projectId: string; zone: string }, never, ListOperationsResponse>;
    "googleapis.container.v1.projects.zones.clusters.addons": $Method<"projectId" | "zone" | "clusterId", object, SetAddonsConfigRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.completeControlPlaneUpgrade": $Method<"name", object, CompleteControlPlaneUpgradeRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.completeIpRotation": $Method<"projectId" | "zone" | "clusterId", object, CompleteIPRotationRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.create": $Method<"projectId" | "zone", object, CreateClusterRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.delete": $Method<"projectId" | "zone" | "clusterId", { name: string }, never, Operation>;
    "googleapis.container.v1.projects.zones.clusters.fetchClusterUpgradeInfo": $Method<"name", { version: string }, never, ClusterUpgradeInfo>;
    "googleapis.container.v1.projects.zones.clusters.get": $Method<"projectId" | "zone" | "clusterId", { name: string }, never, Cluster>;
    "googleapis.container.v1.projects.zones.clusters.legacyAbac": $Method<"projectId" | "zone" | "clusterId", object, SetLegacyAbacRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.list": $Method<"projectId" | "zone", { parent: string }, never, ListClustersResponse>;
    "googleapis.container.v1.projects.zones.clusters.locations": $Method<"projectId" | "zone" | "clusterId", object, SetLocationsRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.logging": $Method<"projectId" | "zone" | "clusterId", object, SetLoggingServiceRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.master": $Method<"projectId" | "zone" | "clusterId", object, UpdateMasterRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.monitoring": $Method<"projectId" | "zone" | "clusterId", object, SetMonitoringServiceRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.autoscaling": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", object, SetNodePoolAutoscalingRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.create": $Method<"projectId" | "zone" | "clusterId", object, CreateNodePoolRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.delete": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", { name: string }, never, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.fetchNodePoolUpgradeInfo": $Method<"name", { version: string }, never, NodePoolUpgradeInfo>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.get": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", { name: string }, never, NodePool>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.list": $Method<"projectId" | "zone" | "clusterId", { parent: string }, never, ListNodePoolsResponse>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.rollback": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", object, RollbackNodePoolUpgradeRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.setManagement": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", object, SetNodePoolManagementRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.setSize": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", object, SetNodePoolSizeRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.nodePools.update": $Method<"projectId" | "zone" | "clusterId" | "nodePoolId", object, UpdateNodePoolRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.resourceLabels": $Method<"projectId" | "zone" | "clusterId", object, SetLabelsRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.setMaintenancePolicy": $Method<"projectId" | "zone" | "clusterId", object, SetMaintenancePolicyRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.setMasterAuth": $Method<"projectId" | "zone" | "clusterId", object, SetMasterAuthRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.setNetworkPolicy": $Method<"projectId" | "zone" | "clusterId", object, SetNetworkPolicyRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.startIpRotation": $Method<"projectId" | "zone" | "clusterId", object, StartIPRotationRequest, Operation>;
    "googleapis.container.v1.projects.zones.clusters.update": $Method<"projectId" | "zone" | "clusterId", object, UpdateClusterRequest, Operation>;
    "googleapis.container.v1.projects.zones.getServerconfig": $Method<"projectId" | "zone", { name: string }, never, ServerConfig>;
    "googleapis.container.v1.projects.zones.operations.cancel": $Method<"projectId" | "zone" | "operationId", object, CancelOperationRequest, Empty>;
    "googleapis.container.v1.projects.zones.operations.get": $Method<"projectId" | "zone" | "operationId", { name: string }, never, Operation>;
    "googleapis.container.v1.projects.zones.operations.list": $Method<"projectId" | "zone", { parent: string }, never, ListOperationsResponse>;
}

interface AcceleratorConfig { acceleratorCount: string | number; acceleratorType: string; gpuDriverInstallationConfig: GPUDriverInstallationConfig; gpuPartitionSize: string; gpuSharingConfig: GPUSharingConfig }
interface AccurateTimeConfig { enablePtpKvmTimeSync: boolean }
interface AdditionalIPRangesConfig { podIpv4RangeNames: string[]; status: "STATUS_UNSPECIFIED" | "ACTIVE" | "DRAINING"; subnetwork: string }
interface AdditionalNodeNetworkConfig { network: string; subnetwork: string }
interface AdditionalPodNetworkConfig { maxPodsPerNode: MaxPodsConstraint; networkAttachment: string; secondaryPodRange: string; subnetwork: string }
interface AdditionalPodRangesConfig { podRangeInfo: RangeInfo[]; podRangeNames: string[] }
interface AddonsConfig { agentSandboxConfig: AgentSandboxConfig; cloudRunConfig: CloudRunConfig; configConnectorConfig: ConfigConnectorConfig; dnsCacheConfig: DnsCacheConfig; gcePersistentDiskCsiDriverConfig: GcePersistentDiskCsiDriverConfig; gcpFilestoreCsiDriverConfig: GcpFilestoreCsiDriverConfig; gcsFuseCsiDriverConfig: GcsFuseCsiDriverConfig; gkeBackupAgentConfig: GkeBackupAgentConfig; highScaleCheckpointingConfig: HighScaleCheckpointingConfig; horizontalPodAutoscaling: HorizontalPodAutoscaling; httpLoadBalancing: HttpLoadBalancing; kubernetesDashboard: KubernetesDashboard; lustreCsiDriverConfig: LustreCsiDriverConfig; networkPolicyConfig: NetworkPolicyConfig; nodeReadinessConfig: NodeReadinessConfig; parallelstoreCsiDriverConfig: ParallelstoreCsiDriverConfig; podSnapshotConfig: PodSnapshotConfig; rayOperatorConfig: RayOperatorConfig; sliceControllerConfig: SliceControllerConfig; slurmOperatorConfig: SlurmOperatorConfig; statefulHaConfig: StatefulHAConfig; wizSensorConfig: WizSensorConfig }
interface AdvancedDatapathObservabilityConfig { enableMetrics: boolean; enableRelay: boolean; relayMode: "RELAY_MODE_UNSPECIFIED" | "DISABLED" | "INTERNAL_VPC_LB" | "EXTERNAL_LB" }
interface AdvancedMachineFeatures { enableNestedVirtualization: boolean; performanceMonitoringUnit: "PERFORMANCE_MONITORING_UNIT_UNSPECIFIED" | "ARCHITECTURAL" | "STANDARD" | "ENHANCED"; threadsPerCore: string | number }
interface AgentSandboxConfig { enabled: boolean }
interface AmbientNetworkingConfig { enabled: boolean }
interface AnonymousAuthenticationConfig { mode: "MODE_UNSPECIFIED" | "ENABLED" | "LIMITED" }
interface AuthenticatorGroupsConfig { enabled: boolean; securityGroup: string }
interface AutoIpamConfig { enabled: boolean }
interface AutoMonitoringConfig { scope: "SCOPE_UNSPECIFIED" | "ALL" | "NONE" }
interface AutoUpgradeOptions { autoUpgradeStartTime: string; description: string }
interface Autopilot { clusterPolicyConfig: ClusterPolicyConfig; enabled: boolean; privilegedAdmissionConfig: PrivilegedAdmissionConfig; workloadPolicyConfig: WorkloadPolicyConfig }
interface AutopilotCompatibilityIssue { constraintType: string; description: string; documentationUrl: string; incompatibilityType: "UNSPECIFIED" | "INCOMPATIBILITY" | "ADDITIONAL_CONFIG_REQUIRED" | "PASSED_WITH_OPTIONAL_CONFIG"; lastObservation: string; subjects: string[] }
interface AutopilotConfig { enabled: boolean }
interface AutoprovisioningNodePoolDefaults { bootDiskKmsKey: string; diskSizeGb: number; diskType: string; imageType: string; insecureKubeletReadonlyPortEnabled: boolean; management: NodeManagement; minCpuPlatform: string; oauthScopes: string[]; serviceAccount: string; shieldedInstanceConfig: ShieldedInstanceConfig; upgradeSettings: UpgradeSettings }
interface AutoprovisioningRestrictionConfig { authorizedServiceAccounts: string[]; serviceAccountPermissionCheck: "PERMISSION_CHECK_MODE_UNSPECIFIED" | "DISABLED" | "ENABLED" }
interface AutoscaledRolloutPolicy { waitForDrainDuration: string }
interface BestEffortProvisioning { enabled: boolean; minProvisionNodes: number }
interface BigQueryDestination { datasetId: string }
interface BinaryAuthorization { enabled: boolean; evaluationMode: "EVALUATION_MODE_UNSPECIFIED" | "DISABLED" | "PROJECT_SINGLETON_POLICY_ENFORCE" }
interface BlueGreenInfo { blueInstanceGroupUrls: string[]; bluePoolDeletionStartTime: string; greenInstanceGroupUrls: string[]; greenPoolVersion: string; phase: "PHASE_UNSPECIFIED" | "UPDATE_STARTED" | "CREATING_GREEN_POOL" | "CORDONING_BLUE_POOL" | "DRAINING_BLUE_POOL" | "NODE_POOL_SOAKING" | "DELETING_BLUE_POOL" | "ROLLBACK_STARTED" }
interface BlueGreenSettings { autoscaledRolloutPolicy: AutoscaledRolloutPolicy; nodePoolSoakDuration: string; standardRolloutPolicy: StandardRolloutPolicy }
interface BootDisk { diskType: string; provisionedIops: string | number; provisionedThroughput: string | number; sizeGb: string | number }
interface BootDiskProfile { swapSizeGib: string | number; swapSizePercent: number }
interface CancelOperationRequest { name: string; operationId: string; projectId: string; zone: string }
interface CertificateAuthorityDomainConfig { fqdns: string[]; gcpSecretManagerCertificateConfig: GCPSecretManagerCertificateConfig }
interface CertificateConfig { gcpSecretManagerSecretUri: string }
interface CertificateConfigPair { cert: CertificateConfig; key: CertificateConfig }
interface CheckAutopilotCompatibilityResponse { issues: AutopilotCompatibilityIssue[]; summary: string }
interface CidrBlock { cidrBlock: string; displayName: string }
interface ClientCertificateConfig { issueClientCertificate: boolean }
interface CloudRunConfig { disabled: boolean; loadBalancerType: "LOAD_BALANCER_TYPE_UNSPECIFIED" | "LOAD_BALANCER_TYPE_EXTERNAL" | "LOAD_BALANCER_TYPE_INTERNAL" }
interface Cluster { addonsConfig: AddonsConfig; alphaClusterFeatureGates: string[]; anonymousAuthenticationConfig: AnonymousAuthenticationConfig; authenticatorGroupsConfig: AuthenticatorGroupsConfig; autopilot: Autopilot; autoscaling: ClusterAutoscaling; binaryAuthorization: BinaryAuthorization; clusterIpv4Cidr: string; compliancePostureConfig: CompliancePostureConfig; conditions: StatusCondition[]; confidentialNodes: ConfidentialNodes; controlPlaneEgress: ControlPlaneEgress; controlPlaneEndpointsConfig: ControlPlaneEndpointsConfig; costManagementConfig: CostManagementConfig; createTime: string; currentEmulatedVersion: string; currentMasterVersion: string; currentNodeCount: number; currentNodeVersion: string; databaseEncryption: DatabaseEncryption; defaultMaxPodsConstraint: MaxPodsConstraint; description: string; enableK8sBetaApis: K8sBetaAPIConfig; enableKubernetesAlpha: boolean; enableTpu: boolean; endpoint: string; enterpriseConfig: EnterpriseConfig; etag: string; expireTime: string; fleet: Fleet; gkeAutoUpgradeConfig: GkeAutoUpgradeConfig; id: string; identityServiceConfig: IdentityServiceConfig; initialClusterVersion: string; initialNodeCount: number; instanceGroupUrls: string[]; ipAllocationPolicy: IPAllocationPolicy; labelFingerprint: string; legacyAbac: LegacyAbac; location: string; locations: string[]; loggingConfig: LoggingConfig; loggingService: string; maintenancePolicy: MaintenancePolicy; managedMachineLearningDiagnosticsConfig: ManagedMachineLearningDiagnosticsConfig; managedOpentelemetryConfig: ManagedOpenTelemetryConfig; masterAuth: MasterAuth; masterAuthorizedNetworksConfig: MasterAuthorizedNetworksConfig; meshCertificates: MeshCertificates; monitoringConfig: MonitoringConfig; monitoringService: string; name: string; network: string; networkConfig: NetworkConfig; networkPolicy: NetworkPolicy; nodeConfig: NodeConfig; nodeCreationConfig: NodeCreationConfig; nodeIpv4CidrSize: number; nodePoolAutoConfig: NodePoolAutoConfig; nodePoolDefaults: NodePoolDefaults; nodePools: NodePool[]; notificationConfig: NotificationConfig; parentProductConfig: ParentProductConfig; podAutoscaling: PodAutoscaling; privateClusterConfig: PrivateClusterConfig; rbacBindingConfig: RBACBindingConfig; releaseChannel: ReleaseChannel; resourceLabels: { [key: string]: string }; resourceUsageExportConfig: ResourceUsageExportConfig; rollbackSafeUpgrade: RollbackSafeUpgrade; satisfiesPzi: boolean; satisfiesPzs: boolean; scheduleUpgradeConfig: ScheduleUpgradeConfig; secretManagerConfig: SecretManagerConfig; secretSyncConfig: SecretSyncConfig; securityPostureConfig: SecurityPostureConfig; selfLink: string; servicesIpv4Cidr: string; shieldedNodes: ShieldedNodes; status: "STATUS_UNSPECIFIED" | "PROVISIONING" | "RUNNING" | "RECONCILING" | "STOPPING" | "ERROR" | "DEGRADED"; statusMessage: string; subnetwork: string; tpuIpv4CidrBlock: string; userManagedKeysConfig: UserManagedKeysConfig; verticalPodAutoscaling: VerticalPodAutoscaling; workloadIdentityConfig: WorkloadIdentityConfig; zone: string }
interface ClusterAutoscaling { autopilotGeneralProfile: "AUTOPILOT_GENERAL_PROFILE_UNSPECIFIED" | "NO_PERFORMANCE" | "NONE"; autoprovisioningLocations: string[]; autoprovisioningNodePoolDefaults: AutoprovisioningNodePoolDefaults; autoprovisioningRestrictionConfig: AutoprovisioningRestrictionConfig; autoscalingProfile: "PROFILE_UNSPECIFIED" | "OPTIMIZE_UTILIZATION" | "BALANCED"; defaultComputeClassConfig: DefaultComputeClassConfig; enableNodeAutoprovisioning: boolean; resourceLimits: ResourceLimit[] }
interface ClusterNetworkPerformanceConfig { totalEgressBandwidthTier: "TIER_UNSPECIFIED" | "TIER_1" }
interface ClusterPolicyConfig { noStandardNodePools: boolean; noSystemImpersonation: boolean; noSystemMutation: boolean; noUnsafeWebhooks: boolean }
interface ClusterUpdate { additionalPodRangesConfig: AdditionalPodRangesConfig; desiredAdditionalIpRangesConfig: DesiredAdditionalIPRangesConfig; desiredAddonsConfig: AddonsConfig; desiredAmbientNetworkingConfig: AmbientNetworkingConfig; desiredAnonymousAuthenticationConfig: AnonymousAuthenticationConfig; desiredAuthenticatorGroupsConfig: AuthenticatorGroupsConfig; desiredAutoIpamConfig: AutoIpamConfig; desiredAutopilotClusterPolicyConfig: ClusterPolicyConfig; desiredAutopilotWorkloadPolicyConfig: WorkloadPolicyConfig; desiredBinaryAuthorization: BinaryAuthorization; desiredClusterAutoscaling: ClusterAutoscaling; desiredCompliancePostureConfig: CompliancePostureConfig; desiredContainerdConfig: ContainerdConfig; desiredControlPlaneEgress: ControlPlaneEgress; desiredControlPlaneEndpointsConfig: ControlPlaneEndpointsConfig; desiredCostManagementConfig: CostManagementConfig; desiredDatabaseEncryption: DatabaseEncryption; desiredDatapathProvider: "DATAPATH_PROVIDER_UNSPECIFIED" | "LEGACY_DATAPATH" | "ADVANCED_DATAPATH" | "MIGRATE_TO_ADVANCED_DATAPATH" | "MIGRATE_TO_LEGACY_DATAPATH"; desiredDefaultEnablePrivateNodes: boolean; desiredDefaultSnatStatus: DefaultSnatStatus; desiredDisableL4LbFirewallReconciliation: boolean; desiredDnsConfig: DNSConfig; desiredEmulatedVersion: string; desiredEnableCiliumClusterwideNetworkPolicy: boolean; desiredEnableFqdnNetworkPolicy: boolean; desiredEnableMultiNetworking: boolean; desiredEnablePrivateEndpoint: boolean; desiredEnterpriseConfig: DesiredEnterpriseConfig; desiredFleet: Fleet; desiredGatewayApiConfig: GatewayAPIConfig; desiredGcfsConfig: GcfsConfig; desiredIdentityServiceConfig: IdentityServiceConfig; desiredImage: string; desiredImageProject: string; desiredImageType: string; desiredInTransitEncryptionConfig: "IN_TRANSIT_ENCRYPTION_CONFIG_UNSPECIFIED" | "IN_TRANSIT_ENCRYPTION_DISABLED" | "IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT"; desiredIntraNodeVisibilityConfig: IntraNodeVisibilityConfig; desiredK8sBetaApis: K8sBetaAPIConfig; desiredL4ilbSubsettingConfig: ILBSubsettingConfig; desiredLocations: string[]; desiredLoggingConfig: LoggingConfig; desiredLoggingService: string; desiredManagedMachineLearningDiagnosticsConfig: ManagedMachineLearningDiagnosticsConfig; desiredManagedOpentelemetryConfig: ManagedOpenTelemetryConfig; desiredMasterAuthorizedNetworksConfig: MasterAuthorizedNetworksConfig; desiredMasterVersion: string; desiredMeshCertificates: MeshCertificates; desiredMonitoringConfig: MonitoringConfig; desiredMonitoringService: string; desiredNetworkPerformanceConfig: ClusterNetworkPerformanceConfig; desiredNetworkTierConfig: NetworkTierConfig; desiredNodeCreationConfig: NodeCreationConfig; desiredNodeKubeletConfig: NodeKubeletConfig; desiredNodePoolAutoConfigKubeletConfig: NodeKubeletConfig; desiredNodePoolAutoConfigLinuxNodeConfig: LinuxNodeConfig; desiredNodePoolAutoConfigNetworkTags: NetworkTags; desiredNodePoolAutoConfigResourceManagerTags: ResourceManagerTags; desiredNodePoolAutoscaling: NodePoolAutoscaling; desiredNodePoolId: string; desiredNodePoolLoggingConfig: NodePoolLoggingConfig; desiredNodeVersion: string; desiredNotificationConfig: NotificationConfig; desiredParentProductConfig: ParentProductConfig; desiredPodAutoscaling: PodAutoscaling; desiredPrivateClusterConfig: PrivateClusterConfig; desiredPrivateIpv6GoogleAccess: "PRIVATE_IPV6_GOOGLE_ACCESS_UNSPECIFIED" | "PRIVATE_IPV6_GOOGLE_ACCESS_DISABLED" | "PRIVATE_IPV6_GOOGLE_ACCESS_TO_GOOGLE" | "PRIVATE_IPV6_GOOGLE_ACCESS_BIDIRECTIONAL"; desiredPrivilegedAdmissionConfig: PrivilegedAdmissionConfig; desiredRbacBindingConfig: RBACBindingConfig; desiredReleaseChannel: ReleaseChannel; desiredResourceUsageExportConfig: ResourceUsageExportConfig; desiredRollbackSafeUpgrade: RollbackSafeUpgrade; desiredSecretManagerConfig: SecretManagerConfig; desiredSecretSyncConfig: SecretSyncConfig; desiredSecurityPostureConfig: SecurityPostureConfig; desiredServiceExternalIpsConfig: ServiceExternalIPsConfig; desiredShieldedNodes: ShieldedNodes; desiredStackType: "STACK_TYPE_UNSPECIFIED" | "IPV4" | "IPV4_IPV6"; desiredUserManagedKeysConfig: UserManagedKeysConfig; desiredVerticalPodAutoscaling: VerticalPodAutoscaling; desiredWorkloadIdentityConfig: WorkloadIdentityConfig; enableK8sBetaApis: K8sBetaAPIConfig; etag: string; gkeAutoUpgradeConfig: GkeAutoUpgradeConfig; removedAdditionalPodRangesConfig: AdditionalPodRangesConfig; userManagedKeysConfig: UserManagedKeysConfig }
interface ClusterUpgradeInfo { autoUpgradeStatus: ("UNKNOWN" | "ACTIVE" | "MINOR_UPGRADE_PAUSED" | "UPGRADE_PAUSED")[]; endOfExtendedSupportTimestamp: string; endOfStandardSupportTimestamp: string; minorTargetVersion: string; patchTargetVersion: string; pausedReason: ("AUTO_UPGRADE_PAUSED_REASON_UNSPECIFIED" | "MAINTENANCE_WINDOW" | "MAINTENANCE_EXCLUSION_NO_UPGRADES" | "MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES" | "CLUSTER_DISRUPTION_BUDGET" | "CLUSTER_DISRUPTION_BUDGET_MINOR_UPGRADE" | "SYSTEM_CONFIG")[]; rollbackSafeUpgradeStatus: RollbackSafeUpgradeStatus; upgradeDetails: UpgradeDetails[] }
interface CompleteControlPlaneUpgradeRequest { version: string }
interface CompleteIPRotationRequest { clusterId: string; name: string; projectId: string; zone: string }
interface CompleteNodePoolUpgradeRequest {  }
interface CompliancePostureConfig { complianceStandards: ComplianceStandard[]; mode: "MODE_UNSPECIFIED" | "DISABLED" | "ENABLED" }
interface ComplianceStandard { standard: string }
interface ConfidentialNodes { confidentialInstanceType: "CONFIDENTIAL_INSTANCE_TYPE_UNSPECIFIED" | "SEV" | "SEV_SNP" | "TDX"; enabled: boolean }
interface ConfigConnectorConfig { enabled: boolean }
interface ConsumptionMeteringConfig { enabled: boolean }
interface ContainerdConfig { privateRegistryAccessConfig: PrivateRegistryAccessConfig; registryHosts: RegistryHostConfig[]; writableCgroups: WritableCgroups }
interface ControlPlaneEgress { mode: "MODE_UNSPECIFIED" | "VIA_CONTROL_PLANE" | "NONE" }
interface ControlPlaneEndpointsConfig { dnsEndpointConfig: DNSEndpointConfig; ipEndpointsConfig: IPEndpointsConfig }
interface CostManagementConfig { enabled: boolean }
interface CrashLoopBackOffConfig { maxContainerRestartPeriod: string }
interface CreateClusterRequest { cluster: Cluster; parent: string; projectId: string; zone: string }
interface CreateNodePoolRequest { clusterId: string; nodePool: NodePool; parent: string; projectId: string; zone: string }
interface CustomImageConfig { image: string; imageProject: string }
interface CustomImageInfo { upgradeMessage: string }
interface CustomNodeInit { initScript: InitScript }
interface DNSConfig { additiveVpcScopeDnsDomain: string; clusterDns: "PROVIDER_UNSPECIFIED" | "PLATFORM_DEFAULT" | "CLOUD_DNS" | "KUBE_DNS"; clusterDnsDomain: string; clusterDnsScope: "DNS_SCOPE_UNSPECIFIED" | "CLUSTER_SCOPE" | "VPC_SCOPE" }
interface DNSEndpointConfig { allowExternalTraffic: boolean; enableK8sCertsViaDns: boolean; enableK8sTokensViaDns: boolean; endpoint: string }
interface DailyMaintenanceWindow { duration: string; startTime: string }
interface DatabaseEncryption { currentState: "CURRENT_STATE_UNSPECIFIED" | "CURRENT_STATE_ENCRYPTED" | "CURRENT_STATE_DECRYPTED" | "CURRENT_STATE_ENCRYPTION_PENDING" | "CURRENT_STATE_ENCRYPTION_ERROR" | "CURRENT_STATE_DECRYPTION_PENDING" | "CURRENT_STATE_DECRYPTION_ERROR" | "CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_ENABLED" | "CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_PENDING" | "CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_ERROR"; decryptionKeys: string[]; keyName: string; lastOperationErrors: OperationError[]; state: "UNKNOWN" | "ENCRYPTED" | "DECRYPTED" | "ALL_OBJECTS_ENCRYPTION_ENABLED" }
interface DataplaneV2Config { scalabilityMode: "SCALABILITY_MODE_UNSPECIFIED" | "DISABLED" | "SCALE_OPTIMIZED" }
interface Date { day: number; month: number; year: number }
interface DedicatedLocalSsdProfile { diskCount: string | number }
interface DefaultComputeClassConfig { enabled: boolean }
interface DefaultSnatStatus { disabled: boolean }
interface DesiredAdditionalIPRangesConfig { additionalIpRangesConfigs: AdditionalIPRangesConfig[] }
interface DesiredEnterpriseConfig { desiredTier: "CLUSTER_TIER_UNSPECIFIED" | "STANDARD" | "ENTERPRISE" }
interface DiskIoScheduler { nodeAttachedDiskIoScheduler: string; nodeSystemIoScheduler: string }
interface DisruptionBudget { lastDisruptionTime: string; lastMinorVersionDisruptionTime: string; minorVersionDisruptionInterval: string; patchVersionDisruptionInterval: string }
interface DnsCacheConfig { enabled: boolean }
interface Empty {  }
interface EncryptionConfig { disabled: boolean }
interface EnterpriseConfig { clusterTier: "CLUSTER_TIER_UNSPECIFIED" | "STANDARD" | "ENTERPRISE"; desiredTier: "CLUSTER_TIER_UNSPECIFIED" | "STANDARD" | "ENTERPRISE" }
interface EphemeralLocalSsdProfile { swapSizeGib: string | number; swapSizePercent: number }
interface EphemeralStorageLocalSsdConfig { dataCacheCount: number; ephemeralCapacityGb: string | number; localSsdCount: number }
interface EtcHostsEntry { host: string; ip: string }
interface EvictionGracePeriod { imagefsAvailable: string; imagefsInodesFree: string; memoryAvailable: string; nodefsAvailable: string; nodefsInodesFree: string; pidAvailable: string }
interface EvictionMinimumReclaim { imagefsAvailable: string; imagefsInodesFree: string; memoryAvailable: string; nodefsAvailable: string; nodefsInodesFree: string; pidAvailable: string }
interface EvictionSignals { imagefsAvailable: string; imagefsInodesFree: string; memoryAvailable: string; nodefsAvailable: string; nodefsInodesFree: string; pidAvailable: string }
interface ExclusionUntilEndOfSupport { enabled: boolean; endTime: string; startTime: string }
interface FastSocket { enabled: boolean }
interface Filter { eventType: ("EVENT_TYPE_UNSPECIFIED" | "UPGRADE_AVAILABLE_EVENT" | "UPGRADE_EVENT" | "SECURITY_BULLETIN_EVENT" | "UPGRADE_INFO_EVENT")[] }
interface Fleet { membership: string; membershipType: "MEMBERSHIP_TYPE_UNSPECIFIED" | "LIGHTWEIGHT"; preRegistered: boolean; project: string }
interface GCPSecretManagerCertificateConfig { secretUri: string }
interface GPUDirectConfig { gpuDirectStrategy: "GPU_DIRECT_STRATEGY_UNSPECIFIED" | "RDMA" }
interface GPUDriverInstallationConfig { gpuDriverVersion: "GPU_DRIVER_VERSION_UNSPECIFIED" | "INSTALLATION_DISABLED" | "DEFAULT" | "LATEST" | "SPECIFIC"; specificVersion: string }
interface GPUSharingConfig { gpuSharingStrategy: "GPU_SHARING_STRATEGY_UNSPECIFIED" | "TIME_SHARING" | "MPS"; maxSharedClientsPerGpu: string | number }
interface GatewayAPIConfig { channel: "CHANNEL_UNSPECIFIED" | "CHANNEL_DISABLED" | "CHANNEL_EXPERIMENTAL" | "CHANNEL_STANDARD" }
interface GcePersistentDiskCsiDriverConfig { enabled: boolean }
interface GcfsConfig { enabled: boolean }
interface GcpFilestoreCsiDriverConfig { enabled: boolean }
interface GcsFuseCsiDriverConfig { enabled: boolean }
interface GetJSONWebKeysResponse { cacheHeader: HttpCacheControlResponseHeader; keys: Jwk[] }
interface GetOpenIDConfigResponse { cacheHeader: HttpCacheControlResponseHeader; claims_supported: string[]; grant_types: string[]; id_token_signing_alg_values_supported: string[]; issuer: string; jwks_uri: string; response_types_supported: string[]; subject_types_supported: string[] }
interface GkeAutoUpgradeConfig { patchMode: "PATCH_MODE_UNSPECIFIED" | "ACCELERATED" }
interface GkeBackupAgentConfig { enabled: boolean }
interface HighScaleCheckpointingConfig { enabled: boolean }
interface HorizontalPodAutoscaling { disabled: boolean }
interface HostConfig { ca: CertificateConfig[]; capabilities: ("HOST_CAPABILITY_UNSPECIFIED" | "HOST_CAPABILITY_PULL" | "HOST_CAPABILITY_RESOLVE" | "HOST_CAPABILITY_PUSH")[]; client: CertificateConfigPair[]; dialTimeout: string; header: RegistryHeader[]; host: string; overridePath: boolean }
interface HttpCacheControlResponseHeader { age: string | number; directive: string; expires: string }
interface HttpLoadBalancing { disabled: boolean }
interface HugepagesConfig { hugepageSize1g: number; hugepageSize2m: number }
interface ILBSubsettingConfig { enabled: boolean }
interface IPAllocationPolicy { additionalIpRangesConfigs: AdditionalIPRangesConfig[]; additionalPodRangesConfig: AdditionalPodRangesConfig; autoIpamConfig: AutoIpamConfig; clusterIpv4Cidr: string; clusterIpv4CidrBlock: string; clusterSecondaryRangeName: string; createSubnetwork: boolean; defaultPodIpv4RangeUtilization: number; ipv6AccessType: "IPV6_ACCESS_TYPE_UNSPECIFIED" | "INTERNAL" | "EXTERNAL"; networkTierConfig: NetworkTierConfig; nodeIpv4Cidr: string; nodeIpv4CidrBlock: string; podCidrOverprovisionConfig: PodCIDROverprovisionConfig; servicesIpv4Cidr: string; servicesIpv4CidrBlock: string; servicesIpv6CidrBlock: string; servicesSecondaryRangeName: string; stackType: "STACK_TYPE_UNSPECIFIED" | "IPV4" | "IPV4_IPV6"; subnetIpv6CidrBlock: string; subnetworkName: string; tpuIpv4CidrBlock: string; useIpAliases: boolean; useRoutes: boolean }
interface IPEndpointsConfig { authorizedNetworksConfig: MasterAuthorizedNetworksConfig; enablePublicEndpoint: boolean; enabled: boolean; globalAccess: boolean; privateEndpoint: string; privateEndpointSubnetwork: string; publicEndpoint: string }
interface IdentityServiceConfig { enabled: boolean }
interface InitScript { args: string[]; gcpSecretManagerSecretUri: string; gcsGeneration: string | number; gcsUri: string }
interface IntraNodeVisibilityConfig { enabled: boolean }
interface Jwk { alg: string; crv: string; e: string; kid: string; kty: string; n: string; use: string; x: string; y: string }
interface K8sBetaAPIConfig { enabledApis: string[] }
interface KernelCommandlineOverrides { initOnAlloc: "INIT_ON_ALLOC_UNSPECIFIED" | "INIT_ON_ALLOC_OFF"; specRstackOverflow: "SPEC_RSTACK_OVERFLOW_UNSPECIFIED" | "SPEC_RSTACK_OVERFLOW_OFF" }
interface KernelOverrides { kernelCommandlineOverrides: KernelCommandlineOverrides; lruGen: LRUGen }
interface KubeletCertInfo { nonTpmBootstrapCertExpireTime: string; tpmBootstrapCertExpireTime: string }
interface KubernetesDashboard { disabled: boolean }
interface LRUGen { enabled: boolean; minTtlMs: number }
interface LegacyAbac { enabled: boolean }
interface LinuxNodeConfig { accurateTimeConfig: AccurateTimeConfig; additionalEtcHosts: EtcHostsEntry[]; additionalEtcResolvConf: ResolvedConfEntry[]; additionalEtcSystemdResolvedConf: ResolvedConfEntry[]; cgroupMode: "CGROUP_MODE_UNSPECIFIED" | "CGROUP_MODE_V1" | "CGROUP_MODE_V2"; customNodeInit: CustomNodeInit; diskIoScheduler: DiskIoScheduler; hugepages: HugepagesConfig; kernelOverrides: KernelOverrides; nodeKernelModuleLoading: NodeKernelModuleLoading; nodeVfioConfig: NodeVfioConfig; swapConfig: SwapConfig; sysctls: { [key: string]: string }; timeZone: string; transparentHugepageDefrag: "TRANSPARENT_HUGEPAGE_DEFRAG_UNSPECIFIED" | "TRANSPARENT_HUGEPAGE_DEFRAG_ALWAYS" | "TRANSPARENT_HUGEPAGE_DEFRAG_DEFER" | "TRANSPARENT_HUGEPAGE_DEFRAG_DEFER_WITH_MADVISE" | "TRANSPARENT_HUGEPAGE_DEFRAG_MADVISE" | "TRANSPARENT_HUGEPAGE_DEFRAG_NEVER"; transparentHugepageEnabled: "TRANSPARENT_HUGEPAGE_ENABLED_UNSPECIFIED" | "TRANSPARENT_HUGEPAGE_ENABLED_ALWAYS" | "TRANSPARENT_HUGEPAGE_ENABLED_MADVISE" | "TRANSPARENT_HUGEPAGE_ENABLED_NEVER" }
interface ListClustersResponse { clusters: Cluster[]; missingZones: string[] }
interface ListNodePoolsResponse { nodePools: NodePool[] }
interface ListOperationsResponse { missingZones: string[]; operations: Operation[] }
interface ListUsableSubnetworksResponse { nextPageToken: string; subnetworks: UsableSubnetwork[] }
interface LocalNvmeSsdBlockConfig { localSsdCount: number }
interface LoggingComponentConfig { enableComponents: ("COMPONENT_UNSPECIFIED" | "SYSTEM_COMPONENTS" | "WORKLOADS" | "APISERVER" | "SCHEDULER" | "CONTROLLER_MANAGER" | "KCP_SSHD" | "KCP_CONNECTION" | "KCP_HPA" | "KCP_VPA")[] }
interface LoggingConfig { componentConfig: LoggingComponentConfig }
interface LoggingVariantConfig { variant: "VARIANT_UNSPECIFIED" | "DEFAULT" | "MAX_THROUGHPUT" }
interface LustreCsiDriverConfig { disableMultiNic: boolean; enableLegacyLustrePort: boolean; enabled: boolean }
interface MaintenanceExclusionOptions { endTimeBehavior: "END_TIME_BEHAVIOR_UNSPECIFIED" | "UNTIL_END_OF_SUPPORT"; scope: "NO_UPGRADES" | "NO_MINOR_UPGRADES" | "NO_MINOR_OR_NODE_UPGRADES" }
interface MaintenancePolicy { disruptionBudget: DisruptionBudget; resourceVersion: string; window: MaintenanceWindow }
interface MaintenanceWindow { dailyMaintenanceWindow: DailyMaintenanceWindow; maintenanceExclusions: { [key: string]: TimeWindow }; recurringMaintenanceWindow: RecurringMaintenanceWindow; recurringWindow: RecurringTimeWindow }
interface ManagedMachineLearningDiagnosticsConfig { enabled: boolean }
interface ManagedOpenTelemetryConfig { scope: "SCOPE_UNSPECIFIED" | "NONE" | "COLLECTION_AND_INSTRUMENTATION_COMPONENTS" }
interface ManagedPrometheusConfig { autoMonitoringConfig: AutoMonitoringConfig; enabled: boolean }
interface MasterAuth { clientCertificate: string; clientCertificateConfig: ClientCertificateConfig; clientKey: string; clusterCaCertificate: string; password: string; username: string }
interface MasterAuthorizedNetworksConfig { cidrBlocks: CidrBlock[]; enabled: boolean; gcpPublicCidrsAccessEnabled: boolean; privateEndpointEnforcementEnabled: boolean }
interface MaxPodsConstraint { maxPodsPerNode: string | number }
interface MemoryManager { policy: string }
interface MeshCertificates { enableCertificates: boolean }
interface Metric { doubleValue: number; intValue: string | number; name: string; stringValue: string }
interface MonitoringComponentConfig { enableComponents: ("COMPONENT_UNSPECIFIED" | "SYSTEM_COMPONENTS" | "APISERVER" | "SCHEDULER" | "CONTROLLER_MANAGER" | "STORAGE" | "HPA" | "POD" | "DAEMONSET" | "DEPLOYMENT" | "STATEFULSET" | "CADVISOR" | "KUBELET" | "DCGM" | "JOBSET")[] }
interface MonitoringConfig { advancedDatapathObservabilityConfig: AdvancedDatapathObservabilityConfig; componentConfig: MonitoringComponentConfig; managedPrometheusConfig: ManagedPrometheusConfig }
interface NetworkConfig { ambientNetworkingConfig: AmbientNetworkingConfig; datapathProvider: "DATAPATH_PROVIDER_UNSPECIFIED" | "LEGACY_DATAPATH" | "ADVANCED_DATAPATH" | "MIGRATE_TO_ADVANCED_DATAPATH" | "MIGRATE_TO_LEGACY_DATAPATH"; dataplaneV2Config: DataplaneV2Config; defaultEnablePrivateNodes: boolean; defaultSnatStatus: DefaultSnatStatus; disableL4LbFirewallReconciliation: boolean; dnsConfig: DNSConfig; enableCiliumClusterwideNetworkPolicy: boolean; enableFqdnNetworkPolicy: boolean; enableIntraNodeVisibility: boolean; enableL4ilbSubsetting: boolean; enableMultiNetworking: boolean; gatewayApiConfig: GatewayAPIConfig; inTransitEncryptionConfig: "IN_TRANSIT_ENCRYPTION_CONFIG_UNSPECIFIED" | "IN_TRANSIT_ENCRYPTION_DISABLED" | "IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT"; network: string; networkPerformanceConfig: ClusterNetworkPerformanceConfig; privateIpv6GoogleAccess: "PRIVATE_IPV6_GOOGLE_ACCESS_UNSPECIFIED" | "PRIVATE_IPV6_GOOGLE_ACCESS_DISABLED" | "PRIVATE_IPV6_GOOGLE_ACCESS_TO_GOOGLE" | "PRIVATE_IPV6_GOOGLE_ACCESS_BIDIRECTIONAL"; serviceExternalIpsConfig: ServiceExternalIPsConfig; subnetwork: string }
interface NetworkPerformanceConfig { totalEgressBandwidthTier: "TIER_UNSPECIFIED" | "TIER_1" }
interface NetworkPolicy { enabled: boolean; provider: "PROVIDER_UNSPECIFIED" | "CALICO" }
interface NetworkPolicyConfig { disabled: boolean }
interface NetworkTags { tags: string[] }
interface NetworkTierConfig { networkTier: "NETWORK_TIER_UNSPECIFIED" | "NETWORK_TIER_DEFAULT" | "NETWORK_TIER_PREMIUM" | "NETWORK_TIER_STANDARD" }
interface NodeAffinity { key: string; operator: "OPERATOR_UNSPECIFIED" | "IN" | "NOT_IN"; values: string[] }
interface NodeConfig { accelerators: AcceleratorConfig[]; advancedMachineFeatures: AdvancedMachineFeatures; bootDisk: BootDisk; bootDiskKmsKey: string; confidentialNodes: ConfidentialNodes; consolidationDelay: string; containerdConfig: ContainerdConfig; diskSizeGb: number; diskType: string; effectiveCgroupMode: "EFFECTIVE_CGROUP_MODE_UNSPECIFIED" | "EFFECTIVE_CGROUP_MODE_V1" | "EFFECTIVE_CGROUP_MODE_V2"; enableConfidentialStorage: boolean; ephemeralStorageLocalSsdConfig: EphemeralStorageLocalSsdConfig; fastSocket: FastSocket; flexStart: boolean; gcfsConfig: GcfsConfig; gpuDirectConfig: GPUDirectConfig; gvnic: VirtualNIC; imageType: string; kubeletConfig: NodeKubeletConfig; labels: { [key: string]: string }; linuxNodeConfig: LinuxNodeConfig; localNvmeSsdBlockConfig: LocalNvmeSsdBlockConfig; localSsdCount: number; localSsdEncryptionMode: "LOCAL_SSD_ENCRYPTION_MODE_UNSPECIFIED" | "STANDARD_ENCRYPTION" | "EPHEMERAL_KEY_ENCRYPTION"; loggingConfig: NodePoolLoggingConfig; machineType: string; maxRunDuration: string; metadata: { [key: string]: string }; minCpuPlatform: string; nodeGroup: string; nodeImageConfig: CustomImageConfig; oauthScopes: string[]; preemptible: boolean; reservationAffinity: ReservationAffinity; resourceLabels: { [key: string]: string }; resourceManagerTags: ResourceManagerTags; sandboxConfig: SandboxConfig; secondaryBootDiskUpdateStrategy: SecondaryBootDiskUpdateStrategy; secondaryBootDisks: SecondaryBootDisk[]; serviceAccount: string; shieldedInstanceConfig: ShieldedInstanceConfig; soleTenantConfig: SoleTenantConfig; spot: boolean; storagePools: string[]; tags: string[]; taintConfig: TaintConfig; taints: NodeTaint[]; windowsNodeConfig: WindowsNodeConfig; workloadMetadataConfig: WorkloadMetadataConfig }
interface NodeConfigDefaults { containerdConfig: ContainerdConfig; gcfsConfig: GcfsConfig; loggingConfig: NodePoolLoggingConfig; nodeKubeletConfig: NodeKubeletConfig }
interface NodeCreationConfig { nodeCreationMode: "MODE_UNSPECIFIED" | "VIA_KUBELET" | "VIA_CONTROL_PLANE" }
interface NodeDrainConfig { graceTerminationDuration: string; pdbTimeoutDuration: string; respectPdbDuringNodePoolDeletion: boolean }
interface NodeKernelModuleLoading { policy: "POLICY_UNSPECIFIED" | "ENFORCE_SIGNED_MODULES" | "DO_NOT_ENFORCE_SIGNED_MODULES" }
interface NodeKubeletConfig { allowedUnsafeSysctls: string[]; containerLogMaxFiles: number; containerLogMaxSize: string; containerLogMaxWorkers: number; containerLogMonitorInterval: string; cpuCfsQuota: boolean; cpuCfsQuotaPeriod: string; cpuManagerPolicy: string; crashLoopBackOff: CrashLoopBackOffConfig; evictionMaxPodGracePeriodSeconds: number; evictionMinimumReclaim: EvictionMinimumReclaim; evictionSoft: EvictionSignals; evictionSoftGracePeriod: EvictionGracePeriod; imageGcHighThresholdPercent: number; imageGcLowThresholdPercent: number; imageMaximumGcAge: string; imageMinimumGcAge: string; insecureKubeletReadonlyPortEnabled: boolean; maxParallelImagePulls: number; memoryManager: MemoryManager; podPidsLimit: string | number; reservedResourcesConfig: ReservedResourcesConfig; reservedSystemCpus: string; shutdownGracePeriodCriticalPodsSeconds: number; shutdownGracePeriodSeconds: number; singleProcessOomKill: boolean; topologyManager: TopologyManager }
interface NodeLabels { labels: { [key: string]: string } }
interface NodeManagement { autoRepair: boolean; autoUpgrade: boolean; upgradeOptions: AutoUpgradeOptions }
interface NodeNetworkConfig { acceleratorNetworkProfile: string; additionalNodeNetworkConfigs: AdditionalNodeNetworkConfig[]; additionalPodNetworkConfigs: AdditionalPodNetworkConfig[]; createPodRange: boolean; datapathProvider: "DATAPATH_PROVIDER_UNSPECIFIED" | "LEGACY_DATAPATH" | "ADVANCED_DATAPATH" | "MIGRATE_TO_ADVANCED_DATAPATH" | "MIGRATE_TO_LEGACY_DATAPATH"; enablePrivateNodes: boolean; network: string; networkPerformanceConfig: NetworkPerformanceConfig; networkTierConfig: NetworkTierConfig; podCidrOverprovisionConfig: PodCIDROverprovisionConfig; podIpv4CidrBlock: string; podIpv4RangeUtilization: number; podRange: string; subnetwork: string }
interface NodePool { autopilotConfig: AutopilotConfig; autoscaling: NodePoolAutoscaling; bestEffortProvisioning: BestEffortProvisioning; conditions: StatusCondition[]; config: NodeConfig; etag: string; initialNodeCount: number; instanceGroupUrls: string[]; kubeletCertInfo: KubeletCertInfo; locations: string[]; maintenancePolicy: NodePoolMaintenancePolicy; management: NodeManagement; maxPodsConstraint: MaxPodsConstraint; name: string; networkConfig: NodeNetworkConfig; nodeDrainConfig: NodeDrainConfig; placementPolicy: PlacementPolicy; podIpv4CidrSize: number; queuedProvisioning: QueuedProvisioning; selfLink: string; status: "STATUS_UNSPECIFIED" | "PROVISIONING" | "RUNNING" | "RUNNING_WITH_ERROR" | "RECONCILING" | "STOPPING" | "ERROR"; statusMessage: string; updateInfo: UpdateInfo; upgradeSettings: UpgradeSettings; version: string }
interface NodePoolAutoConfig { linuxNodeConfig: LinuxNodeConfig; networkTags: NetworkTags; nodeKubeletConfig: NodeKubeletConfig; resourceManagerTags: ResourceManagerTags }
interface NodePoolAutoscaling { autoprovisioned: boolean; enabled: boolean; locationPolicy: "LOCATION_POLICY_UNSPECIFIED" | "BALANCED" | "ANY"; maxNodeCount: number; minNodeCount: number; totalMaxNodeCount: number; totalMinNodeCount: number }
interface NodePoolDefaults { nodeConfigDefaults: NodeConfigDefaults }
interface NodePoolLoggingConfig { variantConfig: LoggingVariantConfig }
interface NodePoolMaintenancePolicy { exclusionUntilEndOfSupport: ExclusionUntilEndOfSupport }
interface NodePoolUpgradeInfo { autoUpgradeStatus: ("UNKNOWN" | "ACTIVE" | "MINOR_UPGRADE_PAUSED" | "UPGRADE_PAUSED")[]; customImageInfo: CustomImageInfo; endOfExtendedSupportTimestamp: string; endOfStandardSupportTimestamp: string; minorTargetVersion: string; patchTargetVersion: string; pausedReason: ("AUTO_UPGRADE_PAUSED_REASON_UNSPECIFIED" | "MAINTENANCE_WINDOW" | "MAINTENANCE_EXCLUSION_NO_UPGRADES" | "MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES" | "SYSTEM_CONFIG")[]; upgradeDetails: UpgradeDetails[] }
interface NodeReadinessConfig { enabled: boolean }
interface NodeTaint { effect: "EFFECT_UNSPECIFIED" | "NO_SCHEDULE" | "PREFER_NO_SCHEDULE" | "NO_EXECUTE"; key: string; value: string }
interface NodeTaints { taints: NodeTaint[] }
interface NodeVfioConfig { dmaEntryLimit: number }
interface NotificationConfig { pubsub: PubSub }
interface Operation { clusterConditions: StatusCondition[]; detail: string; endTime: string; error: Status; location: string; name: string; nodepoolConditions: StatusCondition[]; operationType: "TYPE_UNSPECIFIED" | "CREATE_CLUSTER" | "DELETE_CLUSTER" | "UPGRADE_MASTER" | "UPGRADE_NODES" | "REPAIR_CLUSTER" | "UPDATE_CLUSTER" | "CREATE_NODE_POOL" | "DELETE_NODE_POOL" | "SET_NODE_POOL_MANAGEMENT" | "AUTO_REPAIR_NODES" | "AUTO_UPGRADE_NODES" | "SET_LABELS" | "SET_MASTER_AUTH" | "SET_NODE_POOL_SIZE" | "SET_NETWORK_POLICY" | "SET_MAINTENANCE_POLICY" | "RESIZE_CLUSTER" | "FLEET_FEATURE_UPGRADE"; progress: OperationProgress; selfLink: string; startTime: string; status: "STATUS_UNSPECIFIED" | "PENDING" | "RUNNING" | "DONE" | "ABORTING"; statusMessage: string; targetLink: string; zone: string }
interface OperationError { errorMessage: string; keyName: string; timestamp: string }
interface OperationProgress { metrics: Metric[]; name: string; stages: OperationProgress[]; status: "STATUS_UNSPECIFIED" | "PENDING" | "RUNNING" | "DONE" | "ABORTING" }
interface ParallelstoreCsiDriverConfig { enabled: boolean }
interface ParentProductConfig { labels: { [key: string]: string }; productName: string }
interface PlacementPolicy { policyName: string; tpuTopology: string; type: "TYPE_UNSPECIFIED" | "COMPACT" }
interface PodAutoscaling { hpaProfile: "HPA_PROFILE_UNSPECIFIED" | "NONE" | "PERFORMANCE" }
interface PodCIDROverprovisionConfig { disable: boolean }
interface PodSnapshotConfig { enabled: boolean }
interface PrivateClusterConfig { enablePrivateEndpoint: boolean; enablePrivateNodes: boolean; masterGlobalAccessConfig: PrivateClusterMasterGlobalAccessConfig; masterIpv4CidrBlock: string; peeringName: string; privateEndpoint: string; privateEndpointSubnetwork: string; publicEndpoint: string }
interface PrivateClusterMasterGlobalAccessConfig { enabled: boolean }
interface PrivateRegistryAccessConfig { certificateAuthorityDomainConfig: CertificateAuthorityDomainConfig[]; enabled: boolean }
interface PrivilegedAdmissionConfig { allowlistPaths: string[] }
interface PubSub { enabled: boolean; filter: Filter; topic: string }
interface QueuedProvisioning { enabled: boolean }
interface RBACBindingConfig { enableInsecureBindingSystemAuthenticated: boolean; enableInsecureBindingSystemUnauthenticated: boolean }
interface RangeInfo { rangeName: string; utilization: number }
interface RayClusterLoggingConfig { enabled: boolean }
interface RayClusterMonitoringConfig { enabled: boolean }
interface RayOperatorConfig { enabled: boolean; rayClusterLoggingConfig: RayClusterLoggingConfig; rayClusterMonitoringConfig: RayClusterMonitoringConfig }
interface RecurringMaintenanceWindow { delayUntil: Date; recurrence: string; windowDuration: string; windowStartTime: TimeOfDay }
interface RecurringTimeWindow { recurrence: string; window: TimeWindow }
interface RegistryHeader { key: string; value: string[] }
interface RegistryHostConfig { hosts: HostConfig[]; server: string }
interface ReleaseChannel { channel: "UNSPECIFIED" | "RAPID" | "REGULAR" | "STABLE" | "EXTENDED" }
interface ReleaseChannelConfig { channel: "UNSPECIFIED" | "RAPID" | "REGULAR" | "STABLE" | "EXTENDED"; customVersions: string[]; defaultVersion: string; previewVersions: string[]; upgradeTargetVersion: string; validVersions: string[] }
interface ReservationAffinity { consumeReservationType: "UNSPECIFIED" | "NO_RESERVATION" | "ANY_RESERVATION" | "SPECIFIC_RESERVATION" | "ANY_RESERVATION_THEN_FAIL"; key: string; values: string[] }
interface ReservedResourcesConfig { cpuReservedMillicore: string | number; effectiveCpuReservedMillicore: string | number; effectiveMemoryReservedMib: string | number; memoryReservedMib: string | number }
interface ResolvedConfEntry { key: string; value: string[] }
interface ResourceLabels { labels: { [key: string]: string } }
interface ResourceLimit { maximum: string | number; minimum: string | number; resourceType: string }
interface ResourceManagerTags { tags: { [key: string]: string } }
interface ResourceUsageExportConfig { bigqueryDestination: BigQueryDestination; consumptionMeteringConfig: ConsumptionMeteringConfig; enableNetworkEgressMetering: boolean }
interface RollbackNodePoolUpgradeRequest { clusterId: string; name: string; nodePoolId: string; projectId: string; respectPdb: boolean; zone: string }
interface RollbackSafeUpgrade { controlPlaneSoakDuration: string }
interface RollbackSafeUpgradeStatus { controlPlaneUpgradeRollbackEndTime: string; mode: "MODE_UNSPECIFIED" | "KCP_MINOR_UPGRADE_ROLLBACK_SAFE_MODE"; previousVersion: string }
interface RotationConfig { enabled: boolean; rotationInterval: string }
interface SandboxConfig { type: "UNSPECIFIED" | "GVISOR" | "MICROVM" }
interface ScheduleUpgradeConfig { enabled: boolean }
interface SecondaryBootDisk { diskImage: string; mode: "MODE_UNSPECIFIED" | "CONTAINER_IMAGE_CACHE" }
interface SecondaryBootDiskUpdateStrategy {  }
interface SecretManagerConfig { enabled: boolean; rotationConfig: RotationConfig }
interface SecretSyncConfig { enabled: boolean; rotationConfig: SyncRotationConfig }
interface SecurityPostureConfig { mode: "MODE_UNSPECIFIED" | "DISABLED" | "BASIC" | "ENTERPRISE"; vulnerabilityMode: "VULNERABILITY_MODE_UNSPECIFIED" | "VULNERABILITY_DISABLED" | "VULNERABILITY_BASIC" | "VULNERABILITY_ENTERPRISE" }
interface ServerConfig { channels: ReleaseChannelConfig[]; defaultClusterVersion: string; defaultImageType: string; validImageTypes: string[]; validMasterVersions: string[]; validNodeVersions: string[] }
interface ServiceExternalIPsConfig { enabled: boolean }
interface SetAddonsConfigRequest { addonsConfig: AddonsConfig; clusterId: string; name: string; projectId: string; zone: string }
interface SetLabelsRequest { clusterId: string; labelFingerprint: string; name: string; projectId: string; resourceLabels: { [key: string]: string }; zone: string }
interface SetLegacyAbacRequest { clusterId: string; enabled: boolean; name: string; projectId: string; zone: string }
interface SetLocationsRequest { clusterId: string; locations: string[]; name: string; projectId: string; zone: string }
interface SetLoggingServiceRequest { clusterId: string; loggingService: string; name: string; projectId: string; zone: string }
interface SetMaintenancePolicyRequest { clusterId: string; maintenancePolicy: MaintenancePolicy; name: string; projectId: string; zone: string }
interface SetMasterAuthRequest { action: "UNKNOWN" | "SET_PASSWORD" | "GENERATE_PASSWORD" | "SET_USERNAME"; clusterId: string; name: string; projectId: string; update: MasterAuth; zone: string }
interface SetMonitoringServiceRequest { clusterId: string; monitoringService: string; name: string; projectId: string; zone: string }
interface SetNetworkPolicyRequest { clusterId: string; name: string; networkPolicy: NetworkPolicy; projectId: string; zone: string }
interface SetNodePoolAutoscalingRequest { autoscaling: NodePoolAutoscaling; clusterId: string; name: string; nodePoolId: string; projectId: string; zone: string }
interface SetNodePoolManagementRequest { clusterId: string; management: NodeManagement; name: string; nodePoolId: string; projectId: string; zone: string }
interface SetNodePoolSizeRequest { clusterId: string; name: string; nodeCount: number; nodePoolId: string; projectId: string; zone: string }
interface ShieldedInstanceConfig { enableIntegrityMonitoring: boolean; enableSecureBoot: boolean }
interface ShieldedNodes { enabled: boolean }
interface SliceControllerConfig { enabled: boolean }
interface SlurmOperatorConfig { enabled: boolean }
interface SoleTenantConfig { minNodeCpus: number; nodeAffinities: NodeAffinity[] }
interface StandardRolloutPolicy { batchNodeCount: number; batchPercentage: number; batchSoakDuration: string }
interface StartIPRotationRequest { clusterId: string; name: string; projectId: string; rotateCredentials: boolean; zone: string }
interface StatefulHAConfig { enabled: boolean }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StatusCondition { canonicalCode: "OK" | "CANCELLED" | "UNKNOWN" | "INVALID_ARGUMENT" | "DEADLINE_EXCEEDED" | "NOT_FOUND" | "ALREADY_EXISTS" | "PERMISSION_DENIED" | "UNAUTHENTICATED" | "RESOURCE_EXHAUSTED" | "FAILED_PRECONDITION" | "ABORTED" | "OUT_OF_RANGE" | "UNIMPLEMENTED" | "INTERNAL" | "UNAVAILABLE" | "DATA_LOSS"; code: "UNKNOWN" | "GCE_STOCKOUT" | "GKE_SERVICE_ACCOUNT_DELETED" | "GCE_QUOTA_EXCEEDED" | "SET_BY_OPERATOR" | "CLOUD_KMS_KEY_ERROR" | "CA_EXPIRING" | "NODE_SERVICE_ACCOUNT_MISSING_PERMISSIONS" | "CLOUD_KMS_KEY_DESTROYED"; message: string }
interface SwapConfig { bootDiskProfile: BootDiskProfile; dedicatedLocalSsdProfile: DedicatedLocalSsdProfile; enabled: boolean; encryptionConfig: EncryptionConfig; ephemeralLocalSsdProfile: EphemeralLocalSsdProfile }
interface SyncRotationConfig { enabled: boolean; rotationInterval: string }
interface TaintConfig { architectureTaintBehavior: "ARCHITECTURE_TAINT_BEHAVIOR_UNSPECIFIED" | "NONE" | "ARM" }
interface TimeOfDay { hours: number; minutes: number; nanos: number; seconds: number }
interface TimeWindow { endTime: string; maintenanceExclusionOptions: MaintenanceExclusionOptions; startTime: string }
interface TopologyManager { policy: string; scope: string }
interface UpdateClusterRequest { clusterId: string; name: string; projectId: string; update: ClusterUpdate; zone: string }
interface UpdateInfo { blueGreenInfo: BlueGreenInfo }
interface UpdateMasterRequest { clusterId: string; masterVersion: string; name: string; projectId: string; zone: string }
interface UpdateNodePoolRequest { accelerators: AcceleratorConfig[]; bootDisk: BootDisk; clusterId: string; confidentialNodes: ConfidentialNodes; consolidationDelay: string; containerdConfig: ContainerdConfig; diskSizeGb: string | number; diskType: string; etag: string; fastSocket: FastSocket; flexStart: boolean; gcfsConfig: GcfsConfig; gvnic: VirtualNIC; image: string; imageProject: string; imageType: string; kubeletConfig: NodeKubeletConfig; labels: NodeLabels; linuxNodeConfig: LinuxNodeConfig; locations: string[]; loggingConfig: NodePoolLoggingConfig; machineType: string; maintenancePolicy: NodePoolMaintenancePolicy; maxRunDuration: string; name: string; nodeConfigUpdateMode: "NODE_CONFIG_UPDATE_MODE_UNSPECIFIED" | "LIVE_UPDATE_WITHOUT_DRAIN"; nodeDrainConfig: NodeDrainConfig; nodeNetworkConfig: NodeNetworkConfig; nodePoolId: string; nodeVersion: string; projectId: string; queuedProvisioning: QueuedProvisioning; resourceLabels: ResourceLabels; resourceManagerTags: ResourceManagerTags; storagePools: string[]; tags: NetworkTags; taintConfig: TaintConfig; taints: NodeTaints; upgradeSettings: UpgradeSettings; windowsNodeConfig: WindowsNodeConfig; workloadMetadataConfig: WorkloadMetadataConfig; zone: string }
interface UpgradeDetails { endTime: string; initialEmulatedVersion: string; initialVersion: string; startTime: string; startType: "START_TYPE_UNSPECIFIED" | "AUTOMATIC" | "MANUAL"; state: "UNKNOWN" | "FAILED" | "SUCCEEDED" | "CANCELED" | "RUNNING"; targetEmulatedVersion: string; targetVersion: string }
interface UpgradeSettings { blueGreenSettings: BlueGreenSettings; maxSurge: number; maxUnavailable: number; strategy: "NODE_POOL_UPDATE_STRATEGY_UNSPECIFIED" | "BLUE_GREEN" | "SURGE" | "SHORT_LIVED" }
interface UsableSubnetwork { ipCidrRange: string; network: string; secondaryIpRanges: UsableSubnetworkSecondaryRange[]; statusMessage: string; subnetwork: string }
interface UsableSubnetworkSecondaryRange { ipCidrRange: string; rangeName: string; status: "UNKNOWN" | "UNUSED" | "IN_USE_SERVICE" | "IN_USE_SHAREABLE_POD" | "IN_USE_MANAGED_POD" }
interface UserManagedKeysConfig { aggregationCa: string; clusterCa: string; controlPlaneDiskEncryptionKey: string; controlPlaneDiskEncryptionKeyVersions: string[]; etcdApiCa: string; etcdPeerCa: string; gkeopsEtcdBackupEncryptionKey: string; serviceAccountSigningKeys: string[]; serviceAccountVerificationKeys: string[] }
interface VerticalPodAutoscaling { enabled: boolean }
interface VirtualNIC { enabled: boolean }
interface WindowsNodeConfig { osVersion: "OS_VERSION_UNSPECIFIED" | "OS_VERSION_LTSC2019" | "OS_VERSION_LTSC2022" }
interface WizSensorConfig { apiKeySecretUri: string; enabled: boolean; proxySecretUri: string; registrySecretUri: string }
interface WorkloadIdentityConfig { workloadPool: string }
interface WorkloadMetadataConfig { mode: "MODE_UNSPECIFIED" | "GCE_METADATA" | "GKE_METADATA" }
interface WorkloadPolicyConfig { allowNetAdmin: boolean; autopilotCompatibilityAuditingEnabled: boolean }
interface WritableCgroups { enabled: boolean }
