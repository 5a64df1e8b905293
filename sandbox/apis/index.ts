import { artifactregistry } from "./artifactregistry";
import { cloudbilling } from "./cloudbilling";
import { cloudbuild } from "./cloudbuild";
import { cloudfunctions } from "./cloudfunctions";
import { cloudfunctionsV1 } from "./cloudfunctions-v1";
import { cloudresourcemanager } from "./cloudresourcemanager";
import { cloudscheduler } from "./cloudscheduler";
import { cloudtasks } from "./cloudtasks";
import { compute } from "./compute";
import { eventarc } from "./eventarc";
import type { ApiDefinition } from "./framework";
import { iap } from "./iap";
import { logging } from "./logging";
import { loggingMetrics } from "./logging-metrics";
import { monitoring } from "./monitoring";
import { pubsub } from "./pubsub";
import { run } from "./run";
import { runJobs } from "./run-jobs";
import { runV1 } from "./run-v1";
import { secretmanager } from "./secretmanager";
import { serviceusage } from "./serviceusage";
import { storage } from "./storage";
import { workflows } from "./workflows";

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

export * from "./framework";
