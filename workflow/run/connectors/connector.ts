import type { Callee } from "../frame";
import { isMapValue, mapOf, WorkflowError } from "../values";
import { callMethod } from "./call";
import { CONNECTOR_HELPERS } from "./helpers";
import { findMethod } from "./table";

const HELPERS = new Map(CONNECTOR_HELPERS.map((each) => [each.name, each]));

/** The names of connectors that are no method of an API, such as `gke.request`. */
export const HELPER_NAMES: readonly string[] = [...HELPERS.keys()];

/** Whether a name has the form of a connector. Google adds connectors, so that more may exist than are known here. */
export const isConnectorName = (name: string): boolean => /^googleapis(\.\w+){3,}$/.test(name);

/**
 * The connector of a name such as `googleapis.run.v2.projects.locations.services.get`. One that is not known here ends the
 * execution that calls it. Undefined if the name has not the form of a connector.
 */
export function connector(name: string): Callee | undefined {
    const helper = HELPERS.get(name);
    if (helper !== undefined || !isConnectorName(name)) {
        return helper;
    }
    const method = findMethod(name);
    if (method === undefined) {
        return { name, params: [], open: true, blocking: true, run: () => unknownConnector(name) };
    }
    return {
        name,
        params: method.pathParams,
        open: true,
        blocking: true,
        run: ([args], frame) => callMethod(method, isMapValue(args) ? args : mapOf({}), frame),
    };
}

/** No `except` catches it, because Google Cloud may know the connector: what the workflow would do there is not known. */
function unknownConnector(name: string): never {
    const message = `the connector '${name}' is not known here: call the API with http.request instead`;
    throw new WorkflowError(mapOf({ tags: ["SystemError"], message }), message, false);
}
