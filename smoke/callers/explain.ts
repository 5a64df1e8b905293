import { pathOf, type Answer, type Question, type Way, isViolation } from "../../access";
import { defined } from "../../common";
import { revokeCommand } from "../diagnosis";
import type { AccessReport, AccessWay } from "../smoke-report";

/** What a search found, in words and with the commands that end what nobody declared. */
export function accessReport(answer: Answer, label: string, question: Question): AccessReport {
    const shown = answer.ways.filter(({ kind, doubt }) => kind !== "administrator" || doubt === undefined);
    return {
        verdict: answer.verdict,
        ways: shown.map((way) => wayReport(way, label, isViolation(way, question))),
        unread: answer.unread.map(({ what, why, remedy }) => ({ what, why, ...defined({ remedy }) })),
    };
}

function wayReport(way: Way, label: string, violates: boolean): AccessWay {
    const { kind, member, doubt } = way;
    return {
        kind,
        member,
        path: pathOf(way, label),
        ...(violates && defined({ fix: fixOf(way) })),
        ...(doubt && { doubt: `${doubt.what}: ${doubt.why}` }),
    };
}

/** The command that ends a way. Undefined if none is known. */
function fixOf({ steps: [step] }: Way): string | undefined {
    if (step === undefined) {
        return undefined;
    }
    switch (step.kind) {
        case "binding": {
            const command = revokeCommand({ member: step.member, role: step.role, resource: step.on, label: "" });
            return command === undefined ? undefined : `${command}${step.conditional ? " --all" : ""}`;
        }
        case "key":
            return `gcloud iam service-accounts keys delete ${step.key} --iam-account=${step.account}`;
        case "invoker-check":
            return update(step.on, "--invoker-iam-check");
        case "audience":
            return update(
                step.on,
                step.keep.length === 0 ? "--clear-custom-audiences" : `--set-custom-audiences=${step.keep.join(",")}`,
            );
        case "ingress":
            return /\/functions\/[^/]+$/.test(step.on)
                ? undefined
                : update(step.on, `--ingress=${step.declared.replace("load-balancer", "cloud-load-balancing")}`);
    }
}

function update(service: string, flag: string): string | undefined {
    const [, project, location, name] =
        /\/projects\/([^/]+)\/locations\/([^/]+)\/services\/([^/]+)$/.exec(service) ?? [];
    return name && `gcloud run services update ${name} --region=${location ?? ""} --project=${project ?? ""} ${flag}`;
}
