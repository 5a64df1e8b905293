import {
    createOperations,
    locationMethods,
    crud,
    invalidArgument,
    nameParts,
    policyMethods,
    Resources,
    type ApiDefinition,
    type Stored,
} from "./framework";
import { checkKeyUse } from "./kms";

type Repository = Stored<"google.devtools.artifactregistry.v1.Repository">;

const HOST = "artifactregistry.googleapis.com";
const TYPE = "artifactregistry.googleapis.com/Repository";
const repositories = new Resources<Repository>(
    "artifactregistry.repositories",
    "google.devtools.artifactregistry.v1.Repository",
);
const operations = createOperations("artifactregistry", "v1", "artifactregistry.repositories.get");

/** Repositories, without what is in them. https://cloud.google.com/artifact-registry/docs/reference/rest */
export const artifactregistry: ApiDefinition = {
    host: HOST,
    services: {
        "google.devtools.artifactregistry.v1.ArtifactRegistry": {
            ...crud({
                resources: repositories,
                singular: "Repository",
                plural: "Repositories",
                permissions: "artifactregistry.repositories",
                resourceType: TYPE,
                idField: "repositoryId",
                build({ cloud, time }, name, wanted, current) {
                    checkKeyUse(cloud, "artifactregistry", name, wanted.kmsKeyName);
                    if (!wanted.format) {
                        throw invalidArgument("repository format is required", "repository.format");
                    }
                    return {
                        mode: "STANDARD_REPOSITORY",
                        ...wanted,
                        name,
                        registryUri: registryUri(name, wanted.format),
                        createTime: current?.createTime ?? time,
                        updateTime: time,
                    };
                },
                operations: { operations, type: "google.devtools.artifactregistry.v1.Repository", updates: false },
            }),
            ...policyMethods({
                host: HOST,
                permissions: "artifactregistry.repositories",
                resourceType: TYPE,
                mustExist: (cloud, name) => repositories.get(cloud, name),
            }),
        },
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.longrunning.Operations": operations.service,
    },
};

/** The address where clients find a repository: `europe-docker.pkg.dev/demo/images`. */
function registryUri(name: string, format: string): string {
    const { projects = "", locations = "", repositories: id = "" } = nameParts(name);
    return `${locations}-${format.toLowerCase()}.pkg.dev/${projects}/${id}`;
}
