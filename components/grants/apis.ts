import * as projects from "@pulumi/gcp/projects";
import type * as pulumi from "@pulumi/pulumi";
import type { CallerArgs } from "../caller-args";
import { defined } from "../../common";

/**
 * Enables Google APIs in the project, if the component's arguments ask for it. They stay enabled after the component is
 * deleted, because others may use them by then (https://cloud.google.com/service-usage/docs/enable-disable).
 * @param apis Such as `run` for `run.googleapis.com`.
 */
export function enableApis(
    component: pulumi.Resource,
    name: string,
    args: CallerArgs,
    apis: string[],
): pulumi.Resource[] {
    if (args.enableApis !== true) {
        return [];
    }
    return apis.map(
        (api) =>
            new projects.Service(
                `${name}-${api}-api`,
                {
                    service: `${api}.googleapis.com`,
                    disableOnDestroy: false,
                    ...defined({ project: args.project }),
                },
                { parent: component },
            ),
    );
}
