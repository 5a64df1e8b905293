// What the bare server answers too.
module.exports = (request, response) => {
    response.writeHead(200, { "content-type": "text/plain", "content-length": 4 }).end("fine");
};
