import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { checkedEmail, ownAccountId, grantRoles } from "../grants";
import { type Archive, archive } from "./archive";
import { argumentError } from "../base";
import { GrantResourceType } from "../target";
import { messageOf } from "../../errors";

/** How a function is built. */
export interface FunctionBuildArgs {
    /**
     * An account to build as that exists, by its email address: it has its roles already
     * (https://cloud.google.com/functions/docs/securing/build-custom-sa).
     * @default - one of its own, which reads the source, writes the image and writes logs; never the project's default one
     */
    serviceAccount?: pulumi.Input<string>;
    /** A Docker repository for the image that exists: `projects/P/locations/L/repositories/R`. @default - one of its own */
    repository?: pulumi.Input<string>;
}

/** What the build of a function needs. */
export interface Build {
    /** `projects/P/serviceAccounts/EMAIL` */
    serviceAccount: pulumi.Output<string>;
    dockerRepository: pulumi.Output<string>;
    storageSource: { bucket: pulumi.Output<string>; object: pulumi.Output<string> };
    /** The build fails without them. */
    dependsOn: pulumi.Resource[];
}

interface Place {
    source: string;
    location: pulumi.Input<string>;
    project?: pulumi.Input<string>;
    labels?: Record<string, pulumi.Input<string>>;
    build?: FunctionBuildArgs;
}

/**
 * Puts the source where a build finds it, and makes the account that builds: by default Google builds as the Compute
 * Engine default account, which may do nearly everything in the project.
 * @throws ResourceError where the source is no folder.
 */
export function functionBuild(component: pulumi.Resource, name: string, args: Place): Build {
    const { file, hash } = zipped(component, args.source);
    const shared = { ...(args.project && { project: args.project }), ...(args.labels && { labels: args.labels }) };
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
    // Named by what is in it: another source is another object, and the function is built anew.
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
                  options,
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
            ...(args.project && { project: args.project }),
        },
        options,
    );
    const images = dockerRepository.apply(repositoryOf);
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
                    name: images.apply((parts) => parts.name),
                    location: images.apply((parts) => parts.location),
                    project: images.apply((parts) => parts.project),
                },
            },
            // Nothing narrower than a project carries it.
            { role: "roles/logging.logWriter" },
        ],
        account,
    );
    void pulumi.log.info(
        `build: roles/logging.logWriter is granted to ${name}'s build account on the project`,
        component,
    );
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

function repositoryOf(full: string): { project: string; location: string; name: string } {
    const [, project = "", , location = "", , name = ""] = full.split("/");
    return { project, location, name };
}
