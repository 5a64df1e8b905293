// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of ml.v1. */
export interface $Methods {
    "googleapis.ml.v1.projects.jobs.cancel": $Method<"name", object, GoogleCloudMlV1__CancelJobRequest, GoogleProtobuf__Empty>;
    "googleapis.ml.v1.projects.jobs.create": $Method<"parent", object, GoogleCloudMlV1__Job, GoogleCloudMlV1__Job>;
    "googleapis.ml.v1.projects.jobs.get": $Method<"name", object, never, GoogleCloudMlV1__Job>;
    "googleapis.ml.v1.projects.jobs.getIamPolicy": $Method<"resource", { options: unknown }, never, GoogleIamV1__Policy>;
    "googleapis.ml.v1.projects.jobs.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, GoogleCloudMlV1__ListJobsResponse>;
    "googleapis.ml.v1.projects.jobs.patch": $Method<"name", { updateMask: string }, GoogleCloudMlV1__Job, GoogleCloudMlV1__Job>;
    "googleapis.ml.v1.projects.jobs.setIamPolicy": $Method<"resource", object, GoogleIamV1__SetIamPolicyRequest, GoogleIamV1__Policy>;
    "googleapis.ml.v1.projects.jobs.testIamPermissions": $Method<"resource", object, GoogleIamV1__TestIamPermissionsRequest, GoogleIamV1__TestIamPermissionsResponse>;
    "googleapis.ml.v1.projects.locations.get": $Method<"name", object, never, GoogleCloudMlV1__Location>;
    "googleapis.ml.v1.projects.locations.list": $Method<"parent", { pageSize: number; pageToken: string }, never, GoogleCloudMlV1__ListLocationsResponse>;
    "googleapis.ml.v1.projects.locations.operations.cancel": $Method<"name", object, never, GoogleProtobuf__Empty>;
    "googleapis.ml.v1.projects.locations.operations.get": $Method<"name", object, never, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.locations.studies.create": $Method<"parent", { studyId: string }, GoogleCloudMlV1__Study, GoogleCloudMlV1__Study>;
    "googleapis.ml.v1.projects.locations.studies.delete": $Method<"name", object, never, GoogleProtobuf__Empty>;
    "googleapis.ml.v1.projects.locations.studies.get": $Method<"name", object, never, GoogleCloudMlV1__Study>;
    "googleapis.ml.v1.projects.locations.studies.list": $Method<"parent", object, never, GoogleCloudMlV1__ListStudiesResponse>;
    "googleapis.ml.v1.projects.locations.studies.trials.addMeasurement": $Method<"name", object, GoogleCloudMlV1__AddTrialMeasurementRequest, GoogleCloudMlV1__Trial>;
    "googleapis.ml.v1.projects.locations.studies.trials.checkEarlyStoppingState": $Method<"name", object, GoogleCloudMlV1__CheckTrialEarlyStoppingStateRequest, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.locations.studies.trials.complete": $Method<"name", object, GoogleCloudMlV1__CompleteTrialRequest, GoogleCloudMlV1__Trial>;
    "googleapis.ml.v1.projects.locations.studies.trials.create": $Method<"parent", object, GoogleCloudMlV1__Trial, GoogleCloudMlV1__Trial>;
    "googleapis.ml.v1.projects.locations.studies.trials.delete": $Method<"name", object, never, GoogleProtobuf__Empty>;
    "googleapis.ml.v1.projects.locations.studies.trials.get": $Method<"name", object, never, GoogleCloudMlV1__Trial>;
    "googleapis.ml.v1.projects.locations.studies.trials.list": $Method<"parent", object, never, GoogleCloudMlV1__ListTrialsResponse>;
    "googleapis.ml.v1.projects.locations.studies.trials.listOptimalTrials": $Method<"parent", object, GoogleCloudMlV1__ListOptimalTrialsRequest, GoogleCloudMlV1__ListOptimalTrialsResponse>;
    "googleapis.ml.v1.projects.locations.studies.trials.stop": $Method<"name", object, GoogleCloudMlV1__StopTrialRequest, GoogleCloudMlV1__Trial>;
    "googleapis.ml.v1.projects.locations.studies.trials.suggest": $Method<"parent", object, GoogleCloudMlV1__SuggestTrialsRequest, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.create": $Method<"parent", object, GoogleCloudMlV1__Model, GoogleCloudMlV1__Model>;
    "googleapis.ml.v1.projects.models.delete": $Method<"name", object, never, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.get": $Method<"name", object, never, GoogleCloudMlV1__Model>;
    "googleapis.ml.v1.projects.models.getIamPolicy": $Method<"resource", { options: unknown }, never, GoogleIamV1__Policy>;
    "googleapis.ml.v1.projects.models.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, GoogleCloudMlV1__ListModelsResponse>;
    "googleapis.ml.v1.projects.models.patch": $Method<"name", { updateMask: string }, GoogleCloudMlV1__Model, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.setIamPolicy": $Method<"resource", object, GoogleIamV1__SetIamPolicyRequest, GoogleIamV1__Policy>;
    "googleapis.ml.v1.projects.models.testIamPermissions": $Method<"resource", object, GoogleIamV1__TestIamPermissionsRequest, GoogleIamV1__TestIamPermissionsResponse>;
    "googleapis.ml.v1.projects.models.versions.create": $Method<"parent", object, GoogleCloudMlV1__Version, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.versions.delete": $Method<"name", object, never, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.versions.get": $Method<"name", object, never, GoogleCloudMlV1__Version>;
    "googleapis.ml.v1.projects.models.versions.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, GoogleCloudMlV1__ListVersionsResponse>;
    "googleapis.ml.v1.projects.models.versions.patch": $Method<"name", { updateMask: string }, GoogleCloudMlV1__Version, GoogleLongrunning__Operation>;
    "googleapis.ml.v1.projects.models.versions.setDefault": $Method<"name", object, GoogleCloudMlV1__SetDefaultVersionRequest, GoogleCloudMlV1__Version>;
}

