import * as projects from "@pulumi/gcp/projects";
import * as servicedirectory from "@pulumi/gcp/servicedirectory";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, log } from "../base";
import { type Grant, serviceAgent } from "../grants";
import { type Target, TargetKind } from "../target";
import { variablePrefix } from "../../workflow";

/**
 * The service of Service Directory by which a workflow reaches a target in a network of yours, such as an internal load balancer
 * (https://docs.cloud.google.com/workflows/docs/invoke-private-endpoint-vpc).
 */
export interface PrivateServiceArgs {
    /** The full name, `projects/P/locations/L/namespaces/N/services/S`, which is the `name` of `gcp.servicedirectory.Service`. */
    name: pulumi.Input<string>;
    /** The ID of the project of the network that the service's endpoints are in. @default - the workflow's project */
    networkProject?: pulumi.Input<string>;
}

/** The private service of a target, and the variable that holds its name. */
export interface PrivateService {
    name: pulumi.Input<string>;
    variable: string;
    networkProject?: pulumi.Input<string> | undefined;
}

const NAME = /^projects\/[^/]+\/locations\/[^/]+\/namespaces\/[^/]+\/services\/[^/]+$/;

/** The targets whose host everybody knows, so that no network can have it. */
const PUBLIC: readonly TargetKind[] = [TargetKind.GoogleApi, TargetKind.Job];

/**
 * The private services of a workflow, by the keys of its targets.
 * @throws ResourceError for a target that there is not, or that no network can have, and for a name that is none
 */
export function privateServicesOf(
    component: pulumi.Resource,
    given: Record<string, PrivateServiceArgs>,
    targets: Record<string, Target>,
): Map<string, PrivateService> {
    return new Map(
        Object.entries(given).map(([key, service]: [string, PrivateServiceArgs | null | undefined]) => {
            const argument = `privateServices.${key}`;
            const { name = "", networkProject } = service ?? {};
            const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
            if (target === undefined) {
                const known = Object.keys(targets).join(", ") || "none";
                throw argumentError(
                    component,
                    argument,
                    `is no key of targets, which has ${known}; add ${key} to targets`,
                );
            }
            if (PUBLIC.includes(target.kind)) {
                throw argumentError(
                    component,
                    argument,
                    `is for a target of the kind ${target.kind}, which is reached by Google's own host alone; leave it out`,
                );
            }
            const checked = (full: string): string => {
                if (NAME.test(full)) {
                    return full;
                }
                throw argumentError(
                    component,
                    `${argument}.name`,
                    `"${full}" is no service of Service Directory; write projects/P/locations/L/namespaces/N/services/S, such as the name of a gcp.servicedirectory.Service`,
                );
            };
            const known = typeof name === "string" ? checked(name) : pulumi.output(name).apply(checked);
            return [key, { name: known, variable: `${variablePrefix(key)}_PRIVATE_SERVICE`, networkProject }];
        }),
    );
}

/** The values of the variables that hold the names, by their names. */
export const privateServiceValues = (services: Map<string, PrivateService>): Record<string, pulumi.Input<string>> =>
    Object.fromEntries([...services.values()].map(({ variable, name }) => [variable, name]));

/**
 * Lets the service agent of Workflows resolve the private services and access their networks, as it needs to send requests there.
 * The agent is one for all workflows of the project, so that these grants stay when one of them is deleted.
 * https://docs.cloud.google.com/workflows/docs/invoke-private-endpoint-vpc
 */
export function privateAccess(
    component: pulumi.Resource,
    name: string,
    services: Map<string, PrivateService>,
    project: pulumi.Output<string>,
): Grant[] {
    if (services.size === 0) {
        return [];
    }
    const member = serviceAgent(component, name, "workflows", project);
    const options = { parent: component, retainOnDelete: true };
    const [viewer, access] = ["roles/servicedirectory.viewer", "roles/servicedirectory.pscAuthorizedService"];
    void log.info(
        `privateServices: ${access} is granted to the service agent of Workflows on the project of the network, as nothing narrower carries it, ` +
            `and stays with ${viewer} on the service when ${name} is deleted, as other workflows may need it by then`,
        component,
    );
    const networks = new Map<pulumi.Input<string>, string>();
    const resolving = [...services].map(([key, { name: service, networkProject }]): Grant => {
        networks.set(networkProject ?? "", key);
        return {
            binding: new servicedirectory.ServiceIamMember(
                `${name}-${key}-private`,
                { name: service, role: viewer, member },
                options,
            ),
            info: {
                ...{ member, role: viewer, label: `the private service of ${key}` },
                resource: pulumi.interpolate`https://servicedirectory.googleapis.com/v1/${service}`,
            },
        };
    });
    const accessing = [...networks].map(([network, key]): Grant => {
        const owner = network === "" ? project : network;
        return {
            binding: new projects.IAMMember(
                networks.size === 1 ? `${name}-network` : `${name}-${key}-network`,
                { project: owner, role: access, member },
                options,
            ),
            info: {
                ...{ member, role: access, label: `the network of ${key}` },
                resource: pulumi.interpolate`https://cloudresourcemanager.googleapis.com/v1/projects/${owner}`,
            },
        };
    });
    return [...resolving, ...accessing];
}
