// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of firestore.v1. */
export interface $Methods {
    "googleapis.firestore.v1.projects.databases.backupSchedules.create": $Method<"parent", object, GoogleFirestoreAdminV1BackupSchedule, GoogleFirestoreAdminV1BackupSchedule>;
    "googleapis.firestore.v1.projects.databases.backupSchedules.delete": $Method<"name", object, never, Empty>;
    "googleapis.firestore.v1.projects.databases.backupSchedules.get": $Method<"name", object, never, GoogleFirestoreAdminV1BackupSchedule>;
    "googleapis.firestore.v1.projects.databases.backupSchedules.list": $Method<"parent", object, never, GoogleFirestoreAdminV1ListBackupSchedulesResponse>;
    "googleapis.firestore.v1.projects.databases.backupSchedules.patch": $Method<"name", { updateMask: string }, GoogleFirestoreAdminV1BackupSchedule, GoogleFirestoreAdminV1BackupSchedule>;
    "googleapis.firestore.v1.projects.databases.bulkDeleteDocuments": $Method<"name", object, GoogleFirestoreAdminV1BulkDeleteDocumentsRequest, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.changeStreams.create": $Method<"parent", { changeStreamId: string }, GoogleFirestoreAdminV1ChangeStream, GoogleFirestoreAdminV1ChangeStream>;
    "googleapis.firestore.v1.projects.databases.changeStreams.delete": $Method<"name", { etag: string }, never, Empty>;
    "googleapis.firestore.v1.projects.databases.changeStreams.get": $Method<"name", object, never, GoogleFirestoreAdminV1ChangeStream>;
    "googleapis.firestore.v1.projects.databases.changeStreams.list": $Method<"parent", object, never, GoogleFirestoreAdminV1ListChangeStreamsResponse>;
    "googleapis.firestore.v1.projects.databases.clone": $Method<"parent", object, GoogleFirestoreAdminV1CloneDatabaseRequest, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.fields.get": $Method<"name", object, never, GoogleFirestoreAdminV1Field>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.fields.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, GoogleFirestoreAdminV1ListFieldsResponse>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.fields.patch": $Method<"name", { updateMask: string }, GoogleFirestoreAdminV1Field, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.indexes.create": $Method<"parent", object, GoogleFirestoreAdminV1Index, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.indexes.delete": $Method<"name", object, never, Empty>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.indexes.get": $Method<"name", object, never, GoogleFirestoreAdminV1Index>;
    "googleapis.firestore.v1.projects.databases.collectionGroups.indexes.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, GoogleFirestoreAdminV1ListIndexesResponse>;
    "googleapis.firestore.v1.projects.databases.create": $Method<"parent", { databaseId: string }, GoogleFirestoreAdminV1Database, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.delete": $Method<"name", { etag: string }, never, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.documents.batchGet": $Method<"database", object, BatchGetDocumentsRequest, BatchGetDocumentsResponse>;
    "googleapis.firestore.v1.projects.databases.documents.batchWrite": $Method<"database", object, BatchWriteRequest, BatchWriteResponse>;
    "googleapis.firestore.v1.projects.databases.documents.beginTransaction": $Method<"database", object, BeginTransactionRequest, BeginTransactionResponse>;
    "googleapis.firestore.v1.projects.databases.documents.commit": $Method<"database", object, CommitRequest, CommitResponse>;
    "googleapis.firestore.v1.projects.databases.documents.createDocument": $Method<"parent" | "collectionId", { documentId: string; mask: unknown; requestOptions: unknown }, Document, Document>;
    "googleapis.firestore.v1.projects.databases.documents.delete": $Method<"name", { currentDocument: unknown; requestOptions: unknown }, never, Empty>;
    "googleapis.firestore.v1.projects.databases.documents.executePipeline": $Method<"database", object, ExecutePipelineRequest, ExecutePipelineResponse>;
    "googleapis.firestore.v1.projects.databases.documents.get": $Method<"name", { mask: unknown; readTime: string; requestOptions: unknown; transaction: string }, never, Document>;
    "googleapis.firestore.v1.projects.databases.documents.list": $Method<"parent" | "collectionId", { mask: unknown; orderBy: string; pageSize: number; pageToken: string; readTime: string; recursive: boolean; requestOptions: unknown; showMissing: boolean; transaction: string }, never, ListDocumentsResponse>;
    "googleapis.firestore.v1.projects.databases.documents.listCollectionIds": $Method<"parent", object, ListCollectionIdsRequest, ListCollectionIdsResponse>;
    "googleapis.firestore.v1.projects.databases.documents.listDocuments": $Method<"parent" | "collectionId", { mask: unknown; orderBy: string; pageSize: number; pageToken: string; readTime: string; recursive: boolean; requestOptions: unknown; showMissing: boolean; transaction: string }, never, ListDocumentsResponse>;
    "googleapis.firestore.v1.projects.databases.documents.listen": $Method<"database", object, ListenRequest, ListenResponse>;
    "googleapis.firestore.v1.projects.databases.documents.partitionQuery": $Method<"parent", object, PartitionQueryRequest, PartitionQueryResponse>;
    "googleapis.firestore.v1.projects.databases.documents.patch": $Method<"name", { currentDocument: unknown; mask: unknown; requestOptions: unknown; updateMask: unknown }, Document, Document>;
    "googleapis.firestore.v1.projects.databases.documents.rollback": $Method<"database", object, RollbackRequest, Empty>;
    "googleapis.firestore.v1.projects.databases.documents.runAggregationQuery": $Method<"parent", object, RunAggregationQueryRequest, RunAggregationQueryResponse>;
    "googleapis.firestore.v1.projects.databases.documents.runQuery": $Method<"parent", object, RunQueryRequest, RunQueryResponse>;
    "googleapis.firestore.v1.projects.databases.documents.write": $Method<"database", object, WriteRequest, WriteResponse>;
    "googleapis.firestore.v1.projects.databases.exportDocuments": $Method<"name", object, GoogleFirestoreAdminV1ExportDocumentsRequest, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.get": $Method<"name", object, never, GoogleFirestoreAdminV1Database>;
    "googleapis.firestore.v1.projects.databases.importDocuments": $Method<"name", object, GoogleFirestoreAdminV1ImportDocumentsRequest, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.list": $Method<"parent", { showDeleted: boolean }, never, GoogleFirestoreAdminV1ListDatabasesResponse>;
    "googleapis.firestore.v1.projects.databases.operations.cancel": $Method<"name", object, GoogleLongrunningCancelOperationRequest, Empty>;
    "googleapis.firestore.v1.projects.databases.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.firestore.v1.projects.databases.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.firestore.v1.projects.databases.patch": $Method<"name", { updateMask: string }, GoogleFirestoreAdminV1Database, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.restore": $Method<"parent", object, GoogleFirestoreAdminV1RestoreDatabaseRequest, GoogleLongrunningOperation>;
    "googleapis.firestore.v1.projects.databases.userCreds.create": $Method<"parent", { userCredsId: string }, GoogleFirestoreAdminV1UserCreds, GoogleFirestoreAdminV1UserCreds>;
    "googleapis.firestore.v1.projects.databases.userCreds.delete": $Method<"name", object, never, Empty>;
    "googleapis.firestore.v1.projects.databases.userCreds.disable": $Method<"name", object, GoogleFirestoreAdminV1DisableUserCredsRequest, GoogleFirestoreAdminV1UserCreds>;
    "googleapis.firestore.v1.projects.databases.userCreds.enable": $Method<"name", object, GoogleFirestoreAdminV1EnableUserCredsRequest, GoogleFirestoreAdminV1UserCreds>;
    "googleapis.firestore.v1.projects.databases.userCreds.get": $Method<"name", object, never, GoogleFirestoreAdminV1UserCreds>;
    "googleapis.firestore.v1.projects.databases.userCreds.list": $Method<"parent", object, never, GoogleFirestoreAdminV1ListUserCredsResponse>;
    "googleapis.firestore.v1.projects.databases.userCreds.resetPassword": $Method<"name", object, GoogleFirestoreAdminV1ResetUserPasswordRequest, GoogleFirestoreAdminV1UserCreds>;
}

