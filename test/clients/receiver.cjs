// The service that the clients call: writes into its log what it is sent, the data of a pushed message unpacked.
module.exports = (request, response, { log }) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
        const pushed = request.url === "/push";
        log(`${request.url} ${pushed ? Buffer.from(JSON.parse(body).message.data, "base64") : body}`);
        response.end("received");
    });
};
