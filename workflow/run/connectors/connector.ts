import type { Callee } from "../frame";
import { isMapValue, mapOf } from "../values";
import { callMethod } from "./call";
import { CONNECTOR_HELPERS } from "./helpers";
import { findMethod } from "./table";

const HELPERS = new Map(CONNECTOR_HELPERS.map((each) => [each.name, each]));

/** The names of connectors that are no method of an API, such as `gke.request`. */
export const HELPER_NAMES: readonly string[] = [...HELPERS.keys()];

/** The connector of a name such as `googleapis.run.v2.projects.locations.services.get`, or undefined if the name is unknown. */
export function connector(name: string): Callee | undefined {
    const helper = HELPERS.get(name);
    const method = helper === undefined && name.startsWith("googleapis.") ? findMethod(name) : undefined;
    if (method === undefined) {
        return helper;
    }
    return {
        name,
        params: method.pathParams,
        open: true,
        blocking: true,
        run: ([args], frame) => callMethod(method, isMapValue(args) ? args : mapOf({}), frame),
    };
}
