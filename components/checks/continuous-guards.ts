import * as pulumi from "@pulumi/pulumi";
import { inEachRegion } from "../base";
import { targetVariables } from "../wiring";
import { checkedMember, isSameResource, madeGrants } from "../grants";
import { Ingress, type Target, TargetKind } from "../target";
import { defined } from "../../common";
import { type ContinuousCalls, requestTargets } from "./continuous-calls";
import type { GuardedDocument, GuardedService, GuardedSigner } from "./continuous-denials";
import { type InsideCheckOptions, provesInside } from "./denials";
import { declaredDocument, isAccount, takesEverybody } from "./endpoints-check";
import { type InsidePlace, insideProbe, type InsideProbe } from "./inside-probe";

/** The ingress that a service may have, in the words of its API: what was declared, or a narrower one. */
const reaches: Record<Ingress, string[]> = {
    [Ingress.Internal]: ["INGRESS_TRAFFIC_INTERNAL_ONLY"],
    [Ingress.InternalAndLoadBalancer]: ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"],
    [Ingress.All]: ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER", "INGRESS_TRAFFIC_ALL"],
};

/** The services whose denials and policies a continuous check looks at: those of Cloud Run. */
export function guardedTargets(calls: ContinuousCalls): [key: string, target: Target][] {
    return Object.entries(requestTargets(calls))
        .filter(([, { kind }]) => kind === TargetKind.Run)
        .map(([key, target]) => [key, inEachRegion(target)[0].target]);
}

/** Whether one of them has a document of Cloud Endpoints, so that whoever signs as its issuers gets in. */
export const hasDocuments = (calls: ContinuousCalls): boolean =>
    guardedTargets(calls).some(([, target]) => declaredDocument(target) !== undefined);

interface GuardArgs extends ContinuousCalls, InsidePlace {
    denials?: boolean;
    smokeCheck?: InsideCheckOptions;
}

/** What must let in nobody but its callers. Undefined if that is not checked. */
export function guards(
    component: pulumi.Resource,
    name: string,
    args: GuardArgs,
): ReturnType<typeof guardedServices> | undefined {
    const isOn = args.denials !== false && provesInside({ ...args.smokeCheck, enabled: true }, true);
    return isOn && guardedTargets(args).length > 0
        ? guardedServices(component, args, insideProbe(component, name, args))
        : undefined;
}

/**
 * What must let in nobody else, and what is to be called once the check has made its own grants. Grants that are made after that
 * are not looked at: whoever gets one may wait for the check.
 */
function guardedServices(
    component: pulumi.Resource,
    calls: ContinuousCalls,
    inside: InsideProbe,
): { services: pulumi.Output<GuardedService[]>; granted: () => void } {
    const variables = targetVariables(component, "requests", requestTargets(calls));
    let granted = (): void => undefined;
    const made = new Promise<void>((resolve) => (granted = resolve)).then(() => undefined);
    let grants: ReturnType<typeof madeGrants> = [];
    const services = pulumi.output(made).apply(() =>
        pulumi.all(
            guardedTargets(calls).map(([key, target]) => {
                const { resource, ingress = Ingress.All } = target;
                const own = grants.filter((each) => isSameResource(each.resource, resource));
                const callers = (calls.requests?.[key]?.callers ?? []).map((member, index) =>
                    checkedMember(component, `requests.${key}.callers[${index}]`, member),
                );
                const bindings = own.map(({ grant: { info } }) => pulumi.all([info.role, info.member]));
                return pulumi
                    .all([
                        pulumi.all(bindings),
                        pulumi.all(callers),
                        own[0]?.grant.info.resource,
                        inside.workflowId,
                        guardedDocument(target, signersOf(target, grants, callers)),
                    ])
                    .apply(([known, members, url = "", insideWorkflow, document]): GuardedService => ({
                        ...{ key, urlVariable: variables.get(key)?.url ?? "", insideWorkflow, resource: url },
                        ...defined({ document }),
                        bindings: [...known, ...members.map((member) => ["roles/run.invoker", member] as const)].map(
                            ([role, member]) => `${role} ${member.toLowerCase()}`,
                        ),
                        ingress: reaches[ingress],
                    }));
            }),
        ),
    );
    return {
        services,
        granted: () => {
            grants = [...madeGrants()];
            granted();
        },
    };
}

/** What the document of a target denies, if it has one. */
function guardedDocument(
    target: Target,
    signers: pulumi.Output<GuardedSigner[]>,
): pulumi.Output<GuardedDocument | undefined> {
    const document = declaredDocument(target);
    return pulumi
        .all([
            target.url,
            document?.path,
            pulumi.output(document?.issuers ?? []),
            pulumi.output(document?.audiences ?? []),
            signers,
        ])
        .apply(
            ([url, path, issuers, [audience = url], accounts]): GuardedDocument | undefined =>
                document && {
                    ...defined({ path }),
                    ...{ audience, takesEverybody: takesEverybody(issuers), signers: accounts },
                },
        );
}

/** The accounts whose tokens the document of a target takes, each with what the program grants on it. */
function signersOf(
    target: Target,
    grants: ReturnType<typeof madeGrants>,
    callers: pulumi.Output<string>[],
): pulumi.Output<GuardedSigner[]> {
    const document = declaredDocument(target);
    if (document === undefined) {
        return pulumi.output([]);
    }
    const made = grants.map(({ grant: { info } }) => pulumi.all([info.resource, info.role, info.member]));
    return pulumi
        .all([pulumi.output(document.issuers), pulumi.all(made), pulumi.all(callers)])
        .apply(([issuers, known, members]) =>
            [...new Set(issuers)].filter(isAccount).map((email) => ({
                email,
                bindings: known.flatMap(([resource, role, member]) =>
                    resource.endsWith(`/serviceAccounts/${email}`) ? [`${role} ${member.toLowerCase()}`] : [],
                ),
                callers: members.map((member) => member.toLowerCase()),
            })),
        );
}
