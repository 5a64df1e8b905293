import * as organizations from "@pulumi/gcp/organizations";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkOneOf, inPublicUniverse, returned, watched } from "./base";
import { accountProbe, gate, grantInfos, policyProbes, restsOn, type SmokeCheck, smokeSpec } from "./checks";
import { type Grant, type GrantInfo, grantRoles, type Identity, refsOf } from "./grants";
import { GrantResourceType } from "./grant-resource";
import type { CallerIdentityArgs } from "./caller-identity-args";
import { type KubernetesArgs, Platform } from "./platform";
import { TargetKind } from "./target";
import { attaching, callerAccess, directAccess, isSigned, platformNouns } from "./wiring";

/**
 * The identity of a caller that this package does not deploy: an instance of Compute Engine, pods of Google Kubernetes Engine, a
 * service of App Engine or a build of Cloud Build. It has an account for this caller alone, the narrowest grant on each target,
 * and the variables that the code reads. The code gets its tokens from the metadata server, as on Cloud Run.
 * https://cloud.google.com/docs/authentication/get-id-token#metadata-server
 * @throws ResourceError if an argument cannot be used
 * @example
 * const worker = new CallerIdentity("worker", { runsOn: Platform.ComputeEngine, invokes: { orders } });
 * new gcp.compute.Instance("worker", { serviceAccount: { email: worker.serviceAccountEmail, scopes: ["cloud-platform"] }, … });
 */
export class CallerIdentity extends pulumi.ComponentResource {
    /** The email address of the account, to attach to the caller; empty if a service account of Kubernetes has the grants itself. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** Who has the grants, as an IAM member. */
    readonly member: pulumi.Output<string>;
    /** The variables that the caller's code reads, such as `ORDERS_URL`. */
    readonly environment: pulumi.Output<{ [name: string]: string }>;
    /** A shell command that attaches the account to the caller; empty if there is nothing to attach. */
    readonly attachCommand: pulumi.Output<string>;
    /** What the caller may do on which resource. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: CallerIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:CallerIdentity", name, {}, watched(opts));
        const platform = checkOneOf(this, "runsOn", args.runsOn, Platform);
        const kubernetes = checkedKubernetes(this, args);
        const direct = kubernetes?.direct === true;
        const access = direct
            ? directAccess(this, name, args, (project) => principalOf(this, kubernetes, project))
            : callerAccess(this, name, platformNouns[platform], args, ["iam"]);
        const { identity, grants } = access;
        const own = direct ? [] : ownGrants(this, name, platform, kubernetes, identity);
        this.serviceAccountEmail = identity.email;
        this.member = identity.member;
        this.environment = access.environment;
        this.attachCommand = attaching(platform, kubernetes, identity);
        this.grants = grantInfos([...grants, ...own]);
        const { smokeCheck = {} } = args;
        const probes = () => [
            policyProbes(name, [...grants, ...own]),
            ...(direct ? [] : [accountProbe(name, identity.email)]),
        ];
        const spec = smokeSpec(name, identity.project, { member: identity.member }, probes, smokeCheck);
        this.smokeCheck = { spec };
        if (smokeCheck.enabled !== false) {
            gate(this, name, spec, restsOn(this, Object.values(args.invokes)));
        }
        this.registerOutputs({
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            environment: this.environment,
            attachCommand: this.attachCommand,
            grants: refsOf([...grants, ...own]),
            smokeCheck: this.smokeCheck,
        });
    }
}

/** Names of Kubernetes: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

function checkedKubernetes(component: pulumi.Resource, args: CallerIdentityArgs): KubernetesArgs | undefined {
    const { kubernetes, runsOn, invokes } = args;
    if ((runsOn === Platform.Kubernetes) !== (kubernetes !== undefined)) {
        throw argumentError(component, "kubernetes", `goes with runsOn: "${Platform.Kubernetes}", and with no other`);
    }
    for (const key of ["namespaceName", "serviceAccountName"] as const) {
        const name = kubernetes?.[key];
        if (name !== undefined && !NAME.test(name)) {
            const reason = `"${name}" is no name of Kubernetes; use lower-case letters, digits and hyphens`;
            throw argumentError(component, `kubernetes.${key}`, reason);
        }
    }
    // Google mints ID tokens of accounts only; the metadata server of GKE has none for a principal of a pool [K].
    const takesIdToken = Object.entries(invokes).find(
        ([, target]) =>
            ![TargetKind.GoogleApi, TargetKind.Job, TargetKind.External].includes(target.kind) && !isSigned(target),
    );
    if (kubernetes?.direct === true && takesIdToken !== undefined) {
        const reason =
            "takes an ID token, and there is none of a principal without an account; leave kubernetes.direct out";
        throw argumentError(component, `invokes.${takesIdToken[0]}`, reason);
    }
    return kubernetes;
}

/** What lets a service account of Kubernetes become the account, and a build write its log. */
function ownGrants(
    component: pulumi.Resource,
    name: string,
    platform: Platform,
    kubernetes: KubernetesArgs | undefined,
    { email, member, project }: Identity,
): Grant[] {
    if (platform === Platform.CloudBuild) {
        // https://cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts
        return grantRoles(component, `${name}-log`, name, [{ role: "roles/logging.logWriter" }], { member, project });
    }
    if (kubernetes === undefined) {
        return [];
    }
    const { namespaceName, serviceAccountName, clusterProject = project } = kubernetes;
    const pod = inPublicUniverse(
        component,
        PODS,
        pulumi.interpolate`serviceAccount:${clusterProject}.svc.id.goog[${namespaceName}/${serviceAccountName}]`,
    );
    const resource = { type: GrantResourceType.ServiceAccount, name: email, project };
    const request = { role: "roles/iam.workloadIdentityUser", resource };
    return grantRoles(component, `${name}-pods`, `${name}'s account`, [request], { member: pod, project });
}

const PODS = { what: "how a service account of Kubernetes is called", instead: "grant the role outside of it there" };

/** The service account of Kubernetes as a principal: https://cloud.google.com/iam/docs/principal-identifiers */
function principalOf(
    component: pulumi.Resource,
    { namespaceName, serviceAccountName, clusterProject }: KubernetesArgs,
    project: pulumi.Output<string>,
): pulumi.Output<string> {
    const projectId = pulumi.output(clusterProject ?? project);
    const found = organizations.getProjectOutput({ projectId }, { parent: component });
    const number = found.number.apply((known: string | undefined) =>
        returned(known, "the number of the project", "enable cloudresourcemanager.googleapis.com in the project"),
    );
    const principal = pulumi.interpolate`principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${projectId}.svc.id.goog/subject/ns/${namespaceName}/sa/${serviceAccountName}`;
    return inPublicUniverse(component, PODS, principal);
}
