// Answers for the image of the agent in the sandbox. On Google Cloud, the image itself does.
module.exports = (request, response) => response.end("ready\n");
