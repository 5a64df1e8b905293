import { ancestorUrl, type Binding, type DenyRule, INGRESS, type Project, type Receiver } from "../../access";
import { isObject } from "../../common";

/** A value as it was understood, or what is wrong with an answer. */
export type Parsed<T> = { value: T } | { wrong: string };

type Fields = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
/** A list that JSON may leave out if it is empty. */
const listOf = (value: unknown): unknown[] | undefined =>
    value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : undefined;

const found = <T>(value: T | undefined, wrong: string): Parsed<T> => (value === undefined ? { wrong } : { value });

/** The values of a list, if each of them is understood. */
function all<T>(items: unknown[] | undefined, one: (item: unknown) => T | undefined): T[] | undefined {
    const values = items?.map(one);
    return values?.every((value) => value !== undefined) === true ? values : undefined;
}

function binding(item: unknown): Binding | undefined {
    if (!isObject(item) || !isText(item["role"]) || !isTexts(item["members"] ?? [])) {
        return undefined;
    }
    const { condition } = item;
    if (condition !== undefined && !isObject(condition)) {
        return undefined;
    }
    const { expression, title } = condition ?? {};
    return {
        role: item["role"],
        members: (item["members"] ?? []) as string[],
        ...(condition && {
            condition: { ...(isText(expression) && { expression }), ...(isText(title) && { title }) },
        }),
    };
}

function key(item: unknown): { id: string; live: boolean } | undefined {
    if (!isObject(item) || !isText(item["name"])) {
        return undefined;
    }
    const { disabled, validBeforeTime, keyType } = item;
    const expired = isText(validBeforeTime) && Date.parse(validBeforeTime) < Date.now();
    const id = item["name"].slice(item["name"].lastIndexOf("/") + 1);
    return { id, live: disabled !== true && !expired && keyType !== "SYSTEM_MANAGED" };
}

const memberKinds: Record<string, string> = { USER: "user", SERVICE_ACCOUNT: "serviceAccount", GROUP: "group" };

/** A member of a group. One of a kind that this program does not know, such as all people of a customer, keeps its kind. */
function membership(item: unknown): string | undefined {
    if (!isObject(item) || !isObject(item["preferredMemberKey"]) || !isText(item["preferredMemberKey"]["id"])) {
        return undefined;
    }
    const kind = isText(item["type"]) ? (memberKinds[item["type"]] ?? item["type"].toLowerCase()) : "unknown";
    return `${kind}:${item["preferredMemberKey"]["id"]}`;
}

function nextOf(answer: Fields): { next?: string } {
    return isText(answer["nextPageToken"]) ? { next: answer["nextPageToken"] } : {};
}

function denyRule(item: unknown): DenyRule | undefined {
    const rule = isObject(item) ? item["denyRule"] : undefined;
    if (!isObject(rule)) {
        return undefined;
    }
    const lists = ["deniedPrincipals", "exceptionPrincipals", "deniedPermissions", "exceptionPermissions"];
    return lists.every((name) => isTexts(rule[name] ?? [])) ? rule : undefined;
}

const ingresses: Record<string, Receiver["ingress"]> = {
    INGRESS_TRAFFIC_ALL: "all",
    INGRESS_TRAFFIC_INTERNAL_ONLY: "internal",
    INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER: "internal-and-load-balancer",
    ALLOW_ALL: "all",
    ALLOW_INTERNAL_ONLY: "internal",
    ALLOW_INTERNAL_AND_GCLB: "internal-and-load-balancer",
};

/** What Google's APIs answer, as facts. An answer of another form is never taken for an empty one. */
export const parsers = {
    policy: (answer: unknown): Parsed<Binding[]> => {
        // Every policy has an etag, also one without bindings.
        const isPolicy = isObject(answer) && (isText(answer["etag"]) || "bindings" in answer);
        return found(isPolicy ? all(listOf(answer["bindings"]), binding) : undefined, "it is no policy");
    },
    role: (answer: unknown): Parsed<string[]> => {
        if (!isObject(answer) || !isText(answer["name"]) || !isTexts(answer["includedPermissions"] ?? [])) {
            return { wrong: "it is no role" };
        }
        const gone = answer["deleted"] === true || answer["stage"] === "DISABLED";
        return { value: gone ? [] : ((answer["includedPermissions"] ?? []) as string[]) };
    },
    groupName: (answer: unknown): Parsed<string> => {
        const name = isObject(answer) ? answer["name"] : undefined;
        return found(isText(name) && /^groups\/[\w-]+$/.test(name) ? name : undefined, "it names no group");
    },
    memberships: (answer: unknown): Parsed<{ items: string[]; next?: string }> => {
        const items = isObject(answer) ? all(listOf(answer["memberships"]), membership) : undefined;
        return items && isObject(answer)
            ? { value: { items, ...nextOf(answer) } }
            : { wrong: "it is no list of memberships" };
    },
    project: (project: unknown, ancestry: unknown): Parsed<Project> => {
        const number = isObject(project) ? project["projectNumber"] : undefined;
        const ids = isObject(ancestry)
            ? all(listOf(ancestry["ancestor"]), (item) => {
                  const id = isObject(item) ? item["resourceId"] : undefined;
                  return isObject(id) && isText(id["type"]) && isText(id["id"])
                      ? `${id["type"]}s/${id["id"]}`
                      : undefined;
              })
            : undefined;
        if (!isText(number) || !isObject(project) || ids?.[0]?.startsWith("projects/") !== true) {
            return { wrong: "it is no project with its ancestors" };
        }
        const ancestors = ids.slice(1);
        // Whoever may not see a folder could get a chain that ends below it.
        const whole = ancestors.at(-1)?.startsWith("organizations/") ?? project["parent"] === undefined;
        return whole
            ? { value: { number, ancestors: ancestors.map(ancestorUrl) } }
            : { wrong: "its ancestors do not reach up to an organization" };
    },
    keys: (answer: unknown): Parsed<string[]> => {
        const keys = isObject(answer) ? all(listOf(answer["keys"]), key) : undefined;
        return found(
            keys?.filter(({ live }) => live).map(({ id }) => id),
            "it is no list of keys",
        );
    },
    denyPolicies: (answer: unknown): Parsed<{ items: string[]; next?: string }> => {
        const policyName = (item: unknown) => (isObject(item) && isText(item["name"]) ? item["name"] : undefined);
        const items = isObject(answer) ? all(listOf(answer["policies"]), policyName) : undefined;
        return items && isObject(answer)
            ? { value: { items, ...nextOf(answer) } }
            : { wrong: "it is no list of deny policies" };
    },
    denyRules: (answer: unknown): Parsed<DenyRule[]> => {
        return found(isObject(answer) ? all(listOf(answer["rules"]), denyRule) : undefined, "it is no deny policy");
    },
    receiver: (answer: unknown): Parsed<Receiver> => {
        if (!isObject(answer) || !isText(answer["name"]) || !isTexts(answer["customAudiences"] ?? [])) {
            return { wrong: "it is no service" };
        }
        // A function has another name for its ingress. Both let in everybody if they do not say.
        const said = answer["ingress"] ?? answer["ingressSettings"] ?? "ALLOW_ALL";
        const ingress = isText(said) ? ingresses[said] : undefined;
        return ingress !== undefined && INGRESS.includes(ingress)
            ? {
                  value: {
                      ingress,
                      invokerCheck: answer["invokerIamDisabled"] !== true,
                      iap: answer["iapEnabled"] === true,
                      customAudiences: (answer["customAudiences"] ?? []) as string[],
                  },
              }
            : { wrong: `its ingress is ${JSON.stringify(said)}` };
    },
};
