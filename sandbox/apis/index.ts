import { cloudresourcemanager } from "./cloudresourcemanager";
import { cloudscheduler } from "./cloudscheduler";
import { cloudtasks } from "./cloudtasks";
import { compute } from "./compute";
import type { ApiDefinition } from "./framework";
import { logging } from "./logging";
import { pubsub } from "./pubsub";
import { run, runV1 } from "./run";
import { secretmanager } from "./secretmanager";
import { serviceusage } from "./serviceusage";
import { workflows } from "./workflows";

/** The APIs that administer resources. Those that deal in identity stand beside them. */
export const googleApis: ApiDefinition[] = [
    cloudresourcemanager,
    cloudscheduler,
    cloudtasks,
    compute,
    logging,
    pubsub,
    run,
    runV1,
    secretmanager,
    serviceusage,
    workflows,
];

export * from "./framework";
