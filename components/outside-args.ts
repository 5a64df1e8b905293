import type * as pulumi from "@pulumi/pulumi";

/**
 * A workflow of GitHub Actions (https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines). Everybody
 * on GitHub gets tokens of the same issuer, so the repository is required.
 */
export interface GithubCallerArgs {
    /** The repository with its owner, such as `acme/shop`. Only its workflows may call. */
    repository: string;
    /**
     * The number of the owner, which nobody else gets when the owner's name becomes free; `gh api users/acme --jq .id` prints it.
     * @default - the name alone
     */
    ownerId?: string;
    /** The branch or the tag whose workflows may call, such as `refs/heads/main`. @default - all of the repository */
    gitRef?: string;
    /** The environment of GitHub whose jobs may call, such as `production`. @default - jobs with any environment and with none */
    environment?: string;
}

/** A workload whose platform issues tokens of OpenID Connect, such as GitLab, Azure, Kubernetes or Terraform Cloud. */
export interface OidcCallerArgs {
    /** The issuer of the tokens, such as `https://gitlab.com` or `https://sts.windows.net/TENANT/`. */
    issuer: string;
    /** The audiences that the tokens may have. @default - the full name of the provider */
    audiences?: string[];
    /** The claim `sub` of the tokens, which only this caller has. */
    subject: string;
    /**
     * A condition on the claims that holds beside the subject, in the Common Expression Language, such as
     * `assertion.namespace_id == "7"` (https://cloud.google.com/iam/docs/workload-identity-federation#conditions).
     * @default - the subject alone
     */
    condition?: string;
    /** The issuer's public keys as JSON (JWKS), for an issuer that Google cannot reach. @default - Google asks the issuer */
    jwks?: pulumi.Input<string>;
}

/** A role of Amazon Web Services (https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds). */
export interface AwsCallerArgs {
    /** The number of the account, such as `123456789012`. */
    accountId: string;
    /** The name of the role that the workload has, such as `shop-orders`. */
    role: string;
}

/** A workload that proves who it is by SAML 2.0 (https://cloud.google.com/iam/docs/workload-identity-federation-with-saml). */
export interface SamlCallerArgs {
    /** The metadata of the identity provider, as XML. */
    metadata: pulumi.Input<string>;
    /** The subject of the assertions, which only this caller has. */
    subject: string;
}

/** A workload with a certificate (https://cloud.google.com/iam/docs/workload-identity-federation-with-x509-certificates). */
export interface X509CallerArgs {
    /** The root certificates that are trusted, in PEM. */
    trustAnchors: pulumi.Input<string>[];
    /** The intermediate certificates, in PEM. @default - none */
    intermediates?: pulumi.Input<string>[];
    /** The common name in the certificate's subject, which only this caller has. */
    commonName: string;
}
