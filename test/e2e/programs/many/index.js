const gcp = require("@pulumi/gcp");

// Many resources, one after the other in pairs: whenever the update is killed, some are made and some are not.
const member = "user:caller@example.com";
for (let n = 0; n < 40; n++) {
    const topic = new gcp.pubsub.Topic(`topic-${n}`);
    new gcp.pubsub.TopicIAMMember(`grant-${n}`, { topic: topic.name, role: "roles/pubsub.publisher", member });
}
