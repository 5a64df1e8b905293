import { createRequire } from "node:module";
import type * as values from "../../engine/light";
import type * as languages from "../../engine/languages";
import type * as project from "../../engine/project";
import { loadEngine } from "../../sandbox/light";
import type * as sandbox from "../../sandbox";
import type * as iam from "../../sandbox/iam";
import type * as workloads from "../../sandbox/workloads";
import type * as control from "../../sandbox/control";
import type * as smoke from "../../smoke";
import type * as report from "../../smoke/report";
import type * as run from "../run";
import type * as verify from "../verify";

const load = createRequire(__filename);

/**
 * The sandbox, the check and the engine, loaded when they are used: `gcp-invoke --help`, and every command that starts no
 * sandbox, would otherwise wait a second for them.
 */
export const lazy = {
    sandbox: () => load("../../sandbox") as typeof sandbox,
    control: () => load("../../sandbox/control") as typeof control,
    iam: () => load("../../sandbox/iam") as typeof iam,
    workloads: () => load("../../sandbox/workloads") as typeof workloads,
    smoke: () => load("../../smoke") as typeof smoke,
    /** How reports are written, without what makes checks. */
    report: () => load("../../smoke/report") as typeof report,
    run: () => load("../run") as typeof run,
    verify: () => load("../verify") as typeof verify,
    engine: loadEngine,
    project: () => load("../../engine/project") as typeof project,
    languages: () => load("../../engine/languages") as typeof languages,
    values: () => load("../../engine/light") as typeof values,
};
