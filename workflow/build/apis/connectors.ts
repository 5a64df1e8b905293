// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { $Methods as aiplatform_v1 } from "./aiplatform.v1";
import type { $Methods as artifactregistry_v1 } from "./artifactregistry.v1";
import type { $Methods as batch_v1 } from "./batch.v1";
import type { $Methods as bigquery_v2 } from "./bigquery.v2";
import type { $Methods as bigquerydatatransfer_v1 } from "./bigquerydatatransfer.v1";
import type { $Methods as cloudbuild_v1 } from "./cloudbuild.v1";
import type { $Methods as cloudfunctions_v1 } from "./cloudfunctions.v1";
import type { $Methods as cloudfunctions_v2 } from "./cloudfunctions.v2";
import type { $Methods as cloudresourcemanager_v1 } from "./cloudresourcemanager.v1";
import type { $Methods as cloudresourcemanager_v3 } from "./cloudresourcemanager.v3";
import type { $Methods as cloudscheduler_v1 } from "./cloudscheduler.v1";
import type { $Methods as cloudtasks_v2 } from "./cloudtasks.v2";
import type { $Methods as cloudtasks_v2beta3 } from "./cloudtasks.v2beta3";
import type { $Methods as compute_v1 } from "./compute.v1";
import type { $Methods as container_v1 } from "./container.v1";
import type { $Methods as dataflow_v1b3 } from "./dataflow.v1b3";
import type { $Methods as documentai_v1 } from "./documentai.v1";
import type { $Methods as firestore_v1 } from "./firestore.v1";
import type { $Methods as forms_v1 } from "./forms.v1";
import type { $Methods as iam_v1 } from "./iam.v1";
import type { $Methods as iamcredentials_v1 } from "./iamcredentials.v1";
import type { $Methods as integrations_v1 } from "./integrations.v1";
import type { $Methods as language_v1 } from "./language.v1";
import type { $Methods as logging_v2 } from "./logging.v2";
import type { $Methods as ml_v1 } from "./ml.v1";
import type { $Methods as pubsub_v1 } from "./pubsub.v1";
import type { $Methods as run_v1 } from "./run.v1";
import type { $Methods as run_v2 } from "./run.v2";
import type { $Methods as secretmanager_v1 } from "./secretmanager.v1";
import type { $Methods as sheets_v4 } from "./sheets.v4";
import type { $Methods as spanner_v1 } from "./spanner.v1";
import type { $Methods as sqladmin_v1 } from "./sqladmin.v1";
import type { $Methods as sqladmin_v1beta4 } from "./sqladmin.v1beta4";
import type { $Methods as storage_v1 } from "./storage.v1";
import type { $Methods as storagetransfer_v1 } from "./storagetransfer.v1";
import type { $Methods as transcoder_v1 } from "./transcoder.v1";
import type { $Methods as translate_v2 } from "./translate.v2";
import type { $Methods as translate_v3 } from "./translate.v3";
import type { $Methods as translate_v3beta1 } from "./translate.v3beta1";
import type { $Methods as workflowexecutions_v1 } from "./workflowexecutions.v1";
import type { $Methods as workflowexecutions_v1beta } from "./workflowexecutions.v1beta";
import type { $Methods as workflows_v1 } from "./workflows.v1";

/** The methods of Google's APIs, as connectors, with their arguments, bodies and results. */
// prettier-ignore
export interface Connectors
    extends aiplatform_v1,
        artifactregistry_v1,
        batch_v1,
        bigquery_v2,
        bigquerydatatransfer_v1,
        cloudbuild_v1,
        cloudfunctions_v1,
        cloudfunctions_v2,
        cloudresourcemanager_v1,
        cloudresourcemanager_v3,
        cloudscheduler_v1,
        cloudtasks_v2,
        cloudtasks_v2beta3,
        compute_v1,
        container_v1,
        dataflow_v1b3,
        documentai_v1,
        firestore_v1,
        forms_v1,
        iam_v1,
        iamcredentials_v1,
        integrations_v1,
        language_v1,
        logging_v2,
        ml_v1,
        pubsub_v1,
        run_v1,
        run_v2,
        secretmanager_v1,
        sheets_v4,
        spanner_v1,
        sqladmin_v1,
        sqladmin_v1beta4,
        storage_v1,
        storagetransfer_v1,
        transcoder_v1,
        translate_v2,
        translate_v3,
        translate_v3beta1,
        workflowexecutions_v1,
        workflowexecutions_v1beta,
        workflows_v1 {}
