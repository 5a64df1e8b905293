import type { Random } from "./random";

export const ORDERS = "https://orders-abc123-ew.a.run.app";
export const STOCK = "https://stock-abc123-ew.a.run.app";

/** What a program is made of, as it is written in JSON. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonMap = Record<string, Json>;

export interface ProgramOptions {
    /** Whether calls say which credential they send. */
    auth: boolean;
    /** What the program has more of than others. @default - at random */
    emphasis?: Emphasis | undefined;
}

/** What a program can have more of: a place where subworkflows are called, or a way in which values get about. */
export type Emphasis = (typeof EMPHASES)[number];
const EMPHASES = [
    ...[
        "default",
        "key",
        "assign",
        "args",
        "condition",
        "in",
        "range",
        "limit",
        "retry",
        "raise",
        "return",
        "predicate",
    ],
    ...["loops", "tries", "branches", "jumps", "deliveries"],
] as const;

/** The variables of every routine: texts, a map, a list and an answer. Each is set first, and shared by every `parallel`. */
const TEXTS = ["u", "v", "w"] as const;
const SHARED = [...TEXTS, "m", "l", "r"];

/** True in one run and false in the next: the world decides how long an identifier is. */
const COIN = "len(uuid.generate()) % 2 == 0";
/** Raises an error in every other run. */
const MAY_FAIL = "${1 / (len(uuid.generate()) % 2)}";

/** Makes a program that uses the whole language; URLs, answers and arguments are hostile or trusted at random. */
export function programOf(random: Random, options: ProgramOptions): JsonMap {
    return new Generator(random, options).program();
}

interface Place {
    params: readonly string[];
    depth: number;
    /** The names of the steps that can be jumped to. */
    steps: readonly string[];
    inLoop: boolean;
    inBranch: number;
    /** The variable of the nearest `except`. */
    error?: string;
    /** Other variables that can be read: those of loops. */
    locals: readonly string[];
}

class Generator {
    private names = 0;
    private budget = 7;
    private readonly routines: string[];
    private readonly emphasis: Emphasis;

    constructor(
        private readonly random: Random,
        private readonly options: ProgramOptions,
    ) {
        this.emphasis = options.emphasis ?? random.pick(EMPHASES);
        this.routines = Array.from({ length: 1 + random.below(2) }, (_, index) => `sub${index}`);
    }

    program(): JsonMap {
        const program: JsonMap = {
            main: { params: ["args"], steps: this.body({ ...start, params: ["args"] }) },
        };
        for (const name of this.routines) {
            this.budget += 3;
            const params: Json[] = [
                "p",
                this.random.chance(0.5) ? "q" : { q: this.value("default", { ...start, params: ["p"] }) },
            ];
            const inner = { ...start, params: ["p", "q"] };
            const ask = {
                ask: { try: this.http(inner), except: { as: "e", steps: [{ ignore: { assign: [{ w: "" }] } }] } },
            };
            const steps = this.body(inner);
            program[name] = {
                params,
                steps: this.random.chance(0.7) ? [...steps.slice(0, 1), ask, ...steps.slice(1)] : steps,
            };
        }
        return program;
    }

    private body(place: Place): Json[] {
        const init: JsonMap = {
            init: {
                assign: [
                    ...TEXTS.map((name): Json => ({ [name]: this.text({ ...place, steps: [] }, 0) })),
                    { m: { u: this.text(place, 0) } },
                    { l: [this.text(place, 0), this.text(place, 0)] },
                    { r: { body: { url: ORDERS }, code: 200 } },
                ],
            },
        };
        return [
            init,
            ...this.steps(place),
            ...(this.random.chance(0.6) ? [this.step(place, this.returned(place))] : []),
        ];
    }

    private name(prefix: string): string {
        return `${prefix}${this.names++}`;
    }

    private step(_place: Place, action: JsonMap, name = this.name("s")): JsonMap {
        return { [name]: action };
    }

    private steps(outer: Place, least = 1): Json[] {
        const count = least + this.random.below(this.budget < 0 ? 1 : outer.depth > 1 ? 2 : 4);
        const names = Array.from({ length: count }, () => this.name("s"));
        const place = { ...outer, steps: [...outer.steps, ...names] };
        return names.map((name) => this.step(place, this.action(place), name));
    }

