// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of documentai.v1. */
export interface $Methods {
    "googleapis.documentai.v1.projects.locations.fetchProcessorTypes": $Method<"parent", object, never, GoogleCloudDocumentaiV1FetchProcessorTypesResponse>;
    "googleapis.documentai.v1.projects.locations.get": $Method<"name", object, never, GoogleCloudLocationLocation>;
    "googleapis.documentai.v1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, GoogleCloudLocationListLocationsResponse>;
    "googleapis.documentai.v1.projects.locations.operations.cancel": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.documentai.v1.projects.locations.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.documentai.v1.projects.locations.processorTypes.get": $Method<"name", object, never, GoogleCloudDocumentaiV1ProcessorType>;
    "googleapis.documentai.v1.projects.locations.processorTypes.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListProcessorTypesResponse>;
    "googleapis.documentai.v1.projects.locations.processors.batchProcess": $Method<"name", object, GoogleCloudDocumentaiV1BatchProcessRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.create": $Method<"parent", object, GoogleCloudDocumentaiV1Processor, GoogleCloudDocumentaiV1Processor>;
    "googleapis.documentai.v1.projects.locations.processors.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.disable": $Method<"name", object, GoogleCloudDocumentaiV1DisableProcessorRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.enable": $Method<"name", object, GoogleCloudDocumentaiV1EnableProcessorRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.get": $Method<"name", object, never, GoogleCloudDocumentaiV1Processor>;
    "googleapis.documentai.v1.projects.locations.processors.humanReviewConfig.reviewDocument": $Method<"humanReviewConfig", object, GoogleCloudDocumentaiV1ReviewDocumentRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListProcessorsResponse>;
    "googleapis.documentai.v1.projects.locations.processors.process": $Method<"name", object, GoogleCloudDocumentaiV1ProcessRequest, GoogleCloudDocumentaiV1ProcessResponse>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.batchProcess": $Method<"name", object, GoogleCloudDocumentaiV1BatchProcessRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.deploy": $Method<"name", object, GoogleCloudDocumentaiV1DeployProcessorVersionRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.evaluateProcessorVersion": $Method<"processorVersion", object, GoogleCloudDocumentaiV1EvaluateProcessorVersionRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.evaluations.get": $Method<"name", object, never, GoogleCloudDocumentaiV1Evaluation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.evaluations.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListEvaluationsResponse>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.get": $Method<"name", object, never, GoogleCloudDocumentaiV1ProcessorVersion>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListProcessorVersionsResponse>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.process": $Method<"name", object, GoogleCloudDocumentaiV1ProcessRequest, GoogleCloudDocumentaiV1ProcessResponse>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.train": $Method<"parent", object, GoogleCloudDocumentaiV1TrainProcessorVersionRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.processorVersions.undeploy": $Method<"name", object, GoogleCloudDocumentaiV1UndeployProcessorVersionRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.processors.setDefaultProcessorVersion": $Method<"processor", object, GoogleCloudDocumentaiV1SetDefaultProcessorVersionRequest, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.schemas.create": $Method<"parent", object, GoogleCloudDocumentaiV1NextSchema, GoogleCloudDocumentaiV1NextSchema>;
    "googleapis.documentai.v1.projects.locations.schemas.delete": $Method<"name", { force: boolean }, never, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.schemas.get": $Method<"name", object, never, GoogleCloudDocumentaiV1NextSchema>;
    "googleapis.documentai.v1.projects.locations.schemas.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListSchemasResponse>;
    "googleapis.documentai.v1.projects.locations.schemas.patch": $Method<"name", { updateMask: string }, GoogleCloudDocumentaiV1NextSchema, GoogleCloudDocumentaiV1NextSchema>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.create": $Method<"parent", object, GoogleCloudDocumentaiV1SchemaVersion, GoogleCloudDocumentaiV1SchemaVersion>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.generate": $Method<"parent", object, GoogleCloudDocumentaiV1GenerateSchemaVersionRequest, GoogleCloudDocumentaiV1GenerateSchemaVersionResponse>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.get": $Method<"name", object, never, GoogleCloudDocumentaiV1SchemaVersion>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudDocumentaiV1ListSchemaVersionsResponse>;
    "googleapis.documentai.v1.projects.locations.schemas.schemaVersions.patch": $Method<"name", { updateMask: string }, GoogleCloudDocumentaiV1SchemaVersion, GoogleCloudDocumentaiV1SchemaVersion>;
}

