import { apigateway } from "./apigateway";
import { artifactregistry } from "./artifactregistry";
import { cloudbilling } from "./cloudbilling";
import { cloudbuild } from "./cloudbuild";
import { cloudidentity } from "./cloudidentity";
import { cloudfunctions, cloudfunctionsV1 } from "./functions";
import { cloudresourcemanager } from "./cloudresourcemanager";
import { cloudscheduler, cloudtasks } from "./timers";
import { compute } from "./compute";
import { eventarc } from "./eventarc";
import type { ApiDefinition } from "./framework";
import { iap } from "./identity";
import { keptPolicies } from "./kept-policies";
import { logging, loggingMetrics, monitoring } from "./observability";
import { orgpolicy } from "./orgpolicy";
import { pubsub } from "./pubsub";
import { run, runJobs, runV1, runWorkerPools } from "./run";
import { kms } from "./kms";
import { secretmanager } from "./secretmanager";
import { servicemanagement } from "./servicemanagement";
import { servicedirectory } from "./servicedirectory";
import { serviceusage } from "./serviceusage";
import { storage } from "./storage";
import { vpcaccess } from "./vpcaccess";
import { workflows } from "./workflows";

/** The APIs that administer resources. The APIs of identity are registered apart from them. */
export const googleApis: ApiDefinition[] = [
    apigateway,
    artifactregistry,
    cloudbilling,
    cloudbuild,
    cloudfunctions,
    cloudfunctionsV1,
    cloudidentity,
    cloudresourcemanager,
    cloudscheduler,
    cloudtasks,
    compute,
    eventarc,
    iap,
    keptPolicies,
    logging,
    loggingMetrics,
    monitoring,
    orgpolicy,
    pubsub,
    run,
    runJobs,
    ...runV1,
    runWorkerPools,
    kms,
    secretmanager,
    servicemanagement,
    servicedirectory,
    serviceusage,
    storage,
    vpcaccess,
    workflows,
];
