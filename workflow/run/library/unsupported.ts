import { failure } from "../errors";
import type { Callee } from "../signature";

/** Functions that Google has and this interpreter has not: a deploy takes them, a run refuses them by name. */
const NAMES = ["gke.request", "gke.create_job", "gke.await_job", "gke.delete_job", "shell.gcloud", "shell.kubectl"];

export const UNSUPPORTED: Callee[] = NAMES.map((name) => ({
    name,
    blocking: true,
    run(): never {
        throw failure("SystemError", `${name} is not supported by this interpreter`);
    },
}));
