import type { Way } from "./answer";
import { isWide, labelOf } from "./names";

/** A way in words: `group:dev@example.com → roles/iam.serviceAccountTokenCreator on fulfil@p.iam.gserviceaccount.com → orders`. */
export function pathOf({ member, steps }: Way, label: string): string {
    const parts = steps.map((step, index) => {
        const last = index === steps.length - 1;
        switch (step.kind) {
            case "binding": {
                const groups = [...step.groups].reverse().map((group) => `${group} → `);
                const on = last && step.on.endsWith(`/${label}`) ? label : labelOf(step.on);
                return `${groups.join("")}${step.role} on ${on}`;
            }
            case "key":
                return step.account;
            case "invoker-check":
                return "the invoker check is switched off (invokerIamDisabled)";
            case "audience":
                return `${labelOf(step.on)} accepts the audience ${step.audience}, which nobody declared`;
            case "ingress":
                return `the ingress is ${step.found}, and ${step.declared} was declared`;
        }
    });
    const end = steps.length > 1 || wide(steps[0]) ? ` → ${label}` : "";
    return `${member} → ${parts.slice(0, steps.length > 1 ? -1 : 1).join(" → ")}${end}`;
}

const wide = (step: Way["steps"][number] | undefined): boolean => step?.kind === "binding" && isWide(step.on);
