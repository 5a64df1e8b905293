import * as iam from "@pulumi/gcp/iam";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, inPublicUniverse, watched } from "./base";
import { accountProbe, gate, grantInfos, policyProbes, restsOn, type SmokeCheck, smokeSpec } from "./checks";
import type { FederatedCallerArgs } from "./federated-caller-args";
import { type Probe, providerSettings } from "../smoke";
import { bindingsOf, type GrantInfo, grantRoles, keepsId, ownAccountId, refsOf } from "./grants";
import { GrantResourceType } from "./grant-resource";
import { Ingress } from "./target";
import { callerAccess, type Federation, federationOf } from "./wiring";
import { defined } from "../common";

/**
 * A caller outside of Google Cloud, such as a workflow of GitHub Actions or a role of Amazon Web Services, that calls with ID
 * tokens and has no key. Its own credential is exchanged by Workload Identity Federation, and with that it mints tokens of an
 * account of its own. The provider's condition lets in this caller alone, although everybody on the platform has credentials of
 * the same issuer (https://cloud.google.com/iam/docs/workload-identity-federation).
 * @throws ResourceError if more than one caller would be let in, or an argument cannot be used
 * @example
 * new FederatedCaller("ci", { github: { repository: "acme/shop", gitRef: "refs/heads/main" }, invokes: { orders } });
 */
export class FederatedCaller extends pulumi.ComponentResource {
    /** The pool that the caller is in. */
    readonly pool: iam.WorkloadIdentityPool;
    /** The provider that checks the caller's own credential. */
    readonly poolProvider: iam.WorkloadIdentityPoolProvider;
    /** The full name of the provider, as `google-github-actions/auth` takes it: `projects/N/locations/global/…`. */
    readonly providerName: pulumi.Output<string>;
    /** The email address of the account that the caller becomes. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** Who may become that account, as an IAM member. */
    readonly federatedMember: pulumi.Output<string>;
    /** The variables that the caller's code reads, such as `ORDERS_URL`. */
    readonly environment: pulumi.Output<{ [name: string]: string }>;
    /** What that account may do on which resource. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: FederatedCallerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:FederatedCaller", name, {}, watched(opts));
        const federation = federationOf(this, args);
        checkReached(this, args);
        const access = callerAccess(this, name, "federated caller", args, ["iam", "iamcredentials", "sts"]);
        const { identity, grants, apis } = access;
        const shared = defined({ project: args.project });
        this.pool = new iam.WorkloadIdentityPool(
            `${name}-pool`,
            {
                workloadIdentityPoolId: args.poolId ?? poolIdOf(this, name),
                displayName: name.slice(0, 32),
                ...shared,
            },
            {
                parent: this,
                dependsOn: apis,
                ...(args.poolId === undefined && keepsId("workloadIdentityPoolId")),
            },
        );
        this.poolProvider = new iam.WorkloadIdentityPoolProvider(
            `${name}-provider`,
            {
                workloadIdentityPoolId: this.pool.workloadIdentityPoolId,
                workloadIdentityPoolProviderId: federation.kind === "x509" ? "x509" : `${federation.kind}-provider`,
                ...shared,
                ...federation.provider,
            },
            // Whoever is in the pool gets nothing before the account has its grants.
            { parent: this, dependsOn: bindingsOf([], grants) },
        );
        this.federatedMember = inPublicUniverse(this, FEDERATION, memberOf(federation, this.pool.name));
        const account = { type: GrantResourceType.ServiceAccount, name: identity.email, project: identity.project };
        const becoming = grantRoles(
            this,
            `${name}-federated`,
            `${name}'s account`,
            [{ role: "roles/iam.workloadIdentityUser", resource: account }],
            { member: this.federatedMember, project: identity.project },
        );
        this.providerName = this.poolProvider.name;
        this.serviceAccountEmail = identity.email;
        this.environment = access.environment;
        this.grants = grantInfos([...grants, ...becoming]);
        const { smokeCheck = {} } = args;
        const read = providerProbe(this.poolProvider, name, federation.provider);
        const probes = () => [
            read,
            policyProbes(name, grants),
            policyProbes(`${name} (outside)`, becoming),
            accountProbe(name, identity.email),
        ];
        const condition = pulumi.output(this.poolProvider.attributeCondition).apply((text) => text ?? "");
        const spec = smokeSpec(name, identity.project, { account: identity.email, condition }, probes, smokeCheck);
        this.smokeCheck = { spec };
        if (smokeCheck.enabled !== false) {
            gate(this, name, spec, restsOn(this, Object.values(args.invokes)));
        }
        this.registerOutputs({
            providerName: this.providerName,
            serviceAccountEmail: this.serviceAccountEmail,
            federatedMember: this.federatedMember,
            environment: this.environment,
            grants: refsOf([...grants, ...becoming]),
            smokeCheck: this.smokeCheck,
        });
    }
}

/** The probe that reads whom the provider lets in. */
function providerProbe(
    { name }: iam.WorkloadIdentityPoolProvider,
    label: string,
    { attributeCondition, ...declared }: Federation["provider"],
): pulumi.Output<Probe[]> {
    return pulumi.all([name, attributeCondition, declared]).apply(([provider, condition = "", settings]) => [
        {
            ...{ kind: "provider" as const, name: `${label} alone is let in`, provider, label, condition },
            settings: providerSettings(settings),
        },
    ]);
}

/** The IDs of pools follow the rules of IDs of accounts, and may not begin with `gcp-`. */
const poolIdOf = async (component: pulumi.Resource, name: string): Promise<string> =>
    (await ownAccountId(component, `${name}-pool`)).replace(/^gcp-/, "g-");

const FEDERATION = { what: "how a federated workload is called", instead: "give it an account of its own there" };

function memberOf({ who, single }: Federation, pool: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.interpolate`${single ? "principal" : "principalSet"}://iam.googleapis.com/${pool}/${who}`;
}

function checkReached(component: pulumi.Resource, { invokes }: FederatedCallerArgs): void {
    for (const [key, { ingress = Ingress.All }] of Object.entries(invokes)) {
        if (ingress !== Ingress.All) {
            const reason = `has internal ingress, which nothing outside of Google Cloud reaches; give ${key} ingress: "all" (IAM still decides who gets in)`;
            throw argumentError(component, `invokes.${key}`, reason);
        }
    }
}
