import * as projects from "@pulumi/gcp/projects";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Enables Google APIs in the project where the component is told to. They stay enabled when it is gone: others may use
 * them by then (https://cloud.google.com/service-usage/docs/enable-disable).
 * @param apis Such as `run` for `run.googleapis.com`.
 */
export function enableApis(
    component: pulumi.Resource,
    name: string,
    args: { enableApis?: boolean; project?: pulumi.Input<string> },
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
                    ...(args.project && { project: args.project }),
                },
                { parent: component },
            ),
    );
}
