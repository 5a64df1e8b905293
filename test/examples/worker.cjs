// An instance of a worker pool: it calls the target that its argument names once, and waits until it is ended.
const calling = require("./calling.cjs");

const response = { writeHead: () => response, end: () => undefined };
void calling({ url: `/${process.argv[2]}` }, response, { env: process.env, fetch }).then(() =>
    setInterval(() => undefined, 60_000),
);
