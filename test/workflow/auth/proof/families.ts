import { ORDERS } from "./programs";

const ask = `ask: {call: http.get, args: {url: '\${u + "/x"}'}, result: r}`;
const askVariable = (name: string): string => `ask: {call: http.get, args: {url: '\${${name} + "/x"}'}}`;
const evil = 'move: {assign: [{u: "${args.url}"}]}';
const init = `init: {assign: [{u: ${ORDERS}}, {m: {}}, {l: []}]}`;
const raise = "again: {raise: {code: 503}}";
const retry =
    'retry: {predicate: "${retry.always}", max_retries: 2, backoff: {initial_delay: 1, max_delay: 2, multiplier: 2}}';
/** A step that has a token made, under a name of the account that is an expression. */
const token = (name: string): string =>
    `tok: {call: googleapis.iamcredentials.v1.projects.serviceAccounts.generateIdToken, args: {name: '\${${name}}', body: {audience: ${ORDERS}}}, result: t}`;
const sendToken = (header: string, url = "args.url"): string =>
    `ask: {call: http.get, args: {url: "\${${url}}", headers: {Authorization: '\${${header}}'}}}`;
const inBody = `oidcToken: {serviceAccountEmail: w, audience: ${ORDERS}}`;
/** A step that makes a task of such a request. */
const makeTask = (request: string): string =>
    `ask: {call: googleapis.cloudtasks.v2.projects.locations.queues.tasks.create, args: {parent: q, body: {task: {httpRequest: ${request}}}}}`;
const ping = `ping:
    params: [u]
    steps:
        - ${ask}
        - done: {return: true}
`;

function main(...steps: string[]): string {
    return `main:\n    params: [args]\n    steps:\n${steps.map((step) => `        - ${step}\n`).join("")}`;
}

const chain = Array.from({ length: 15 }, (_, index) => index);

