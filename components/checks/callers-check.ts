import * as pulumi from "@pulumi/pulumi";
import type { CallersProbe } from "../../smoke";
import { argumentError, callersMode, urnOf } from "../base";
import { checkedMember, componentId, existingUrn, type Grant, refsOf } from "../grants";
import type { SmokeCheckOptions } from "./smoke-check";
import type { Ingress } from "../target";
import { defined } from "../../common";

/** What a check does if others than the declared callers may call. Public access always fails it. */
export enum Callers {
    /** It warns, because another stack may rightly let somebody in. What cannot be read is reported as not tried. */
    Warn = "warn",
    /** It fails, also if something that decides who may call cannot be read. */
    Exactly = "exactly",
}

/** What a check does with owners, editors and administrators of the project, who may call by their roles. */
export enum Administrators {
    /** It lists them. */
    List = "list",
    /** It treats them as everybody else whom nobody declared. */
    Refuse = "refuse",
}

/** The smoke check of something that can be called. It asks who may call it. */
export interface CallersCheckOptions extends SmokeCheckOptions {
    /**
     * What the check does if others than the declared callers may call: those of the program, and `allowedCallers`.
     * @default - what the stack's config `gcp-invoke:callers` says, or else `warn`
     */
    callers?: Callers;
    /** The IAM members that may call beside the callers of the program, such as `group:support@example.com`. @default - none */
    allowedCallers?: pulumi.Input<string>[];
    /** What the check does with administrators of the project. @default - they are listed */
    administrators?: Administrators;
}

/** What is asked about, and how it was declared. */
export interface Callable {
    /** The REST URL. */
    target: pulumi.Output<string>;
    ingress?: Ingress;
    /** The custom audiences, if the program decides them. */
    audiences?: string[] | undefined;
    /** Grants that let others become accounts of the check's own. */
    grants?: Grant[];
}

/**
 * The probe that asks who may call something.
 * @throws ResourceError for words that are none of these, and if everybody would be an allowed caller
 */
export function callersProbe(
    component: pulumi.Resource,
    label: string,
    { callers, allowedCallers = [], administrators }: CallersCheckOptions,
    { target, ingress, audiences, grants = [] }: Callable,
): pulumi.Output<CallersProbe[]> {
    checkWord(component, "callers", callers, Object.values(Callers));
    checkWord(component, "administrators", administrators, Object.values(Administrators));
    const exactly = (callers ?? callersMode()) === "exactly";
    const members = allowedCallers.map((member, index) =>
        checkedMember(component, `smokeCheck.allowedCallers[${index}]`, member),
    );
    return pulumi.all([target, pulumi.all(members), refsOf(grants)]).apply(([url, allowed, own]): CallersProbe[] => [
        {
            ...{ kind: "callers", name: `nobody else → ${label}`, target: url, label, allowed },
            ...(exactly && { exactly }),
            ...(administrators === Administrators.Refuse && { administrators }),
            ...defined({ ingress, audiences }),
            ...(own.length > 0 && { grants: own }),
        },
    ]);
}

/** The probe that asks who may call a component itself. */
export function ownCallersProbe(
    component: pulumi.Resource,
    name: string,
    options: CallersCheckOptions,
    callable: Callable,
): pulumi.Output<CallersProbe[]> {
    return pulumi.all([callersProbe(component, name, options, callable), urnOf(component)]).apply(([probes, urn]) => {
        const id = componentId(existingUrn(component) ?? urn);
        return probes.map((probe) => ({ ...probe, component: id }));
    });
}

/** The probes that ask who may read the secrets that a caller sends. */
export function secretProbes(
    component: pulumi.Resource,
    options: CallersCheckOptions,
    grants: Grant[],
): pulumi.Output<CallersProbe[]> {
    const ofSecrets = grants.filter(({ info }) => info.role === "roles/secretmanager.secretAccessor");
    return pulumi
        .all(
            ofSecrets.map(({ info }) =>
                callersProbe(component, `the secret of ${info.label}`, options, { target: info.resource }),
            ),
        )
        .apply((lists) => lists.flat());
}

/** Programs without types can pass any word. */
function checkWord(component: pulumi.Resource, argument: string, word: string | undefined, allowed: string[]): void {
    if (word !== undefined && !allowed.includes(word)) {
        throw argumentError(component, `smokeCheck.${argument}`, `"${word}" is none of ${allowed.join(", ")}`);
    }
}
