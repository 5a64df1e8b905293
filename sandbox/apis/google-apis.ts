import { artifactregistry } from "./artifactregistry";
import { cloudbilling } from "./cloudbilling";
import { cloudbuild } from "./cloudbuild";
import { cloudfunctions } from "./functions/v2";
import { cloudfunctionsV1 } from "./functions/v1";
import { cloudresourcemanager } from "./cloudresourcemanager";
import { cloudscheduler } from "./timers/cloudscheduler";
import { cloudtasks } from "./timers/cloudtasks";
import { compute } from "./compute";
import { eventarc } from "./eventarc/api";
import type { ApiDefinition } from "./framework";
import { iap } from "./identity/iap";
import { logging } from "./observability/logging";
import { loggingMetrics } from "./observability/log-metrics";
import { monitoring } from "./observability/monitoring";
import { pubsub } from "./pubsub/api";
import { run } from "./run/services";
import { runJobs } from "./run/jobs";
import { runV1 } from "./run/v1";
import { secretmanager } from "./secretmanager";
import { serviceusage } from "./serviceusage";
import { storage } from "./storage/api";
import { workflows } from "./workflows/workflows";

/** The APIs that administer resources. Those that deal in identity stand beside them. */
export const googleApis: ApiDefinition[] = [
    artifactregistry,
    cloudbilling,
    cloudbuild,
    cloudfunctions,
    cloudfunctionsV1,
    cloudresourcemanager,
    cloudscheduler,
    cloudtasks,
    compute,
    eventarc,
    iap,
    logging,
    loggingMetrics,
    monitoring,
    pubsub,
    run,
    runJobs,
    ...runV1,
    secretmanager,
    serviceusage,
    storage,
    workflows,
];
