import type { Callee } from "../signature";

/** The connector of a name such as `googleapis.run.v2.projects.locations.services.get`. */
export function connector(_name: string): Callee | undefined {
    return undefined;
}
