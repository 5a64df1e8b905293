// Cloud Run says in PORT where to listen.
const { createServer } = require("node:http");

createServer(require("./handler")).listen(Number(process.env.PORT ?? 8080));
