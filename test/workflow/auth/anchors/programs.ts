import { Alias, Document, isMap, isScalar, isSeq, type Node } from "yaml";
import type { Random } from "../proof/random";
import { type Data, nodeOf, styled } from "./nodes";

export const ORDERS = "https://orders-abc123-ew.a.run.app";
export const PAY = "https://pay.example";

/** What can stand for what: an alias is put only where its anchor's kind may stand. */
type Kind = "url" | "args" | "auth" | "headers" | "text" | "type" | "callee" | "body" | "steps";

const urls = [
    `${ORDERS}/reserve`,
    ORDERS,
    '${sys.get_env("ORDERS_URL") + "/x"}',
    '${root + "/y"}',
    "https://compute.googleapis.com/compute/v1/x",
    "https://us-central1-p.cloudfunctions.net/fn/x",
    "https://other-abc123-ew.a.run.app/z",
    `${PAY}/charge`,
    "https://b.example/",
    "http://plain-abc123-ew.a.run.app/",
    "${args.url}",
    '${args.url + "/x"}',
] as const;

const texts = [
    "a",
    "two words",
    "yes",
    "1",
    "a: b # c",
    "line\nbreak",
    " edge ",
    "ünï 🚀",
    "*x",
    "&x",
    "'q'",
    '"',
    "{}",
];

/**
 * A program with anchors in every place where YAML takes one, aliases in every place where what they stand for may stand,
 * `<<`, names that are used for a second anchor, and every style, as text.
 */
export function anchoredProgram(random: Random): string {
    const program = new Maker(random).program();
    styled(program, random);
    const document = new Document();
    document.contents = program;
    const text = document.toString({ lineWidth: 0, indent: 2 + random.below(3), indentSeq: random.chance(0.5) });
    return random.chance(0.1) ? text.replaceAll("\n", "\r\n") : text;
}

class Maker {
    /** The last anchor of each name, and the kind of what it stands for. */
    private readonly anchors = new Map<string, Kind>();
    private readonly density: number;
    private names = 0;
    /** Calls of the subworkflow so far. What holds one is not shared: within the subworkflow it would call itself. */
    private subCalls = 0;

    constructor(private readonly random: Random) {
        this.density = random.next();
    }

    program(): Node {
        const { random } = this;
        const again = {
            switch: [{ condition: "${n < 1}", steps: [{ count: { assign: [{ n: "${n + 1}" }] } }], next: "first" }],
        };
        const steps: Data[] = [
            { init: { assign: [{ root: ORDERS }, { n: 0 }] } },
            { first: random.chance(0.5) ? { assign: [{ seen: 1 }] } : { call: "sys.log", args: { text: "start" } } },
            ...this.steps(1 + random.below(4), 0),
            ...(random.chance(0.3) ? [{ again }] : []),
            { done: { return: this.data(0) } },
        ];
        const sub = this.shared("steps", () => [
            { show: { call: "sys.log", args: { json: "${given}" } } },
            ...this.steps(1, 2),
            { back: { return: "${given}" } },
        ]);
        return nodeOf({ main: { params: ["args"], steps }, sub: { params: ["given"], steps: sub } });
    }

    private name(letter: string): string {
        return `${letter}${this.names++}`;
    }

    /** What is made, at times with an anchor, or an alias of one of its kind. */
    private shared(kind: Kind, make: () => Data): Node {
        const { random, anchors, density } = this;
        const known = this.anchored(kind);
        if (known !== undefined && random.chance(density)) {
            return new Alias(known);
        }
        const name = random.pick(["a", "b", "c", "d", "e", "f", "g", "h"]);
        const named = random.chance(density);
        if (named) {
            anchors.delete(name);
        }
        const { subCalls } = this;
        const node = nodeOf(make());
        // An anchor of the same name within would be the later one.
        if (
            named &&
            subCalls === this.subCalls &&
            !anchors.has(name) &&
            (isScalar(node) || isMap(node) || isSeq(node))
        ) {
            node.anchor = name;
            anchors.set(name, kind);
        }
        return node;
    }

    private anchored(...kinds: Kind[]): string | undefined {
        return this.random.pick([...this.anchors].flatMap(([name, kind]) => (kinds.includes(kind) ? [name] : [])));
    }