interface GoogleCloudDocumentaiV1Barcode { format: string; rawValue: string; valueFormat: string }
interface GoogleCloudDocumentaiV1BatchDocumentsInputConfig { gcsDocuments: GoogleCloudDocumentaiV1GcsDocuments; gcsPrefix: GoogleCloudDocumentaiV1GcsPrefix }
interface GoogleCloudDocumentaiV1BatchProcessRequest { documentOutputConfig: GoogleCloudDocumentaiV1DocumentOutputConfig; inputDocuments: GoogleCloudDocumentaiV1BatchDocumentsInputConfig; labels: { [key: string]: string }; processOptions: GoogleCloudDocumentaiV1ProcessOptions; skipHumanReview: boolean }
interface GoogleCloudDocumentaiV1BoundingPoly { normalizedVertices: GoogleCloudDocumentaiV1NormalizedVertex[]; vertices: GoogleCloudDocumentaiV1Vertex[] }
interface GoogleCloudDocumentaiV1DeployProcessorVersionRequest {  }
interface GoogleCloudDocumentaiV1DisableProcessorRequest {  }
interface GoogleCloudDocumentaiV1Document { blobAssets: GoogleCloudDocumentaiV1DocumentBlobAsset[]; chunkedDocument: GoogleCloudDocumentaiV1DocumentChunkedDocument; content: string; docid: string; documentLayout: GoogleCloudDocumentaiV1DocumentDocumentLayout; entities: GoogleCloudDocumentaiV1DocumentEntity[]; entitiesRevisionId: string; entitiesRevisions: GoogleCloudDocumentaiV1DocumentEntitiesRevision[]; entityRelations: GoogleCloudDocumentaiV1DocumentEntityRelation[]; entityValidationOutput: GoogleCloudDocumentaiV1DocumentEntityValidationOutput; error: GoogleRpcStatus; mimeType: string; pages: GoogleCloudDocumentaiV1DocumentPage[]; revisions: GoogleCloudDocumentaiV1DocumentRevision[]; shardInfo: GoogleCloudDocumentaiV1DocumentShardInfo; text: string; textChanges: GoogleCloudDocumentaiV1DocumentTextChange[]; textStyles: GoogleCloudDocumentaiV1DocumentStyle[]; uri: string }
interface GoogleCloudDocumentaiV1DocumentAnnotations { description: string }
interface GoogleCloudDocumentaiV1DocumentBlobAsset { assetId: string; content: string; mimeType: string }
interface GoogleCloudDocumentaiV1DocumentChunkedDocument { chunks: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunk[] }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunk { chunkFields: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkField[]; chunkId: string; content: string; pageFooters: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageFooter[]; pageHeaders: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageHeader[]; pageSpan: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageSpan; sourceBlockIds: string[] }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkField { imageChunkField: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkImageChunkField; tableChunkField: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkTableChunkField }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageFooter { pageSpan: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageSpan; text: string }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageHeader { pageSpan: GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageSpan; text: string }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkChunkPageSpan { pageEnd: number; pageStart: number }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkImageChunkField { annotations: GoogleCloudDocumentaiV1DocumentAnnotations; blobAssetId: string; dataUri: string; gcsUri: string }
interface GoogleCloudDocumentaiV1DocumentChunkedDocumentChunkTableChunkField { annotations: GoogleCloudDocumentaiV1DocumentAnnotations }
interface GoogleCloudDocumentaiV1DocumentDocumentLayout { blocks: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlock[] }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlock { blockId: string; boundingBox: GoogleCloudDocumentaiV1BoundingPoly; imageBlock: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutImageBlock; listBlock: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutListBlock; pageSpan: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutPageSpan; tableBlock: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableBlock; textBlock: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTextBlock }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutImageBlock { annotations: GoogleCloudDocumentaiV1DocumentAnnotations; blobAssetId: string; dataUri: string; gcsUri: string; imageText: string; mimeType: string }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutListBlock { listEntries: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutListEntry[]; type: string }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutListEntry { blocks: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlock[] }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutPageSpan { pageEnd: number; pageStart: number }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableBlock { annotations: GoogleCloudDocumentaiV1DocumentAnnotations; bodyRows: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableRow[]; caption: string; headerRows: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableRow[] }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableCell { blocks: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlock[]; colSpan: number; rowSpan: number }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableRow { cells: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTableCell[] }
interface GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlockLayoutTextBlock { annotations: GoogleCloudDocumentaiV1DocumentAnnotations; blocks: GoogleCloudDocumentaiV1DocumentDocumentLayoutDocumentLayoutBlock[]; text: string; type: string }
interface GoogleCloudDocumentaiV1DocumentEntitiesRevision { entities: GoogleCloudDocumentaiV1DocumentEntity[]; entityValidationOutput: GoogleCloudDocumentaiV1DocumentEntityValidationOutput; provenance: GoogleCloudDocumentaiV1DocumentProvenance; revisionId: string }
interface GoogleCloudDocumentaiV1DocumentEntity { confidence: number; id: string; mentionId: string; mentionText: string; method: "METHOD_UNSPECIFIED" | "EXTRACT" | "DERIVE"; normalizedValue: GoogleCloudDocumentaiV1DocumentEntityNormalizedValue; pageAnchor: GoogleCloudDocumentaiV1DocumentPageAnchor; properties: GoogleCloudDocumentaiV1DocumentEntity[]; provenance: GoogleCloudDocumentaiV1DocumentProvenance; redacted: boolean; textAnchor: GoogleCloudDocumentaiV1DocumentTextAnchor; type: string }
interface GoogleCloudDocumentaiV1DocumentEntityNormalizedValue { addressValue: GoogleTypePostalAddress; booleanValue: boolean; dateValue: GoogleTypeDate; datetimeValue: GoogleTypeDateTime; floatValue: number; integerValue: number; moneyValue: GoogleTypeMoney; signatureValue: boolean; text: string }
interface GoogleCloudDocumentaiV1DocumentEntityRelation { objectId: string; relation: string; subjectId: string }
interface GoogleCloudDocumentaiV1DocumentEntityValidationOutput { passAllRules: boolean; validationResults: GoogleCloudDocumentaiV1DocumentEntityValidationOutputValidationResult[] }
interface GoogleCloudDocumentaiV1DocumentEntityValidationOutputValidationResult { rule: string; ruleDescription: string; ruleName: string; validationDetails: string; validationResultType: "VALIDATION_RESULT_TYPE_UNSPECIFIED" | "VALIDATION_RESULT_TYPE_VALID" | "VALIDATION_RESULT_TYPE_INVALID" | "VALIDATION_RESULT_TYPE_SKIPPED" | "VALIDATION_RESULT_TYPE_NOT_APPLICABLE" }
interface GoogleCloudDocumentaiV1DocumentOutputConfig { gcsOutputConfig: GoogleCloudDocumentaiV1DocumentOutputConfigGcsOutputConfig }
interface GoogleCloudDocumentaiV1DocumentOutputConfigGcsOutputConfig { fieldMask: string; gcsUri: string; shardingConfig: GoogleCloudDocumentaiV1DocumentOutputConfigGcsOutputConfigShardingConfig }
interface GoogleCloudDocumentaiV1DocumentOutputConfigGcsOutputConfigShardingConfig { pagesOverlap: number; pagesPerShard: number }
interface GoogleCloudDocumentaiV1DocumentPage { blocks: GoogleCloudDocumentaiV1DocumentPageBlock[]; detectedBarcodes: GoogleCloudDocumentaiV1DocumentPageDetectedBarcode[]; detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; dimension: GoogleCloudDocumentaiV1DocumentPageDimension; formFields: GoogleCloudDocumentaiV1DocumentPageFormField[]; image: GoogleCloudDocumentaiV1DocumentPageImage; imageQualityScores: GoogleCloudDocumentaiV1DocumentPageImageQualityScores; layout: GoogleCloudDocumentaiV1DocumentPageLayout; lines: GoogleCloudDocumentaiV1DocumentPageLine[]; pageNumber: number; paragraphs: GoogleCloudDocumentaiV1DocumentPageParagraph[]; provenance: GoogleCloudDocumentaiV1DocumentProvenance; symbols: GoogleCloudDocumentaiV1DocumentPageSymbol[]; tables: GoogleCloudDocumentaiV1DocumentPageTable[]; tokens: GoogleCloudDocumentaiV1DocumentPageToken[]; transforms: GoogleCloudDocumentaiV1DocumentPageMatrix[]; visualElements: GoogleCloudDocumentaiV1DocumentPageVisualElement[] }
interface GoogleCloudDocumentaiV1DocumentPageAnchor { pageRefs: GoogleCloudDocumentaiV1DocumentPageAnchorPageRef[] }
interface GoogleCloudDocumentaiV1DocumentPageAnchorPageRef { boundingPoly: GoogleCloudDocumentaiV1BoundingPoly; confidence: number; layoutId: string; layoutType: "LAYOUT_TYPE_UNSPECIFIED" | "BLOCK" | "PARAGRAPH" | "LINE" | "TOKEN" | "VISUAL_ELEMENT" | "TABLE" | "FORM_FIELD"; page: string | number }
interface GoogleCloudDocumentaiV1DocumentPageBlock { detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; provenance: GoogleCloudDocumentaiV1DocumentProvenance }
interface GoogleCloudDocumentaiV1DocumentPageDetectedBarcode { barcode: GoogleCloudDocumentaiV1Barcode; layout: GoogleCloudDocumentaiV1DocumentPageLayout }
interface GoogleCloudDocumentaiV1DocumentPageDetectedLanguage { confidence: number; languageCode: string }
interface GoogleCloudDocumentaiV1DocumentPageDimension { height: number; unit: string; width: number }
interface GoogleCloudDocumentaiV1DocumentPageFormField { correctedKeyText: string; correctedValueText: string; fieldName: GoogleCloudDocumentaiV1DocumentPageLayout; fieldValue: GoogleCloudDocumentaiV1DocumentPageLayout; nameDetectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; provenance: GoogleCloudDocumentaiV1DocumentProvenance; valueDetectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; valueType: string }
interface GoogleCloudDocumentaiV1DocumentPageImage { content: string; height: number; mimeType: string; width: number }
interface GoogleCloudDocumentaiV1DocumentPageImageQualityScores { detectedDefects: GoogleCloudDocumentaiV1DocumentPageImageQualityScoresDetectedDefect[]; qualityScore: number }
interface GoogleCloudDocumentaiV1DocumentPageImageQualityScoresDetectedDefect { confidence: number; type: string }
interface GoogleCloudDocumentaiV1DocumentPageLayout { boundingPoly: GoogleCloudDocumentaiV1BoundingPoly; confidence: number; orientation: "ORIENTATION_UNSPECIFIED" | "PAGE_UP" | "PAGE_RIGHT" | "PAGE_DOWN" | "PAGE_LEFT"; textAnchor: GoogleCloudDocumentaiV1DocumentTextAnchor }
interface GoogleCloudDocumentaiV1DocumentPageLine { detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; provenance: GoogleCloudDocumentaiV1DocumentProvenance }
interface GoogleCloudDocumentaiV1DocumentPageMatrix { cols: number; data: string; rows: number; type: number }
interface GoogleCloudDocumentaiV1DocumentPageParagraph { detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; provenance: GoogleCloudDocumentaiV1DocumentProvenance }
interface GoogleCloudDocumentaiV1DocumentPageSymbol { detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout }
interface GoogleCloudDocumentaiV1DocumentPageTable { bodyRows: GoogleCloudDocumentaiV1DocumentPageTableTableRow[]; detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; headerRows: GoogleCloudDocumentaiV1DocumentPageTableTableRow[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; provenance: GoogleCloudDocumentaiV1DocumentProvenance }
interface GoogleCloudDocumentaiV1DocumentPageTableTableCell { colSpan: number; detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; rowSpan: number }
interface GoogleCloudDocumentaiV1DocumentPageTableTableRow { cells: GoogleCloudDocumentaiV1DocumentPageTableTableCell[] }
interface GoogleCloudDocumentaiV1DocumentPageToken { detectedBreak: GoogleCloudDocumentaiV1DocumentPageTokenDetectedBreak; detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; provenance: GoogleCloudDocumentaiV1DocumentProvenance; styleInfo: GoogleCloudDocumentaiV1DocumentPageTokenStyleInfo }
interface GoogleCloudDocumentaiV1DocumentPageTokenDetectedBreak { type: "TYPE_UNSPECIFIED" | "SPACE" | "WIDE_SPACE" | "HYPHEN" }
interface GoogleCloudDocumentaiV1DocumentPageTokenStyleInfo { backgroundColor: GoogleTypeColor; bold: boolean; fontSize: number; fontType: string; fontWeight: number; handwritten: boolean; italic: boolean; letterSpacing: number; pixelFontSize: number; smallcaps: boolean; strikeout: boolean; subscript: boolean; superscript: boolean; textColor: GoogleTypeColor; underlined: boolean }
interface GoogleCloudDocumentaiV1DocumentPageVisualElement { detectedLanguages: GoogleCloudDocumentaiV1DocumentPageDetectedLanguage[]; layout: GoogleCloudDocumentaiV1DocumentPageLayout; type: string }
interface GoogleCloudDocumentaiV1DocumentProvenance { id: number; parents: GoogleCloudDocumentaiV1DocumentProvenanceParent[]; revision: number; type: "OPERATION_TYPE_UNSPECIFIED" | "ADD" | "REMOVE" | "UPDATE" | "REPLACE" | "EVAL_REQUESTED" | "EVAL_APPROVED" | "EVAL_SKIPPED" }
interface GoogleCloudDocumentaiV1DocumentProvenanceParent { id: number; index: number; revision: number }
interface GoogleCloudDocumentaiV1DocumentRevision { agent: string; createTime: string; humanReview: GoogleCloudDocumentaiV1DocumentRevisionHumanReview; id: string; parent: number[]; parentIds: string[]; processor: string }
interface GoogleCloudDocumentaiV1DocumentRevisionHumanReview { state: string; stateMessage: string }
interface GoogleCloudDocumentaiV1DocumentSchema { description: string; displayName: string; documentPrompt: string; entityTypes: GoogleCloudDocumentaiV1DocumentSchemaEntityType[]; metadata: GoogleCloudDocumentaiV1DocumentSchemaMetadata }
interface GoogleCloudDocumentaiV1DocumentSchemaEntityType { baseTypes: string[]; displayName: string; enumValues: GoogleCloudDocumentaiV1DocumentSchemaEntityTypeEnumValues; name: string; properties: GoogleCloudDocumentaiV1DocumentSchemaEntityTypeProperty[] }
interface GoogleCloudDocumentaiV1DocumentSchemaEntityTypeEnumValues { values: string[] }
interface GoogleCloudDocumentaiV1DocumentSchemaEntityTypeProperty { displayName: string; method: "METHOD_UNSPECIFIED" | "EXTRACT" | "DERIVE" | "RELAXED_EXTRACT"; name: string; occurrenceType: "OCCURRENCE_TYPE_UNSPECIFIED" | "OPTIONAL_ONCE" | "OPTIONAL_MULTIPLE" | "REQUIRED_ONCE" | "REQUIRED_MULTIPLE"; valueType: string }
interface GoogleCloudDocumentaiV1DocumentSchemaMetadata { documentAllowMultipleLabels: boolean; documentSplitter: boolean; prefixedNamingOnProperties: boolean; skipNamingValidation: boolean }
interface GoogleCloudDocumentaiV1DocumentShardInfo { pageOffset: number; shardCount: string | number; shardIndex: string | number; textOffset: string | number }
interface GoogleCloudDocumentaiV1DocumentStyle { backgroundColor: GoogleTypeColor; color: GoogleTypeColor; fontFamily: string; fontSize: GoogleCloudDocumentaiV1DocumentStyleFontSize; fontWeight: string; textAnchor: GoogleCloudDocumentaiV1DocumentTextAnchor; textDecoration: string; textStyle: string }
interface GoogleCloudDocumentaiV1DocumentStyleFontSize { size: number; unit: string }
interface GoogleCloudDocumentaiV1DocumentTextAnchor { content: string; textSegments: GoogleCloudDocumentaiV1DocumentTextAnchorTextSegment[] }
interface GoogleCloudDocumentaiV1DocumentTextAnchorTextSegment { endIndex: string | number; startIndex: string | number }
interface GoogleCloudDocumentaiV1DocumentTextChange { changedText: string; provenance: GoogleCloudDocumentaiV1DocumentProvenance[]; textAnchor: GoogleCloudDocumentaiV1DocumentTextAnchor }
interface GoogleCloudDocumentaiV1Documents { documents: GoogleCloudDocumentaiV1Document[] }
interface GoogleCloudDocumentaiV1EnableProcessorRequest {  }
interface GoogleCloudDocumentaiV1EvaluateProcessorVersionRequest { evaluationDocuments: GoogleCloudDocumentaiV1BatchDocumentsInputConfig }
interface GoogleCloudDocumentaiV1Evaluation { allEntitiesMetrics: GoogleCloudDocumentaiV1EvaluationMultiConfidenceMetrics; createTime: string; documentCounters: GoogleCloudDocumentaiV1EvaluationCounters; entityMetrics: { [key: string]: GoogleCloudDocumentaiV1EvaluationMultiConfidenceMetrics }; kmsKeyName: string; kmsKeyVersionName: string; name: string; revisions: GoogleCloudDocumentaiV1EvaluationEvaluationRevision[] }
interface GoogleCloudDocumentaiV1EvaluationConfidenceLevelMetrics { confidenceLevel: number; metrics: GoogleCloudDocumentaiV1EvaluationMetrics }
interface GoogleCloudDocumentaiV1EvaluationCounters { evaluatedDocumentsCount: number; failedDocumentsCount: number; inputDocumentsCount: number; invalidDocumentsCount: number }
interface GoogleCloudDocumentaiV1EvaluationEvaluationRevision { allEntitiesMetrics: GoogleCloudDocumentaiV1EvaluationMultiConfidenceMetrics; documentCounters: GoogleCloudDocumentaiV1EvaluationCounters; entityMetrics: { [key: string]: GoogleCloudDocumentaiV1EvaluationMultiConfidenceMetrics }; revisionId: string }
interface GoogleCloudDocumentaiV1EvaluationMetrics { f1Score: number; falseNegativesCount: number; falsePositivesCount: number; groundTruthDocumentCount: number; groundTruthOccurrencesCount: number; precision: number; predictedDocumentCount: number; predictedOccurrencesCount: number; recall: number; totalDocumentsCount: number; truePositivesCount: number }
interface GoogleCloudDocumentaiV1EvaluationMultiConfidenceMetrics { auprc: number; auprcExact: number; confidenceLevelMetrics: GoogleCloudDocumentaiV1EvaluationConfidenceLevelMetrics[]; confidenceLevelMetricsExact: GoogleCloudDocumentaiV1EvaluationConfidenceLevelMetrics[]; estimatedCalibrationError: number; estimatedCalibrationErrorExact: number; metricsType: "METRICS_TYPE_UNSPECIFIED" | "AGGREGATE" }
interface GoogleCloudDocumentaiV1EvaluationReference { aggregateMetrics: GoogleCloudDocumentaiV1EvaluationMetrics; aggregateMetricsExact: GoogleCloudDocumentaiV1EvaluationMetrics; evaluation: string; operation: string }
interface GoogleCloudDocumentaiV1FetchProcessorTypesResponse { processorTypes: GoogleCloudDocumentaiV1ProcessorType[] }
interface GoogleCloudDocumentaiV1GcsDocument { gcsUri: string; mimeType: string }
interface GoogleCloudDocumentaiV1GcsDocuments { documents: GoogleCloudDocumentaiV1GcsDocument[] }
interface GoogleCloudDocumentaiV1GcsPrefix { gcsUriPrefix: string }
interface GoogleCloudDocumentaiV1GenerateSchemaVersionRequest { baseSchemaVersion: string; gcsDocuments: GoogleCloudDocumentaiV1GcsDocuments; gcsPrefix: GoogleCloudDocumentaiV1GcsPrefix; generateSchemaVersionParams: GoogleCloudDocumentaiV1GenerateSchemaVersionRequestGenerateSchemaVersionParams; inlineDocuments: GoogleCloudDocumentaiV1Documents; rawDocuments: GoogleCloudDocumentaiV1RawDocuments }
interface GoogleCloudDocumentaiV1GenerateSchemaVersionRequestGenerateSchemaVersionParams { history: GoogleCloudDocumentaiV1SchemaGenerationHistory; prompt: string }
interface GoogleCloudDocumentaiV1GenerateSchemaVersionResponse { schemaVersion: GoogleCloudDocumentaiV1SchemaVersion }
interface GoogleCloudDocumentaiV1HumanReviewStatus { humanReviewOperation: string; state: "STATE_UNSPECIFIED" | "SKIPPED" | "VALIDATION_PASSED" | "IN_PROGRESS" | "ERROR"; stateMessage: string }
interface GoogleCloudDocumentaiV1ListEvaluationsResponse { evaluations: GoogleCloudDocumentaiV1Evaluation[]; nextPageToken: string }
interface GoogleCloudDocumentaiV1ListProcessorTypesResponse { nextPageToken: string; processorTypes: GoogleCloudDocumentaiV1ProcessorType[] }
interface GoogleCloudDocumentaiV1ListProcessorVersionsResponse { nextPageToken: string; processorVersions: GoogleCloudDocumentaiV1ProcessorVersion[] }
interface GoogleCloudDocumentaiV1ListProcessorsResponse { nextPageToken: string; processors: GoogleCloudDocumentaiV1Processor[] }
interface GoogleCloudDocumentaiV1ListSchemaVersionsResponse { nextPageToken: string; schemaVersions: GoogleCloudDocumentaiV1SchemaVersion[] }
interface GoogleCloudDocumentaiV1ListSchemasResponse { nextPageToken: string; schemas: GoogleCloudDocumentaiV1NextSchema[] }
interface GoogleCloudDocumentaiV1NextSchema { createTime: string; displayName: string; labels: { [key: string]: string }; name: string; updateTime: string }
interface GoogleCloudDocumentaiV1NormalizedVertex { x: number; y: number }
interface GoogleCloudDocumentaiV1OcrConfig { advancedOcrOptions: string[]; computeStyleInfo: boolean; disableCharacterBoxesDetection: boolean; enableImageQualityScores: boolean; enableNativePdfParsing: boolean; enableSymbol: boolean; hints: GoogleCloudDocumentaiV1OcrConfigHints; premiumFeatures: GoogleCloudDocumentaiV1OcrConfigPremiumFeatures }
interface GoogleCloudDocumentaiV1OcrConfigHints { languageHints: string[] }
interface GoogleCloudDocumentaiV1OcrConfigPremiumFeatures { computeStyleInfo: boolean; enableMathOcr: boolean; enableSelectionMarkDetection: boolean }
interface GoogleCloudDocumentaiV1ProcessOptions { fromEnd: number; fromStart: number; individualPageSelector: GoogleCloudDocumentaiV1ProcessOptionsIndividualPageSelector; layoutConfig: GoogleCloudDocumentaiV1ProcessOptionsLayoutConfig; ocrConfig: GoogleCloudDocumentaiV1OcrConfig; schemaOverride: GoogleCloudDocumentaiV1DocumentSchema }
interface GoogleCloudDocumentaiV1ProcessOptionsIndividualPageSelector { pages: number[] }
interface GoogleCloudDocumentaiV1ProcessOptionsLayoutConfig { chunkingConfig: GoogleCloudDocumentaiV1ProcessOptionsLayoutConfigChunkingConfig; enableImageAnnotation: boolean; enableTableAnnotation: boolean; returnBoundingBoxes: boolean; returnImages: boolean }
interface GoogleCloudDocumentaiV1ProcessOptionsLayoutConfigChunkingConfig { chunkSize: number; includeAncestorHeadings: boolean }
interface GoogleCloudDocumentaiV1ProcessRequest { fieldMask: string; gcsDocument: GoogleCloudDocumentaiV1GcsDocument; imagelessMode: boolean; inlineDocument: GoogleCloudDocumentaiV1Document; labels: { [key: string]: string }; processOptions: GoogleCloudDocumentaiV1ProcessOptions; rawDocument: GoogleCloudDocumentaiV1RawDocument; skipHumanReview: boolean }
interface GoogleCloudDocumentaiV1ProcessResponse { document: GoogleCloudDocumentaiV1Document; humanReviewStatus: GoogleCloudDocumentaiV1HumanReviewStatus }
interface GoogleCloudDocumentaiV1Processor { activeSchemaVersion: string; createTime: string; defaultProcessorVersion: string; displayName: string; kmsKeyName: string; name: string; processEndpoint: string; processorVersionAliases: GoogleCloudDocumentaiV1ProcessorVersionAlias[]; satisfiesPzi: boolean; satisfiesPzs: boolean; state: "STATE_UNSPECIFIED" | "ENABLED" | "DISABLED" | "ENABLING" | "DISABLING" | "CREATING" | "FAILED" | "DELETING"; type: string }
interface GoogleCloudDocumentaiV1ProcessorType { allowCreation: boolean; availableLocations: GoogleCloudDocumentaiV1ProcessorTypeLocationInfo[]; category: string; launchStage: "LAUNCH_STAGE_UNSPECIFIED" | "UNIMPLEMENTED" | "PRELAUNCH" | "EARLY_ACCESS" | "ALPHA" | "BETA" | "GA" | "DEPRECATED"; name: string; sampleDocumentUris: string[]; type: string }
interface GoogleCloudDocumentaiV1ProcessorTypeLocationInfo { locationId: string }
interface GoogleCloudDocumentaiV1ProcessorVersion { createTime: string; deprecationInfo: GoogleCloudDocumentaiV1ProcessorVersionDeprecationInfo; displayName: string; documentSchema: GoogleCloudDocumentaiV1DocumentSchema; genAiModelInfo: GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfo; googleManaged: boolean; kmsKeyName: string; kmsKeyVersionName: string; latestEvaluation: GoogleCloudDocumentaiV1EvaluationReference; modelType: "MODEL_TYPE_UNSPECIFIED" | "MODEL_TYPE_GENERATIVE" | "MODEL_TYPE_CUSTOM"; name: string; satisfiesPzi: boolean; satisfiesPzs: boolean; state: "STATE_UNSPECIFIED" | "DEPLOYED" | "DEPLOYING" | "UNDEPLOYED" | "UNDEPLOYING" | "CREATING" | "DELETING" | "FAILED" | "IMPORTING" }
interface GoogleCloudDocumentaiV1ProcessorVersionAlias { alias: string; processorVersion: string }
interface GoogleCloudDocumentaiV1ProcessorVersionDeprecationInfo { deprecationTime: string; replacementProcessorVersion: string }
interface GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfo { customGenAiModelInfo: GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfoCustomGenAiModelInfo; foundationGenAiModelInfo: GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfoFoundationGenAiModelInfo }
interface GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfoCustomGenAiModelInfo { baseProcessorVersionId: string; customModelType: "CUSTOM_MODEL_TYPE_UNSPECIFIED" | "VERSIONED_FOUNDATION" | "FINE_TUNED" }
interface GoogleCloudDocumentaiV1ProcessorVersionGenAiModelInfoFoundationGenAiModelInfo { finetuningAllowed: boolean; minTrainLabeledDocuments: number }
interface GoogleCloudDocumentaiV1RawDocument { content: string; displayName: string; mimeType: string }
interface GoogleCloudDocumentaiV1RawDocuments { documents: GoogleCloudDocumentaiV1RawDocument[] }
interface GoogleCloudDocumentaiV1ReviewDocumentRequest { documentSchema: GoogleCloudDocumentaiV1DocumentSchema; enableSchemaValidation: boolean; inlineDocument: GoogleCloudDocumentaiV1Document; priority: "DEFAULT" | "URGENT" }
interface GoogleCloudDocumentaiV1SchemaGenerationHistory { iterations: GoogleCloudDocumentaiV1SchemaGenerationIteration[] }
interface GoogleCloudDocumentaiV1SchemaGenerationIteration { adjustedSchema: GoogleCloudDocumentaiV1SchemaVersion; generatedSchema: GoogleCloudDocumentaiV1SchemaVersion; prompt: string }
interface GoogleCloudDocumentaiV1SchemaVersion { createTime: string; displayName: string; labels: { [key: string]: string }; name: string; schema: GoogleCloudDocumentaiV1DocumentSchema }
interface GoogleCloudDocumentaiV1SetDefaultProcessorVersionRequest { defaultProcessorVersion: string }
interface GoogleCloudDocumentaiV1TrainProcessorVersionRequest { baseProcessorVersion: string; customDocumentExtractionOptions: GoogleCloudDocumentaiV1TrainProcessorVersionRequestCustomDocumentExtractionOptions; documentSchema: GoogleCloudDocumentaiV1DocumentSchema; foundationModelTuningOptions: GoogleCloudDocumentaiV1TrainProcessorVersionRequestFoundationModelTuningOptions; inputData: GoogleCloudDocumentaiV1TrainProcessorVersionRequestInputData; processorVersion: GoogleCloudDocumentaiV1ProcessorVersion }
interface GoogleCloudDocumentaiV1TrainProcessorVersionRequestCustomDocumentExtractionOptions { trainingMethod: "TRAINING_METHOD_UNSPECIFIED" | "MODEL_BASED" | "TEMPLATE_BASED" }
interface GoogleCloudDocumentaiV1TrainProcessorVersionRequestFoundationModelTuningOptions { learningRateMultiplier: number; previousFineTunedProcessorVersionName: string; trainSteps: number }
interface GoogleCloudDocumentaiV1TrainProcessorVersionRequestInputData { testDocuments: GoogleCloudDocumentaiV1BatchDocumentsInputConfig; trainingDocuments: GoogleCloudDocumentaiV1BatchDocumentsInputConfig }
interface GoogleCloudDocumentaiV1UndeployProcessorVersionRequest {  }
interface GoogleCloudDocumentaiV1Vertex { x: number; y: number }
interface GoogleCloudLocationListLocationsResponse { locations: GoogleCloudLocationLocation[]; nextPageToken: string }
interface GoogleCloudLocationLocation { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface GoogleLongrunningListOperationsResponse { nextPageToken: string; operations: GoogleLongrunningOperation[]; unreachable: string[] }
interface GoogleLongrunningOperation { done: boolean; error: GoogleRpcStatus; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface GoogleProtobufEmpty {  }
interface GoogleRpcStatus { code: number; details: { [key: string]: unknown }[]; message: string }
interface GoogleTypeColor { alpha: number; blue: number; green: number; red: number }
interface GoogleTypeDate { day: number; month: number; year: number }
interface GoogleTypeDateTime { day: number; hours: number; minutes: number; month: number; nanos: number; seconds: number; timeZone: GoogleTypeTimeZone; utcOffset: string; year: number }
interface GoogleTypeMoney { currencyCode: string; nanos: number; units: string | number }
interface GoogleTypePostalAddress { addressLines: string[]; administrativeArea: string; languageCode: string; locality: string; organization: string; postalCode: string; recipients: string[]; regionCode: string; revision: number; sortingCode: string; sublocality: string }
interface GoogleTypeTimeZone { id: string; version: string }
