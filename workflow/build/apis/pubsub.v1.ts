// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of pubsub.v1. */
export interface $Methods {
    "googleapis.pubsub.v1.projects.schemas.commit": $Method<"name", object, CommitSchemaRequest, Schema>;
    "googleapis.pubsub.v1.projects.schemas.create": $Method<"parent", { schemaId: string }, Schema, Schema>;
    "googleapis.pubsub.v1.projects.schemas.delete": $Method<"name", object, never, Empty>;
    "googleapis.pubsub.v1.projects.schemas.deleteRevision": $Method<"name", { revisionId: string }, never, Schema>;
    "googleapis.pubsub.v1.projects.schemas.get": $Method<"name", { view: "SCHEMA_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, Schema>;
    "googleapis.pubsub.v1.projects.schemas.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.pubsub.v1.projects.schemas.list": $Method<"parent", { pageSize: number; pageToken: string; view: "SCHEMA_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListSchemasResponse>;
    "googleapis.pubsub.v1.projects.schemas.listRevisions": $Method<"name", { pageSize: number; pageToken: string; view: "SCHEMA_VIEW_UNSPECIFIED" | "BASIC" | "FULL" }, never, ListSchemaRevisionsResponse>;
    "googleapis.pubsub.v1.projects.schemas.rollback": $Method<"name", object, RollbackSchemaRequest, Schema>;
    "googleapis.pubsub.v1.projects.schemas.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.pubsub.v1.projects.schemas.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.pubsub.v1.projects.schemas.validate": $Method<"parent", object, ValidateSchemaRequest, ValidateSchemaResponse>;
    "googleapis.pubsub.v1.projects.schemas.validateMessage": $Method<"parent", object, ValidateMessageRequest, ValidateMessageResponse>;
    "googleapis.pubsub.v1.projects.snapshots.create": $Method<"name", object, CreateSnapshotRequest, Snapshot>;
    "googleapis.pubsub.v1.projects.snapshots.delete": $Method<"snapshot", object, never, Empty>;
    "googleapis.pubsub.v1.projects.snapshots.get": $Method<"snapshot", object, never, Snapshot>;
    "googleapis.pubsub.v1.projects.snapshots.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.pubsub.v1.projects.snapshots.list": $Method<"project", { pageSize: number; pageToken: string }, never, ListSnapshotsResponse>;
    "googleapis.pubsub.v1.projects.snapshots.patch": $Method<"name", object, UpdateSnapshotRequest, Snapshot>;
    "googleapis.pubsub.v1.projects.snapshots.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.pubsub.v1.projects.snapshots.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.pubsub.v1.projects.subscriptions.acknowledge": $Method<"subscription", object, AcknowledgeRequest, Empty>;
    "googleapis.pubsub.v1.projects.subscriptions.create": $Method<"name", object, Subscription, Subscription>;
    "googleapis.pubsub.v1.projects.subscriptions.delete": $Method<"subscription", object, never, Empty>;
    "googleapis.pubsub.v1.projects.subscriptions.detach": $Method<"subscription", object, never, DetachSubscriptionResponse>;
    "googleapis.pubsub.v1.projects.subscriptions.get": $Method<"subscription", object, never, Subscription>;
    "googleapis.pubsub.v1.projects.subscriptions.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.pubsub.v1.projects.subscriptions.list": $Method<"project", { pageSize: number; pageToken: string }, never, ListSubscriptionsResponse>;
    "googleapis.pubsub.v1.projects.subscriptions.modifyAckDeadline": $Method<"subscription", object, ModifyAckDeadlineRequest, Empty>;
    "googleapis.pubsub.v1.projects.subscriptions.modifyPushConfig": $Method<"subscription", object, ModifyPushConfigRequest, Empty>;
    "googleapis.pubsub.v1.projects.subscriptions.patch": $Method<"name", object, UpdateSubscriptionRequest, Subscription>;
    "googleapis.pubsub.v1.projects.subscriptions.pull": $Method<"subscription", object, PullRequest, PullResponse>;
    "googleapis.pubsub.v1.projects.subscriptions.seek": $Method<"subscription", object, SeekRequest, SeekResponse>;
    "googleapis.pubsub.v1.projects.subscriptions.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.pubsub.v1.projects.subscriptions.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
    "googleapis.pubsub.v1.projects.topics.create": $Method<"name", object, Topic, Topic>;
    "googleapis.pubsub.v1.projects.topics.delete": $Method<"topic", object, never, Empty>;
    "googleapis.pubsub.v1.projects.topics.get": $Method<"topic", object, never, Topic>;
    "googleapis.pubsub.v1.projects.topics.getIamPolicy": $Method<"resource", { options: unknown }, never, Policy>;
    "googleapis.pubsub.v1.projects.topics.list": $Method<"project", { pageSize: number; pageToken: string }, never, ListTopicsResponse>;
    "googleapis.pubsub.v1.projects.topics.patch": $Method<"name", object, UpdateTopicRequest, Topic>;
    "googleapis.pubsub.v1.projects.topics.publish": $Method<"topic", object, PublishRequest, PublishResponse>;
    "googleapis.pubsub.v1.projects.topics.setIamPolicy": $Method<"resource", object, SetIamPolicyRequest, Policy>;
    "googleapis.pubsub.v1.projects.topics.snapshots.list": $Method<"topic", { pageSize: number; pageToken: string }, never, ListTopicSnapshotsResponse>;
    "googleapis.pubsub.v1.projects.topics.subscriptions.list": $Method<"topic", { pageSize: number; pageToken: string }, never, ListTopicSubscriptionsResponse>;
    "googleapis.pubsub.v1.projects.topics.testIamPermissions": $Method<"resource", object, TestIamPermissionsRequest, TestIamPermissionsResponse>;
}

interface AIInference { endpoint: string; serviceAccountEmail: string; unstructuredInference: UnstructuredInference }
interface AcknowledgeRequest { ackIds: string[] }
interface AnalyticsHubSubscriptionInfo { listing: string; subscription: string }
interface AvroConfig { useTopicSchema: boolean; writeMetadata: boolean }
interface AvroFormat {  }
interface AwsKinesis { awsRoleArn: string; consumerArn: string; gcpServiceAccount: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "KINESIS_PERMISSION_DENIED" | "PUBLISH_PERMISSION_DENIED" | "STREAM_NOT_FOUND" | "CONSUMER_NOT_FOUND" | "CONFLICTING_REGION_CONSTRAINTS"; streamArn: string }
interface AwsMsk { awsRoleArn: string; clusterArn: string; gcpServiceAccount: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "MSK_PERMISSION_DENIED" | "PUBLISH_PERMISSION_DENIED" | "CLUSTER_NOT_FOUND" | "TOPIC_NOT_FOUND" | "CONFLICTING_REGION_CONSTRAINTS"; topic: string }
interface AzureEventHubs { clientId: string; eventHub: string; gcpServiceAccount: string; namespace: string; resourceGroup: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "EVENT_HUBS_PERMISSION_DENIED" | "PUBLISH_PERMISSION_DENIED" | "NAMESPACE_NOT_FOUND" | "EVENT_HUB_NOT_FOUND" | "SUBSCRIPTION_NOT_FOUND" | "RESOURCE_GROUP_NOT_FOUND" | "CONFLICTING_REGION_CONSTRAINTS"; subscriptionId: string; tenantId: string }
interface BigQueryConfig { dropUnknownFields: boolean; serviceAccountEmail: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "PERMISSION_DENIED" | "NOT_FOUND" | "SCHEMA_MISMATCH" | "IN_TRANSIT_LOCATION_RESTRICTION" | "VERTEX_AI_LOCATION_RESTRICTION"; table: string; useTableSchema: boolean; useTopicSchema: boolean; writeMetadata: boolean }
interface BigtableConfig { appProfileId: string; columnFamilyMapping: ColumnFamilyMapping; serviceAccountEmail: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "NOT_FOUND" | "APP_PROFILE_MISCONFIGURED" | "PERMISSION_DENIED" | "SCHEMA_MISMATCH" | "IN_TRANSIT_LOCATION_RESTRICTION" | "VERTEX_AI_LOCATION_RESTRICTION"; table: string; writeMetadata: boolean }
interface Binding { condition: Expr; members: string[]; role: string }
interface CloudStorage { avroFormat: AvroFormat; bucket: string; matchGlob: string; minimumObjectCreateTime: string; pubsubAvroFormat: PubSubAvroFormat; state: "STATE_UNSPECIFIED" | "ACTIVE" | "CLOUD_STORAGE_PERMISSION_DENIED" | "PUBLISH_PERMISSION_DENIED" | "BUCKET_NOT_FOUND" | "TOO_MANY_OBJECTS" | "CONFLICTING_REGION_CONSTRAINTS"; textFormat: TextFormat }
interface CloudStorageConfig { avroConfig: AvroConfig; bucket: string; filenameDatetimeFormat: string; filenamePrefix: string; filenameSuffix: string; maxBytes: string | number; maxDuration: string; maxMessages: string | number; serviceAccountEmail: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "PERMISSION_DENIED" | "NOT_FOUND" | "IN_TRANSIT_LOCATION_RESTRICTION" | "SCHEMA_MISMATCH" | "VERTEX_AI_LOCATION_RESTRICTION"; textConfig: TextConfig }
interface ColumnFamilyMapping { delimitedKey: DelimitedKey; rowKeySchema: RowKeySchema }
interface CommitSchemaRequest { schema: Schema }
interface CompiledProtoSchema { compiledBytes: string; rootMessage: string }
interface Compression { compressionAlgorithm: "COMPRESSION_ALGORITHM_UNSPECIFIED" | "ZLIB"; compressionMode: "COMPRESSION_MODE_UNSPECIFIED" | "COMPRESS" | "DECOMPRESS" }
interface ConfluentCloud { bootstrapServer: string; clusterId: string; gcpServiceAccount: string; identityPoolId: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "CONFLUENT_CLOUD_PERMISSION_DENIED" | "PUBLISH_PERMISSION_DENIED" | "UNREACHABLE_BOOTSTRAP_SERVER" | "CLUSTER_NOT_FOUND" | "TOPIC_NOT_FOUND" | "CONFLICTING_REGION_CONSTRAINTS"; topic: string }
interface CreateSnapshotRequest { labels: { [key: string]: string }; subscription: string; tags: { [key: string]: string } }
interface DeadLetterPolicy { deadLetterTopic: string; maxDeliveryAttempts: number }
interface DelimitedKey { delimiter: string; keyFields: string[] }
interface DetachSubscriptionResponse {  }
interface Empty {  }
interface ExpirationPolicy { ttl: string }
interface Expr { description: string; expression: string; location: string; title: string }
interface IngestionDataSourceSettings { awsKinesis: AwsKinesis; awsMsk: AwsMsk; azureEventHubs: AzureEventHubs; cloudStorage: CloudStorage; confluentCloud: ConfluentCloud; platformLogsSettings: PlatformLogsSettings }
interface JavaScriptUDF { code: string; functionName: string }
interface ListSchemaRevisionsResponse { nextPageToken: string; schemas: Schema[] }
interface ListSchemasResponse { nextPageToken: string; schemas: Schema[] }
interface ListSnapshotsResponse { nextPageToken: string; snapshots: Snapshot[] }
interface ListSubscriptionsResponse { nextPageToken: string; subscriptions: Subscription[] }
interface ListTopicSnapshotsResponse { nextPageToken: string; snapshots: string[] }
interface ListTopicSubscriptionsResponse { nextPageToken: string; subscriptions: string[] }
interface ListTopicsResponse { nextPageToken: string; topics: Topic[] }
interface MessageStoragePolicy { allowedPersistenceRegions: string[]; enforceInTransit: boolean }
interface MessageTransform { aiInference: AIInference; compression: Compression; disabled: boolean; enabled: boolean; javascriptUdf: JavaScriptUDF }
interface ModifyAckDeadlineRequest { ackDeadlineSeconds: number; ackIds: string[] }
interface ModifyPushConfigRequest { pushConfig: PushConfig }
interface NoWrapper { writeMetadata: boolean }
interface OidcToken { audience: string; serviceAccountEmail: string }
interface PlatformLogsSettings { severity: "SEVERITY_UNSPECIFIED" | "DISABLED" | "DEBUG" | "INFO" | "WARNING" | "ERROR" }
interface Policy { bindings: Binding[]; etag: string; version: number }
interface PubSubAvroFormat {  }
interface PublishRequest { messages: PubsubMessage[] }
interface PublishResponse { messageIds: string[] }
interface PubsubMessage { attributes: { [key: string]: string }; data: string; messageId: string; orderingKey: string; publishTime: string }
interface PubsubWrapper {  }
interface PullRequest { maxMessages: number; returnImmediately: boolean }
interface PullResponse { receivedMessages: ReceivedMessage[] }
interface PushConfig { attributes: { [key: string]: string }; noWrapper: NoWrapper; oidcToken: OidcToken; pubsubWrapper: PubsubWrapper; pushEndpoint: string }
interface ReceivedMessage { ackId: string; deliveryAttempt: number; message: PubsubMessage }
interface RetryPolicy { maximumBackoff: string; minimumBackoff: string }
interface RollbackSchemaRequest { revisionId: string }
interface RowKeySchema {  }
interface Schema { compiledProtoSchema: CompiledProtoSchema; definition: string; name: string; revisionCreateTime: string; revisionId: string; type: "TYPE_UNSPECIFIED" | "PROTOCOL_BUFFER" | "AVRO" }
interface SchemaSettings { encoding: "ENCODING_UNSPECIFIED" | "JSON" | "BINARY"; firstRevisionId: string; lastRevisionId: string; schema: string }
interface SeekRequest { snapshot: string; time: string }
interface SeekResponse {  }
interface SetIamPolicyRequest { policy: Policy }
interface Snapshot { expireTime: string; labels: { [key: string]: string }; name: string; topic: string }
interface Subscription { ackDeadlineSeconds: number; analyticsHubSubscriptionInfo: AnalyticsHubSubscriptionInfo; bigqueryConfig: BigQueryConfig; bigtableConfig: BigtableConfig; cloudStorageConfig: CloudStorageConfig; deadLetterPolicy: DeadLetterPolicy; detached: boolean; enableExactlyOnceDelivery: boolean; enableMessageOrdering: boolean; expirationPolicy: ExpirationPolicy; filter: string; labels: { [key: string]: string }; messageRetentionDuration: string; messageTransforms: MessageTransform[]; name: string; pushConfig: PushConfig; retainAckedMessages: boolean; retryPolicy: RetryPolicy; state: "STATE_UNSPECIFIED" | "ACTIVE" | "RESOURCE_ERROR"; tags: { [key: string]: string }; topic: string; topicMessageRetentionDuration: string }
interface TestIamPermissionsRequest { permissions: string[] }
interface TestIamPermissionsResponse { permissions: string[] }
interface TextConfig {  }
interface TextFormat { delimiter: string }
interface Topic { ingestionDataSourceSettings: IngestionDataSourceSettings; kmsKeyName: string; labels: { [key: string]: string }; messageRetentionDuration: string; messageStoragePolicy: MessageStoragePolicy; messageTransforms: MessageTransform[]; name: string; satisfiesPzs: boolean; schemaSettings: SchemaSettings; state: "STATE_UNSPECIFIED" | "ACTIVE" | "INGESTION_RESOURCE_ERROR"; tags: { [key: string]: string } }
interface UnstructuredInference { parameters: { [key: string]: unknown } }
interface UpdateSnapshotRequest { snapshot: Snapshot; updateMask: string }
interface UpdateSubscriptionRequest { subscription: Subscription; updateMask: string }
interface UpdateTopicRequest { topic: Topic; updateMask: string }
interface ValidateMessageRequest { encoding: "ENCODING_UNSPECIFIED" | "JSON" | "BINARY"; message: string; name: string; schema: Schema }
interface ValidateMessageResponse {  }
interface ValidateSchemaRequest { schema: Schema }
interface ValidateSchemaResponse {  }
