import type { Sandbox } from "../../sandbox";

type Snapshot = Record<string, Record<string, unknown>>;

/**
 * What tells of the past and does nothing any more: Google keeps it for a while too. The settings of IAP have no delete:
 * they are those of a service that is gone [K].
 */
const history = /operations$|^executions\.|^iam\.deletedServiceAccounts$|^logging\.|^iap\.settings$/;

/** Everything that the sandbox keeps but its history: `collection name`, and what is kept. */
export function everything(sandbox: Sandbox): Map<string, string> {
    const store = sandbox.cloud.store as unknown as { snapshot: () => Snapshot };
    return new Map(
        Object.entries(store.snapshot())
            .filter(([collection]) => !history.test(collection))
            .flatMap(([collection, entries]) =>
                Object.entries(entries).map(([name, value]): [string, string] => [
                    `${collection} ${name}`,
                    content(value),
                ]),
            )
            .filter(([, value]) => value !== ""),
    );
}

/** Every policy of the sandbox that grants something: `collection name`, and its bindings. */
export function policies(sandbox: Sandbox): Map<string, string> {
    return new Map([...everything(sandbox)].filter(([, value]) => value.startsWith('{"bindings":[')));
}

/** An entry without what says only when it changed; nothing at all for a policy that grants nothing. */
function content(value: unknown): string {
    const text = JSON.stringify(value, (key, inner: unknown) =>
        /^(etag|version|updateTime)$/.test(key) ? undefined : inner,
    );
    return /^\{("bindings":\[\])?\}$/.test(text) ? "" : text;
}
