import { Double, failure, fromPlain, isMapValue, mapOf, toJson, toNumber, toPlain } from "../values";
import { define } from "./define";
import { host } from "./host";
import { parseTime } from "./time";

const SEVERITIES = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];
const YEAR_SECONDS = 31_536_000;

/** sys and events: https://cloud.google.com/workflows/docs/reference/stdlib/overview */
export const SYSTEM = [
    define("sys.get_env", { name: "string", default: "string?" }, ({ name, default: otherwise }, { execution }) => {
        return execution.env[name] ?? otherwise ?? null;
    }),
    define("sys.now", {}, (_, { execution }) => new Double(execution.host.now() / 1000)),
    define(
        "sys.sleep",
        { seconds: "number" },
        async ({ seconds }, frame) => {
            const wait = toNumber(seconds);
            if (wait < 0 || wait > YEAR_SECONDS) {
                throw failure("ValueError", `sys.sleep: seconds must be from 0 to ${YEAR_SECONDS}, got: ${wait}`);
            }
            await host(frame.execution.host.sleep(wait * 1000, frame.signal));
            return null;
        },
        { blocking: true },
    ),
    define(
        "sys.sleep_until",
        { time: "string" },
        async ({ time }, frame) => {
            const { host: world } = frame.execution;
            const wait = parseTime(time, "sys.sleep_until") * 1000 - world.now();
            if (wait > YEAR_SECONDS * 1000) {
                throw failure("ValueError", `sys.sleep_until: "${time}" is more than a year from now`);
            }
            await host(world.sleep(Math.max(0, wait), frame.signal));
            return null;
        },
        { blocking: true },
    ),
    define(
        "sys.log",
        { data: "any?", severity: "string?", text: "any?", json: "any?", timeout: "number?" },
        ({ data, severity = "DEFAULT", text, json }, frame) => {
            const given = [data, text, json].filter((each) => each !== undefined);
            const [value] = given;
            if (value === undefined || given.length > 1) {
                throw failure("TypeError", `sys.log takes exactly one of data, text and json, got ${given.length}`);
            }
            if (!SEVERITIES.includes(severity)) {
                throw failure(
                    "ValueError",
                    `sys.log: the severity "${severity}" is unknown; known are ${SEVERITIES.join(", ")}`,
                );
            }
            if (json !== undefined && !isMapValue(json)) {
                throw failure("TypeError", "sys.log: json must be a map");
            }
            if (value instanceof Uint8Array) {
                throw failure("TypeError", "sys.log: bytes cannot be logged; decode them with text.decode first");
            }
            frame.execution.host.log({
                severity,
                // A map is logged as JSON, unless the argument `text` has it. A list is logged as text.
                payload:
                    isMapValue(value) && text === undefined
                        ? { json: toPlain(value) }
                        : { text: typeof value === "string" ? value : toJson(value) },
                step: frame.step?.name ?? "",
                routine: frame.routine,
            });
            return null;
        },
        { blocking: true },
    ),
    define(
        "events.create_callback_endpoint",
        { http_callback_method: "string?" },
        async ({ http_callback_method: method = "POST" }, { execution }) => {
            if (!/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH)$/.test(method)) {
                throw failure("ValueError", `events.create_callback_endpoint: the method "${method}" cannot be used`);
            }
            const callback = await host(execution.host.createCallback(method));
            execution.callbacks.set(callback.url, callback);
            return mapOf({ url: callback.url });
        },
        { blocking: true },
    ),
    define(
        "events.await_callback",
        { callback: "map", timeout: "number?" },
        async ({ callback, timeout = new Double(43_200) }, { execution, signal }) => {
            const url = callback.get("url");
            const found = typeof url === "string" ? execution.callbacks.get(url) : undefined;
            if (found === undefined) {
                throw failure(
                    "ValueError",
                    'events.await_callback: the argument "callback" must be what events.create_callback_endpoint returned',
                );
            }
            const { receivedAt, ...request } = await host(found.next(toNumber(timeout) * 1000, signal));
            return mapOf({
                http_request: fromPlain(request),
                received_time: new Double(receivedAt / 1000),
                type: "HTTP",
            });
        },
        { blocking: true },
    ),
];
