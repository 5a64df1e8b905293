import type { ComponentChildren } from "preact";

/** What people call a member or a resource: the last part, without the domain of Google's accounts. */
export const short = (name: string): string =>
    (name.split("/").at(-1) ?? name)
        .replace(/^(user|serviceAccount|group):/, "")
        .replace(/@[^@]*\.gserviceaccount\.com$/, "");

export const clock = (time: string): string => time.slice(11, 23);

/** `1.25 s`, `340 ms`. */
export const span = (milliseconds: number): string =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

export function Mark({ ok }: { ok: boolean }) {
    return (
        <span class={ok ? "mark ok" : "mark bad"}>
            <span aria-hidden="true">{ok ? "✓" : "✗"}</span>
            <span class="hidden">{ok ? "allowed" : "denied"}</span>
        </span>
    );
}

/** Names and values, one pair a line. */
export function Pairs({ pairs }: { pairs: readonly (readonly [string, ComponentChildren])[] }) {
    return (
        <dl>
            {pairs.map(([name, value]) => (
                <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            ))}
        </dl>
    );
}

export function Empty({ children }: { children: ComponentChildren }) {
    return <p class="empty">{children}</p>;
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