interface GoogleCloudMlV1_AutomatedStoppingConfig_DecayCurveAutomatedStoppingConfig { useElapsedTime: boolean }
interface GoogleCloudMlV1_AutomatedStoppingConfig_MedianAutomatedStoppingConfig { useElapsedTime: boolean }
interface GoogleCloudMlV1_HyperparameterOutput_HyperparameterMetric { objectiveValue: number; trainingStep: string | number }
interface GoogleCloudMlV1_Measurement_Metric { metric: string; value: number }
interface GoogleCloudMlV1_StudyConfigParameterSpec_CategoricalValueSpec { values: string[] }
interface GoogleCloudMlV1_StudyConfigParameterSpec_DiscreteValueSpec { values: number[] }
interface GoogleCloudMlV1_StudyConfigParameterSpec_DoubleValueSpec { maxValue: number; minValue: number }
interface GoogleCloudMlV1_StudyConfigParameterSpec_IntegerValueSpec { maxValue: string | number; minValue: string | number }
interface GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentCategoricalValueSpec { values: string[] }
interface GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentDiscreteValueSpec { values: number[] }
interface GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentIntValueSpec { values: (string | number)[] }
interface GoogleCloudMlV1_StudyConfig_MetricSpec { goal: "GOAL_TYPE_UNSPECIFIED" | "MAXIMIZE" | "MINIMIZE"; metric: string }
interface GoogleCloudMlV1_StudyConfig_ParameterSpec { categoricalValueSpec: GoogleCloudMlV1_StudyConfigParameterSpec_CategoricalValueSpec; childParameterSpecs: GoogleCloudMlV1_StudyConfig_ParameterSpec[]; discreteValueSpec: GoogleCloudMlV1_StudyConfigParameterSpec_DiscreteValueSpec; doubleValueSpec: GoogleCloudMlV1_StudyConfigParameterSpec_DoubleValueSpec; integerValueSpec: GoogleCloudMlV1_StudyConfigParameterSpec_IntegerValueSpec; parameter: string; parentCategoricalValues: GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentCategoricalValueSpec; parentDiscreteValues: GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentDiscreteValueSpec; parentIntValues: GoogleCloudMlV1_StudyConfigParameterSpec_MatchingParentIntValueSpec; scaleType: "SCALE_TYPE_UNSPECIFIED" | "UNIT_LINEAR_SCALE" | "UNIT_LOG_SCALE" | "UNIT_REVERSE_LOG_SCALE"; type: "PARAMETER_TYPE_UNSPECIFIED" | "DOUBLE" | "INTEGER" | "CATEGORICAL" | "DISCRETE" }
interface GoogleCloudMlV1_Trial_Parameter { floatValue: number; intValue: string | number; parameter: string; stringValue: string }
interface GoogleCloudMlV1__AcceleratorConfig { count: string | number; type: "ACCELERATOR_TYPE_UNSPECIFIED" | "NVIDIA_TESLA_K80" | "NVIDIA_TESLA_P100" | "NVIDIA_TESLA_V100" | "NVIDIA_TESLA_P4" | "NVIDIA_TESLA_T4" | "NVIDIA_TESLA_A100" | "TPU_V2" | "TPU_V3" | "TPU_V2_POD" | "TPU_V3_POD" | "TPU_V4_POD" }
interface GoogleCloudMlV1__AddTrialMeasurementRequest { measurement: GoogleCloudMlV1__Measurement }
interface GoogleCloudMlV1__AutoScaling { maxNodes: number; metrics: GoogleCloudMlV1__MetricSpec[]; minNodes: number }
interface GoogleCloudMlV1__AutomatedStoppingConfig { decayCurveStoppingConfig: GoogleCloudMlV1_AutomatedStoppingConfig_DecayCurveAutomatedStoppingConfig; medianAutomatedStoppingConfig: GoogleCloudMlV1_AutomatedStoppingConfig_MedianAutomatedStoppingConfig }
interface GoogleCloudMlV1__BuiltInAlgorithmOutput { framework: string; modelPath: string; pythonVersion: string; runtimeVersion: string }
interface GoogleCloudMlV1__CancelJobRequest {  }
interface GoogleCloudMlV1__Capability { availableAccelerators: ("ACCELERATOR_TYPE_UNSPECIFIED" | "NVIDIA_TESLA_K80" | "NVIDIA_TESLA_P100" | "NVIDIA_TESLA_V100" | "NVIDIA_TESLA_P4" | "NVIDIA_TESLA_T4" | "NVIDIA_TESLA_A100" | "TPU_V2" | "TPU_V3" | "TPU_V2_POD" | "TPU_V3_POD" | "TPU_V4_POD")[]; type: "TYPE_UNSPECIFIED" | "TRAINING" | "BATCH_PREDICTION" | "ONLINE_PREDICTION" }
interface GoogleCloudMlV1__CheckTrialEarlyStoppingStateRequest {  }
interface GoogleCloudMlV1__CompleteTrialRequest { finalMeasurement: GoogleCloudMlV1__Measurement; infeasibleReason: string; trialInfeasible: boolean }
interface GoogleCloudMlV1__ContainerPort { containerPort: number }
interface GoogleCloudMlV1__ContainerSpec { args: string[]; command: string[]; env: GoogleCloudMlV1__EnvVar[]; image: string; ports: GoogleCloudMlV1__ContainerPort[] }
interface GoogleCloudMlV1__DiskConfig { bootDiskSizeGb: number; bootDiskType: string }
interface GoogleCloudMlV1__EncryptionConfig { kmsKeyName: string }
interface GoogleCloudMlV1__EnvVar { name: string; value: string }
interface GoogleCloudMlV1__ExplanationConfig { integratedGradientsAttribution: GoogleCloudMlV1__IntegratedGradientsAttribution; sampledShapleyAttribution: GoogleCloudMlV1__SampledShapleyAttribution; xraiAttribution: GoogleCloudMlV1__XraiAttribution }
interface GoogleCloudMlV1__HyperparameterOutput { allMetrics: GoogleCloudMlV1_HyperparameterOutput_HyperparameterMetric[]; builtInAlgorithmOutput: GoogleCloudMlV1__BuiltInAlgorithmOutput; endTime: string; finalMetric: GoogleCloudMlV1_HyperparameterOutput_HyperparameterMetric; hyperparameters: { [key: string]: string }; isTrialStoppedEarly: boolean; startTime: string; state: "STATE_UNSPECIFIED" | "QUEUED" | "PREPARING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLING" | "CANCELLED"; trialId: string; webAccessUris: { [key: string]: string } }
interface GoogleCloudMlV1__HyperparameterSpec { algorithm: "ALGORITHM_UNSPECIFIED" | "GRID_SEARCH" | "RANDOM_SEARCH"; enableTrialEarlyStopping: boolean; goal: "GOAL_TYPE_UNSPECIFIED" | "MAXIMIZE" | "MINIMIZE"; hyperparameterMetricTag: string; maxFailedTrials: number; maxParallelTrials: number; maxTrials: number; params: GoogleCloudMlV1__ParameterSpec[]; resumePreviousJobId: string }
interface GoogleCloudMlV1__IntegratedGradientsAttribution { numIntegralSteps: number }
interface GoogleCloudMlV1__Job { createTime: string; endTime: string; errorMessage: string; etag: string; jobId: string; jobPosition: string | number; labels: { [key: string]: string }; predictionInput: GoogleCloudMlV1__PredictionInput; predictionOutput: GoogleCloudMlV1__PredictionOutput; startTime: string; state: "STATE_UNSPECIFIED" | "QUEUED" | "PREPARING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLING" | "CANCELLED"; trainingInput: GoogleCloudMlV1__TrainingInput; trainingOutput: GoogleCloudMlV1__TrainingOutput }
interface GoogleCloudMlV1__ListJobsResponse { jobs: GoogleCloudMlV1__Job[]; nextPageToken: string }
interface GoogleCloudMlV1__ListLocationsResponse { locations: GoogleCloudMlV1__Location[]; nextPageToken: string }
interface GoogleCloudMlV1__ListModelsResponse { models: GoogleCloudMlV1__Model[]; nextPageToken: string }
interface GoogleCloudMlV1__ListOptimalTrialsRequest {  }
interface GoogleCloudMlV1__ListOptimalTrialsResponse { trials: GoogleCloudMlV1__Trial[] }
interface GoogleCloudMlV1__ListStudiesResponse { studies: GoogleCloudMlV1__Study[] }
interface GoogleCloudMlV1__ListTrialsResponse { trials: GoogleCloudMlV1__Trial[] }
interface GoogleCloudMlV1__ListVersionsResponse { nextPageToken: string; versions: GoogleCloudMlV1__Version[] }
interface GoogleCloudMlV1__Location { capabilities: GoogleCloudMlV1__Capability[]; name: string }
interface GoogleCloudMlV1__ManualScaling { nodes: number }
interface GoogleCloudMlV1__Measurement { elapsedTime: string; metrics: GoogleCloudMlV1_Measurement_Metric[]; stepCount: string | number }
interface GoogleCloudMlV1__MetricSpec { name: "METRIC_NAME_UNSPECIFIED" | "CPU_USAGE" | "GPU_DUTY_CYCLE"; target: number }
interface GoogleCloudMlV1__Model { defaultVersion: GoogleCloudMlV1__Version; description: string; etag: string; labels: { [key: string]: string }; name: string; onlinePredictionConsoleLogging: boolean; onlinePredictionLogging: boolean; regions: string[] }
interface GoogleCloudMlV1__ParameterSpec { categoricalValues: string[]; discreteValues: number[]; maxValue: number; minValue: number; parameterName: string; scaleType: "NONE" | "UNIT_LINEAR_SCALE" | "UNIT_LOG_SCALE" | "UNIT_REVERSE_LOG_SCALE"; type: "PARAMETER_TYPE_UNSPECIFIED" | "DOUBLE" | "INTEGER" | "CATEGORICAL" | "DISCRETE" }
interface GoogleCloudMlV1__PredictionInput { batchSize: string | number; dataFormat: "DATA_FORMAT_UNSPECIFIED" | "JSON" | "TEXT" | "TF_RECORD" | "TF_RECORD_GZIP" | "CSV"; inputPaths: string[]; maxWorkerCount: string | number; modelName: string; outputDataFormat: "DATA_FORMAT_UNSPECIFIED" | "JSON" | "TEXT" | "TF_RECORD" | "TF_RECORD_GZIP" | "CSV"; outputPath: string; region: string; runtimeVersion: string; signatureName: string; uri: string; versionName: string }
interface GoogleCloudMlV1__PredictionOutput { errorCount: string | number; nodeHours: number; outputPath: string; predictionCount: string | number }
interface GoogleCloudMlV1__ReplicaConfig { acceleratorConfig: GoogleCloudMlV1__AcceleratorConfig; containerArgs: string[]; containerCommand: string[]; diskConfig: GoogleCloudMlV1__DiskConfig; imageUri: string; tpuTfVersion: string }
interface GoogleCloudMlV1__RequestLoggingConfig { bigqueryTableName: string; samplingPercentage: number }
interface GoogleCloudMlV1__RouteMap { health: string; predict: string }
interface GoogleCloudMlV1__SampledShapleyAttribution { numPaths: number }
interface GoogleCloudMlV1__Scheduling { maxRunningTime: string; maxWaitTime: string; priority: number }
interface GoogleCloudMlV1__SetDefaultVersionRequest {  }
interface GoogleCloudMlV1__StopTrialRequest {  }
interface GoogleCloudMlV1__Study { createTime: string; inactiveReason: string; name: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "INACTIVE" | "COMPLETED"; studyConfig: GoogleCloudMlV1__StudyConfig }
interface GoogleCloudMlV1__StudyConfig { algorithm: "ALGORITHM_UNSPECIFIED" | "GAUSSIAN_PROCESS_BANDIT" | "GRID_SEARCH" | "RANDOM_SEARCH"; automatedStoppingConfig: GoogleCloudMlV1__AutomatedStoppingConfig; metrics: GoogleCloudMlV1_StudyConfig_MetricSpec[]; parameters: GoogleCloudMlV1_StudyConfig_ParameterSpec[] }
interface GoogleCloudMlV1__SuggestTrialsRequest { clientId: string; suggestionCount: number }
interface GoogleCloudMlV1__TrainingInput { args: string[]; enableWebAccess: boolean; encryptionConfig: GoogleCloudMlV1__EncryptionConfig; evaluatorConfig: GoogleCloudMlV1__ReplicaConfig; evaluatorCount: string | number; evaluatorType: string; hyperparameters: GoogleCloudMlV1__HyperparameterSpec; jobDir: string; masterConfig: GoogleCloudMlV1__ReplicaConfig; masterType: string; network: string; packageUris: string[]; parameterServerConfig: GoogleCloudMlV1__ReplicaConfig; parameterServerCount: string | number; parameterServerType: string; pythonModule: string; pythonVersion: string; region: string; runtimeVersion: string; scaleTier: "BASIC" | "STANDARD_1" | "PREMIUM_1" | "BASIC_GPU" | "BASIC_TPU" | "CUSTOM"; scheduling: GoogleCloudMlV1__Scheduling; serviceAccount: string; useChiefInTfConfig: boolean; workerConfig: GoogleCloudMlV1__ReplicaConfig; workerCount: string | number; workerType: string }
interface GoogleCloudMlV1__TrainingOutput { builtInAlgorithmOutput: GoogleCloudMlV1__BuiltInAlgorithmOutput; completedTrialCount: string | number; consumedMLUnits: number; hyperparameterMetricTag: string; isBuiltInAlgorithmJob: boolean; isHyperparameterTuningJob: boolean; trials: GoogleCloudMlV1__HyperparameterOutput[]; webAccessUris: { [key: string]: string } }
interface GoogleCloudMlV1__Trial { clientId: string; endTime: string; finalMeasurement: GoogleCloudMlV1__Measurement; infeasibleReason: string; measurements: GoogleCloudMlV1__Measurement[]; name: string; parameters: GoogleCloudMlV1_Trial_Parameter[]; startTime: string; state: "STATE_UNSPECIFIED" | "REQUESTED" | "ACTIVE" | "COMPLETED" | "STOPPING"; trialInfeasible: boolean }
interface GoogleCloudMlV1__Version { acceleratorConfig: GoogleCloudMlV1__AcceleratorConfig; autoScaling: GoogleCloudMlV1__AutoScaling; container: GoogleCloudMlV1__ContainerSpec; createTime: string; deploymentUri: string; description: string; errorMessage: string; etag: string; explanationConfig: GoogleCloudMlV1__ExplanationConfig; framework: "FRAMEWORK_UNSPECIFIED" | "TENSORFLOW" | "SCIKIT_LEARN" | "XGBOOST"; isDefault: boolean; labels: { [key: string]: string }; lastMigrationModelId: string; lastMigrationTime: string; lastUseTime: string; machineType: string; manualScaling: GoogleCloudMlV1__ManualScaling; name: string; packageUris: string[]; predictionClass: string; pythonVersion: string; requestLoggingConfig: GoogleCloudMlV1__RequestLoggingConfig; routes: GoogleCloudMlV1__RouteMap; runtimeVersion: string; serviceAccount: string; state: "UNKNOWN" | "READY" | "CREATING" | "FAILED" | "DELETING" | "UPDATING" }
interface GoogleCloudMlV1__XraiAttribution { numIntegralSteps: number }
interface GoogleIamV1__AuditConfig { auditLogConfigs: GoogleIamV1__AuditLogConfig[]; service: string }
interface GoogleIamV1__AuditLogConfig { exemptedMembers: string[]; logType: "LOG_TYPE_UNSPECIFIED" | "ADMIN_READ" | "DATA_WRITE" | "DATA_READ" }
interface GoogleIamV1__Binding { condition: GoogleType__Expr; members: string[]; role: string }
interface GoogleIamV1__Policy { auditConfigs: GoogleIamV1__AuditConfig[]; bindings: GoogleIamV1__Binding[]; etag: string; version: number }
interface GoogleIamV1__SetIamPolicyRequest { policy: GoogleIamV1__Policy; updateMask: string }
interface GoogleIamV1__TestIamPermissionsRequest { permissions: string[] }
interface GoogleIamV1__TestIamPermissionsResponse { permissions: string[] }
interface GoogleLongrunning__Operation { done: boolean; error: GoogleRpc__Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface GoogleProtobuf__Empty {  }
interface GoogleRpc__Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface GoogleType__Expr { description: string; expression: string; location: string; title: string }
