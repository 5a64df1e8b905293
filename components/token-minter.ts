import * as pulumi from "@pulumi/pulumi";
import { checkedMember, type GrantInfo, grantRoles, projectOfAccount, refsOf } from "./grants";
import { argumentError, watched } from "./base";
import {
    accountProbe,
    gate,
    grantInfos,
    policyProbes,
    restsOn,
    type SmokeCheck,
    type SmokeCheckOptions,
    smokeSpec,
} from "./checks";
import { GrantResourceType } from "./grant-resource";

/** Arguments of {@link TokenMinter}. */
export interface TokenMinterArgs {
    /** Who may mint ID tokens, as an IAM member such as `serviceAccount:ci@p.iam.gserviceaccount.com` or `user:ann@example.com`. */
    caller: pulumi.Input<string>;
    /** The email address of the account that the ID tokens are for. It has the invoker's roles, and the caller has none. */
    privilegedAccount: pulumi.Input<string>;
    /** The ID of the privileged account's project. @default - the project in its email address */
    project?: pulumi.Input<string>;
    /** What is checked after each deploy. @default - reads the policy of the privileged account */
    smokeCheck?: SmokeCheckOptions;
}

/**
 * Lets a principal mint ID tokens as another account, by `roles/iam.serviceAccountOpenIdTokenCreator` on that account only.
 * No key is made. An account may never mint tokens as itself.
 * https://cloud.google.com/docs/authentication/get-id-token#impersonation
 * @throws ResourceError if the account or the caller cannot be used, or both are the same
 * @example new TokenMinter("ci-mints", { caller: ci.member, privilegedAccount: invoker.email });
 */
export class TokenMinter extends pulumi.ComponentResource {
    /** The role that the caller got on the privileged account. */
    readonly grants: GrantInfo[];
    /** A shell command that mints a token. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: TokenMinterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:TokenMinter", name, {}, watched(opts));
        const account = pulumi.output(args.privilegedAccount).apply((email) => checkedAccount(this, email));
        const caller = checkedMember(this, "caller", args.caller);
        const member = pulumi.all([caller, account]).apply(([who, email]) => checkedCaller(this, who, email));
        const project = pulumi.output(args.project ?? account.apply(projectOfAccount));
        const resource = { type: GrantResourceType.ServiceAccount, name: account, project };
        const roles = [{ role: "roles/iam.serviceAccountOpenIdTokenCreator", resource }];
        const grants = grantRoles(this, name, "privileged account", roles, { member, project });
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud auth print-identity-token --impersonate-service-account=${account} --include-email --audiences=URL`;
        const { smokeCheck = {} } = args;
        const probes = () => [
            policyProbes(name, grants),
            accountProbe(`${name} (privileged)`, account),
            accountProbe(`${name} (caller)`, member.apply(serviceAccountOf)),
        ];
        const spec = smokeSpec(name, project, { account, caller: member }, probes, smokeCheck);
        this.smokeCheck = { spec };
        if (smokeCheck.enabled !== false) {
            gate(this, name, spec, restsOn(this));
        }
        this.registerOutputs({
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}

function checkedAccount(component: pulumi.Resource, email: string): string {
    if (/^[^@:]+@[^@]+\.gserviceaccount\.com$/.test(email)) {
        return email;
    }
    throw argumentError(component, "privilegedAccount", `"${email}" is not the email address of a service account`);
}

/** The email address of a member that is a service account. */
const serviceAccountOf = (member: string): string | undefined => /^serviceAccount:(.*)$/.exec(member)?.[1];

function checkedCaller(component: pulumi.Resource, caller: string, account: string): string {
    if (caller !== `serviceAccount:${account}`) {
        return caller;
    }
    throw argumentError(
        component,
        "caller",
        `${account} would mint tokens as itself, so that whoever has one of its tokens could get new ones for ever; ` +
            "use two accounts",
    );
}
