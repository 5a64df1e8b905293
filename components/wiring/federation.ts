import type * as iam from "@pulumi/gcp/iam";
import type * as pulumi from "@pulumi/pulumi";
import { argumentError } from "../base";
import type { AwsCallerArgs, GithubCallerArgs, OidcCallerArgs, SamlCallerArgs, X509CallerArgs } from "../outside-args";
import { defined } from "../../common";

/** A workload outside of Google Cloud, by the platform that it runs on. */
interface OutsideWorkload {
    github?: GithubCallerArgs;
    oidc?: OidcCallerArgs;
    aws?: AwsCallerArgs;
    saml?: SamlCallerArgs;
    x509?: X509CallerArgs;
}

/** How one platform proves who a workload is: the provider of its credentials, and who of them may be the account. */
export interface Federation {
    provider: Pick<
        iam.WorkloadIdentityPoolProviderArgs,
        "attributeMapping" | "attributeCondition" | "oidc" | "aws" | "saml" | "x509"
    >;
    /** What follows the pool in the member: `subject/S` or `attribute.A/V`. */
    who: string;
    /** Whether that is one principal, and no set of them. */
    single: boolean;
    /** The kind of credential in the configuration of Google's libraries. */
    kind: "github" | "oidc" | "aws" | "saml" | "x509";
}

const GITHUB = "https://token.actions.githubusercontent.com";
const KINDS = ["github", "oidc", "aws", "saml", "x509"] as const;

/**
 * The only platform that the arguments name, with a condition that lets nobody else in.
 * @throws ResourceError if there is not exactly one, or it would let in more than one caller
 */
export function federationOf(component: pulumi.Resource, args: OutsideWorkload): Federation {
    const given = KINDS.filter((kind) => args[kind] !== undefined);
    const [kind, other] = given;
    if (kind === undefined || other !== undefined) {
        const found = kind === undefined ? "is missing" : `cannot be given together with ${other ?? ""}`;
        throw argumentError(component, kind ?? "github", `${found}; give exactly one of ${KINDS.join(", ")}`);
    }
    return { kind, ...platforms[kind](component, args) };
}

type Platform = (component: pulumi.Resource, args: OutsideWorkload) => Omit<Federation, "kind">;

const platforms: Record<Federation["kind"], Platform> = {
    github: (component, { github }) => {
        const { repository = "", ownerId, gitRef, environment } = github ?? {};
        check(component, "github.repository", repository, /^[\w.-]+\/[\w.-]+$/, "OWNER/NAME, such as acme/shop");
        check(component, "github.ownerId", ownerId ?? "1", /^\d+$/, "the number of the owner, such as 9919");
        check(component, "github.gitRef", gitRef ?? "refs/x", /^refs\/./, "refs/heads/BRANCH or refs/tags/TAG");
        const claims = { repository, repository_owner_id: ownerId, ref: gitRef, environment };
        return {
            provider: {
                attributeMapping: { "google.subject": "assertion.sub", "attribute.repository": "assertion.repository" },
                attributeCondition: conditionOf(claims),
                oidc: { issuerUri: GITHUB },
            },
            ...{ who: `attribute.repository/${repository}`, single: false },
        };
    },
    oidc: (component, { oidc }) => {
        const { issuer = "", subject = "", audiences, condition, jwks } = oidc ?? {};
        check(component, "oidc.issuer", issuer, /^https:\/\/[^/?#@]+[^?#]*$/, "the https: URL of the issuer");
        if (new URL(issuer).origin === GITHUB) {
            throw argumentError(
                component,
                "oidc.issuer",
                "is that of GitHub Actions; use github, which names the repository",
            );
        }
        check(component, "oidc.subject", subject, /^.{1,127}$/, "the claim sub of the tokens, of 1 to 127 characters");
        const own = conditionOf({ sub: subject });
        return {
            provider: {
                attributeMapping: { "google.subject": "assertion.sub" },
                attributeCondition: condition === undefined ? own : `${own} && (${condition})`,
                oidc: { issuerUri: issuer, ...defined({ allowedAudiences: audiences, jwksJson: jwks }) },
            },
            ...{ who: `subject/${subject}`, single: true },
        };
    },
    aws: (component, { aws }) => {
        const { accountId = "", role = "" } = aws ?? {};
        check(component, "aws.accountId", accountId, /^\d{12}$/, "the 12 digits of the account");
        check(component, "aws.role", role, /^[\w+=,.@-]{1,64}$/, "the name of a role, without its path");
        const arn = `arn:aws:sts::${accountId}:assumed-role/${role}`;
        return {
            provider: {
                attributeMapping: {
                    "google.subject": "assertion.arn",
                    "attribute.aws_role":
                        "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
                },
                attributeCondition: `attribute.aws_role == ${quoted(arn)}`,
                aws: { accountId },
            },
            ...{ who: `attribute.aws_role/${arn}`, single: false },
        };
    },
    saml: (component, { saml }) => {
        const { metadata = "", subject = "" } = saml ?? {};
        check(
            component,
            "saml.subject",
            subject,
            /^.{1,127}$/,
            "the subject of the assertions, of 1 to 127 characters",
        );
        return {
            provider: {
                attributeMapping: { "google.subject": "assertion.subject" },
                attributeCondition: `assertion.subject == ${quoted(subject)}`,
                saml: { idpMetadataXml: metadata },
            },
            ...{ who: `subject/${subject}`, single: true },
        };
    },
    x509: (component, { x509 }) => {
        const { trustAnchors = [], intermediates, commonName = "" } = x509 ?? {};
        check(component, "x509.commonName", commonName, /^.{1,127}$/, "the common name of the certificate's subject");
        const pem = (certificates: pulumi.Input<string>[]) =>
            certificates.map((pemCertificate) => ({ pemCertificate }));
        return {
            provider: {
                attributeMapping: { "google.subject": "assertion.subject.dn.cn" },
                attributeCondition: `assertion.subject.dn.cn == ${quoted(commonName)}`,
                x509: {
                    trustStore: {
                        trustAnchors: pem(trustAnchors),
                        ...(intermediates && { intermediateCas: pem(intermediates) }),
                    },
                },
            },
            ...{ who: `subject/${commonName}`, single: true },
        };
    },
};

/** A condition that holds only if each claim has its value. */
function conditionOf(claims: Record<string, string | undefined>): string {
    return Object.entries(defined(claims))
        .map(([claim, value]) => `assertion.${claim} == ${quoted(String(value))}`)
        .join(" && ");
}

/** A text in the Common Expression Language. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

function check(component: pulumi.Resource, argument: string, value: string, form: RegExp, words: string): void {
    if (!form.test(value)) {
        throw argumentError(component, argument, `"${value}" cannot be used; give ${words}`);
    }
}
