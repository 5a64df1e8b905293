import { at, type PolicyRule, textAt, textsIn, UNKNOWN } from "./rule";

const PROVIDER = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";

/**
 * Platforms that issue tokens to all their users by one issuer, each with the claims that tell one user's workloads from those of
 * all others. https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions
 */
const SHARED: [platform: string, issuer: string, claims: string[]][] = [
    [
        "GitHub Actions",
        "https://token.actions.githubusercontent.com",
        ["repository", "repository_id", "repository_owner", "repository_owner_id", "sub"],
    ],
    ["GitLab", "https://gitlab.com", ["namespace_id", "namespace_path", "project_id", "project_path", "sub"]],
    [
        "HCP Terraform",
        "https://app.terraform.io",
        ["terraform_organization_id", "terraform_organization_name", "terraform_workspace_id", "sub"],
    ],
    ["Buildkite", "https://agent.buildkite.com", ["organization_slug", "organization_id", "pipeline_slug", "sub"]],
    ["Google", "https://accounts.google.com", ["email", "sub", "hd"]],
];

/** Refuses a provider whose issuer everybody on a platform has tokens of, if its condition does not say whose are let in. */
export const noOpenFederation: PolicyRule = {
    name: "no-open-federation",
    description:
        "a provider of Workload Identity Federation lets in the workloads of one owner, and not all of a platform",
    check: ({ type, props }) => {
        const issuer = textAt(props, "oidc", "issuerUri")?.replace(/\/+$/, "");
        const [platform, , claims] = SHARED.find(([, url]) => url === issuer) ?? [];
        const condition = at(props, "attributeCondition");
        if (type !== PROVIDER || claims === undefined || condition === UNKNOWN) {
            return [];
        }
        const mapping = textsIn(at(props, "attributeMapping"));
        const names = [
            ...claims.map((claim) => `assertion.${claim}`),
            // A condition can name an attribute that one of the claims is mapped to.
            ...Object.keys(mapping).filter((name) => claims.some((claim) => mapping[name] === `assertion.${claim}`)),
        ];
        return names.some((name) => compares(typeof condition === "string" ? condition : "", name))
            ? []
            : [
                  `lets in every workload of ${platform ?? ""}, because its condition does not say whose: add attributeCondition: 'assertion.${claims[0] ?? ""} == "…"', or use FederatedCaller`,
              ];
    },
};

/** Whether an expression compares a value with a text that is not empty. What it does beside that is not looked at. */
function compares(expression: string, name: string): boolean {
    const value = name.replaceAll(".", String.raw`\s*\.\s*`);
    const text = String.raw`(?:"[^"]+"|'[^']+')`;
    return [
        String.raw`(?<![\w.])${value}\s*==\s*${text}`,
        String.raw`${text}\s*==\s*${value}(?![\w.])`,
        String.raw`(?<![\w.])${value}\s+in\s+\[\s*${text}`,
        String.raw`(?<![\w.])${value}\s*\.\s*(?:startsWith|matches)\(\s*${text}`,
    ].some((pattern) => new RegExp(pattern).test(expression));
}
