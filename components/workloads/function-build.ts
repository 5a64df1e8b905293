import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { checkedEmail, keepsId, ownAccountId, grantRoles } from "../grants";
import { type Archive, archive } from "./archive";
import { argumentError, log } from "../base";
import { GrantResourceType } from "../grant-resource";
import { defined } from "../../common";
import { messageOf } from "../../errors";

/** How a function is built. */
export interface FunctionBuildArgs {
    /**
     * The email address of a service account that exists already and has the roles that a build needs
     * (https://cloud.google.com/functions/docs/securing/build-custom-sa).
     * @default - an account of its own, which may read the source, write the image and write logs
     */
    serviceAccount?: pulumi.Input<string>;
    /**
     * The full name of a Docker repository for the image that exists already: `projects/P/locations/L/repositories/R`.
     * @default - a repository of its own
     */
    repository?: pulumi.Input<string>;
}

/** What the build of a function needs. */
export interface Build {
    /** The full name of the account that builds: `projects/P/serviceAccounts/EMAIL`. */
    serviceAccount: pulumi.Output<string>;
    dockerRepository: pulumi.Output<string>;
    storageSource: { bucket: pulumi.Output<string>; object: pulumi.Output<string> };
    /** What must be there before the build starts. */
    dependsOn: pulumi.Resource[];
}

/** What a build depends on, of a function's arguments. */
interface BuildContext {
    source: string;
    location: pulumi.Input<string>;
    project?: pulumi.Input<string>;
    labels?: Record<string, pulumi.Input<string>>;
    build?: FunctionBuildArgs;
}

/**
 * Puts the source into a bucket, and makes the account that builds it. Without such an account Google builds as the default
 * account of Compute Engine, which may do nearly everything in the project.
 * @throws ResourceError if the source is not a folder
 */
export function functionBuild(component: pulumi.Resource, name: string, args: BuildContext): Build {
    const { file, hash } = zipped(component, args.source);
    const shared = defined({ project: args.project, labels: args.labels });
    const options = { parent: component };
    const bucket = new storage.Bucket(
        `${name}-source`,
        {
            location: args.location,
            uniformBucketLevelAccess: true,
            publicAccessPrevention: "enforced",
            forceDestroy: true,
            ...shared,
        },
        options,
    );
    // The object is named after its contents: another source is another object, so that the function is built again.
    const object = new storage.BucketObject(
        `${name}-source`,
        { bucket: bucket.name, name: `${hash}.zip`, source: new pulumi.asset.FileAsset(file) },
        options,
    );
    const made = { storageSource: { bucket: bucket.name, object: object.name } };
    const repository =
        args.build?.repository === undefined
            ? new artifactregistry.Repository(
                  `${name}-images`,
                  {
                      repositoryId: ownAccountId(component, `${name}-images`),
                      location: args.location,
                      format: "DOCKER",
                      ...shared,
                  },
                  { ...options, ...keepsId("repositoryId") },
              )
            : undefined;
    const dockerRepository = repository?.id ?? pulumi.output(args.build?.repository ?? "");
    if (args.build?.serviceAccount !== undefined) {
        const serviceAccount = pulumi
            .output(args.build.serviceAccount)
            .apply((email) => `projects/-/serviceAccounts/${checkedEmail(component, "build.serviceAccount", email)}`);
        return { ...made, serviceAccount, dockerRepository, dependsOn: [] };
    }
    const account = new serviceaccount.Account(
        `${name}-build`,
        {
            accountId: ownAccountId(component, `${name}-build`),
            displayName: `${name} (build)`.slice(0, 100),
            ...defined({ project: args.project }),
        },
        { ...options, ...keepsId("accountId") },
    );
    const images = dockerRepository.apply(repositoryPlace);
    const grants = grantRoles(
        component,
        `${name}-build`,
        name,
        [
            {
                role: "roles/storage.objectViewer",
                resource: { type: GrantResourceType.Bucket, name: bucket.name },
            },
            {
                role: "roles/artifactregistry.writer",
                resource: {
                    type: GrantResourceType.Repository,
                    name: images.apply((place) => place.name),
                    location: images.apply((place) => place.location),
                    project: images.apply((place) => place.project),
                },
            },
            // This role can be granted on nothing narrower than a project.
            { role: "roles/logging.logWriter" },
        ],
        account,
    );
    void log.info(`build: roles/logging.logWriter is granted to ${name}'s build account on the project`, component);
    return {
        ...made,
        serviceAccount: account.name,
        dockerRepository,
        dependsOn: grants.map(({ binding }) => binding),
    };
}

function zipped(component: pulumi.Resource, source: string): Archive {
    try {
        return archive(source);
    } catch (error) {
        throw argumentError(component, "source", messageOf(error));
    }
}

function repositoryPlace(full: string): { project: string; location: string; name: string } {
    const [, project = "", , location = "", , name = ""] = full.split("/");
    return { project, location, name };
}
