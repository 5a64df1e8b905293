// Answers for the image in the sandbox. On Google Cloud, the image itself does.
module.exports = (request, response) => {
    response.setHeader("content-type", "application/json").end('{"status": "reserved"}');
};