    private action(place: Place): JsonMap {
        const { random } = this;
        this.budget--;
        const isDeep = place.depth > 3 || this.budget < 0;
        const inner = { ...place, depth: place.depth + 1 };
        const action = random.weighted<JsonMap>([
            [5, () => this.assign(place)],
            [5, () => this.http(place)],
            [1, () => this.callSubworkflow(place)],
            [0.4, () => ({ call: "sys.sleep", args: { seconds: 1 } })],
            [0.3, () => this.connector(place)],
            [this.options.auth ? this.more("deliveries", 0.3) : 0, () => this.delivery(place)],
            [
                this.more("raise", 0.7),
                () => ({ raise: random.chance(0.5) ? { u: this.value("raise", place) } : this.value("raise", place) }),
            ],
            [this.more("return", 0.4), () => this.returned(place)],
            [isDeep ? 0 : this.more("condition", 2), () => this.switch(inner)],
            [isDeep ? 0 : this.more("loops in range", 1.5), () => ({ for: this.loop(inner) })],
            [isDeep ? 0 : this.more("tries retry predicate", 2.5), () => this.try(inner)],
            [isDeep || place.inBranch > 1 ? 0 : this.more("branches limit", 1.5), () => this.parallel(inner)],
            [isDeep ? 0 : 0.6, () => ({ steps: this.steps(inner) })],
        ]);
        return random.chance(this.emphasis === "jumps" ? 0.4 : 0.12) ? { ...action, ...this.next(place) } : action;
    }

    /** The weight of something that the emphasis of the program is about. */
    private more(emphases: string, weight: number): number {
        return emphases.split(" ").includes(this.emphasis) ? weight + 6 : weight;
    }

    /** A text at a place of this kind: where the emphasis is on that, it calls a subworkflow. */
    private value(at: string, place: Place): Json {
        return this.emphasis === at && this.random.chance(0.7) ? `\${${this.inner(at, place)}}` : this.text(place);
    }

    /** The same as an expression. */
    private inner(at: string, place: Place): string {
        return this.emphasis === at && this.random.chance(0.7)
            ? `${this.subworkflow()}(${this.bare(place)}, ${this.bare(place)})`
            : this.bare(place);
    }

    private next({ steps, inLoop }: Place): JsonMap {
        const loop = inLoop ? ["break", "continue"] : [];
        const next = this.random.pick([...steps, ...steps, ...loop, "end"]);
        return next === undefined ? {} : { next };
    }

    private assign(place: Place): JsonMap {
        const { random } = this;
        const one = (): JsonMap =>
            random.weighted<JsonMap>([
                [6, () => ({ [random.pick(TEXTS)]: this.value("assign", place) })],
                [1, () => ({ "m.u": this.text(place) })],
                [0.6, () => ({ [`m["x" + string(len(uuid.generate()))]`]: this.text(place) })],
                [this.more("key", 0.4), () => ({ [`m[${this.inner("key", place)}]`]: this.text(place) })],
                [1, () => ({ m: random.chance(0.5) ? { u: this.text(place) } : {} })],
                [0.5, () => ({ m: `\${map.merge(m, {"u": ${this.bare(place)}})}` })],
                [0.3, () => ({ m: { u: this.text(place), deeper: "${m}" } })],
                [0.8, () => ({ "l[0]": this.text(place) })],
                [0.5, () => ({ l: [this.text(place), this.text(place)] })],
                [0.4, () => ({ l: `\${list.concat(l, ${this.bare(place)})}` })],
                [1.2, () => ({ r: MAY_FAIL })],
            ]);
        return { assign: Array.from({ length: 1 + random.below(4) }, one) };
    }

    private http(place: Place): JsonMap {
        const { random } = this;
        const auth: JsonMap = { type: "OIDC", audience: random.chance(0.8) ? ORDERS : this.text(place) };
        const args: JsonMap = {
            url: this.value("args", place),
            ...(this.options.auth && random.chance(0.8) && { auth }),
            ...(random.chance(0.2) && { headers: { "X-Tag": this.text(place) } }),
            ...(random.chance(0.2) && { body: { u: this.text(place) } }),
        };
        return { call: random.pick(["http.get", "http.post"]), args, ...this.result() };
    }

    private result(): JsonMap {
        return this.random.chance(0.5) ? { result: this.random.pick(["r", "r", "u", "m"]) } : {};
    }

    private connector(place: Place): JsonMap {
        const name = this.random.chance(0.5)
            ? `\${"projects/p/locations/l/services/" + ${this.bare(place)}}`
            : "projects/p/locations/l/services/own";
        return { call: "googleapis.run.v2.projects.locations.services.get", args: { name }, result: "m" };
    }

