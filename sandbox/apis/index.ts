import { cloudresourcemanager } from "./cloudresourcemanager";
import { compute } from "./compute";
import type { ApiDefinition } from "./framework";
import { logging } from "./logging";
import { run, runV1 } from "./run";
import { serviceusage } from "./serviceusage";
import { workflows } from "./workflows";

/** The APIs that administer resources. Those that deal in identity stand beside them. */
export const googleApis: ApiDefinition[] = [
    cloudresourcemanager,
    compute,
    logging,
    run,
    runV1,
    serviceusage,
    workflows,
];

export * from "./framework";