interface Aggregation { alias: string; avg: Avg; count: Count; sum: Sum }
interface AggregationResult { aggregateFields: { [key: string]: Value } }
interface ArrayValue { values: Value[] }
interface Avg { field: FieldReference }
interface BatchGetDocumentsRequest { documents: string[]; mask: DocumentMask; newTransaction: TransactionOptions; readTime: string; requestOptions: RequestOptions; transaction: string }
interface BatchGetDocumentsResponse { found: Document; missing: string; readTime: string; transaction: string }
interface BatchWriteRequest { labels: { [key: string]: string }; requestOptions: RequestOptions; writes: Write[] }
interface BatchWriteResponse { status: Status[]; writeResults: WriteResult[] }
interface BeginTransactionRequest { options: TransactionOptions; requestOptions: RequestOptions }
interface BeginTransactionResponse { transaction: string }
interface BitSequence { bitmap: string; padding: number }
interface BloomFilter { bits: BitSequence; hashCount: number }
interface CollectionSelector { allDescendants: boolean; collectionId: string }
interface CommitRequest { requestOptions: RequestOptions; transaction: string; writes: Write[] }
interface CommitResponse { commitTime: string; writeResults: WriteResult[] }
interface CompositeFilter { filters: Filter[]; op: "OPERATOR_UNSPECIFIED" | "AND" | "OR" }
interface Count { upTo: string | number }
interface Cursor { before: boolean; values: Value[] }
interface Document { createTime: string; fields: { [key: string]: Value }; name: string; updateTime: string }
interface DocumentChange { document: Document; removedTargetIds: number[]; targetIds: number[] }
interface DocumentDelete { document: string; readTime: string; removedTargetIds: number[] }
interface DocumentMask { fieldPaths: string[] }
interface DocumentRemove { document: string; readTime: string; removedTargetIds: number[] }
interface DocumentTransform { document: string; fieldTransforms: FieldTransform[] }
interface DocumentsTarget { documents: string[] }
interface Empty {  }
interface ExecutePipelineRequest { autoCommitTransaction: boolean; newTransaction: TransactionOptions; readTime: string; requestOptions: RequestOptions; structuredPipeline: StructuredPipeline; transaction: string }
interface ExecutePipelineResponse { executionTime: string; explainStats: ExplainStats; results: Document[]; transaction: string }
interface ExecutionStats { debugStats: { [key: string]: unknown }; executionDuration: string; readOperations: string | number; resultsReturned: string | number }
interface ExistenceFilter { count: number; targetId: number; unchangedNames: BloomFilter }
interface ExplainMetrics { executionStats: ExecutionStats; planSummary: PlanSummary }
interface ExplainOptions { analyze: boolean }
interface ExplainStats { data: { [key: string]: unknown } }
interface FieldFilter { field: FieldReference; op: "OPERATOR_UNSPECIFIED" | "LESS_THAN" | "LESS_THAN_OR_EQUAL" | "GREATER_THAN" | "GREATER_THAN_OR_EQUAL" | "EQUAL" | "NOT_EQUAL" | "ARRAY_CONTAINS" | "IN" | "ARRAY_CONTAINS_ANY" | "NOT_IN"; value: Value }
interface FieldReference { fieldPath: string }
interface FieldTransform { appendMissingElements: ArrayValue; fieldPath: string; increment: Value; maximum: Value; minimum: Value; removeAllFromArray: ArrayValue; setToServerValue: "SERVER_VALUE_UNSPECIFIED" | "REQUEST_TIME" }
interface Filter { compositeFilter: CompositeFilter; fieldFilter: FieldFilter; unaryFilter: UnaryFilter }
interface FindNearest { distanceMeasure: "DISTANCE_MEASURE_UNSPECIFIED" | "EUCLIDEAN" | "COSINE" | "DOT_PRODUCT"; distanceResultField: string; distanceThreshold: number; limit: number; queryVector: Value; vectorField: FieldReference }
interface Function { args: Value[]; name: string; options: { [key: string]: Value } }
interface GoogleFirestoreAdminV1BackupSchedule { createTime: string; dailyRecurrence: GoogleFirestoreAdminV1DailyRecurrence; name: string; retention: string; updateTime: string; weeklyRecurrence: GoogleFirestoreAdminV1WeeklyRecurrence }
interface GoogleFirestoreAdminV1BackupSource { backup: string }
interface GoogleFirestoreAdminV1BulkDeleteDocumentsRequest { collectionIds: string[]; namespaceIds: string[] }
interface GoogleFirestoreAdminV1ChangeStream { collectionGroupScope: GoogleFirestoreAdminV1CollectionGroupScope; createTime: string; databaseScope: GoogleFirestoreAdminV1DatabaseScope; etag: string; name: string; retentionPeriod: string; startTime: string; updateTime: string }
interface GoogleFirestoreAdminV1CloneDatabaseRequest { databaseId: string; encryptionConfig: GoogleFirestoreAdminV1EncryptionConfig; pitrSnapshot: GoogleFirestoreAdminV1PitrSnapshot; tags: { [key: string]: string } }
interface GoogleFirestoreAdminV1CmekConfig { activeKeyVersion: string[]; kmsKeyName: string }
interface GoogleFirestoreAdminV1CollectionGroupScope { collectionGroupId: string }
interface GoogleFirestoreAdminV1CustomerManagedEncryptionOptions { kmsKeyName: string }
interface GoogleFirestoreAdminV1DailyRecurrence {  }
interface GoogleFirestoreAdminV1Database { appEngineIntegrationMode: "APP_ENGINE_INTEGRATION_MODE_UNSPECIFIED" | "ENABLED" | "DISABLED"; cmekConfig: GoogleFirestoreAdminV1CmekConfig; concurrencyMode: "CONCURRENCY_MODE_UNSPECIFIED" | "OPTIMISTIC" | "PESSIMISTIC" | "OPTIMISTIC_WITH_ENTITY_GROUPS"; createTime: string; databaseEdition: "DATABASE_EDITION_UNSPECIFIED" | "STANDARD" | "ENTERPRISE"; deleteProtectionState: "DELETE_PROTECTION_STATE_UNSPECIFIED" | "DELETE_PROTECTION_DISABLED" | "DELETE_PROTECTION_ENABLED"; deleteTime: string; earliestVersionTime: string; etag: string; firestoreDataAccessMode: "DATA_ACCESS_MODE_UNSPECIFIED" | "DATA_ACCESS_MODE_ENABLED" | "DATA_ACCESS_MODE_DISABLED"; freeTier: boolean; keyPrefix: string; locationId: string; mongodbCompatibleDataAccessMode: "DATA_ACCESS_MODE_UNSPECIFIED" | "DATA_ACCESS_MODE_ENABLED" | "DATA_ACCESS_MODE_DISABLED"; name: string; pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLEMENT_UNSPECIFIED" | "POINT_IN_TIME_RECOVERY_ENABLED" | "POINT_IN_TIME_RECOVERY_DISABLED"; previousId: string; realtimeUpdatesMode: "REALTIME_UPDATES_MODE_UNSPECIFIED" | "REALTIME_UPDATES_MODE_ENABLED" | "REALTIME_UPDATES_MODE_DISABLED"; sourceInfo: GoogleFirestoreAdminV1SourceInfo; tags: { [key: string]: string }; type: "DATABASE_TYPE_UNSPECIFIED" | "FIRESTORE_NATIVE" | "DATASTORE_MODE"; uid: string; updateTime: string; versionRetentionPeriod: string }
interface GoogleFirestoreAdminV1DatabaseScope {  }
interface GoogleFirestoreAdminV1DisableUserCredsRequest {  }
interface GoogleFirestoreAdminV1EnableUserCredsRequest {  }
interface GoogleFirestoreAdminV1EncryptionConfig { customerManagedEncryption: GoogleFirestoreAdminV1CustomerManagedEncryptionOptions; googleDefaultEncryption: GoogleFirestoreAdminV1GoogleDefaultEncryptionOptions; useSourceEncryption: GoogleFirestoreAdminV1SourceEncryptionOptions }
interface GoogleFirestoreAdminV1ExportDocumentsRequest { collectionIds: string[]; namespaceIds: string[]; outputUriPrefix: string; snapshotTime: string }
interface GoogleFirestoreAdminV1Field { indexConfig: GoogleFirestoreAdminV1IndexConfig; name: string; ttlConfig: GoogleFirestoreAdminV1TtlConfig }
interface GoogleFirestoreAdminV1FlatIndex {  }
interface GoogleFirestoreAdminV1GoogleDefaultEncryptionOptions {  }
interface GoogleFirestoreAdminV1ImportDocumentsRequest { collectionIds: string[]; inputUriPrefix: string; namespaceIds: string[] }
interface GoogleFirestoreAdminV1Index { apiScope: "ANY_API" | "DATASTORE_MODE_API" | "MONGODB_COMPATIBLE_API"; density: "DENSITY_UNSPECIFIED" | "SPARSE_ALL" | "SPARSE_ANY" | "DENSE"; fields: GoogleFirestoreAdminV1IndexField[]; multikey: boolean; name: string; queryScope: "QUERY_SCOPE_UNSPECIFIED" | "COLLECTION" | "COLLECTION_GROUP" | "COLLECTION_RECURSIVE"; searchIndexOptions: GoogleFirestoreAdminV1SearchIndexOptions; shardCount: number; state: "STATE_UNSPECIFIED" | "CREATING" | "READY" | "NEEDS_REPAIR"; unique: boolean }
interface GoogleFirestoreAdminV1IndexConfig { ancestorField: string; indexes: GoogleFirestoreAdminV1Index[]; reverting: boolean; usesAncestorConfig: boolean }
interface GoogleFirestoreAdminV1IndexField { arrayConfig: "ARRAY_CONFIG_UNSPECIFIED" | "CONTAINS"; fieldPath: string; order: "ORDER_UNSPECIFIED" | "ASCENDING" | "DESCENDING"; searchConfig: GoogleFirestoreAdminV1SearchConfig; vectorConfig: GoogleFirestoreAdminV1VectorConfig }
interface GoogleFirestoreAdminV1ListBackupSchedulesResponse { backupSchedules: GoogleFirestoreAdminV1BackupSchedule[] }
interface GoogleFirestoreAdminV1ListChangeStreamsResponse { changeStreams: GoogleFirestoreAdminV1ChangeStream[] }
interface GoogleFirestoreAdminV1ListDatabasesResponse { databases: GoogleFirestoreAdminV1Database[]; unreachable: string[] }
interface GoogleFirestoreAdminV1ListFieldsResponse { fields: GoogleFirestoreAdminV1Field[]; nextPageToken: string }
interface GoogleFirestoreAdminV1ListIndexesResponse { indexes: GoogleFirestoreAdminV1Index[]; nextPageToken: string }
interface GoogleFirestoreAdminV1ListUserCredsResponse { userCreds: GoogleFirestoreAdminV1UserCreds[] }
interface GoogleFirestoreAdminV1PitrSnapshot { database: string; databaseUid: string; snapshotTime: string }
interface GoogleFirestoreAdminV1ResetUserPasswordRequest {  }
interface GoogleFirestoreAdminV1ResourceIdentity { principal: string }
interface GoogleFirestoreAdminV1RestoreDatabaseRequest { backup: string; databaseId: string; encryptionConfig: GoogleFirestoreAdminV1EncryptionConfig; tags: { [key: string]: string } }
interface GoogleFirestoreAdminV1SearchConfig { geoSpec: GoogleFirestoreAdminV1SearchGeoSpec; textSpec: GoogleFirestoreAdminV1SearchTextSpec }
interface GoogleFirestoreAdminV1SearchGeoSpec { geoJsonIndexingDisabled: boolean }
interface GoogleFirestoreAdminV1SearchIndexOptions { textLanguage: string; textLanguageOverrideFieldPath: string }
interface GoogleFirestoreAdminV1SearchTextIndexSpec { indexType: "TEXT_INDEX_TYPE_UNSPECIFIED" | "TOKENIZED"; matchType: "TEXT_MATCH_TYPE_UNSPECIFIED" | "MATCH_GLOBALLY" }
interface GoogleFirestoreAdminV1SearchTextSpec { indexSpecs: GoogleFirestoreAdminV1SearchTextIndexSpec[] }
interface GoogleFirestoreAdminV1SourceEncryptionOptions {  }
interface GoogleFirestoreAdminV1SourceInfo { backup: GoogleFirestoreAdminV1BackupSource; operation: string }
interface GoogleFirestoreAdminV1TtlConfig { expirationOffset: string; state: "STATE_UNSPECIFIED" | "CREATING" | "ACTIVE" | "NEEDS_REPAIR" }
interface GoogleFirestoreAdminV1UserCreds { createTime: string; name: string; resourceIdentity: GoogleFirestoreAdminV1ResourceIdentity; securePassword: string; state: "STATE_UNSPECIFIED" | "ENABLED" | "DISABLED"; updateTime: string }
interface GoogleFirestoreAdminV1VectorConfig { dimension: number; flat: GoogleFirestoreAdminV1FlatIndex }
interface GoogleFirestoreAdminV1WeeklyRecurrence { day: "DAY_OF_WEEK_UNSPECIFIED" | "MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY" }
interface GoogleLongrunningCancelOperationRequest {  }
interface GoogleLongrunningListOperationsResponse { nextPageToken: string; operations: GoogleLongrunningOperation[]; unreachable: string[] }
interface GoogleLongrunningOperation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface LatLng { latitude: number; longitude: number }
interface ListCollectionIdsRequest { pageSize: number; pageToken: string; readTime: string; requestOptions: RequestOptions }
interface ListCollectionIdsResponse { collectionIds: string[]; nextPageToken: string }
interface ListDocumentsResponse { documents: Document[]; nextPageToken: string }
interface ListenRequest { addTarget: Target; labels: { [key: string]: string }; removeTarget: number; requestOptions: RequestOptions }
interface ListenResponse { documentChange: DocumentChange; documentDelete: DocumentDelete; documentRemove: DocumentRemove; filter: ExistenceFilter; targetChange: TargetChange }
interface MapValue { fields: { [key: string]: Value } }
interface Order { direction: "DIRECTION_UNSPECIFIED" | "ASCENDING" | "DESCENDING"; field: FieldReference }
interface PartitionQueryRequest { pageSize: number; pageToken: string; partitionCount: string | number; readTime: string; requestOptions: RequestOptions; structuredQuery: StructuredQuery }
interface PartitionQueryResponse { nextPageToken: string; partitions: Cursor[] }
interface Pipeline { stages: Stage[] }
interface PlanSummary { indexesUsed: { [key: string]: unknown }[] }
interface Precondition { exists: boolean; updateTime: string }
interface Projection { fields: FieldReference[] }
interface QueryTarget { parent: string; structuredQuery: StructuredQuery }
interface ReadOnly { readTime: string }
interface ReadWrite { concurrencyMode: "CONCURRENCY_MODE_UNSPECIFIED" | "OPTIMISTIC" | "PESSIMISTIC"; retryTransaction: string }
interface RequestOptions { requestTags: string[] }
interface RollbackRequest { requestOptions: RequestOptions; transaction: string }
interface RunAggregationQueryRequest { explainOptions: ExplainOptions; newTransaction: TransactionOptions; readTime: string; requestOptions: RequestOptions; structuredAggregationQuery: StructuredAggregationQuery; transaction: string }
interface RunAggregationQueryResponse { explainMetrics: ExplainMetrics; readTime: string; result: AggregationResult; transaction: string }
interface RunQueryRequest { explainOptions: ExplainOptions; newTransaction: TransactionOptions; readTime: string; requestOptions: RequestOptions; structuredQuery: StructuredQuery; transaction: string }
interface RunQueryResponse { document: Document; done: boolean; explainMetrics: ExplainMetrics; readTime: string; skippedResults: number; transaction: string }
interface Stage { args: Value[]; name: string; options: { [key: string]: Value } }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface StructuredAggregationQuery { aggregations: Aggregation[]; structuredQuery: StructuredQuery }
interface StructuredPipeline { options: { [key: string]: Value }; pipeline: Pipeline }
interface StructuredQuery { endAt: Cursor; findNearest: FindNearest; from: CollectionSelector[]; limit: number; offset: number; orderBy: Order[]; select: Projection; startAt: Cursor; where: Filter }
interface Sum { field: FieldReference }
interface Target { documents: DocumentsTarget; expectedCount: number; once: boolean; query: QueryTarget; readTime: string; resumeToken: string; targetId: number }
interface TargetChange { cause: Status; readTime: string; resumeToken: string; targetChangeType: "NO_CHANGE" | "ADD" | "REMOVE" | "CURRENT" | "RESET"; targetIds: number[] }
interface TransactionOptions { readOnly: ReadOnly; readWrite: ReadWrite }
interface UnaryFilter { field: FieldReference; op: "OPERATOR_UNSPECIFIED" | "IS_NAN" | "IS_NULL" | "IS_NOT_NAN" | "IS_NOT_NULL" }
interface Value { arrayValue: ArrayValue; booleanValue: boolean; bytesValue: string; doubleValue: number; fieldReferenceValue: string; functionValue: Function; geoPointValue: LatLng; integerValue: string | number; mapValue: MapValue; nullValue: "NULL_VALUE"; pipelineValue: Pipeline; referenceValue: string; stringValue: string; timestampValue: string; variableReferenceValue: string }
interface Write { currentDocument: Precondition; delete: string; transform: DocumentTransform; update: Document; updateMask: DocumentMask; updateTransforms: FieldTransform[] }
interface WriteRequest { labels: { [key: string]: string }; requestOptions: RequestOptions; streamId: string; streamToken: string; writes: Write[] }
interface WriteResponse { commitTime: string; streamId: string; streamToken: string; writeResults: WriteResult[] }
interface WriteResult { transformResults: Value[]; updateTime: string }