    /** A task, a job or a push: another service sends it, with a token. */
    private delivery(place: Place): JsonMap {
        const { random } = this;
        const url = this.value("args", place);
        const oidcToken: JsonMap = {
            serviceAccountEmail: "w",
            audience: random.chance(0.8) ? ORDERS : this.text(place),
        };
        const token: JsonMap = random.chance(0.7) ? { oidcToken } : { oauthToken: { serviceAccountEmail: "w" } };
        return random.weighted<JsonMap>([
            [
                1,
                () => ({
                    call: "googleapis.cloudtasks.v2.projects.locations.queues.tasks.create",
                    args: { parent: "q", body: { task: { httpRequest: { url, ...token } } } },
                }),
            ],
            [
                1,
                () => ({
                    call: "googleapis.cloudscheduler.v1.projects.locations.jobs.create",
                    args: { parent: "l", body: { httpTarget: { uri: url, ...token } } },
                }),
            ],
            [
                1,
                () => ({
                    call: "googleapis.pubsub.v1.projects.subscriptions.create",
                    args: { name: "s", body: { pushConfig: { pushEndpoint: url, oidcToken } } },
                }),
            ],
        ]);
    }

    private callSubworkflow(place: Place): JsonMap {
        const callee = this.subworkflow();
        const args: Json = this.random.weighted<Json>([
            [3, () => ({ p: this.text(place), q: this.text(place) })],
            [1, () => [this.text(place), this.text(place)]],
            [0.5, () => `\${{"p": ${this.bare(place)}, "q": ${this.bare(place)}}}`],
            [0.5, () => ({ p: this.text(place) })],
        ]);
        return { call: callee, args, ...(this.random.chance(0.7) && { result: this.random.pick(TEXTS) }) };
    }

    private subworkflow(): string {
        return this.random.pick(this.routines) ?? "default";
    }

    private switch(place: Place): JsonMap {
        const { random } = this;
        const cases = Array.from({ length: 1 + random.below(3) }, (): Json => {
            const condition = `\${${this.emphasis === "condition" && random.chance(0.6) ? `${this.inner("condition", place)} == ${this.bare(place)}` : this.condition(place)}}`;
            return random.chance(0.5)
                ? { condition, steps: this.steps(place) }
                : random.chance(0.3)
                  ? { condition, ...this.http(place) }
                  : { condition, ...this.next(place) };
        });
        return { switch: cases };
    }

    private loop(place: Place): JsonMap {
        const { random } = this;
        const value = random.chance(0.2) ? random.pick(TEXTS) : this.name("x");
        const over = random.weighted<JsonMap>([
            [3, () => ({ in: [this.text(place), this.value("in", place)] })],
            [1, () => ({ in: "${l}" })],
            [1, () => ({ in: `\${[${this.bare(place)}, ${this.bare(place)}]}` })],
            [0.7, () => ({ in: `\${{${this.bare(place)}: 1}}` })],
            [this.more("range", 1), () => ({ range: [1, `\${1 + len(${this.inner("range", place)}) % 2}`] })],
        ]);
        const locals = "range" in over ? place.locals : [...place.locals, value];
        const steps = this.steps({ ...place, inLoop: true, locals });
        return { value, ...(random.chance(0.3) && { index: this.name("i") }), ...over, steps };
    }

    private try(place: Place): JsonMap {
        const { random } = this;
        const error = random.chance(0.15) ? random.pick(TEXTS) : this.name("e");
        const body: JsonMap = random.weighted<JsonMap>([
            [3, () => ({ steps: this.steps(place) })],
            [1, () => this.http(place)],
            [1, () => this.assign(place)],
        ]);
        const hasRetry = random.chance(0.6);
        const hasExcept = !hasRetry || random.chance(0.6);
        return {
            try: body,
            ...(hasRetry && { retry: this.retry(place) }),
            ...(hasExcept && { except: { as: error, steps: this.steps({ ...place, error }) } }),
        };
    }

    private retry(place: Place): Json {
        const { random } = this;
        const own = random.pick(this.routines);
        const predicate = random.weighted<Json>([
            [2, () => "${retry.always}"],
            [1, () => "${http.default_retry_predicate}"],
            [own === undefined ? 0 : this.more("predicate", 1), () => `\${${own ?? ""}}`],
        ]);
        const count = random.chance(this.emphasis === "retry" ? 0.9 : 0.3)
            ? `\${1 + len(${this.inner("retry", place)}) % 2}`
            : 1 + random.below(2);
        return {
            predicate,
            max_retries: count,
            backoff: {
                initial_delay: random.chance(0.2) ? `\${len(${this.bare(place)}) % 2}` : 1,
                max_delay: 2,
                multiplier: 2,
            },
        };
    }

