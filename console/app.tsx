import { useCallback, useEffect, useState } from "preact/hooks";
import type { Batch, LogView, Overview } from "../cli/console/view";
import { api, listen, NoSession } from "./api";
import { Calls } from "./calls";
import { Controls } from "./controls";
import { Decisions } from "./decisions";
import { Execution, Executions } from "./executions";
import { clock, reasonOf } from "./parts";
import { addressOf, type Place, placeOf } from "./place";
import { Services } from "./services";

const VIEWS = ["calls", "decisions", "executions", "services", "sandbox"] as const;
const TITLES = {
    calls: "Calls",
    decisions: "Decisions",
    executions: "Executions",
    services: "Services",
    sandbox: "Sandbox",
};
/** How many decisions and lines the page keeps. */
const KEPT = 1000;
const REFRESH_MILLISECONDS = 2000;

/** What every view gets. */
export interface Shared {
    overview: Overview;
    decisions: Batch["decisions"];
    lines: LogView[];
    /** Does something, tells how it went, and reads everything again. */
    act: (words: string, action: () => Promise<unknown>) => void;
}

export function App() {
    const [overview, setOverview] = useState<Overview>();
    const [decisions, setDecisions] = useState<Batch["decisions"]>([]);
    const [lines, setLines] = useState<LogView[]>([]);
    const [problem, setProblem] = useState<string>();
    const [news, setNews] = useState<{ text: string; bad: boolean }>();
    const [{ view, id }, setPlace] = useState<Place>({ view: "calls" });

    const refresh = useCallback(() => {
        const { stack } = placeOf();
        // The answer about a stack that was chosen before may come late.
        return api.overview(stack).then(
            (answer) => placeOf().stack === stack && setOverview(answer),
            (error: unknown) => setProblem(reasonOf(error)),
        );
    }, []);
    useEffect(() => {
        const began = begin().then(
            () => {
                setPlace(placeOf());
                void refresh();
                return listen(
                    (batch) => {
                        setDecisions((before) => [...batch.decisions.toReversed(), ...before].slice(0, KEPT));
                        setLines((before) => [...before, ...batch.lines].slice(-KEPT));
                    },
                    () => setProblem("The sandbox has ended."),
                );
            },
            (error: unknown) => setProblem(reasonOf(error)),
        );
        const onHash = () => {
            setPlace(placeOf());
            void refresh();
        };
        const onKey = (event: KeyboardEvent) => {
            const to = VIEWS[Number(event.key) - 1];
            const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
            if (to && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
                location.hash = addressOf(to);
            }
        };
        addEventListener("hashchange", onHash);
        addEventListener("keydown", onKey);
        const timer = setInterval(() => document.hidden || void refresh(), REFRESH_MILLISECONDS);
        return () => {
            removeEventListener("hashchange", onHash);
            removeEventListener("keydown", onKey);
            clearInterval(timer);
            void began.then((end) => end?.());
        };
    }, []);

    const act: Shared["act"] = (words, action) => {
        action()
            .then(
                () => setNews({ text: words, bad: false }),
                (error: unknown) => setNews({ text: reasonOf(error), bad: true }),
            )
            .finally(() => void refresh());
    };

    if (problem !== undefined) {
        return (
            <main class="problem">
                <h1>gcp-invoke</h1>
                <p role="alert">{problem}</p>
            </main>
        );
    }
    if (overview === undefined) {
        return <main class="problem" aria-busy="true" />;
    }
    const shared = { overview, decisions, lines, act };
    return (
        <>
            <header>
                <a class="skip" href={location.hash} onClick={() => document.querySelector("main")?.focus()}>
                    Skip to the content
                </a>
                <div class="top">
                    <strong>gcp-invoke</strong>
                    <span>{overview.project}</span>
                    <time dateTime={overview.time} title="the time of the sandbox">
                        {overview.time.slice(0, 10)} {clock(overview.time).slice(0, 8)}
                    </time>
                </div>
                <nav aria-label="Views">
                    {VIEWS.map((each, at) => (
                        <a
                            key={each}
                            href={addressOf(each)}
                            aria-current={view === each ? "page" : undefined}
                            aria-keyshortcuts={String(at + 1)}
                        >
                            {TITLES[each]}
                        </a>
                    ))}
                </nav>
            </header>
            <p role="status" class={news === undefined ? "news" : news.bad ? "news bad" : "news ok"}>
                {news?.text}
            </p>
            <main tabIndex={-1}>
                {view === "decisions" ? (
                    <Decisions {...shared} />
                ) : view === "executions" ? (
                    id === undefined ? (
                        <Executions {...shared} />
                    ) : (
                        <Execution {...shared} id={id} />
                    )
                ) : view === "services" ? (
                    <Services {...shared} />
                ) : view === "sandbox" ? (
                    <Controls {...shared} />
                ) : (
                    <Calls {...shared} choose={(chosen) => (location.hash = addressOf("calls", chosen))} />
                )}
            </main>
        </>
    );
}

/** Gives the code of the link back, if the address has one. A page that is loaded again has its cookie. */
async function begin(): Promise<void> {
    const code = location.hash.slice(1);
    if (code === "" || code.startsWith("/")) {
        return;
    }
    history.replaceState(undefined, "", "#/calls");
    try {
        await api.session(code);
    } catch (error) {
        // The link may be opened again in the browser that has used it.
        if (
            !(error instanceof NoSession) ||
            !(await api.overview().then(
                () => true,
                () => false,
            ))
        ) {
            throw error;
        }
    }
}
