// The function's source. In the sandbox it answers as it is; on Google Cloud the Functions Framework calls `price`.
exports.price = exports.handler = (request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ price: 12 }));
};
