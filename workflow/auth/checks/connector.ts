import { findMethod } from "../../run";
import { acceptedBy, ANYTHING, isScope, opens, scopesIn, SEGMENT } from "../scopes";
import { argumentOrUnknown, shownCall } from "../calls";
import { checkTexts } from "./scope";
import type { Reporter } from "./reporter";
import type { ResolvedCall } from "../flow";

/**
 * The scopes that a connector is given; without any it asks for what its method takes.
 * https://docs.cloud.google.com/workflows/docs/reference/googleapis
 */
export function checkConnector(call: ResolvedCall, report: Reporter["report"]): void {
    const { args, callee } = call.action;
    const method = findMethod(callee.text);
    const entries = args?.kind === "map" ? args.entries : [];
    const params = argumentOrUnknown(call, entries, "connector_params");
    const scopes = scopesIn(
        params.flatMap((value) => (value.kind === "map" ? (value.fields.get("scopes") ?? []) : [])),
    );
    const entry = entries.find(({ key }) => key === "connector_params");
    if (method === undefined || entry === undefined || (!scopes.told && scopes.texts.length === 0)) {
        return;
    }
    const inner = entry.value.kind === "map" ? entry.value.entries.find(({ key }) => key === "scopes") : undefined;
    const span = (inner ?? entry).value.span;
    const { host, pathname } = new URL(method.root);
    const path = pathname.slice(1) + method.path.replace(/\{\+[^}]*\}/g, ANYTHING).replace(/\{[^}]*\}/g, SEGMENT);
    const accepted = acceptedBy(host.split(".")[0] ?? "", method.verb, path);
    const name = shownCall(call);
    checkTexts(scopes, accepted === undefined ? [] : [accepted], name, span, report);
    if (
        accepted !== undefined &&
        scopes.told &&
        scopes.texts.every(isScope) &&
        !opens(scopes.texts, accepted.possible)
    ) {
        report("missing-scope/connector", span, name, callee.text, accepted.likely[0]?.[0] ?? method.scope ?? "");
    }
}
