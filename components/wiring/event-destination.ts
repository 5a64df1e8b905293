import * as pulumi from "@pulumi/pulumi";
import { argumentError, regionOf } from "../base";
import { type Target, TargetKind } from "../target";

/** Where events go: a service, or a workflow. */
interface EventDestination {
    target?: Target;
    path?: pulumi.Input<string>;
    workflow?: pulumi.Input<string>;
}

/** The service, or what executes a workflow, as what the trigger's account must have a grant on. */
export function eventDestination(component: pulumi.Resource, { target, workflow, path }: EventDestination): Target {
    if ((target === undefined) === (workflow === undefined)) {
        const reason = "is where events go, unless workflow is; give exactly one of the two";
        throw argumentError(component, "target", reason);
    }
    if (target === undefined) {
        if (path !== undefined) {
            throw argumentError(component, "path", "is for a service, and a workflow has none; leave it out");
        }
        const roles = [{ role: "roles/workflows.invoker" }];
        return { kind: TargetKind.GoogleApi, url: "https://workflowexecutions.googleapis.com", roles };
    }
    if (target.kind !== TargetKind.Run) {
        const reason = `is of the kind "${target.kind}", and Eventarc delivers to Cloud Run services and workflows; let one of these call it`;
        throw argumentError(component, "target", reason);
    }
    return target;
}

/** The region in which a service gets the events: of several the trigger's own, or else the first. */
export function eventRegion(target: Target, location: pulumi.Input<string>): pulumi.Input<string> | undefined {
    const own = typeof location === "string" && Object.keys(target.regions ?? {}).includes(location);
    return own ? location : regionOf(target);
}

/** `projects/P/locations/L/services/S` or `projects/P/locations/L/workflows/W`. */
export function eventDestinationName(
    { workflow, location }: EventDestination & { location: pulumi.Input<string> },
    target: Target,
    project: pulumi.Output<string>,
): pulumi.Output<string> {
    const name = target.resource?.name ?? "";
    const region = eventRegion(target, location) ?? "";
    return workflow === undefined
        ? pulumi.interpolate`projects/${project}/locations/${region}/services/${name}`
        : pulumi.output(workflow);
}