    private parallel(place: Place): JsonMap {
        const { random } = this;
        const inner = { ...place, steps: [], inLoop: false, inBranch: place.inBranch + 1 };
        const limit = random.chance(0.3) ? { concurrency_limit: `\${1 + len(${this.inner("limit", place)}) % 2}` } : {};
        if (random.chance(0.35)) {
            return { parallel: { shared: SHARED, ...limit, for: this.loop(inner) } };
        }
        const branches = Array.from({ length: 2 }, (): Json => ({ [this.name("b")]: { steps: this.steps(inner) } }));
        return { parallel: { shared: SHARED, ...limit, branches } };
    }

    private returned(place: Place): JsonMap {
        return { return: this.value("return", place) };
    }

    private condition(place: Place): string {
        const { random } = this;
        return random.weighted([
            [4, () => COIN],
            [2, () => `${this.bare(place)} == ${this.bare(place)}`],
            [1, () => `default(${this.bare(place)}, "") != ""`],
            [0.5, () => `"u" in m and ${COIN}`],
        ]);
    }

    /** A text, most often a URL, as a value in the source. */
    private text(place: Place, depth = 2): Json {
        const written = this.bare(place, depth);
        const literal = /^"([^"\\]*)"$/.exec(written)?.[1];
        return literal !== undefined && this.random.chance(0.7) ? literal : `\${${written}}`;
    }

    /** The same as an expression. */
    private bare(place: Place, depth = 1): string {
        const { random } = this;
        const sub = (): string => this.bare(place, depth - 1);
        const isPlain = depth <= 0;
        const isStart = place.steps.length === 0;
        return random.weighted<string>([
            [3, () => JSON.stringify(ORDERS)],
            [1, () => JSON.stringify(STOCK)],
            [1.5, () => `sys.get_env("${random.pick(["ORDERS_URL", "STOCK_URL"])}")`],
            [isStart ? 0 : 8, () => random.pick([...TEXTS, ...place.locals])],
            [1.5, () => this.given(place)],
            [isStart ? 0 : 0.7, () => random.pick(["m.u", 'm["u"]', "l[0]", "l[1]", "r.body.url", 'map.get(m, "u")'])],
            [place.error === undefined ? 0 : 0.7, () => random.pick([place.error ?? "", `${place.error ?? ""}.u`])],
            [isPlain ? 0 : 0.7, () => `sys.get_env("PARTNER_URL", ${sub()})`],
            [isPlain ? 0 : 0.6, () => `default(map.get(m, "u"), ${sub()})`],
            [isPlain ? 0 : 0.6, () => `if(${COIN}, ${sub()}, ${sub()})`],
            [isPlain ? 0 : 1.2, () => `${sub()} + "${random.pick(["/x", "/", "?a=b", ".other.example", "x"])}"`],
            [
                isPlain ? 0 : 0.3,
                () =>
                    `"https://" + ${random.pick(["text.url_encode", "string", "text.to_lower"])}(${sub()}) + ".a.run.app/x"`,
            ],
            [isPlain ? 0 : 0.3, () => `text.replace_all(${sub()}, "orders", ${sub()})`],
            [isPlain ? 0 : 0.2, () => `map.get({"k": ${sub()}}, ["k"], ${sub()})`],
            [isPlain ? 0 : 0.2, () => `map.merge({"k": ${sub()}}, map.delete(m, "u"))["k"]`],
            [isPlain ? 0 : 0.2, () => `[${sub()}, ${sub()}][${random.below(2)}]`],
            [isPlain ? 0 : 0.2, () => `keys({${sub()}: 1})[0]`],
            [
                isPlain || this.routines.length === 0 || isStart ? 0 : 1.2,
                () => `${this.subworkflow()}(${sub()}, ${sub()})`,
            ],
        ]);
    }

    /** What the routine was given. */
    private given({ params }: Place): string {
        const [first = "args"] = params;
        return first === "args" ? this.random.pick(["args.url", "args.other"]) : (this.random.pick(params) ?? first);
    }
}

/** Nothing is set yet: no step can be jumped to, no variable read. */
const start: Place = { params: [], depth: 0, steps: [], inLoop: false, inBranch: 0, locals: [] };
