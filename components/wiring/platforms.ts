import * as pulumi from "@pulumi/pulumi";
import { type KubernetesArgs, Platform } from "../platform";
import type { Identity } from "../grants";

/** What a caller of each platform is, for the names of accounts. */
export const platformNouns: Record<Platform, string> = {
    [Platform.ComputeEngine]: "instance",
    [Platform.Kubernetes]: "Kubernetes",
    [Platform.AppEngine]: "App Engine",
    [Platform.CloudBuild]: "Cloud Build",
};

/** A shell command that attaches an account to a caller; empty if there is no account. */
export function attaching(
    platform: Platform,
    kubernetes: KubernetesArgs | undefined,
    { email, project }: Identity,
): pulumi.Output<string> {
    const { namespaceName = "", serviceAccountName = "", direct = false } = kubernetes ?? {};
    const commands: Record<Platform, pulumi.Output<string>> = {
        [Platform.ComputeEngine]: pulumi.interpolate`gcloud compute instances set-service-account INSTANCE --service-account=${email} --scopes=cloud-platform --project=${project}`,
        [Platform.Kubernetes]: pulumi.interpolate`kubectl annotate serviceaccount ${serviceAccountName} --namespace ${namespaceName} iam.gke.io/gcp-service-account=${email}`,
        [Platform.AppEngine]: pulumi.interpolate`gcloud app deploy --service-account=${email} --project=${project}`,
        [Platform.CloudBuild]: pulumi.interpolate`gcloud builds submit --service-account=projects/${project}/serviceAccounts/${email}`,
    };
    return direct ? pulumi.output("") : commands[platform];
}
