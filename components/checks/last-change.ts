import * as pulumi from "@pulumi/pulumi";
import { madeBy, memoized, onChange, originOf, urnOf } from "../base";

/** What the check of each component rests on. */
const rests = memoized((_component: object): pulumi.Resource[] => []);

/**
 * What the check of a component rests on: all resources that the component has made until now, and what the checks of its
 * targets rest on.
 */
export function restsOn(component: pulumi.Resource, targets: object[] = []): pulumi.Resource[] {
    const own = rests(component);
    own.push(...new Set([...madeBy(component), ...targets.flatMap((target) => rests(originOf(target)))]));
    return own;
}

/**
 * When something of what a check rests on was last created or changed. The engine keeps that time in a resource of its own,
 * which is registered before the change itself is made. So the news is not lost if the update breaks off or the check fails:
 * the gate still has an older time, and the next update checks again.
 */
export function lastChange(
    component: pulumi.Resource,
    name: string,
    resources: pulumi.Resource[],
): pulumi.Output<string> {
    const urns = resources.map(({ urn }) => urn);
    const known = new Promise<pulumi.Output<string>>((resolve) => {
        let stash: pulumi.Stash | undefined;
        const register = (isChanged: boolean): pulumi.Stash => {
            stash ??= new pulumi.Stash(
                `${name}-last-change`,
                { input: { at: new Date().toISOString() } },
                // The engine puts the time of its state in the place of a new one that it is told to ignore.
                { parent: component, ignoreChanges: isChanged ? [] : ["input.at"] },
            );
            resolve(stash.input.apply(({ at }: { at: string }) => at));
            return stash;
        };
        onChange(component, resources, () => urnOf(register(true)));
        // Once they are all registered without any news, nothing has changed.
        pulumi.all(urns).apply(() => void register(false));
    });
    return pulumi.all([known, pulumi.all(urns)]).apply(([at]) => at);
}
