import * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import type { AuthenticatedWorkerPoolArgs, AuthenticatedWorkerPoolOptions } from "./authenticated-worker-pool-args";
import { argumentError, type Kept, transformed, watched } from "./base";
import {
    accountProbe,
    gate,
    grantInfos,
    ownCallProbes,
    policyProbes,
    restsOn,
    secretProbes,
    type SmokeCheck,
    smokeSpec,
} from "./checks";
import { bindingsOf, enableApis, type Grant, type GrantInfo, identityOf, refsOf } from "./grants";
import { invocations } from "./wiring";
import { checkTemplate, mountsOf, programContainer } from "./workloads";
import { defined } from "../common";

/**
 * A Cloud Run worker pool that calls others as an account of its own. Its instances run all the time and take work from elsewhere,
 * such as a Pub/Sub subscription; it has no address, so that nobody can call it. Its code gets its tokens from the metadata server
 * (https://cloud.google.com/run/docs/deploy-worker-pools).
 * @throws ResourceError if an argument cannot be used
 * @example
 * new AuthenticatedWorkerPool("puller", {
 *     image: "europe-docker.pkg.dev/acme/shop/puller:1", location: "europe-west1", invokes: { orders },
 * });
 */
export class AuthenticatedWorkerPool extends pulumi.ComponentResource {
    /** The worker pool itself. */
    readonly workerPool: cloudrunv2.WorkerPool;
    /** The email address of the account that the worker pool runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: AuthenticatedWorkerPoolArgs, opts?: AuthenticatedWorkerPoolOptions) {
        super("pulumi-gcp-invoke:index:AuthenticatedWorkerPool", name, {}, watched(opts));
        const { email, member, grants, dependsOn, settings } = callerOf(this, name, args);
        const own = transformed(this, "workerPool", settings, opts?.transform?.workerPool, KEPT);
        this.workerPool = new cloudrunv2.WorkerPool(name, own, { parent: this, dependsOn });
        this.serviceAccountEmail = email;
        this.member = member;
        this.grants = grantInfos(grants);
        this.smokeCheck = checkPool(this, name, args, email, grants);
        this.registerOutputs({
            workerPool: this.workerPool,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            grants: refsOf(grants),
            smokeCheck: this.smokeCheck,
        });
    }
}

/** What a transform of a worker pool may not change. */
const KEPT: Kept = {
    name: "give name in the arguments",
    project: "give project in the arguments",
    location: "give location in the arguments",
    "template.serviceAccount": "give serviceAccount in the arguments",
    "template.vpcAccess": "give vpc in the arguments",
    "template.containers.0.envs[]": "give variables in env, secrets and invokes; more of them can be added",
};

/** Makes the account with its grants, and says what is made that runs as it. */
function callerOf(component: pulumi.Resource, name: string, args: AuthenticatedWorkerPoolArgs) {
    const { instances } = args;
    if (typeof instances === "number" && !(Number.isInteger(instances) && instances >= 0)) {
        throw argumentError(component, "instances", `is ${instances}; give a whole number from 0`);
    }
    const { main, volumes, roles } = mountsOf(component, args);
    const identity = identityOf(component, name, "Cloud Run worker pool", args, Object.values(args.invokes));
    const apis = enableApis(component, name, args, ["run", "iam"]);
    const own = { secrets: main.secrets, roles };
    const { grants, env } = invocations(component, name, args, args.vpc !== undefined, identity, own);
    const settings: cloudrunv2.WorkerPoolArgs = {
        location: args.location,
        deletionProtection: args.deletionProtection ?? false,
        ...defined({ name: args.name, project: args.project, labels: args.labels }),
        ...(instances !== undefined && { scaling: { manualInstanceCount: instances } }),
        template: {
            serviceAccount: identity.email,
            ...(args.vpc && { vpcAccess: { egress: "ALL_TRAFFIC", networkInterfaces: [{ ...args.vpc }] } }),
            ...(volumes.length > 0 && { volumes }),
            containers: [programContainer(args, env, main)],
        },
    };
    checkTemplate(component, settings.template, "worker pool");
    return { ...identity, grants, dependsOn: bindingsOf(apis, grants), settings };
}

function checkPool(
    component: AuthenticatedWorkerPool,
    name: string,
    args: AuthenticatedWorkerPoolArgs,
    account: pulumi.Output<string>,
    grants: Grant[],
): SmokeCheck {
    const { invokes, smokeCheck = {} } = args;
    const { calls = {}, enabled } = smokeCheck;
    const ownCalls = ownCallProbes(component, name, { calls, invokes, account, grants, place: args });
    const probes = () => [
        policyProbes(name, grants),
        ownCalls,
        secretProbes(component, smokeCheck, grants),
        accountProbe(name, account),
    ];
    const { project, generation } = component.workerPool;
    const spec = smokeSpec(name, project, { generation, account }, probes, smokeCheck);
    if (enabled !== false) {
        gate(component, name, spec, restsOn(component, Object.values(invokes)));
    }
    return { spec };
}