    private steps(count: number, depth: number): Data[] {
        return Array.from({ length: count }, () => ({ [this.name("s")]: this.shared("body", () => this.body(depth)) }));
    }

    private block(depth: number): Node {
        return this.shared("steps", () => this.steps(1 + this.random.below(2), depth + 1));
    }

    private body(depth: number): Data {
        const inner = depth < 2 ? 1 : 0;
        return this.random.weighted<Data>([
            [6, () => this.call()],
            [2, () => ({ assign: [{ [this.name("v")]: this.data(0) }] })],
            [2, () => ({ call: "sys.log", args: { json: this.data(0) } })],
            [inner, () => this.subCall()],
            [inner, () => ({ steps: this.block(depth) })],
            [
                inner,
                () => ({
                    try: this.shared("body", () => this.call()),
                    except: { as: this.name("e"), steps: this.block(depth) },
                }),
            ],
            [inner, () => ({ switch: [{ condition: this.random.chance(0.7), steps: this.block(depth) }] })],
            [inner, () => ({ for: { value: this.name("i"), in: [1, 2], steps: this.block(depth) } })],
            [inner / 2, () => ({ parallel: { branches: this.steps(2, depth + 1) } })],
        ]);
    }

    private subCall(): Data {
        this.subCalls++;
        return { call: "sub", args: { given: this.data(0) }, result: this.name("r") };
    }

    private call(): Data {
        const callee = this.shared("callee", () => this.random.pick(["http.get", "http.post"]));
        return { call: callee, args: this.args(), ...(this.random.chance(0.3) && { result: this.name("r") }) };
    }

    private args(): Node {
        const { random } = this;
        const base = this.anchored("args");
        if (base === undefined || !random.chance(this.density / 2)) {
            return this.shared("args", () => this.ownArgs());
        }
        return nodeOf({
            "<<": random.chance(0.3) ? [new Alias(base)] : new Alias(base),
            ...(random.chance(0.5) && { timeout: 1 + random.below(9) }),
            ...(random.chance(0.2) && { url: this.url() }),
        });
    }

    private ownArgs(): Node {
        const { random } = this;
        const url = { url: (): Data => this.url() };
        const others: Record<string, () => Data> = {
            auth: () => this.auth(),
            headers: () => this.shared("headers", () => ({ [random.pick(["X-A", "X-B"])]: this.text() })),
            query: () => ({ q: this.text() }),
            timeout: () => 1 + random.below(9),
            body: () => this.data(0),
        };
        const some = Object.fromEntries(Object.entries(others).filter(() => random.chance(0.25)));
        const makers = random.chance(0.7) ? { ...url, ...some } : { ...some, ...url };
        const node = nodeOf(Object.fromEntries(Object.entries(makers).map(([key, make]) => [key, make()])));
        for (const { key } of isMap(node) ? node.items : []) {
            if (isScalar(key) && random.chance(this.density / 10)) {
                key.anchor = "key";
            }
        }
        return node;
    }

    private url(): Node {
        return this.shared("url", () => this.random.pick(urls));
    }

    /** An ID token, which for some is the wrong credential. An access token to those who want the other is never sent. */
    private auth(): Node {
        const audience = this.random.chance(0.4) && { audience: this.random.pick([ORDERS, `${ORDERS}/reserve`]) };
        return this.shared("auth", () => ({ type: this.shared("type", () => "OIDC"), ...audience }));
    }

    private text(): Node {
        return this.shared("text", () => this.random.pick(texts) ?? "");
    }

    /** Any data, in which what calls are made of stands too. */
    private data(depth: number): Data {
        const { random } = this;
        const deeper = (): Data => (depth < 2 ? this.data(depth + 1) : this.text());
        const name = this.anchored("url", "args", "auth", "headers", "text", "type", "callee");
        if (name !== undefined && random.chance(this.density)) {
            return new Alias(name);
        }
        return random.weighted<Data>([
            [2, () => this.text()],
            [1, () => random.pick([1, 1.5, true, null, -0.5])],
            [1, () => [deeper(), deeper()]],
            [1, () => ({ k1: deeper(), k2: deeper() })],
            [1, () => this.args()],
            [0.5, () => this.auth()],
        ]);
    }
}
