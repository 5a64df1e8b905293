import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as cloudfunctions from "@pulumi/gcp/cloudfunctions";
import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as cloudtasks from "@pulumi/gcp/cloudtasks";
import * as iap from "@pulumi/gcp/iap";
import * as projects from "@pulumi/gcp/projects";
import * as pubsub from "@pulumi/gcp/pubsub";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { memoized } from "../base";
import { type GrantResource, GrantResourceType } from "../grant-resource";
import { defined } from "../../common";

interface Member {
    role: pulumi.Input<string>;
    member: pulumi.Input<string>;
}

interface Place {
    project: string;
    location: string;
    name: string;
}

/**
 * How a role is bound on one type of resource, and where its policy is read. Only `*IamMember` resources are used, because
 * they leave the grants of others alone.
 */
interface Carrier {
    /** Whether such a resource is in a region, which must then be named. */
    regional: boolean;
    bind: (
        name: string,
        resource: GrantResource,
        member: Member,
        options: pulumi.CustomResourceOptions,
    ) => pulumi.CustomResource;
    /** The REST URL of the resource; its policy is read by adding `:getIamPolicy`. */
    policyUrl: (place: Place) => string;
}

const inProject = ({ project }: GrantResource) => defined({ project });

const inRegion = ({ project, location }: GrantResource) => defined({ project, location });

const carriers: Record<GrantResourceType, Carrier> = {
    [GrantResourceType.RunService]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new cloudrunv2.ServiceIamMember(name, { ...inRegion(resource), name: resource.name, ...member }, options),
        policyUrl: ({ project, location, name }) =>
            `https://run.googleapis.com/v2/projects/${project}/locations/${location}/services/${name}`,
    },
    [GrantResourceType.RunJob]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new cloudrunv2.JobIamMember(name, { ...inRegion(resource), name: resource.name, ...member }, options),
        policyUrl: ({ project, location, name }) =>
            `https://run.googleapis.com/v2/projects/${project}/locations/${location}/jobs/${name}`,
    },
    [GrantResourceType.Function]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new cloudfunctions.FunctionIamMember(
                name,
                {
                    ...inProject(resource),
                    ...defined({ region: resource.location }),
                    cloudFunction: resource.name,
                    ...member,
                },
                options,
            ),
        policyUrl: ({ project, location, name }) =>
            `https://cloudfunctions.googleapis.com/v1/projects/${project}/locations/${location}/functions/${name}`,
    },
    [GrantResourceType.IapRunService]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new iap.WebCloudRunServiceIamMember(
                name,
                { ...inRegion(resource), cloudRunServiceName: resource.name, ...member },
                options,
            ),
        policyUrl: ({ project, location, name }) =>
            `https://iap.googleapis.com/v1/projects/${project}/iap_web/cloud_run-${location}/services/${name}`,
    },
    [GrantResourceType.IapBackendService]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new iap.WebBackendServiceIamMember(
                name,
                { ...inProject(resource), webBackendService: resource.name, ...member },
                options,
            ),
        policyUrl: ({ project, name }) =>
            `https://iap.googleapis.com/v1/projects/${project}/iap_web/compute/services/${name}`,
    },
    [GrantResourceType.Secret]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new secretmanager.SecretIamMember(
                name,
                { ...inProject(resource), secretId: resource.name, ...member },
                options,
            ),
        policyUrl: ({ project, name }) => `https://secretmanager.googleapis.com/v1/projects/${project}/secrets/${name}`,
    },
    [GrantResourceType.Topic]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new pubsub.TopicIAMMember(name, { ...inProject(resource), topic: resource.name, ...member }, options),
        policyUrl: ({ project, name }) => `https://pubsub.googleapis.com/v1/projects/${project}/topics/${name}`,
    },
    [GrantResourceType.Subscription]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new pubsub.SubscriptionIAMMember(
                name,
                { ...inProject(resource), subscription: resource.name, ...member },
                options,
            ),
        policyUrl: ({ project, name }) => `https://pubsub.googleapis.com/v1/projects/${project}/subscriptions/${name}`,
    },
    [GrantResourceType.Queue]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new cloudtasks.QueueIamMember(name, { ...inRegion(resource), name: resource.name, ...member }, options),
        policyUrl: ({ project, location, name }) =>
            `https://cloudtasks.googleapis.com/v2/projects/${project}/locations/${location}/queues/${name}`,
    },
    [GrantResourceType.Bucket]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new storage.BucketIAMMember(name, { bucket: resource.name, ...member }, options),
        policyUrl: ({ name }) => `https://storage.googleapis.com/storage/v1/b/${name}`,
    },
    [GrantResourceType.Repository]: {
        regional: true,
        bind: (name, resource, member, options) =>
            new artifactregistry.RepositoryIamMember(
                name,
                { ...inRegion(resource), repository: resource.name, ...member },
                options,
            ),
        policyUrl: ({ project, location, name }) =>
            `https://artifactregistry.googleapis.com/v1/projects/${project}/locations/${location}/repositories/${name}`,
    },
    [GrantResourceType.ServiceAccount]: {
        regional: false,
        bind: (name, resource, member, options) =>
            new serviceaccount.IAMMember(
                name,
                {
                    serviceAccountId: pulumi.interpolate`projects/${resource.project ?? "-"}/serviceAccounts/${resource.name}`,
                    ...member,
                },
                options,
            ),
        policyUrl: ({ project, name }) => `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts/${name}`,
    },
};

/** Whether a resource of this type is in a region, so that a grant on it must name one. */
export function isRegional(type: GrantResourceType): boolean {
    return carriers[type].regional;
}

/** Binds one role to one member on a resource, or on the project if no resource is given. */
export function bindRole(
    name: string,
    resource: GrantResource | undefined,
    project: pulumi.Input<string>,
    member: Member,
    options: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
    return resource === undefined
        ? new projects.IAMMember(name, { project, ...member }, options)
        : carriers[resource.type].bind(name, resource, member, options);
}

/** The REST URL whose `:getIamPolicy` shows the binding. */
export function policyUrl(resource: GrantResource | undefined, project: pulumi.Input<string>): pulumi.Output<string> {
    if (resource === undefined) {
        return pulumi.interpolate`https://cloudresourcemanager.googleapis.com/v1/projects/${project}`;
    }
    return resource.project === undefined ? urlIn(resource, project) : ownUrl(resource);
}

const ownUrl = memoized((resource: GrantResource) => urlIn(resource, resource.project ?? ""));

function urlIn(resource: GrantResource, project: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi
        .all([project, resource.location ?? "", resource.name])
        .apply(([known, location, name]) =>
            carriers[resource.type].policyUrl({ project: known, location, name: lastSegment(name) }),
        );
}

/** The short name of a resource. Some outputs of the provider are full names, such as `projects/p/topics/t`. */
function lastSegment(name: string): string {
    return name.slice(name.lastIndexOf("/") + 1);
}
