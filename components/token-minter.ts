import * as pulumi from "@pulumi/pulumi";
import { projectOf, type GrantInfo, grantRoles, refsOf, checkedMember } from "./grants";
import { argumentError } from "./base";
import { gate, grantInfos, policyProbes, type SmokeCheck, type SmokeCheckOptions, smokeSpec } from "./checks";
import { GrantResourceType } from "./target";

/** Arguments of {@link TokenMinter}. */
export interface TokenMinterArgs {
    /** Who may mint, such as `serviceAccount:ci@p.iam.gserviceaccount.com` or `user:ann@example.com`. */
    caller: pulumi.Input<string>;
    /** The account that ID tokens are minted as, by its email address: it has the invoker roles, the caller has none. */
    privilegedAccount: pulumi.Input<string>;
    /** The project of the privileged account. @default - the one in its address */
    project?: pulumi.Input<string>;
    /** @default - reads the policy of the privileged account */
    smokeCheck?: SmokeCheckOptions;
}

/**
 * Lets one principal mint ID tokens as another account: `roles/iam.serviceAccountOpenIdTokenCreator`, on that account
 * only, never on the project, and never on itself. No key is made.
 * https://cloud.google.com/docs/authentication/get-id-token#impersonation
 */
export class TokenMinter extends pulumi.ComponentResource {
    /** What was granted. */
    readonly grants: GrantInfo[];
    /** A line to paste that mints a token. */
    readonly invokeCommand: pulumi.Output<string>;
    readonly smokeCheck: SmokeCheck;

    constructor(name: string, args: TokenMinterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:TokenMinter", name, {}, opts);
        const account = pulumi.output(args.privilegedAccount).apply((email) => {
            if (/^[^@:]+@[^@]+\.gserviceaccount\.com$/.test(email)) {
                return email;
            }
            throw argumentError(this, "privilegedAccount", `"${email}" is not the email address of a service account`);
        });
        const member = pulumi.all([checkedMember(this, "caller", args.caller), account]).apply(([caller, email]) => {
            if (caller !== `serviceAccount:${email}`) {
                return caller;
            }
            throw argumentError(
                this,
                "caller",
                `${email} would mint tokens as itself, which lets whoever has one token get more for ever; ` +
                    "use two accounts",
            );
        });
        const project = pulumi.output(args.project ?? account.apply(projectOf));
        const resource = { type: GrantResourceType.ServiceAccount, name: account, project };
        const roles = [{ role: "roles/iam.serviceAccountOpenIdTokenCreator", resource }];
        const grants = grantRoles(this, name, "privileged account", roles, { member, project });
        this.grants = grantInfos(grants);
        this.invokeCommand = pulumi.interpolate`gcloud auth print-identity-token --impersonate-service-account=${account} --include-email --audiences=URL`;
        const spec = smokeSpec(
            name,
            project,
            { account, caller: member },
            () => [policyProbes(name, grants)],
            args.smokeCheck ?? {},
        );
        this.smokeCheck = { spec };
        if (args.smokeCheck?.enabled !== false) {
            gate(
                this,
                name,
                spec,
                grants.map(({ binding }) => binding),
            );
        }
        this.registerOutputs({
            grants: refsOf(grants),
            invokeCommand: this.invokeCommand,
            smokeCheck: this.smokeCheck,
        });
    }
}
