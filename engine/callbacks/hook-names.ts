import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { later } from "../protocol";

/** Names of hooks, by when they run. */
export type HookNames = Record<HookTime, string[]>;
export type HookTime =
    "beforeCreate" | "afterCreate" | "beforeUpdate" | "afterUpdate" | "beforeDelete" | "afterDelete" | "onError";

type Binding = RegisterResourceRequest.ResourceHooksBinding;

/** No hooks at all. */
export const NO_HOOKS: HookNames = {
    beforeCreate: [],
    afterCreate: [],
    beforeUpdate: [],
    afterUpdate: [],
    beforeDelete: [],
    afterDelete: [],
    onError: [],
};

/** HookNames as Pulumi keeps them in a state: `BeforeCreate` and so on, what is empty left out. */
export function hooksToKeep(hooks: HookNames): Record<string, string[]> {
    const named = Object.entries(hooks).filter(([, names]) => names.length > 0);
    return Object.fromEntries(
        named.map(([time, names]) => [time.replace(/^./, (first) => first.toUpperCase()), names]),
    );
}

/** {@link hooksToKeep} the other way. */
export function hooksKept(kept: Record<string, string[]> = {}): HookNames {
    const named = Object.entries(kept).map(([time, names]) => [
        time.replace(/^./, (first) => first.toLowerCase()),
        names,
    ]);
    return { ...NO_HOOKS, ...(Object.fromEntries(named) as Partial<HookNames>) };
}

/** A message's hooks. */
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

/** {@link hooksOf} the other way. */
export function bindingOf(hooks: HookNames): Binding {
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
