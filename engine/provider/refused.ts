import { asText, type Properties } from "../values";

/** Resource types that decide who has access, and that the sandbox does not enforce, each with what they do. */
const REFUSED: [RegExp, string][] = [
    [
        /^gcp:accesscontextmanager\/(servicePerimeters?|servicePerimeterResource|servicePerimeter(Egress|Ingress)Policy|egressPolicy|ingressPolicy|gcpUserAccessBinding):/,
        "a perimeter of VPC Service Controls refuses calls",
    ],
    [
        /^gcp:iam\/(principalAccessBoundaryPolicy|(projects|folders|organizations)PolicyBinding|accessBoundaryPolicy):/,
        "a principal access boundary takes access away",
    ],
    [/^gcp:projects\/(iamMemberRemove|iAMMemberRemove):/, "it takes away what others have granted"],
    [
        /^gcp:compute\/(regionSecurityPolicyRule|securityPolicyRule):/,
        "a rule of Cloud Armor decides who gets in (write it among the rules of gcp.compute.SecurityPolicy)",
    ],
    [/^gcp:projects\/defaultServiceAccounts:/, "it takes away what the default service accounts may do"],
    [
        /^gcp:storage\/(bucketACL|bucketAccessControl|defaultObjectACL|defaultObjectAccessControl|objectACL|objectAccessControl):/,
        "an access control list opens objects beside IAM",
    ],
];

/** Organization policies of the older API, which the sandbox does not serve; they are refused only if their constraint is about access. */
const ORGANIZATION_POLICY = /^gcp:(organizations\/policy|folder\/organizationPolicy|projects\/organizationPolicy):/;

/** Why a resource type is refused, or `undefined` if it is not. */
export function refusal(token: string): string | undefined {
    return REFUSED.find(([pattern]) => pattern.test(token))?.[1];
}

/** Why a resource of a type that is otherwise kept is refused for its inputs, or `undefined` if it is not. */
export function refusalOf(token: string, inputs: Properties): string | undefined {
    if (!ORGANIZATION_POLICY.test(token)) {
        return undefined;
    }
    const constraint = asText(inputs["constraint"] ?? inputs["name"] ?? "").replace(
        /^.*\/(policies|constraints)\//,
        "",
    );
    return /^(iam|run|cloudfunctions|storage|iap)\./.test(constraint)
        ? `the constraint ${constraint} decides which grants or calls are allowed (write it as gcp.orgpolicy.Policy)`
        : undefined;
}