/** Workflows in which the caller's host can come to a call, each by another way; by the family that the way is of. */
export const families: Record<string, string[]> = {
    "a second try": [
        main(init, `work: {try: {steps: [{${ask}}, {${evil}}, {${raise}}]}, ${retry}}`),
        main(
            init,
            `work: {try: {steps: [{in: {steps: [{${ask}}, {${evil}}]}}, {bad: {assign: [{x: "\${1 / 0}"}]}}]}, ${retry}}`,
        ),
        main(
            init,
            `work: {try: {steps: [{${ask}}, {${evil}}, {${raise}}]}, ${retry}, except: {as: e, steps: [{over: {return: e}}]}}`,
        ),
        main(
            init,
            `outer: {try: {steps: [{${ask}}, {inner: {try: {steps: [{${raise}}]}, except: {as: e, steps: [{${evil}}, {more: {raise: "\${e}"}}]}}}]}, ${retry}}`,
        ),
    ],
    "a subworkflow called where an expression stands": [
        main(`a: {call: ping, args: {u: ${ORDERS}}}`, 'b: {switch: [{condition: "${ping(args.url)}", next: end}]}') +
            ping,
        main(
            `a: {call: ping, args: {u: ${ORDERS}}}`,
            'b: {for: {value: v, in: "${[ping(args.url)]}", steps: [{c: {assign: [{x: 1}]}}]}}',
        ) + ping,
        main(
            `a: {call: ping, args: {u: ${ORDERS}}}`,
            'b: {for: {value: v, range: [1, "${if(ping(args.url), 1, 2)}"], steps: [{c: {assign: [{x: 1}]}}]}}',
        ) + ping,
        main(`a: {call: ping, args: {u: ${ORDERS}}}`, 'b: {raise: "${ping(args.url)}"}') + ping,
        main(`a: {call: ping, args: {u: ${ORDERS}}}`, 'b: {return: {x: ["${ping(args.url)}"]}}') + ping,
        main(`a: {call: ping, args: {u: ${ORDERS}}}`, "b: {assign: [{m: {}}, {'m[string(ping(args.url))]': 1}]}") +
            ping,
        main(
            `a: {call: ping, args: {u: ${ORDERS}}}`,
            `b: {try: {raise: "\${args.url}"}, retry: {predicate: "\${ping}", max_retries: 1, backoff: {initial_delay: 1, max_delay: 2, multiplier: 2}}}`,
        ) + ping,
        main(
            `a: {call: ping, args: {u: ${ORDERS}}}`,
            `b: {try: {raise: x}, retry: {predicate: "\${retry.always}", max_retries: "\${if(ping(args.url), 1, 2)}", backoff: {initial_delay: 1, max_delay: 2, multiplier: 2}}}`,
        ) + ping,
        main(
            `a: {call: ping, args: {u: ${ORDERS}}}`,
            `b: {parallel: {concurrency_limit: "\${if(ping(args.url), 1, 2)}", branches: [{c: {steps: [{d: {assign: [{x: 1}]}}]}}, {e: {steps: [{f: {assign: [{x: 1}]}}]}}]}}`,
        ) + ping,
    ],
    "branches of parallel in turn": [
        main(
            init,
            `p: {parallel: {shared: [u], branches: [{a: {steps: [{wait: {call: sys.sleep, args: {seconds: 1}}}, {${ask}}]}}, {b: {steps: [{${evil}}, {w: {call: sys.sleep, args: {seconds: 1}}}, {back: {assign: [{u: ${ORDERS}}]}}]}}]}}`,
        ),
        main(
            init,
            `p: {parallel: {shared: [u], concurrency_limit: 2, for: {value: v, in: [1, 2, 3], steps: [{${evil}}, {w: {call: sys.sleep, args: {seconds: 1}}}, {back: {assign: [{u: ${ORDERS}}]}}, {z: {call: sys.sleep, args: {seconds: 1}}}, {${ask}}]}}}`,
        ),
        main(
            init,
            `p: {parallel: {shared: [u], branches: [{a: {steps: [{q: {parallel: {shared: [u], branches: [{c: {steps: [{w: {call: sys.sleep, args: {seconds: 1}}}, {${ask}}]}}, {d: {steps: [{x: {assign: [{y: 1}]}}]}}]}}}]}}, {b: {steps: [{${evil}}, {w2: {call: sys.sleep, args: {seconds: 1}}}, {back: {assign: [{u: ${ORDERS}}]}}]}}]}}`,
        ),
        main(
            init,
            `p: {try: {parallel: {shared: [u], branches: [{a: {steps: [{${evil}}, {${raise}}]}}, {b: {steps: [{x: {assign: [{y: 1}]}}]}}]}}, except: {as: e, steps: [{${ask}}]}}`,
        ),
    ],
    "an assign that breaks off": [
        main(
            init,
            `t: {try: {assign: [{u: "\${args.url}"}, {x: "\${1 / 0}"}, {u: ${ORDERS}}]}, except: {as: e, steps: [{ig: {assign: [{z: 1}]}}]}}`,
            ask,
        ),
        main(
            init,
            `t: {try: {steps: [{${evil}}, {bad: {assign: [{x: "\${m.missing}"}, {u: ${ORDERS}}]}}]}, except: {as: e, steps: [{${ask}}]}}`,
        ),
        main(
            init,
            `t: {try: {assign: [{m: {u: "\${args.url}"}}, {x: "\${l[3]}"}, {m: {u: ${ORDERS}}}]}, except: {as: e, steps: [{ig: {assign: [{z: 1}]}}]}}`,
            'set: {assign: [{u: "${m.u}"}]}',
            ask,
        ),
        main(
            init,
            `t: {try: {assign: [{u: "\${args.url}"}, {x: "\${1 / 0}"}, {u: ${ORDERS}}]}, ${retry}, except: {as: e, steps: [{${ask}}]}}`,
        ),
    ],
    "more rounds than anybody counts": [
        main(
            `init: {assign: [{u: ${ORDERS}}, ${chain.map((i) => `{v${i}: ${ORDERS}}`).join(", ")}]}`,
            `f: {for: {value: i, range: [1, 20], steps: [{n: {assign: [{u: "\${v0}"}, ${chain.map((i) => `{v${i}: "\${${i < 14 ? `v${i + 1}` : "args.url"}}"}`).join(", ")}]}}]}}`,
            ask,
        ),
        `${main(`go: {call: r0, args: {u: ${ORDERS}, n: "\${args.url}"}}`)}${chain.map((i) => `r${i}: {params: [u, n], steps: [{on: {call: r${i + 1}, args: {u: "\${u}", n: "\${n}"}}}]}\n`).join("")}r15: {params: [u, n], steps: [{${askVariable("n")}}]}\n`,
        `${main("go: {call: r0, args: {n: '${args.url}'}, result: u}", ask)}${chain.map((i) => `r${i}: {params: [n], steps: [{on: {call: r${i + 1}, args: {n: "\${n}"}, result: u}}, {back: {return: "\${u}"}}]}\n`).join("")}r15: {params: [n], steps: [{back: {return: "\${n}"}}]}\n`,
        main(
            init,
            `f: {for: {value: i, range: [1, 3], steps: [{${ask}}, {g: {switch: [{condition: "\${i > 0}", steps: [{${evil}}]}]}}]}}`,
        ),
    ],
    "the default of what is not set": [
        main(
            `ask: {call: http.get, args: {url: '\${sys.get_env("PARTNER_URL", args.url)}', auth: {type: OIDC, audience: ${ORDERS}}}}`,
        ),
        main(
            `ask: {call: http.get, args: {url: '\${default(map.get({}, "u"), args.url)}', auth: {type: OIDC, audience: ${ORDERS}}}}`,
        ),
        main(
            `set: {call: sys.get_env, args: {name: PARTNER_URL, default: "\${args.url}"}, result: u}`,
            `ask: {call: http.get, args: {url: "\${u}", auth: {type: OIDC, audience: ${ORDERS}}}}`,
        ),
        `main:\n    params: [args]\n    steps:\n        - go: {call: sub, args: {other: "\${args.url}"}}\nsub:\n    params: [other, u: "\${other}"]\n    steps:\n        - ${ask}\n`,
    ],
    "a resource that the caller names": ["services.get", "services.patch", "services.list"].map((method) =>
        main(
            `get: {call: googleapis.run.v2.projects.locations.${method}, args: {name: '\${"projects/" + args.url}', parent: "\${args.url}"}, result: s}`,
            `set: {assign: [{u: "\${${method.endsWith("list") ? "s.services[0].uri" : "s.uri"}}"}]}`,
            ask,
        ),
    ),
    "a name that two blocks have": [
        main(
            'init: {assign: [{u: "${args.url}"}]}',
            `f: {for: {value: u, in: [${ORDERS}], steps: [{x: {assign: [{y: 1}]}}]}}`,
            ask,
        ),
        main(
            'init: {assign: [{u: "${args.url}"}]}',
            `t: {try: {raise: ${ORDERS}}, except: {as: u, steps: [{x: {assign: [{y: 1}]}}]}}`,
            ask,
        ),
        main(
            'init: {assign: [{u: "${args.url}"}]}',
            `p: {parallel: {for: {value: u, in: [${ORDERS}], steps: [{x: {assign: [{y: 1}]}}]}}}`,
            ask,
        ),
    ],
    "an operand that is not computed": [
        main(
            init,
            `s: {switch: [{condition: "\${true}", steps: [{t: {assign: [{u: '\${if("k" in m and m.k == 1, "${ORDERS}", args.url)}'}]}}]}]}`,
            ask,
        ),
        main(
            init,
            `s: {switch: [{condition: "\${true}", steps: [{t: {assign: [{u: '\${if(true or m.k, args.url, "${ORDERS}")}'}]}}]}]}`,
            ask,
        ),
        main(
            `a: {assign: [{m: {}}, {x: '\${ping("k" in m and m.k == 1, args.url)}'}]}`,
            `b: {call: ping, args: {x: true, u: ${ORDERS}}}`,
        ) + ping.replace("[u]", "[x, u]"),
    ],
    "a list of keys that the caller gives": [
        main(
            `init: {assign: [{m: {u: {u: ${ORDERS}, b: {u: "\${args.url}"}}}}]}`,
            'set: {assign: [{u: "${map.get(m, args.path).u}"}]}',
            ask,
        ),
        main(
            `init: {assign: [{m: {u: {u: ${ORDERS}, b: {u: "\${args.url}"}}}}]}`,
            `get: {call: map.get, args: {map: "\${m}", keys: "\${args.path}"}, result: n}`,
            'set: {assign: [{u: "${n.u}"}]}',
            ask,
        ),
        main(
            `init: {assign: [{u: ${ORDERS}}, {m: {a: {b: {c: {d: {u: "\${args.url}"}}}, u: ${ORDERS}}}}, {k: [a]}]}`,
            'more: {for: {value: x, in: [b, c, d], steps: [{add: {assign: [{k: "${list.concat(k, x)}"}]}}]}}',
            'set: {assign: [{u: "${map.get(m, k).u}"}]}',
            ask,
        ),
    ],
    "arguments without names": [
        main(`ask: {call: http.get, args: ["\${args.url}"]}`),
        main(`ask: {call: http.get, args: ["\${args.url}", 30, {}, {}, {type: OIDC, audience: "${ORDERS}"}]}`),
        main(
            `ask: {call: http.request, args: [GET, "\${args.url}", 30, "", {}, {}, {type: OIDC, audience: "${ORDERS}"}]}`,
        ),
        main(`init: {assign: [{a: ["${ORDERS}/x"]}, {"a[0]": "\${args.url}"}]}`, 'ask: {call: http.get, args: "${a}"}'),
    ],
    "a token in a header": [
        main(token('"projects/-/serviceAccounts/" + args.url'), sendToken('"Bearer " + t.u')),
        main(token('"a"'), sendToken('if(args.flag, "Bearer " + t.u, args.url)')),
        main(sendToken('default(map.get(args, "token"), sys.get_env("TOKEN", "x"))')),
        main('make: {call: sub, args: {n: "${args.url}"}, result: t}', sendToken('"Bearer " + t')) +
            `sub:\n    params: [n]\n    steps:\n        - ${token("n")}\n        - give: {return: "\${t.u}"}\n`,
        main(
            token('"a"'),
            'keys: {assign: [{m: {}}, {"m[args.url]": 1}]}',
            `each: {for: {value: h, in: "\${m}", steps: [{${sendToken('"Bearer " + t.u', "h")}}]}}`,
        ),
        main(
            'init: {assign: [{t: "${args.url}"}]}',
            `fail: {try: {raise: {t: x}}, except: {as: e, steps: [{set: {assign: [{t: "\${e.t}"}]}}]}}`,
            sendToken('"Bearer " + t'),
        ),
    ],
    "a token in a body, which another service sends": [
        main(makeTask(`{url: "\${args.url}", ${inBody}}`)),
        main(
            init,
            `work: {try: {steps: [{${makeTask(`{url: "\${u}", ${inBody}}`)}}, {${evil}}, {${raise}}]}, ${retry}}`,
        ),
        main(`set: {assign: [{h: {url: "\${args.url}", ${inBody}}}]}`, makeTask('"${h}"')),
        main(makeTask(`{url: "\${args.url}", oauthToken: {serviceAccountEmail: w}}`)),
        main(
            `ask: {call: googleapis.cloudscheduler.v1.projects.locations.jobs.create, args: {parent: l, body: {httpTarget: {uri: "\${args.url}", ${inBody}}}}}`,
        ),
        main(
            `ask: {call: googleapis.pubsub.v1.projects.subscriptions.modifyPushConfig, args: {subscription: s, body: {pushConfig: {pushEndpoint: "\${args.url}", ${inBody}}}}}`,
        ),
        main(
            `set: {assign: [{b: {task: {httpRequest: {url: "\${args.url}", ${inBody}}}}}]}`,
            'ask: {call: http.post, args: {url: "https://cloudtasks.googleapis.com/v2/projects/p/locations/l/queues/q/tasks", auth: {type: OAuth2}, body: "${json.encode(b)}"}}',
        ),
        main("make: {call: sub, args: {u: '${args.url}'}}") +
            `sub:\n    params: [u]\n    steps:\n        - ${makeTask(`{url: "\${u}", ${inBody}}`)}\n`,
    ],
    "the keys of a map": [
        main('f: {for: {value: u, in: "${{args.url: 1}}", steps: [{' + ask + "}]}}"),
        main('set: {assign: [{u: "${keys({args.url: 1})[0]}"}]}', ask),
        main(init, 'set: {assign: [{"m[args.url]": 1}]}', 'f: {for: {value: u, in: "${m}", steps: [{' + ask + "}]}}"),
    ],
};
