// For `NODE_OPTIONS=--require`: a process that reaches for anything but loopback is refused, and so is one that listens for
// anybody else; each is written to the file that LOOPBACK_LOG names. Every client of Node's opens its sockets here.
const { appendFileSync } = require("node:fs");
const dgram = require("node:dgram");
const net = require("node:net");

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3})$/;

function refuse(what) {
    appendFileSync(process.env.LOOPBACK_LOG, `${what} by ${process.argv.slice(0, 4).join(" ")}\n`);
    return Object.assign(new Error(`refused: ${what}`), { code: "EACCES" });
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
    // As Node normalizes them: [[options, callback]], or the plain arguments.
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const options = typeof first === "object" ? first : { port: first, host: typeof second === "string" ? second : "" };
    const host = options?.host || "localhost";
    const local = options?.path !== undefined || LOOPBACK.test(host);
    if (local) {
        return connect.apply(this, args);
    }
    const error = refuse(`connect to ${host}:${options?.port}`);
    process.nextTick(() => this.destroy(error));
    return this;
};

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
    const [first, second] = args;
    const options = typeof first === "object" && first !== null ? first : { port: first, host: second };
    const local = typeof first === "string" || options.path !== undefined || options.fd !== undefined;
    if (!local && !LOOPBACK.test(String(options.host))) {
        throw refuse(`listen on ${options.host ?? "every address"}`);
    }
    return listen.apply(this, args);
};

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function (...args) {
    const host = args.find((arg, i) => i > 0 && typeof arg === "string") ?? "localhost";
    if (!LOOPBACK.test(host)) {
        throw refuse(`send to ${host}`);
    }
    return send.apply(this, args);
};
