// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of aiplatform.v1. */
export interface $Methods {
    "googleapis.aiplatform.v1.projects.locations.batchPredictionJobs.cancel": $Method<"name", object, GoogleCloudAiplatformV1CancelBatchPredictionJobRequest, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.batchPredictionJobs.create": $Method<"parent", object, GoogleCloudAiplatformV1BatchPredictionJob, GoogleCloudAiplatformV1BatchPredictionJob>;
    "googleapis.aiplatform.v1.projects.locations.batchPredictionJobs.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.batchPredictionJobs.get": $Method<"name", object, never, GoogleCloudAiplatformV1BatchPredictionJob>;
    "googleapis.aiplatform.v1.projects.locations.batchPredictionJobs.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListBatchPredictionJobsResponse>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.cancel": $Method<"name", object, GoogleCloudAiplatformV1CancelCustomJobRequest, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.create": $Method<"parent", object, GoogleCloudAiplatformV1CustomJob, GoogleCloudAiplatformV1CustomJob>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.get": $Method<"name", object, never, GoogleCloudAiplatformV1CustomJob>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListCustomJobsResponse>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.operations.cancel": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.operations.delete": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.customJobs.operations.wait": $Method<"name", { timeout: string }, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.chat.completions": $Method<"endpoint", object, GoogleApiHttpBody, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.computeTokens": $Method<"endpoint", object, GoogleCloudAiplatformV1ComputeTokensRequest, GoogleCloudAiplatformV1ComputeTokensResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.countTokens": $Method<"endpoint", object, GoogleCloudAiplatformV1CountTokensRequest, GoogleCloudAiplatformV1CountTokensResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.create": $Method<"parent", { endpointId: string }, GoogleCloudAiplatformV1Endpoint, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.deployModel": $Method<"endpoint", object, GoogleCloudAiplatformV1DeployModelRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.deployedModels.invoke.invoke": $Method<"endpoint" | "deployedModelId" | "invokeId", object, GoogleCloudAiplatformV1InvokeRequest, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.directPredict": $Method<"endpoint", object, GoogleCloudAiplatformV1DirectPredictRequest, GoogleCloudAiplatformV1DirectPredictResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.directRawPredict": $Method<"endpoint", object, GoogleCloudAiplatformV1DirectRawPredictRequest, GoogleCloudAiplatformV1DirectRawPredictResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.explain": $Method<"endpoint", object, GoogleCloudAiplatformV1ExplainRequest, GoogleCloudAiplatformV1ExplainResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.fetchPredictOperation": $Method<"endpoint", object, GoogleCloudAiplatformV1FetchPredictOperationRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.generateContent": $Method<"model", object, GoogleCloudAiplatformV1GenerateContentRequest, GoogleCloudAiplatformV1GenerateContentResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.get": $Method<"name", object, never, GoogleCloudAiplatformV1Endpoint>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.google.science.inference": $Method<"endpoint", { deployedModelId: string }, GoogleApiHttpBody, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.invoke.invoke": $Method<"endpoint" | "invokeId", object, GoogleCloudAiplatformV1InvokeRequest, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.list": $Method<"parent", { filter: string; gdcZone: string; orderBy: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListEndpointsResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.mutateDeployedModel": $Method<"endpoint", object, GoogleCloudAiplatformV1MutateDeployedModelRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.openapi.completions": $Method<"endpoint", { deployedModelId: string }, GoogleApiHttpBody, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.openapi.embeddings": $Method<"endpoint", { deployedModelId: string }, GoogleApiHttpBody, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.openapi.responses": $Method<"endpoint", { deployedModelId: string }, GoogleApiHttpBody, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.operations.cancel": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.operations.delete": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.operations.wait": $Method<"name", { timeout: string }, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.patch": $Method<"name", { updateMask: string }, GoogleCloudAiplatformV1Endpoint, GoogleCloudAiplatformV1Endpoint>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.predict": $Method<"endpoint", object, GoogleCloudAiplatformV1PredictRequest, GoogleCloudAiplatformV1PredictResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.predictLongRunning": $Method<"endpoint", object, GoogleCloudAiplatformV1PredictLongRunningRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.rawPredict": $Method<"endpoint", object, GoogleCloudAiplatformV1RawPredictRequest, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.responses.delete": $Method<"name", object, never, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.responses.get": $Method<"name", object, never, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.serverStreamingPredict": $Method<"endpoint", object, GoogleCloudAiplatformV1StreamingPredictRequest, GoogleCloudAiplatformV1StreamingPredictResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.streamGenerateContent": $Method<"model", object, GoogleCloudAiplatformV1GenerateContentRequest, GoogleCloudAiplatformV1GenerateContentResponse>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.streamRawPredict": $Method<"endpoint", object, GoogleCloudAiplatformV1StreamRawPredictRequest, GoogleApiHttpBody>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.undeployModel": $Method<"endpoint", object, GoogleCloudAiplatformV1UndeployModelRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.endpoints.update": $Method<"name", object, GoogleCloudAiplatformV1UpdateEndpointLongRunningRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.copy": $Method<"parent", object, GoogleCloudAiplatformV1CopyModelRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.delete": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.deleteVersion": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.get": $Method<"name", object, never, GoogleCloudAiplatformV1ModelEvaluation>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.import": $Method<"parent", object, GoogleCloudAiplatformV1ImportModelEvaluationRequest, GoogleCloudAiplatformV1ModelEvaluation>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListModelEvaluationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.operations.cancel": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.operations.delete": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.operations.wait": $Method<"name", { timeout: string }, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.slices.batchImport": $Method<"parent", object, GoogleCloudAiplatformV1BatchImportEvaluatedAnnotationsRequest, GoogleCloudAiplatformV1BatchImportEvaluatedAnnotationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.slices.get": $Method<"name", object, never, GoogleCloudAiplatformV1ModelEvaluationSlice>;
    "googleapis.aiplatform.v1.projects.locations.models.evaluations.slices.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListModelEvaluationSlicesResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.export": $Method<"name", object, GoogleCloudAiplatformV1ExportModelRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.get": $Method<"name", object, never, GoogleCloudAiplatformV1Model>;
    "googleapis.aiplatform.v1.projects.locations.models.getIamPolicy": $Method<"resource", { options: unknown }, never, GoogleIamV1Policy>;
    "googleapis.aiplatform.v1.projects.locations.models.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListModelsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.listCheckpoints": $Method<"name", { pageSize: number; pageToken: string }, never, GoogleCloudAiplatformV1ListModelVersionCheckpointsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.listVersions": $Method<"name", { filter: string; orderBy: string; pageSize: number; pageToken: string; readMask: string }, never, GoogleCloudAiplatformV1ListModelVersionsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.mergeVersionAliases": $Method<"name", object, GoogleCloudAiplatformV1MergeVersionAliasesRequest, GoogleCloudAiplatformV1Model>;
    "googleapis.aiplatform.v1.projects.locations.models.operations.cancel": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.models.operations.delete": $Method<"name", object, never, GoogleProtobufEmpty>;
    "googleapis.aiplatform.v1.projects.locations.models.operations.get": $Method<"name", object, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, GoogleLongrunningListOperationsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.operations.wait": $Method<"name", { timeout: string }, never, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.patch": $Method<"name", { updateMask: string }, GoogleCloudAiplatformV1Model, GoogleCloudAiplatformV1Model>;
    "googleapis.aiplatform.v1.projects.locations.models.setIamPolicy": $Method<"resource", object, GoogleIamV1SetIamPolicyRequest, GoogleIamV1Policy>;
    "googleapis.aiplatform.v1.projects.locations.models.testIamPermissions": $Method<"resource", { permissions: string | string[] }, never, GoogleIamV1TestIamPermissionsResponse>;
    "googleapis.aiplatform.v1.projects.locations.models.updateExplanationDataset": $Method<"model", object, GoogleCloudAiplatformV1UpdateExplanationDatasetRequest, GoogleLongrunningOperation>;
    "googleapis.aiplatform.v1.projects.locations.models.upload": $Method<"parent", object, GoogleCloudAiplatformV1UploadModelRequest, GoogleLongrunningOperation>;
}

interface GoogleApiHttpBody { contentType: string; data: string; extensions: { [key: string]: unknown }[] }
interface GoogleCloudAiplatformV1ApiAuth { apiKeyConfig: GoogleCloudAiplatformV1ApiAuthApiKeyConfig }
interface GoogleCloudAiplatformV1ApiAuthApiKeyConfig { apiKeySecretVersion: string; apiKeyString: string }
interface GoogleCloudAiplatformV1Attribution { approximationError: number; baselineOutputValue: number; featureAttributions: unknown; instanceOutputValue: number; outputDisplayName: string; outputIndex: number[]; outputName: string }
interface GoogleCloudAiplatformV1AudioResponseFormat { bitRate: number; delivery: "DELIVERY_UNSPECIFIED" | "INLINE" | "URI"; mimeType: "MIME_TYPE_UNSPECIFIED" | "AUDIO_MP3" | "AUDIO_OGG_OPUS" | "AUDIO_L16" | "AUDIO_WAV" | "AUDIO_ALAW" | "AUDIO_MULAW"; sampleRate: number }
interface GoogleCloudAiplatformV1AudioTranscription { speakerLabel: string; text: string; words: GoogleCloudAiplatformV1AudioTranscriptionWordInfo[] }
interface GoogleCloudAiplatformV1AudioTranscriptionConfig { adaptationPhrases: string[]; customVocabulary: string[]; diarization: boolean; languageAuto: GoogleCloudAiplatformV1AudioTranscriptionConfigLanguageAuto; languageCodes: string[]; languageHints: GoogleCloudAiplatformV1AudioTranscriptionConfigLanguageHints; mode: "MODE_UNSPECIFIED" | "VERBATIM" | "SMART"; sourceText: string; wordTimestamp: boolean }
interface GoogleCloudAiplatformV1AudioTranscriptionConfigLanguageAuto {  }
interface GoogleCloudAiplatformV1AudioTranscriptionConfigLanguageHints { languageCodes: string[] }
interface GoogleCloudAiplatformV1AudioTranscriptionWordInfo { endOffset: string; startOffset: string; word: string }
interface GoogleCloudAiplatformV1AuthConfig { apiKeyConfig: GoogleCloudAiplatformV1AuthConfigApiKeyConfig; authType: "AUTH_TYPE_UNSPECIFIED" | "NO_AUTH" | "API_KEY_AUTH" | "HTTP_BASIC_AUTH" | "GOOGLE_SERVICE_ACCOUNT_AUTH" | "OAUTH" | "OIDC_AUTH"; googleServiceAccountConfig: GoogleCloudAiplatformV1AuthConfigGoogleServiceAccountConfig; httpBasicAuthConfig: GoogleCloudAiplatformV1AuthConfigHttpBasicAuthConfig; oauthConfig: GoogleCloudAiplatformV1AuthConfigOauthConfig; oidcConfig: GoogleCloudAiplatformV1AuthConfigOidcConfig }
interface GoogleCloudAiplatformV1AuthConfigApiKeyConfig { apiKeySecret: string; apiKeyString: string; httpElementLocation: "HTTP_IN_UNSPECIFIED" | "HTTP_IN_QUERY" | "HTTP_IN_HEADER" | "HTTP_IN_PATH" | "HTTP_IN_BODY" | "HTTP_IN_COOKIE"; name: string }
interface GoogleCloudAiplatformV1AuthConfigGoogleServiceAccountConfig { serviceAccount: string }
interface GoogleCloudAiplatformV1AuthConfigHttpBasicAuthConfig { credentialSecret: string }
interface GoogleCloudAiplatformV1AuthConfigOauthConfig { accessToken: string; serviceAccount: string }
interface GoogleCloudAiplatformV1AuthConfigOidcConfig { idToken: string; serviceAccount: string }
interface GoogleCloudAiplatformV1AutomaticResources { maxReplicaCount: number; minReplicaCount: number }
interface GoogleCloudAiplatformV1AutoscalingMetricSpec { metricName: string; target: number }
interface GoogleCloudAiplatformV1BatchDedicatedResources { machineSpec: GoogleCloudAiplatformV1MachineSpec; maxReplicaCount: number; startingReplicaCount: number }
interface GoogleCloudAiplatformV1BatchImportEvaluatedAnnotationsRequest { evaluatedAnnotations: GoogleCloudAiplatformV1EvaluatedAnnotation[] }
interface GoogleCloudAiplatformV1BatchImportEvaluatedAnnotationsResponse { importedEvaluatedAnnotationsCount: number }
interface GoogleCloudAiplatformV1BatchPredictionJob { completionStats: GoogleCloudAiplatformV1CompletionStats; createTime: string; dedicatedResources: GoogleCloudAiplatformV1BatchDedicatedResources; disableContainerLogging: boolean; displayName: string; encryptionSpec: GoogleCloudAiplatformV1EncryptionSpec; endTime: string; error: GoogleRpcStatus; explanationSpec: GoogleCloudAiplatformV1ExplanationSpec; generateExplanation: boolean; inputConfig: GoogleCloudAiplatformV1BatchPredictionJobInputConfig; instanceConfig: GoogleCloudAiplatformV1BatchPredictionJobInstanceConfig; labels: { [key: string]: string }; manualBatchTuningParameters: GoogleCloudAiplatformV1ManualBatchTuningParameters; model: string; modelParameters: unknown; modelVersionId: string; name: string; outputConfig: GoogleCloudAiplatformV1BatchPredictionJobOutputConfig; outputInfo: GoogleCloudAiplatformV1BatchPredictionJobOutputInfo; partialFailures: GoogleRpcStatus[]; resourcesConsumed: GoogleCloudAiplatformV1ResourcesConsumed; satisfiesPzi: boolean; satisfiesPzs: boolean; serviceAccount: string; startTime: string; state: "JOB_STATE_UNSPECIFIED" | "JOB_STATE_QUEUED" | "JOB_STATE_PENDING" | "JOB_STATE_RUNNING" | "JOB_STATE_SUCCEEDED" | "JOB_STATE_FAILED" | "JOB_STATE_CANCELLING" | "JOB_STATE_CANCELLED" | "JOB_STATE_PAUSED" | "JOB_STATE_EXPIRED" | "JOB_STATE_UPDATING" | "JOB_STATE_PARTIALLY_SUCCEEDED"; unmanagedContainerModel: GoogleCloudAiplatformV1UnmanagedContainerModel; updateTime: string }
interface GoogleCloudAiplatformV1BatchPredictionJobInputConfig { bigquerySource: GoogleCloudAiplatformV1BigQuerySource; gcsSource: GoogleCloudAiplatformV1GcsSource; instancesFormat: string; vertexMultimodalDatasetSource: GoogleCloudAiplatformV1VertexMultimodalDatasetSource }
interface GoogleCloudAiplatformV1BatchPredictionJobInstanceConfig { excludedFields: string[]; includedFields: string[]; instanceType: string; keyField: string }
interface GoogleCloudAiplatformV1BatchPredictionJobOutputConfig { bigqueryDestination: GoogleCloudAiplatformV1BigQueryDestination; gcsDestination: GoogleCloudAiplatformV1GcsDestination; predictionsFormat: string; vertexMultimodalDatasetDestination: GoogleCloudAiplatformV1VertexMultimodalDatasetDestination }
interface GoogleCloudAiplatformV1BatchPredictionJobOutputInfo { bigqueryOutputDataset: string; bigqueryOutputTable: string; gcsOutputDirectory: string; vertexMultimodalDatasetName: string }
interface GoogleCloudAiplatformV1BigQueryDestination { outputUri: string }
interface GoogleCloudAiplatformV1BigQuerySource { inputUri: string }
interface GoogleCloudAiplatformV1Blob { data: string; displayName: string; mimeType: string }
interface GoogleCloudAiplatformV1BlurBaselineConfig { maxBlurSigma: number }
interface GoogleCloudAiplatformV1CancelBatchPredictionJobRequest {  }
interface GoogleCloudAiplatformV1CancelCustomJobRequest {  }
interface GoogleCloudAiplatformV1Candidate { avgLogprobs: number; citationMetadata: GoogleCloudAiplatformV1CitationMetadata; content: GoogleCloudAiplatformV1Content; continuationToken: string; finishMessage: string; finishReason: "FINISH_REASON_UNSPECIFIED" | "STOP" | "MAX_TOKENS" | "SAFETY" | "RECITATION" | "OTHER" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "MALFORMED_FUNCTION_CALL" | "MODEL_ARMOR" | "IMAGE_SAFETY" | "IMAGE_PROHIBITED_CONTENT" | "IMAGE_RECITATION" | "IMAGE_OTHER" | "UNEXPECTED_TOOL_CALL" | "NO_IMAGE" | "MALFORMED_RESPONSE" | "CONTINUATION" | "TOO_MANY_TOOL_CALLS"; groundingMetadata: GoogleCloudAiplatformV1GroundingMetadata; index: number; logprobsResult: GoogleCloudAiplatformV1LogprobsResult; safetyRatings: GoogleCloudAiplatformV1SafetyRating[]; urlContextMetadata: GoogleCloudAiplatformV1UrlContextMetadata }
interface GoogleCloudAiplatformV1Checkpoint { checkpointId: string; epoch: string | number; step: string | number }
interface GoogleCloudAiplatformV1Citation { endIndex: number; license: string; publicationDate: GoogleTypeDate; startIndex: number; title: string; uri: string }
interface GoogleCloudAiplatformV1CitationMetadata { citations: GoogleCloudAiplatformV1Citation[] }
interface GoogleCloudAiplatformV1ClientConnectionConfig { inferenceTimeout: string }
interface GoogleCloudAiplatformV1CodeExecutionResult { id: string; outcome: "OUTCOME_UNSPECIFIED" | "OUTCOME_OK" | "OUTCOME_FAILED" | "OUTCOME_DEADLINE_EXCEEDED"; output: string }
interface GoogleCloudAiplatformV1CompletionStats { failedCount: string | number; incompleteCount: string | number; successfulCount: string | number; successfulForecastPointCount: string | number }
interface GoogleCloudAiplatformV1ComputeTokensRequest { contents: GoogleCloudAiplatformV1Content[]; instances: unknown[]; model: string }
interface GoogleCloudAiplatformV1ComputeTokensResponse { tokensInfo: GoogleCloudAiplatformV1TokensInfo[] }
interface GoogleCloudAiplatformV1ContainerRegistryDestination { outputUri: string }
interface GoogleCloudAiplatformV1ContainerSpec { args: string[]; command: string[]; env: GoogleCloudAiplatformV1EnvVar[]; imageUri: string }
interface GoogleCloudAiplatformV1Content { parts: GoogleCloudAiplatformV1Part[]; role: string }
interface GoogleCloudAiplatformV1CopyModelRequest { customServiceAccount: string; encryptionSpec: GoogleCloudAiplatformV1EncryptionSpec; modelId: string; parentModel: string; sourceModel: string }
interface GoogleCloudAiplatformV1CountTokensRequest { contents: GoogleCloudAiplatformV1Content[]; generationConfig: GoogleCloudAiplatformV1GenerationConfig; instances: unknown[]; model: string; systemInstruction: GoogleCloudAiplatformV1Content; tools: GoogleCloudAiplatformV1Tool[] }
interface GoogleCloudAiplatformV1CountTokensResponse { promptTokensDetails: GoogleCloudAiplatformV1ModalityTokenCount[]; totalBillableCharacters: number; totalTokens: number }
interface GoogleCloudAiplatformV1CustomJob { createTime: string; displayName: string; encryptionSpec: GoogleCloudAiplatformV1EncryptionSpec; endTime: string; error: GoogleRpcStatus; jobSpec: GoogleCloudAiplatformV1CustomJobSpec; labels: { [key: string]: string }; name: string; satisfiesPzi: boolean; satisfiesPzs: boolean; startTime: string; state: "JOB_STATE_UNSPECIFIED" | "JOB_STATE_QUEUED" | "JOB_STATE_PENDING" | "JOB_STATE_RUNNING" | "JOB_STATE_SUCCEEDED" | "JOB_STATE_FAILED" | "JOB_STATE_CANCELLING" | "JOB_STATE_CANCELLED" | "JOB_STATE_PAUSED" | "JOB_STATE_EXPIRED" | "JOB_STATE_UPDATING" | "JOB_STATE_PARTIALLY_SUCCEEDED"; updateTime: string; webAccessUris: { [key: string]: string } }
interface GoogleCloudAiplatformV1CustomJobSpec { baseOutputDirectory: GoogleCloudAiplatformV1GcsDestination; enableDashboardAccess: boolean; enableWebAccess: boolean; experiment: string; experimentRun: string; models: string[]; network: string; persistentResourceId: string; protectedArtifactLocationId: string; pscInterfaceConfig: GoogleCloudAiplatformV1PscInterfaceConfig; reservedIpRanges: string[]; scheduling: GoogleCloudAiplatformV1Scheduling; serviceAccount: string; tensorboard: string; workerPoolSpecs: GoogleCloudAiplatformV1WorkerPoolSpec[] }
interface GoogleCloudAiplatformV1DedicatedResources { autoscalingMetricSpecs: GoogleCloudAiplatformV1AutoscalingMetricSpec[]; machineSpec: GoogleCloudAiplatformV1MachineSpec; maxReplicaCount: number; minReplicaCount: number; requiredReplicaCount: number; spot: boolean }
interface GoogleCloudAiplatformV1DeployModelRequest { deployedModel: GoogleCloudAiplatformV1DeployedModel; trafficSplit: { [key: string]: number } }
interface GoogleCloudAiplatformV1DeployedModel { automaticResources: GoogleCloudAiplatformV1AutomaticResources; checkpointId: string; createTime: string; dedicatedResources: GoogleCloudAiplatformV1DedicatedResources; disableContainerLogging: boolean; disableExplanations: boolean; displayName: string; enableAccessLogging: boolean; explanationSpec: GoogleCloudAiplatformV1ExplanationSpec; fasterDeploymentConfig: GoogleCloudAiplatformV1FasterDeploymentConfig; gdcConnectedModel: string; id: string; model: string; modelVersionId: string; privateEndpoints: GoogleCloudAiplatformV1PrivateEndpoints; serviceAccount: string; sharedResources: string; speculativeDecodingSpec: GoogleCloudAiplatformV1SpeculativeDecodingSpec; status: GoogleCloudAiplatformV1DeployedModelStatus; systemLabels: { [key: string]: string } }
interface GoogleCloudAiplatformV1DeployedModelRef { checkpointId: string; deployedModelId: string; endpoint: string }
interface GoogleCloudAiplatformV1DeployedModelStatus { availableReplicaCount: number; lastUpdateTime: string; message: string }
interface GoogleCloudAiplatformV1DirectPredictRequest { inputs: GoogleCloudAiplatformV1Tensor[]; parameters: GoogleCloudAiplatformV1Tensor }
interface GoogleCloudAiplatformV1DirectPredictResponse { outputs: GoogleCloudAiplatformV1Tensor[]; parameters: GoogleCloudAiplatformV1Tensor }
interface GoogleCloudAiplatformV1DirectRawPredictRequest { input: string; methodName: string }
interface GoogleCloudAiplatformV1DirectRawPredictResponse { output: string }
interface GoogleCloudAiplatformV1DiskSpec { bootDiskSizeGb: number; bootDiskType: string }
interface GoogleCloudAiplatformV1DnsPeeringConfig { domain: string; targetNetwork: string; targetProject: string }
interface GoogleCloudAiplatformV1DynamicRetrievalConfig { dynamicThreshold: number; mode: "MODE_UNSPECIFIED" | "MODE_DYNAMIC" }
interface GoogleCloudAiplatformV1EncryptionSpec { kmsKeyName: string }
interface GoogleCloudAiplatformV1Endpoint { clientConnectionConfig: GoogleCloudAiplatformV1ClientConnectionConfig; createTime: string; dedicatedEndpointDns: string; dedicatedEndpointEnabled: boolean; deployedModels: GoogleCloudAiplatformV1DeployedModel[]; description: string; displayName: string; enablePrivateServiceConnect: boolean; encryptionSpec: GoogleCloudAiplatformV1EncryptionSpec; etag: string; gdcConfig: GoogleCloudAiplatformV1GdcConfig; genAiAdvancedFeaturesConfig: GoogleCloudAiplatformV1GenAiAdvancedFeaturesConfig; labels: { [key: string]: string }; modelDeploymentMonitoringJob: string; name: string; network: string; predictRequestResponseLoggingConfig: GoogleCloudAiplatformV1PredictRequestResponseLoggingConfig; privateServiceConnectConfig: GoogleCloudAiplatformV1PrivateServiceConnectConfig; satisfiesPzi: boolean; satisfiesPzs: boolean; trafficSplit: { [key: string]: number }; updateTime: string }
interface GoogleCloudAiplatformV1EnterpriseWebSearch { blockingConfidence: "PHISH_BLOCK_THRESHOLD_UNSPECIFIED" | "BLOCK_LOW_AND_ABOVE" | "BLOCK_MEDIUM_AND_ABOVE" | "BLOCK_HIGH_AND_ABOVE" | "BLOCK_HIGHER_AND_ABOVE" | "BLOCK_VERY_HIGH_AND_ABOVE" | "BLOCK_ONLY_EXTREMELY_HIGH"; excludeDomains: string[] }
interface GoogleCloudAiplatformV1EnvVar { name: string; value: string }
interface GoogleCloudAiplatformV1ErrorAnalysisAnnotation { attributedItems: GoogleCloudAiplatformV1ErrorAnalysisAnnotationAttributedItem[]; outlierScore: number; outlierThreshold: number; queryType: "QUERY_TYPE_UNSPECIFIED" | "ALL_SIMILAR" | "SAME_CLASS_SIMILAR" | "SAME_CLASS_DISSIMILAR" }
interface GoogleCloudAiplatformV1ErrorAnalysisAnnotationAttributedItem { annotationResourceName: string; distance: number }
interface GoogleCloudAiplatformV1EvaluatedAnnotation { dataItemPayload: unknown; errorAnalysisAnnotations: GoogleCloudAiplatformV1ErrorAnalysisAnnotation[]; evaluatedDataItemViewId: string; explanations: GoogleCloudAiplatformV1EvaluatedAnnotationExplanation[]; groundTruths: unknown[]; predictions: unknown[]; type: "EVALUATED_ANNOTATION_TYPE_UNSPECIFIED" | "TRUE_POSITIVE" | "FALSE_POSITIVE" | "FALSE_NEGATIVE" }
interface GoogleCloudAiplatformV1EvaluatedAnnotationExplanation { explanation: GoogleCloudAiplatformV1Explanation; explanationType: string }
interface GoogleCloudAiplatformV1Examples { exampleGcsSource: GoogleCloudAiplatformV1ExamplesExampleGcsSource; nearestNeighborSearchConfig: unknown; neighborCount: number; presets: GoogleCloudAiplatformV1Presets }
interface GoogleCloudAiplatformV1ExamplesExampleGcsSource { dataFormat: "DATA_FORMAT_UNSPECIFIED" | "JSONL"; gcsSource: GoogleCloudAiplatformV1GcsSource }
interface GoogleCloudAiplatformV1ExamplesOverride { crowdingCount: number; dataFormat: "DATA_FORMAT_UNSPECIFIED" | "INSTANCES" | "EMBEDDINGS"; neighborCount: number; restrictions: GoogleCloudAiplatformV1ExamplesRestrictionsNamespace[]; returnEmbeddings: boolean }
interface GoogleCloudAiplatformV1ExamplesRestrictionsNamespace { allow: string[]; deny: string[]; namespaceName: string }
interface GoogleCloudAiplatformV1ExecutableCode { code: string; id: string; language: "LANGUAGE_UNSPECIFIED" | "PYTHON" }
interface GoogleCloudAiplatformV1ExplainRequest { deployedModelId: string; explanationSpecOverride: GoogleCloudAiplatformV1ExplanationSpecOverride; instances: unknown[]; parameters: unknown }
interface GoogleCloudAiplatformV1ExplainResponse { deployedModelId: string; explanations: GoogleCloudAiplatformV1Explanation[]; predictions: unknown[] }
interface GoogleCloudAiplatformV1Explanation { attributions: GoogleCloudAiplatformV1Attribution[]; neighbors: GoogleCloudAiplatformV1Neighbor[] }
interface GoogleCloudAiplatformV1ExplanationMetadata { featureAttributionsSchemaUri: string; inputs: { [key: string]: GoogleCloudAiplatformV1ExplanationMetadataInputMetadata }; latentSpaceSource: string; outputs: { [key: string]: GoogleCloudAiplatformV1ExplanationMetadataOutputMetadata } }
interface GoogleCloudAiplatformV1ExplanationMetadataInputMetadata { denseShapeTensorName: string; encodedBaselines: unknown[]; encodedTensorName: string; encoding: "ENCODING_UNSPECIFIED" | "IDENTITY" | "BAG_OF_FEATURES" | "BAG_OF_FEATURES_SPARSE" | "INDICATOR" | "COMBINED_EMBEDDING" | "CONCAT_EMBEDDING"; featureValueDomain: GoogleCloudAiplatformV1ExplanationMetadataInputMetadataFeatureValueDomain; groupName: string; indexFeatureMapping: string[]; indicesTensorName: string; inputBaselines: unknown[]; inputTensorName: string; modality: string; visualization: GoogleCloudAiplatformV1ExplanationMetadataInputMetadataVisualization }
interface GoogleCloudAiplatformV1ExplanationMetadataInputMetadataFeatureValueDomain { maxValue: number; minValue: number; originalMean: number; originalStddev: number }
interface GoogleCloudAiplatformV1ExplanationMetadataInputMetadataVisualization { clipPercentLowerbound: number; clipPercentUpperbound: number; colorMap: "COLOR_MAP_UNSPECIFIED" | "PINK_GREEN" | "VIRIDIS" | "RED" | "GREEN" | "RED_GREEN" | "PINK_WHITE_GREEN"; overlayType: "OVERLAY_TYPE_UNSPECIFIED" | "NONE" | "ORIGINAL" | "GRAYSCALE" | "MASK_BLACK"; polarity: "POLARITY_UNSPECIFIED" | "POSITIVE" | "NEGATIVE" | "BOTH"; type: "TYPE_UNSPECIFIED" | "PIXELS" | "OUTLINES" }
interface GoogleCloudAiplatformV1ExplanationMetadataOutputMetadata { displayNameMappingKey: string; indexDisplayNameMapping: unknown; outputTensorName: string }
interface GoogleCloudAiplatformV1ExplanationMetadataOverride { inputs: { [key: string]: GoogleCloudAiplatformV1ExplanationMetadataOverrideInputMetadataOverride } }
interface GoogleCloudAiplatformV1ExplanationMetadataOverrideInputMetadataOverride { inputBaselines: unknown[] }
interface GoogleCloudAiplatformV1ExplanationParameters { examples: GoogleCloudAiplatformV1Examples; integratedGradientsAttribution: GoogleCloudAiplatformV1IntegratedGradientsAttribution; outputIndices: unknown[]; sampledShapleyAttribution: GoogleCloudAiplatformV1SampledShapleyAttribution; topK: number; xraiAttribution: GoogleCloudAiplatformV1XraiAttribution }
interface GoogleCloudAiplatformV1ExplanationSpec { metadata: GoogleCloudAiplatformV1ExplanationMetadata; parameters: GoogleCloudAiplatformV1ExplanationParameters }
interface GoogleCloudAiplatformV1ExplanationSpecOverride { examplesOverride: GoogleCloudAiplatformV1ExamplesOverride; metadata: GoogleCloudAiplatformV1ExplanationMetadataOverride; parameters: GoogleCloudAiplatformV1ExplanationParameters }
interface GoogleCloudAiplatformV1ExportModelRequest { outputConfig: GoogleCloudAiplatformV1ExportModelRequestOutputConfig }
interface GoogleCloudAiplatformV1ExportModelRequestOutputConfig { artifactDestination: GoogleCloudAiplatformV1GcsDestination; exportFormatId: string; imageDestination: GoogleCloudAiplatformV1ContainerRegistryDestination }
interface GoogleCloudAiplatformV1ExternalApi { apiAuth: GoogleCloudAiplatformV1ApiAuth; apiSpec: "API_SPEC_UNSPECIFIED" | "SIMPLE_SEARCH" | "ELASTIC_SEARCH"; authConfig: GoogleCloudAiplatformV1AuthConfig; elasticSearchParams: GoogleCloudAiplatformV1ExternalApiElasticSearchParams; endpoint: string; simpleSearchParams: GoogleCloudAiplatformV1ExternalApiSimpleSearchParams }
interface GoogleCloudAiplatformV1ExternalApiElasticSearchParams { index: string; numHits: number; searchTemplate: string }
interface GoogleCloudAiplatformV1ExternalApiSimpleSearchParams {  }
interface GoogleCloudAiplatformV1FasterDeploymentConfig { fastTryoutEnabled: boolean }
interface GoogleCloudAiplatformV1FeatureNoiseSigma { noiseSigma: GoogleCloudAiplatformV1FeatureNoiseSigmaNoiseSigmaForFeature[] }
interface GoogleCloudAiplatformV1FeatureNoiseSigmaNoiseSigmaForFeature { name: string; sigma: number }
interface GoogleCloudAiplatformV1FetchPredictOperationRequest { operationName: string }
interface GoogleCloudAiplatformV1FileData { displayName: string; fileUri: string; mimeType: string }
interface GoogleCloudAiplatformV1FunctionCall { args: { [key: string]: unknown }; id: string; name: string; partialArgs: GoogleCloudAiplatformV1PartialArg[]; willContinue: boolean }
interface GoogleCloudAiplatformV1FunctionCallingConfig { allowedFunctionNames: string[]; mode: "MODE_UNSPECIFIED" | "AUTO" | "ANY" | "NONE" | "VALIDATED"; streamFunctionCallArguments: boolean }
interface GoogleCloudAiplatformV1FunctionDeclaration { behavior: "UNSPECIFIED" | "BLOCKING" | "NON_BLOCKING"; description: string; name: string; parameters: GoogleCloudAiplatformV1Schema; parametersJsonSchema: unknown; response: GoogleCloudAiplatformV1Schema; responseJsonSchema: unknown }
interface GoogleCloudAiplatformV1FunctionResponse { id: string; name: string; parts: GoogleCloudAiplatformV1FunctionResponsePart[]; response: { [key: string]: unknown }; scheduling: "SCHEDULING_UNSPECIFIED" | "SILENT" | "WHEN_IDLE" | "INTERRUPT" }
interface GoogleCloudAiplatformV1FunctionResponseBlob { data: string; displayName: string; mimeType: string }
interface GoogleCloudAiplatformV1FunctionResponseFileData { displayName: string; fileUri: string; mimeType: string }
interface GoogleCloudAiplatformV1FunctionResponsePart { fileData: GoogleCloudAiplatformV1FunctionResponseFileData; inlineData: GoogleCloudAiplatformV1FunctionResponseBlob }
interface GoogleCloudAiplatformV1GcsDestination { outputUriPrefix: string }
interface GoogleCloudAiplatformV1GcsSource { uris: string[] }
interface GoogleCloudAiplatformV1GdcConfig { zone: string }
interface GoogleCloudAiplatformV1GenAiAdvancedFeaturesConfig { ragConfig: GoogleCloudAiplatformV1GenAiAdvancedFeaturesConfigRagConfig }
interface GoogleCloudAiplatformV1GenAiAdvancedFeaturesConfigRagConfig { enableRag: boolean }
interface GoogleCloudAiplatformV1GenerateContentRequest { cachedContent: string; contents: GoogleCloudAiplatformV1Content[]; continuationToken: string; generationConfig: GoogleCloudAiplatformV1GenerationConfig; labels: { [key: string]: string }; modelArmorConfig: GoogleCloudAiplatformV1ModelArmorConfig; outputConfig: GoogleCloudAiplatformV1GenerateContentRequestOutputConfig; safetySettings: GoogleCloudAiplatformV1SafetySetting[]; systemInstruction: GoogleCloudAiplatformV1Content; toolConfig: GoogleCloudAiplatformV1ToolConfig; tools: GoogleCloudAiplatformV1Tool[] }
interface GoogleCloudAiplatformV1GenerateContentRequestOutputConfig { outputUriPrefix: string }
interface GoogleCloudAiplatformV1GenerateContentResponse { candidates: GoogleCloudAiplatformV1Candidate[]; createTime: string; modelVersion: string; promptFeedback: GoogleCloudAiplatformV1GenerateContentResponsePromptFeedback; responseId: string; usageMetadata: GoogleCloudAiplatformV1GenerateContentResponseUsageMetadata }
interface GoogleCloudAiplatformV1GenerateContentResponsePromptFeedback { blockReason: "BLOCKED_REASON_UNSPECIFIED" | "SAFETY" | "OTHER" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "MODEL_ARMOR" | "IMAGE_SAFETY" | "JAILBREAK"; blockReasonMessage: string; safetyRatings: GoogleCloudAiplatformV1SafetyRating[] }
interface GoogleCloudAiplatformV1GenerateContentResponseUsageMetadata { cacheTokensDetails: GoogleCloudAiplatformV1ModalityTokenCount[]; cachedContentTokenCount: number; candidatesTokenCount: number; candidatesTokensDetails: GoogleCloudAiplatformV1ModalityTokenCount[]; promptTokenCount: number; promptTokensDetails: GoogleCloudAiplatformV1ModalityTokenCount[]; thoughtsTokenCount: number; toolUsePromptTokenCount: number; toolUsePromptTokensDetails: GoogleCloudAiplatformV1ModalityTokenCount[]; totalTokenCount: number; trafficType: "TRAFFIC_TYPE_UNSPECIFIED" | "ON_DEMAND" | "ON_DEMAND_PRIORITY" | "ON_DEMAND_FLEX" | "ON_DEMAND_OFFPEAK" | "PROVISIONED_THROUGHPUT" }
interface GoogleCloudAiplatformV1GenerationConfig { audioTimestamp: boolean; audioTranscriptionConfig: GoogleCloudAiplatformV1AudioTranscriptionConfig; candidateCount: number; enableAffectiveDialog: boolean; frequencyPenalty: number; imageConfig: GoogleCloudAiplatformV1ImageConfig; logprobs: number; maxOutputTokens: number; mediaResolution: "MEDIA_RESOLUTION_UNSPECIFIED" | "MEDIA_RESOLUTION_LOW" | "MEDIA_RESOLUTION_MEDIUM" | "MEDIA_RESOLUTION_HIGH"; presencePenalty: number; responseFormat: GoogleCloudAiplatformV1ResponseFormat[]; responseJsonSchema: unknown; responseLogprobs: boolean; responseMimeType: string; responseModalities: ("MODALITY_UNSPECIFIED" | "TEXT" | "IMAGE" | "AUDIO" | "VIDEO")[]; responseSchema: GoogleCloudAiplatformV1Schema; routingConfig: GoogleCloudAiplatformV1GenerationConfigRoutingConfig; seed: number; speechConfig: GoogleCloudAiplatformV1SpeechConfig; stopSequences: string[]; temperature: number; thinkingConfig: GoogleCloudAiplatformV1GenerationConfigThinkingConfig; topK: number; topP: number; translationConfig: GoogleCloudAiplatformV1TranslationConfig }
interface GoogleCloudAiplatformV1GenerationConfigRoutingConfig { autoMode: GoogleCloudAiplatformV1GenerationConfigRoutingConfigAutoRoutingMode; manualMode: GoogleCloudAiplatformV1GenerationConfigRoutingConfigManualRoutingMode }
interface GoogleCloudAiplatformV1GenerationConfigRoutingConfigAutoRoutingMode { modelRoutingPreference: "UNKNOWN" | "PRIORITIZE_QUALITY" | "BALANCED" | "PRIORITIZE_COST" }
interface GoogleCloudAiplatformV1GenerationConfigRoutingConfigManualRoutingMode { modelName: string }
interface GoogleCloudAiplatformV1GenerationConfigThinkingConfig { includeThoughts: boolean; thinkingBudget: number; thinkingLevel: "THINKING_LEVEL_UNSPECIFIED" | "LOW" | "MEDIUM" | "HIGH" | "MINIMAL" }
interface GoogleCloudAiplatformV1GenieSource { baseModelUri: string }
interface GoogleCloudAiplatformV1GoogleMaps { enableWidget: boolean; groundingTypes: GoogleCloudAiplatformV1GoogleMapsGroundingTypes }
interface GoogleCloudAiplatformV1GoogleMapsGroundingTypes { places: GoogleCloudAiplatformV1GoogleMapsPlaces; routing: GoogleCloudAiplatformV1GoogleMapsRouting }
interface GoogleCloudAiplatformV1GoogleMapsPlaces {  }
interface GoogleCloudAiplatformV1GoogleMapsRouting {  }
interface GoogleCloudAiplatformV1GoogleSearchRetrieval { dynamicRetrievalConfig: GoogleCloudAiplatformV1DynamicRetrievalConfig }
interface GoogleCloudAiplatformV1GroundingChunk { image: GoogleCloudAiplatformV1GroundingChunkImage; maps: GoogleCloudAiplatformV1GroundingChunkMaps; retrievedContext: GoogleCloudAiplatformV1GroundingChunkRetrievedContext; web: GoogleCloudAiplatformV1GroundingChunkWeb }
interface GoogleCloudAiplatformV1GroundingChunkImage { domain: string; imageUri: string; sourceUri: string; title: string }
interface GoogleCloudAiplatformV1GroundingChunkMaps { placeAnswerSources: GoogleCloudAiplatformV1GroundingChunkMapsPlaceAnswerSources; placeId: string; route: GoogleCloudAiplatformV1GroundingChunkMapsRoute; text: string; title: string; uri: string }
interface GoogleCloudAiplatformV1GroundingChunkMapsPlaceAnswerSources { reviewSnippets: GoogleCloudAiplatformV1GroundingChunkMapsPlaceAnswerSourcesReviewSnippet[] }
interface GoogleCloudAiplatformV1GroundingChunkMapsPlaceAnswerSourcesReviewSnippet { googleMapsUri: string; reviewId: string; title: string }
interface GoogleCloudAiplatformV1GroundingChunkMapsRoute { distanceMeters: number; duration: string; encodedPolyline: string }
interface GoogleCloudAiplatformV1GroundingChunkRetrievedContext { documentName: string; ragChunk: GoogleCloudAiplatformV1RagChunk; text: string; title: string; uri: string }
interface GoogleCloudAiplatformV1GroundingChunkWeb { domain: string; title: string; uri: string }
interface GoogleCloudAiplatformV1GroundingMetadata { googleMapsWidgetContextToken: string; groundingChunks: GoogleCloudAiplatformV1GroundingChunk[]; groundingSupports: GoogleCloudAiplatformV1GroundingSupport[]; imageSearchQueries: string[]; retrievalMetadata: GoogleCloudAiplatformV1RetrievalMetadata; retrievalQueries: string[]; searchEntryPoint: GoogleCloudAiplatformV1SearchEntryPoint; sourceFlaggingUris: GoogleCloudAiplatformV1GroundingMetadataSourceFlaggingUri[]; webSearchQueries: string[] }
interface GoogleCloudAiplatformV1GroundingMetadataSourceFlaggingUri { flagContentUri: string; sourceId: string }
interface GoogleCloudAiplatformV1GroundingSupport { confidenceScores: number[]; groundingChunkIndices: number[]; renderedParts: number[]; segment: GoogleCloudAiplatformV1Segment }
interface GoogleCloudAiplatformV1ImageConfig { aspectRatio: string; imageOutputOptions: GoogleCloudAiplatformV1ImageConfigImageOutputOptions; imageSize: string; personGeneration: "PERSON_GENERATION_UNSPECIFIED" | "ALLOW_ALL" | "ALLOW_ADULT" | "ALLOW_NONE"; prominentPeople: "PROMINENT_PEOPLE_UNSPECIFIED" | "ALLOW_PROMINENT_PEOPLE" | "BLOCK_PROMINENT_PEOPLE" }
interface GoogleCloudAiplatformV1ImageConfigImageOutputOptions { compressionQuality: number; mimeType: string }
interface GoogleCloudAiplatformV1ImageResponseFormat { aspectRatio: "ASPECT_RATIO_UNSPECIFIED" | "ASPECT_RATIO_ONE_BY_ONE" | "ASPECT_RATIO_TWO_BY_THREE" | "ASPECT_RATIO_THREE_BY_TWO" | "ASPECT_RATIO_THREE_BY_FOUR" | "ASPECT_RATIO_FOUR_BY_THREE" | "ASPECT_RATIO_FOUR_BY_FIVE" | "ASPECT_RATIO_FIVE_BY_FOUR" | "ASPECT_RATIO_NINE_BY_SIXTEEN" | "ASPECT_RATIO_SIXTEEN_BY_NINE" | "ASPECT_RATIO_TWENTY_ONE_BY_NINE" | "ASPECT_RATIO_ONE_BY_EIGHT" | "ASPECT_RATIO_EIGHT_BY_ONE" | "ASPECT_RATIO_ONE_BY_FOUR" | "ASPECT_RATIO_FOUR_BY_ONE"; delivery: "DELIVERY_UNSPECIFIED" | "INLINE" | "URI"; imageSize: "IMAGE_SIZE_UNSPECIFIED" | "IMAGE_SIZE_FIVE_TWELVE" | "IMAGE_SIZE_ONE_K" | "IMAGE_SIZE_TWO_K" | "IMAGE_SIZE_FOUR_K"; mimeType: "MIME_TYPE_UNSPECIFIED" | "IMAGE_JPEG" }
interface GoogleCloudAiplatformV1ImportModelEvaluationRequest { modelEvaluation: GoogleCloudAiplatformV1ModelEvaluation }
interface GoogleCloudAiplatformV1IntegratedGradientsAttribution { blurBaselineConfig: GoogleCloudAiplatformV1BlurBaselineConfig; smoothGradConfig: GoogleCloudAiplatformV1SmoothGradConfig; stepCount: number }
interface GoogleCloudAiplatformV1InvokeRequest { deployedModelId: string; httpBody: GoogleApiHttpBody }
interface GoogleCloudAiplatformV1ListBatchPredictionJobsResponse { batchPredictionJobs: GoogleCloudAiplatformV1BatchPredictionJob[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListCustomJobsResponse { customJobs: GoogleCloudAiplatformV1CustomJob[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListEndpointsResponse { endpoints: GoogleCloudAiplatformV1Endpoint[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListModelEvaluationSlicesResponse { modelEvaluationSlices: GoogleCloudAiplatformV1ModelEvaluationSlice[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListModelEvaluationsResponse { modelEvaluations: GoogleCloudAiplatformV1ModelEvaluation[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListModelVersionCheckpointsResponse { checkpoints: GoogleCloudAiplatformV1ModelVersionCheckpoint[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListModelVersionsResponse { models: GoogleCloudAiplatformV1Model[]; nextPageToken: string }
interface GoogleCloudAiplatformV1ListModelsResponse { models: GoogleCloudAiplatformV1Model[]; nextPageToken: string }
interface GoogleCloudAiplatformV1LogprobsResult { chosenCandidates: GoogleCloudAiplatformV1LogprobsResultCandidate[]; topCandidates: GoogleCloudAiplatformV1LogprobsResultTopCandidates[] }
interface GoogleCloudAiplatformV1LogprobsResultCandidate { logProbability: number; token: string; tokenId: number }
interface GoogleCloudAiplatformV1LogprobsResultTopCandidates { candidates: GoogleCloudAiplatformV1LogprobsResultCandidate[] }
interface GoogleCloudAiplatformV1LustreMount { filesystem: string; instanceIp: string; mountPoint: string; volumeHandle: string }
interface GoogleCloudAiplatformV1MachineSpec { acceleratorCount: number; acceleratorType: "ACCELERATOR_TYPE_UNSPECIFIED" | "NVIDIA_TESLA_K80" | "NVIDIA_TESLA_P100" | "NVIDIA_TESLA_V100" | "NVIDIA_TESLA_P4" | "NVIDIA_TESLA_T4" | "NVIDIA_TESLA_A100" | "NVIDIA_A100_80GB" | "NVIDIA_L4" | "NVIDIA_H100_80GB" | "NVIDIA_H100_MEGA_80GB" | "NVIDIA_H200_141GB" | "NVIDIA_B200" | "NVIDIA_GB200" | "NVIDIA_RTX_PRO_6000" | "TPU_V2" | "TPU_V3" | "TPU_V4_POD" | "TPU_V5_LITEPOD"; gpuPartitionSize: string; machineType: string; reservationAffinity: GoogleCloudAiplatformV1ReservationAffinity; tpuTopology: string }
interface GoogleCloudAiplatformV1ManualBatchTuningParameters { batchSize: number }
interface GoogleCloudAiplatformV1MergeVersionAliasesRequest { versionAliases: string[] }
interface GoogleCloudAiplatformV1ModalityTokenCount { modality: "MODALITY_UNSPECIFIED" | "TEXT" | "IMAGE" | "VIDEO" | "AUDIO" | "DOCUMENT"; tokenCount: number }
interface GoogleCloudAiplatformV1Model { artifactUri: string; baseModelSource: GoogleCloudAiplatformV1ModelBaseModelSource; checkpoints: GoogleCloudAiplatformV1Checkpoint[]; containerSpec: GoogleCloudAiplatformV1ModelContainerSpec; createTime: string; dataStats: GoogleCloudAiplatformV1ModelDataStats; defaultCheckpointId: string; deployedModels: GoogleCloudAiplatformV1DeployedModelRef[]; description: string; displayName: string; encryptionSpec: GoogleCloudAiplatformV1EncryptionSpec; etag: string; explanationSpec: GoogleCloudAiplatformV1ExplanationSpec; labels: { [key: string]: string }; metadata: unknown; metadataArtifact: string; metadataSchemaUri: string; modelSourceInfo: GoogleCloudAiplatformV1ModelSourceInfo; name: string; originalModelInfo: GoogleCloudAiplatformV1ModelOriginalModelInfo; pipelineJob: string; predictSchemata: GoogleCloudAiplatformV1PredictSchemata; satisfiesPzi: boolean; satisfiesPzs: boolean; supportedDeploymentResourcesTypes: ("DEPLOYMENT_RESOURCES_TYPE_UNSPECIFIED" | "DEDICATED_RESOURCES" | "AUTOMATIC_RESOURCES" | "SHARED_RESOURCES")[]; supportedExportFormats: GoogleCloudAiplatformV1ModelExportFormat[]; supportedInputStorageFormats: string[]; supportedOutputStorageFormats: string[]; trainingPipeline: string; updateTime: string; versionAliases: string[]; versionCreateTime: string; versionDescription: string; versionId: string; versionUpdateTime: string }
interface GoogleCloudAiplatformV1ModelArmorConfig { promptTemplateName: string; responseTemplateName: string }
interface GoogleCloudAiplatformV1ModelBaseModelSource { genieSource: GoogleCloudAiplatformV1GenieSource; modelGardenSource: GoogleCloudAiplatformV1ModelGardenSource }
interface GoogleCloudAiplatformV1ModelContainerSpec { args: string[]; command: string[]; deploymentTimeout: string; env: GoogleCloudAiplatformV1EnvVar[]; grpcPorts: GoogleCloudAiplatformV1Port[]; healthProbe: GoogleCloudAiplatformV1Probe; healthRoute: string; imageUri: string; invokeRoutePrefix: string; livenessProbe: GoogleCloudAiplatformV1Probe; ports: GoogleCloudAiplatformV1Port[]; predictRoute: string; sharedMemorySizeMb: string | number; startupProbe: GoogleCloudAiplatformV1Probe }
interface GoogleCloudAiplatformV1ModelDataStats { testAnnotationsCount: string | number; testDataItemsCount: string | number; trainingAnnotationsCount: string | number; trainingDataItemsCount: string | number; validationAnnotationsCount: string | number; validationDataItemsCount: string | number }
interface GoogleCloudAiplatformV1ModelEvaluation { annotationSchemaUri: string; createTime: string; dataItemSchemaUri: string; displayName: string; explanationSpecs: GoogleCloudAiplatformV1ModelEvaluationModelEvaluationExplanationSpec[]; metadata: unknown; metrics: unknown; metricsSchemaUri: string; modelExplanation: GoogleCloudAiplatformV1ModelExplanation; name: string; sliceDimensions: string[] }
interface GoogleCloudAiplatformV1ModelEvaluationModelEvaluationExplanationSpec { explanationSpec: GoogleCloudAiplatformV1ExplanationSpec; explanationType: string }
interface GoogleCloudAiplatformV1ModelEvaluationSlice { createTime: string; metrics: unknown; metricsSchemaUri: string; modelExplanation: GoogleCloudAiplatformV1ModelExplanation; name: string; slice: GoogleCloudAiplatformV1ModelEvaluationSliceSlice }
interface GoogleCloudAiplatformV1ModelEvaluationSliceSlice { dimension: string; sliceSpec: GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpec; value: string }
interface GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpec { configs: { [key: string]: GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecSliceConfig } }
interface GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecRange { high: number; low: number }
interface GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecSliceConfig { allValues: boolean; range: GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecRange; value: GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecValue }
interface GoogleCloudAiplatformV1ModelEvaluationSliceSliceSliceSpecValue { floatValue: number; stringValue: string }
interface GoogleCloudAiplatformV1ModelExplanation { meanAttributions: GoogleCloudAiplatformV1Attribution[] }
interface GoogleCloudAiplatformV1ModelExportFormat { exportableContents: ("EXPORTABLE_CONTENT_UNSPECIFIED" | "ARTIFACT" | "IMAGE")[]; id: string }
interface GoogleCloudAiplatformV1ModelGardenSource { publicModelName: string; skipHfModelCache: boolean; versionId: string }
interface GoogleCloudAiplatformV1ModelOriginalModelInfo { model: string }
interface GoogleCloudAiplatformV1ModelSourceInfo { copy: boolean; sourceType: "MODEL_SOURCE_TYPE_UNSPECIFIED" | "AUTOML" | "CUSTOM" | "BQML" | "MODEL_GARDEN" | "GENIE" | "CUSTOM_TEXT_EMBEDDING" | "MARKETPLACE" }
interface GoogleCloudAiplatformV1ModelVersionCheckpoint { checkpointId: string; epoch: string | number; step: string | number }
interface GoogleCloudAiplatformV1MultiSpeakerVoiceConfig { speakerVoiceConfigs: GoogleCloudAiplatformV1SpeakerVoiceConfig[] }
interface GoogleCloudAiplatformV1MutateDeployedModelRequest { deployedModel: GoogleCloudAiplatformV1DeployedModel; updateMask: string }
interface GoogleCloudAiplatformV1Neighbor { neighborDistance: number; neighborId: string }
interface GoogleCloudAiplatformV1NfsMount { mountPoint: string; path: string; server: string }
interface GoogleCloudAiplatformV1PSCAutomationConfig { errorMessage: string; forwardingRule: string; ipAddress: string; network: string; projectId: string; state: "PSC_AUTOMATION_STATE_UNSPECIFIED" | "PSC_AUTOMATION_STATE_SUCCESSFUL" | "PSC_AUTOMATION_STATE_FAILED" }
interface GoogleCloudAiplatformV1Part { audioTranscription: GoogleCloudAiplatformV1AudioTranscription; codeExecutionResult: GoogleCloudAiplatformV1CodeExecutionResult; executableCode: GoogleCloudAiplatformV1ExecutableCode; fileData: GoogleCloudAiplatformV1FileData; functionCall: GoogleCloudAiplatformV1FunctionCall; functionResponse: GoogleCloudAiplatformV1FunctionResponse; inlineData: GoogleCloudAiplatformV1Blob; mediaResolution: GoogleCloudAiplatformV1PartMediaResolution; speechMetadata: GoogleCloudAiplatformV1SpeechMetadata; text: string; thought: boolean; thoughtSignature: string; videoMetadata: GoogleCloudAiplatformV1VideoMetadata }
interface GoogleCloudAiplatformV1PartMediaResolution { level: "MEDIA_RESOLUTION_UNSPECIFIED" | "MEDIA_RESOLUTION_LOW" | "MEDIA_RESOLUTION_MEDIUM" | "MEDIA_RESOLUTION_HIGH" | "MEDIA_RESOLUTION_ULTRA_HIGH" }
interface GoogleCloudAiplatformV1PartialArg { boolValue: boolean; jsonPath: string; nullValue: "NULL_VALUE"; numberValue: number; stringValue: string; willContinue: boolean }
interface GoogleCloudAiplatformV1Port { containerPort: number }
interface GoogleCloudAiplatformV1PrebuiltVoiceConfig { voiceName: string }
interface GoogleCloudAiplatformV1PredictLongRunningRequest { instances: unknown[]; labels: { [key: string]: string }; parameters: unknown }
interface GoogleCloudAiplatformV1PredictRequest { instances: unknown[]; labels: { [key: string]: string }; parameters: unknown }
interface GoogleCloudAiplatformV1PredictRequestResponseLoggingConfig { bigqueryDestination: GoogleCloudAiplatformV1BigQueryDestination; enabled: boolean; samplingRate: number }
interface GoogleCloudAiplatformV1PredictResponse { deployedModelId: string; metadata: unknown; model: string; modelDisplayName: string; modelVersionId: string; predictions: unknown[] }
interface GoogleCloudAiplatformV1PredictSchemata { instanceSchemaUri: string; parametersSchemaUri: string; predictionSchemaUri: string }
interface GoogleCloudAiplatformV1Presets { modality: "MODALITY_UNSPECIFIED" | "IMAGE" | "TEXT" | "TABULAR"; query: "PRECISE" | "FAST" }
interface GoogleCloudAiplatformV1PrivateEndpoints { explainHttpUri: string; healthHttpUri: string; predictHttpUri: string; serviceAttachment: string }
interface GoogleCloudAiplatformV1PrivateServiceConnectConfig { enablePrivateServiceConnect: boolean; projectAllowlist: string[]; pscAutomationConfigs: GoogleCloudAiplatformV1PSCAutomationConfig[]; serviceAttachment: string }
interface GoogleCloudAiplatformV1Probe { exec: GoogleCloudAiplatformV1ProbeExecAction; failureThreshold: number; grpc: GoogleCloudAiplatformV1ProbeGrpcAction; httpGet: GoogleCloudAiplatformV1ProbeHttpGetAction; initialDelaySeconds: number; periodSeconds: number; successThreshold: number; tcpSocket: GoogleCloudAiplatformV1ProbeTcpSocketAction; timeoutSeconds: number }
interface GoogleCloudAiplatformV1ProbeExecAction { command: string[] }
interface GoogleCloudAiplatformV1ProbeGrpcAction { port: number; service: string }
interface GoogleCloudAiplatformV1ProbeHttpGetAction { host: string; httpHeaders: GoogleCloudAiplatformV1ProbeHttpHeader[]; path: string; port: number; scheme: string }
interface GoogleCloudAiplatformV1ProbeHttpHeader { name: string; value: string }
interface GoogleCloudAiplatformV1ProbeTcpSocketAction { host: string; port: number }
interface GoogleCloudAiplatformV1PscInterfaceConfig { dnsPeeringConfigs: GoogleCloudAiplatformV1DnsPeeringConfig[]; networkAttachment: string }
interface GoogleCloudAiplatformV1PythonPackageSpec { args: string[]; env: GoogleCloudAiplatformV1EnvVar[]; executorImageUri: string; packageUris: string[]; pythonModule: string }
interface GoogleCloudAiplatformV1RagChunk { chunkId: string; fileId: string; pageSpan: GoogleCloudAiplatformV1RagChunkPageSpan; text: string }
interface GoogleCloudAiplatformV1RagChunkPageSpan { firstPage: number; lastPage: number }
interface GoogleCloudAiplatformV1RagRetrievalConfig { filter: GoogleCloudAiplatformV1RagRetrievalConfigFilter; ranking: GoogleCloudAiplatformV1RagRetrievalConfigRanking; topK: number }
interface GoogleCloudAiplatformV1RagRetrievalConfigFilter { metadataFilter: string; vectorDistanceThreshold: number; vectorSimilarityThreshold: number }
interface GoogleCloudAiplatformV1RagRetrievalConfigRanking { llmRanker: GoogleCloudAiplatformV1RagRetrievalConfigRankingLlmRanker; rankService: GoogleCloudAiplatformV1RagRetrievalConfigRankingRankService }
interface GoogleCloudAiplatformV1RagRetrievalConfigRankingLlmRanker { modelName: string }
interface GoogleCloudAiplatformV1RagRetrievalConfigRankingRankService { modelName: string }
interface GoogleCloudAiplatformV1RawPredictRequest { httpBody: GoogleApiHttpBody }
interface GoogleCloudAiplatformV1ReplicatedVoiceConfig { mimeType: string; voiceSampleAudio: string }
interface GoogleCloudAiplatformV1ReservationAffinity { key: string; reservationAffinityType: "TYPE_UNSPECIFIED" | "NO_RESERVATION" | "ANY_RESERVATION" | "SPECIFIC_RESERVATION"; values: string[] }
interface GoogleCloudAiplatformV1ResourcesConsumed { replicaHours: number }
interface GoogleCloudAiplatformV1ResponseFormat { audio: GoogleCloudAiplatformV1AudioResponseFormat; image: GoogleCloudAiplatformV1ImageResponseFormat; text: GoogleCloudAiplatformV1TextResponseFormat; video: GoogleCloudAiplatformV1VideoResponseFormat }
interface GoogleCloudAiplatformV1Retrieval { disableAttribution: boolean; externalApi: GoogleCloudAiplatformV1ExternalApi; vertexAiSearch: GoogleCloudAiplatformV1VertexAISearch; vertexRagStore: GoogleCloudAiplatformV1VertexRagStore }
interface GoogleCloudAiplatformV1RetrievalConfig { languageCode: string; latLng: GoogleTypeLatLng }
interface GoogleCloudAiplatformV1RetrievalMetadata { googleSearchDynamicRetrievalScore: number }
interface GoogleCloudAiplatformV1SafetyRating { blocked: boolean; category: "HARM_CATEGORY_UNSPECIFIED" | "HARM_CATEGORY_HATE_SPEECH" | "HARM_CATEGORY_DANGEROUS_CONTENT" | "HARM_CATEGORY_HARASSMENT" | "HARM_CATEGORY_SEXUALLY_EXPLICIT" | "HARM_CATEGORY_CIVIC_INTEGRITY" | "HARM_CATEGORY_IMAGE_HATE" | "HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT" | "HARM_CATEGORY_IMAGE_HARASSMENT" | "HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT" | "HARM_CATEGORY_JAILBREAK"; overwrittenThreshold: "HARM_BLOCK_THRESHOLD_UNSPECIFIED" | "BLOCK_LOW_AND_ABOVE" | "BLOCK_MEDIUM_AND_ABOVE" | "BLOCK_ONLY_HIGH" | "BLOCK_NONE" | "OFF"; probability: "HARM_PROBABILITY_UNSPECIFIED" | "NEGLIGIBLE" | "LOW" | "MEDIUM" | "HIGH"; probabilityScore: number; severity: "HARM_SEVERITY_UNSPECIFIED" | "HARM_SEVERITY_NEGLIGIBLE" | "HARM_SEVERITY_LOW" | "HARM_SEVERITY_MEDIUM" | "HARM_SEVERITY_HIGH"; severityScore: number }
interface GoogleCloudAiplatformV1SafetySetting { category: "HARM_CATEGORY_UNSPECIFIED" | "HARM_CATEGORY_HATE_SPEECH" | "HARM_CATEGORY_DANGEROUS_CONTENT" | "HARM_CATEGORY_HARASSMENT" | "HARM_CATEGORY_SEXUALLY_EXPLICIT" | "HARM_CATEGORY_CIVIC_INTEGRITY" | "HARM_CATEGORY_IMAGE_HATE" | "HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT" | "HARM_CATEGORY_IMAGE_HARASSMENT" | "HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT" | "HARM_CATEGORY_JAILBREAK"; method: "HARM_BLOCK_METHOD_UNSPECIFIED" | "SEVERITY" | "PROBABILITY"; threshold: "HARM_BLOCK_THRESHOLD_UNSPECIFIED" | "BLOCK_LOW_AND_ABOVE" | "BLOCK_MEDIUM_AND_ABOVE" | "BLOCK_ONLY_HIGH" | "BLOCK_NONE" | "OFF" }
interface GoogleCloudAiplatformV1SampledShapleyAttribution { pathCount: number }
interface GoogleCloudAiplatformV1Scheduling { disableRetries: boolean; maxWaitDuration: string; restartJobOnWorkerRestart: boolean; strategy: "STRATEGY_UNSPECIFIED" | "ON_DEMAND" | "LOW_COST" | "STANDARD" | "SPOT" | "FLEX_START"; timeout: string }
interface GoogleCloudAiplatformV1Schema { additionalProperties: unknown; anyOf: GoogleCloudAiplatformV1Schema[]; default: unknown; defs: { [key: string]: GoogleCloudAiplatformV1Schema }; description: string; enum: string[]; example: unknown; format: string; items: GoogleCloudAiplatformV1Schema; maxItems: string | number; maxLength: string | number; maxProperties: string | number; maximum: number; minItems: string | number; minLength: string | number; minProperties: string | number; minimum: number; nullable: boolean; pattern: string; properties: { [key: string]: GoogleCloudAiplatformV1Schema }; propertyOrdering: string[]; ref: string; required: string[]; title: string; type: "TYPE_UNSPECIFIED" | "STRING" | "NUMBER" | "INTEGER" | "BOOLEAN" | "ARRAY" | "OBJECT" | "NULL" }
interface GoogleCloudAiplatformV1SearchEntryPoint { renderedContent: string; sdkBlob: string }
interface GoogleCloudAiplatformV1Segment { endIndex: number; partIndex: number; startIndex: number; text: string }
interface GoogleCloudAiplatformV1SmoothGradConfig { featureNoiseSigma: GoogleCloudAiplatformV1FeatureNoiseSigma; noiseSigma: number; noisySampleCount: number }
interface GoogleCloudAiplatformV1SpeakerVoiceConfig { speaker: string; voiceConfig: GoogleCloudAiplatformV1VoiceConfig }
interface GoogleCloudAiplatformV1SpeculativeDecodingSpec { draftModelSpeculation: GoogleCloudAiplatformV1SpeculativeDecodingSpecDraftModelSpeculation; ngramSpeculation: GoogleCloudAiplatformV1SpeculativeDecodingSpecNgramSpeculation; speculativeTokenCount: number }
interface GoogleCloudAiplatformV1SpeculativeDecodingSpecDraftModelSpeculation { draftModel: string }
interface GoogleCloudAiplatformV1SpeculativeDecodingSpecNgramSpeculation { ngramSize: number }
interface GoogleCloudAiplatformV1SpeechConfig { languageCode: string; multiSpeakerVoiceConfig: GoogleCloudAiplatformV1MultiSpeakerVoiceConfig; voiceConfig: GoogleCloudAiplatformV1VoiceConfig }
interface GoogleCloudAiplatformV1SpeechMetadata { speaker: string; style: string }
interface GoogleCloudAiplatformV1StreamRawPredictRequest { httpBody: GoogleApiHttpBody }
interface GoogleCloudAiplatformV1StreamingPredictRequest { inputs: GoogleCloudAiplatformV1Tensor[]; parameters: GoogleCloudAiplatformV1Tensor }
interface GoogleCloudAiplatformV1StreamingPredictResponse { outputs: GoogleCloudAiplatformV1Tensor[]; parameters: GoogleCloudAiplatformV1Tensor }
interface GoogleCloudAiplatformV1Tensor { boolVal: boolean[]; bytesVal: string[]; doubleVal: number[]; dtype: "DATA_TYPE_UNSPECIFIED" | "BOOL" | "STRING" | "FLOAT" | "DOUBLE" | "INT8" | "INT16" | "INT32" | "INT64" | "UINT8" | "UINT16" | "UINT32" | "UINT64"; floatVal: number[]; int64Val: (string | number)[]; intVal: number[]; listVal: GoogleCloudAiplatformV1Tensor[]; shape: (string | number)[]; stringVal: string[]; structVal: { [key: string]: GoogleCloudAiplatformV1Tensor }; tensorVal: string; uint64Val: (string | number)[]; uintVal: number[] }
interface GoogleCloudAiplatformV1TextResponseFormat { mimeType: "MIME_TYPE_UNSPECIFIED" | "APPLICATION_JSON" | "TEXT_PLAIN"; schema: unknown }
interface GoogleCloudAiplatformV1TokensInfo { role: string; tokenIds: (string | number)[]; tokens: string[] }
interface GoogleCloudAiplatformV1Tool { codeExecution: GoogleCloudAiplatformV1ToolCodeExecution; computerUse: GoogleCloudAiplatformV1ToolComputerUse; enterpriseWebSearch: GoogleCloudAiplatformV1EnterpriseWebSearch; exaAiSearch: GoogleCloudAiplatformV1ToolExaAiSearch; functionDeclarations: GoogleCloudAiplatformV1FunctionDeclaration[]; googleMaps: GoogleCloudAiplatformV1GoogleMaps; googleSearch: GoogleCloudAiplatformV1ToolGoogleSearch; googleSearchRetrieval: GoogleCloudAiplatformV1GoogleSearchRetrieval; parallelAiSearch: GoogleCloudAiplatformV1ToolParallelAiSearch; retrieval: GoogleCloudAiplatformV1Retrieval; urlContext: GoogleCloudAiplatformV1UrlContext }
interface GoogleCloudAiplatformV1ToolCodeExecution {  }
interface GoogleCloudAiplatformV1ToolComputerUse { disabledSafetyPolicies: ("SAFETY_POLICY_UNSPECIFIED" | "FINANCIAL_TRANSACTIONS" | "SENSITIVE_DATA_MODIFICATION" | "COMMUNICATION_TOOL" | "ACCOUNT_CREATION" | "DATA_MODIFICATION" | "USER_CONSENT_MANAGEMENT" | "LEGAL_TERMS_AND_AGREEMENTS")[]; enablePromptInjectionDetection: boolean; environment: "ENVIRONMENT_UNSPECIFIED" | "ENVIRONMENT_BROWSER" | "ENVIRONMENT_MOBILE" | "ENVIRONMENT_DESKTOP"; excludedPredefinedFunctions: string[] }
interface GoogleCloudAiplatformV1ToolConfig { functionCallingConfig: GoogleCloudAiplatformV1FunctionCallingConfig; retrievalConfig: GoogleCloudAiplatformV1RetrievalConfig }
interface GoogleCloudAiplatformV1ToolExaAiSearch { apiKey: string; customConfigs: { [key: string]: unknown } }
interface GoogleCloudAiplatformV1ToolGoogleSearch { blockingConfidence: "PHISH_BLOCK_THRESHOLD_UNSPECIFIED" | "BLOCK_LOW_AND_ABOVE" | "BLOCK_MEDIUM_AND_ABOVE" | "BLOCK_HIGH_AND_ABOVE" | "BLOCK_HIGHER_AND_ABOVE" | "BLOCK_VERY_HIGH_AND_ABOVE" | "BLOCK_ONLY_EXTREMELY_HIGH"; excludeDomains: string[]; searchTypes: GoogleCloudAiplatformV1ToolGoogleSearchSearchTypes }
interface GoogleCloudAiplatformV1ToolGoogleSearchImageSearch {  }
interface GoogleCloudAiplatformV1ToolGoogleSearchSearchTypes { imageSearch: GoogleCloudAiplatformV1ToolGoogleSearchImageSearch; webSearch: GoogleCloudAiplatformV1ToolGoogleSearchWebSearch }
interface GoogleCloudAiplatformV1ToolGoogleSearchWebSearch {  }
interface GoogleCloudAiplatformV1ToolParallelAiSearch { apiKey: string; customConfigs: { [key: string]: unknown }; enableDataRetention: boolean; enableZeroDataRetention: boolean }
interface GoogleCloudAiplatformV1TranslationConfig { echoTargetLanguage: boolean; targetLanguageCode: string }
interface GoogleCloudAiplatformV1UndeployModelRequest { deployedModelId: string; trafficSplit: { [key: string]: number } }
interface GoogleCloudAiplatformV1UnmanagedContainerModel { artifactUri: string; containerSpec: GoogleCloudAiplatformV1ModelContainerSpec; predictSchemata: GoogleCloudAiplatformV1PredictSchemata }
interface GoogleCloudAiplatformV1UpdateEndpointLongRunningRequest { endpoint: GoogleCloudAiplatformV1Endpoint }
interface GoogleCloudAiplatformV1UpdateExplanationDatasetRequest { examples: GoogleCloudAiplatformV1Examples }
interface GoogleCloudAiplatformV1UploadModelRequest { model: GoogleCloudAiplatformV1Model; modelId: string; parentModel: string; serviceAccount: string }
interface GoogleCloudAiplatformV1UrlContext {  }
interface GoogleCloudAiplatformV1UrlContextMetadata { urlMetadata: GoogleCloudAiplatformV1UrlMetadata[] }
interface GoogleCloudAiplatformV1UrlMetadata { retrievedUrl: string; urlRetrievalStatus: "URL_RETRIEVAL_STATUS_UNSPECIFIED" | "URL_RETRIEVAL_STATUS_SUCCESS" | "URL_RETRIEVAL_STATUS_ERROR" }
interface GoogleCloudAiplatformV1VertexAISearch { dataStoreSpecs: GoogleCloudAiplatformV1VertexAISearchDataStoreSpec[]; datastore: string; engine: string; filter: string; maxResults: number }
interface GoogleCloudAiplatformV1VertexAISearchDataStoreSpec { dataStore: string; filter: string }
interface GoogleCloudAiplatformV1VertexMultimodalDatasetDestination { bigqueryDestination: GoogleCloudAiplatformV1BigQueryDestination; displayName: string }
interface GoogleCloudAiplatformV1VertexMultimodalDatasetSource { datasetName: string }
interface GoogleCloudAiplatformV1VertexRagStore { ragResources: GoogleCloudAiplatformV1VertexRagStoreRagResource[]; ragRetrievalConfig: GoogleCloudAiplatformV1RagRetrievalConfig; similarityTopK: number; vectorDistanceThreshold: number }
interface GoogleCloudAiplatformV1VertexRagStoreRagResource { ragCorpus: string; ragFileIds: string[] }
interface GoogleCloudAiplatformV1VideoMetadata { endOffset: string; fps: number; startOffset: string }
interface GoogleCloudAiplatformV1VideoResponseFormat { aspectRatio: "ASPECT_RATIO_UNSPECIFIED" | "ASPECT_RATIO_SIXTEEN_BY_NINE" | "ASPECT_RATIO_NINE_BY_SIXTEEN"; delivery: "DELIVERY_UNSPECIFIED" | "INLINE" | "URI"; duration: string; gcsUri: string; resolution: string }
interface GoogleCloudAiplatformV1VoiceConfig { prebuiltVoiceConfig: GoogleCloudAiplatformV1PrebuiltVoiceConfig; replicatedVoiceConfig: GoogleCloudAiplatformV1ReplicatedVoiceConfig; voice: string }
interface GoogleCloudAiplatformV1WorkerPoolSpec { containerSpec: GoogleCloudAiplatformV1ContainerSpec; diskSpec: GoogleCloudAiplatformV1DiskSpec; lustreMounts: GoogleCloudAiplatformV1LustreMount[]; machineSpec: GoogleCloudAiplatformV1MachineSpec; nfsMounts: GoogleCloudAiplatformV1NfsMount[]; pythonPackageSpec: GoogleCloudAiplatformV1PythonPackageSpec; replicaCount: string | number }
interface GoogleCloudAiplatformV1XraiAttribution { blurBaselineConfig: GoogleCloudAiplatformV1BlurBaselineConfig; smoothGradConfig: GoogleCloudAiplatformV1SmoothGradConfig; stepCount: number }
interface GoogleIamV1Binding { condition: GoogleTypeExpr; members: string[]; role: string }
interface GoogleIamV1Policy { bindings: GoogleIamV1Binding[]; etag: string; version: number }
interface GoogleIamV1SetIamPolicyRequest { policy: GoogleIamV1Policy }
interface GoogleIamV1TestIamPermissionsResponse { permissions: string[] }
interface GoogleLongrunningListOperationsResponse { nextPageToken: string; operations: GoogleLongrunningOperation[]; unreachable: string[] }
interface GoogleLongrunningOperation { done: boolean; error: GoogleRpcStatus; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface GoogleProtobufEmpty {  }
interface GoogleRpcStatus { code: number; details: { [key: string]: unknown }[]; message: string }
interface GoogleTypeDate { day: number; month: number; year: number }
interface GoogleTypeExpr { description: string; expression: string; location: string; title: string }
interface GoogleTypeLatLng { latitude: number; longitude: number }
