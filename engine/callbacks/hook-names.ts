import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { later } from "../protocol";

/** The names of a resource's hooks, by the time at which they run. */
export type HookNames = Record<HookTime, string[]>;
/** The time at which a hook runs. */
export type HookTime =
    | "beforeCreate"
    | "afterCreate"
    | "beforeUpdate"
    | "afterUpdate"
    | "beforeDelete"
    | "afterDelete"
    | "onError";

type Binding = RegisterResourceRequest.ResourceHooksBinding;

/** A resource without hooks. */
export const NO_HOOKS: HookNames = {
    beforeCreate: [],
    afterCreate: [],
    beforeUpdate: [],
    afterUpdate: [],
    beforeDelete: [],
    afterDelete: [],
    onError: [],
};

/** Hooks as Pulumi writes them into a state: under `BeforeCreate` and so on, without the times that have none. */
export function hooksToState(hooks: HookNames): Record<string, string[]> {
    const named = Object.entries(hooks).filter(([, names]) => names.length > 0);
    return Object.fromEntries(
        named.map(([time, names]) => [time.replace(/^./, (first) => first.toUpperCase()), names]),
    );
}

/** Reads what {@link hooksToState} writes. */
export function hooksFromState(kept: Record<string, string[]> = {}): HookNames {
    const named = Object.entries(kept).map(([time, names]) => [
        time.replace(/^./, (first) => first.toLowerCase()),
        names,
    ]);
    return { ...NO_HOOKS, ...(Object.fromEntries(named) as Partial<HookNames>) };
}

/** The hooks in a message. */
export function hooksOf(binding: Binding | undefined): HookNames {
    if (binding === undefined) {
        return NO_HOOKS;
    }
    return {
        beforeCreate: binding.getBeforeCreateList(),
        afterCreate: binding.getAfterCreateList(),
        beforeUpdate: binding.getBeforeUpdateList(),
        afterUpdate: binding.getAfterUpdateList(),
        beforeDelete: binding.getBeforeDeleteList(),
        afterDelete: binding.getAfterDeleteList(),
        onError: later(binding).getOnErrorList?.() ?? [],
    };
}

/** The message that {@link hooksOf} reads. */
export function hooksMessage(hooks: HookNames): Binding {
    const binding = new RegisterResourceRequest.ResourceHooksBinding();
    binding.setBeforeCreateList(hooks.beforeCreate);
    binding.setAfterCreateList(hooks.afterCreate);
    binding.setBeforeUpdateList(hooks.beforeUpdate);
    binding.setAfterUpdateList(hooks.afterUpdate);
    binding.setBeforeDeleteList(hooks.beforeDelete);
    binding.setAfterDeleteList(hooks.afterDelete);
    later(binding).setOnErrorList?.(hooks.onError);
    return binding;
}
