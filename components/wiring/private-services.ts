import * as projects from "@pulumi/gcp/projects";
import * as servicedirectory from "@pulumi/gcp/servicedirectory";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, log } from "../base";
import { type Grant, serviceAgent } from "../grants";
import { type Target, TargetKind } from "../target";
import { defined } from "../../common";
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
const NO_NAME =
    "is no service of Service Directory; write projects/P/locations/L/namespaces/N/services/S, such as the name of a gcp.servicedirectory.Service";

/** The ID of a project, which can begin with a domain (https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects). */
const PROJECT = /^[a-z0-9][a-z0-9.:-]*$/;
const NO_PROJECT =
    "is no ID of a project; write the ID alone, such as shared-network, or leave it out for the project of the workflow";

/** What a program can give that is not checked by types. */
type Given = { [Field in keyof PrivateServiceArgs]?: PrivateServiceArgs[Field] | null };

/** The targets whose host everybody knows, so that no network can have it. */
const PUBLIC: readonly TargetKind[] = [TargetKind.GoogleApi, TargetKind.Job];

/**
 * The private services of a workflow, by the keys of its targets.
 * @throws ResourceError for a target that there is not, or that no network can have, and for a name or a project that is none
 */
export function privateServicesOf(
    component: pulumi.Resource,
    given: Record<string, PrivateServiceArgs>,
    targets: Record<string, Target>,
): Map<string, PrivateService> {
    return new Map(
        Object.entries(given).map(([key, service]: [string, Given | null | undefined]) => {
            const argument = `privateServices.${key}`;
            const { name, networkProject } = service ?? {};
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
            const checked = (field: string, value: pulumi.Input<string>, form: RegExp, reason: string) => {
                const check = (text: string | null | undefined): string => {
                    if (text !== null && text !== undefined && form.test(text)) {
                        return text;
                    }
                    throw argumentError(component, `${argument}.${field}`, `"${text ?? ""}" ${reason}`);
                };
                return typeof value === "string" ? check(value) : pulumi.output(value).apply(check);
            };
            return [
                key,
                {
                    name: checked("name", name ?? "", NAME, NO_NAME),
                    variable: `${variablePrefix(key)}_PRIVATE_SERVICE`,
                    ...defined({
                        networkProject:
                            networkProject === undefined || networkProject === null
                                ? undefined
                                : checked("networkProject", networkProject, PROJECT, NO_PROJECT),
                    }),
                },
            ];
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
