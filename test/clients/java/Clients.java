import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.TokenVerifier;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.Task;
import com.google.cloud.workflows.executions.v1.Execution;
import com.google.cloud.workflows.executions.v1.ExecutionsClient;
import com.google.cloud.workflows.v1.WorkflowsClient;
import com.google.cloud.workflows.v1.WorkflowsSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs in Java do with a sandbox: ID tokens in every way that Google's library knows, and a workflow, a secret, a
 * topic and a queue over REST and gRPC. Run by scripts/clients.cjs, told by its environment what is there.
 */
public class Clients {
    static final String SERVICE = System.getenv("SERVICE_URL");
    static final String CALLER = System.getenv("CALLER");
    static final String KEY = System.getenv("CALLER_KEY");
    static final String WORKFLOW = System.getenv("WORKFLOW");
    static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/cloud-platform");

    public static void main(String[] args) throws Exception {
        identity();
        System.out.println("identities proven");
        services("java-rest", true);
        services("java-grpc", false);
        System.exit(0);
    }

    static void identity() throws Exception {
        require(status(null) == 403, "a call without a token was let in");
        ServiceAccountCredentials key =
            ServiceAccountCredentials.fromStream(new ByteArrayInputStream(KEY.getBytes(StandardCharsets.UTF_8)));
        check("key", token(key));
        check("exchange", exchange(key));
        GoogleCredentials metadata = GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
        check("metadata", token((IdTokenProvider) metadata));
        check("impersonation", token(ImpersonatedCredentials.create(metadata, CALLER, null, SCOPES, 300)));
    }

    static String token(IdTokenProvider provider) throws Exception {
        return IdTokenCredentials.newBuilder()
            .setIdTokenProvider(provider)
            .setTargetAudience(SERVICE)
            .setOptions(List.of(IdTokenProvider.Option.INCLUDE_EMAIL))
            .build()
            .refreshAccessToken()
            .getTokenValue();
    }

    /** An ID token for a JWT signed by hand. */
    static String exchange(ServiceAccountCredentials key) throws Exception {
        String endpoint = "https://oauth2.googleapis.com/token";
        long now = System.currentTimeMillis() / 1000;
        JsonWebSignature.Header header =
            new JsonWebSignature.Header().setAlgorithm("RS256").setType("JWT").setKeyId(key.getPrivateKeyId());
        JsonWebToken.Payload payload = new JsonWebToken.Payload()
            .setIssuer(CALLER)
            .setSubject(CALLER)
            .setAudience(endpoint)
            .setIssuedAtTimeSeconds(now)
            .setExpirationTimeSeconds(now + 3600);
        payload.set("target_audience", SERVICE);
        String assertion = JsonWebSignature.signUsingRsaSha256(
            key.getPrivateKey(), GsonFactory.getDefaultInstance(), header, payload);
        HttpURLConnection connection = (HttpURLConnection) URI.create(endpoint).toURL().openConnection();
        connection.setDoOutput(true);
        String grant = URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8);
        connection.getOutputStream().write(
            ("grant_type=" + grant + "&assertion=" + assertion).getBytes(StandardCharsets.UTF_8));
        String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = Pattern.compile("\"id_token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        require(found.find(), "the token endpoint gave no ID token");
        return found.group(1);
    }

    static int status(String token) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create(SERVICE).toURL().openConnection();
        if (token != null) connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection.getResponseCode();
    }

    /** The service lets the token in, and the library's own verifier knows whose it is. */
    static void check(String way, String token) throws Exception {
        require(status(token) == 200, way + ": the service does not let the token in");
        JsonWebSignature verified = TokenVerifier.newBuilder().setAudience(SERVICE).build().verify(token);
        require(CALLER.equals(verified.getPayload().get("email")), way + ": the token is of somebody else");
        try {
            TokenVerifier.newBuilder().setAudience("https://other.example").build().verify(token);
        } catch (TokenVerifier.VerificationException expected) {
            return;
        }
        throw new AssertionError(way + ": verified for another audience");
    }

    static void services(String word, boolean rest) throws Exception {
        try (WorkflowsClient workflows = WorkflowsClient.create(
                (rest ? WorkflowsSettings.newHttpJsonBuilder() : WorkflowsSettings.newBuilder()).build());
            // The library has executions and topics over gRPC only.
            ExecutionsClient executions = ExecutionsClient.create();
            TopicAdminClient topics = TopicAdminClient.create();
            SecretManagerServiceClient secrets = SecretManagerServiceClient.create(
                (rest ? SecretManagerServiceSettings.newHttpJsonBuilder() : SecretManagerServiceSettings.newBuilder()).build());
            CloudTasksClient tasks = CloudTasksClient.create(
                (rest ? CloudTasksSettings.newHttpJsonBuilder() : CloudTasksSettings.newBuilder()).build())) {
            require(!workflows.getWorkflow(WORKFLOW).getRevisionId().isEmpty(), "the workflow has no revision");
            Execution execution = executions.createExecution(
                WORKFLOW, Execution.newBuilder().setArgument("{\"name\": \"" + word + "\"}").build());
            for (int i = 0; i < 400 && execution.getState() == Execution.State.ACTIVE; i++) {
                Thread.sleep(50);
                execution = executions.getExecution(execution.getName());
            }
            require(execution.getResult().equals("\"hello " + word + "\""), "the result is " + execution.getResult());
            String secret = secrets.accessSecretVersion(System.getenv("SECRET")).getPayload().getData().toStringUtf8();
            require(secret.equals("sesame"), "the secret is another one");
            ByteString data = ByteString.copyFromUtf8(word);
            PubsubMessage message = PubsubMessage.newBuilder().setData(data).build();
            require(topics.publish(System.getenv("TOPIC"), List.of(message)).getMessageIdsCount() == 1, "no message");
            HttpRequest target = HttpRequest.newBuilder()
                .setUrl(SERVICE + "/task")
                .setBody(data)
                .setOidcToken(OidcToken.newBuilder().setServiceAccountEmail(CALLER).setAudience(SERVICE))
                .build();
            tasks.createTask(System.getenv("QUEUE"), Task.newBuilder().setHttpRequest(target).build());
            System.out.println("sent " + word);
        }
    }

    static void require(boolean holds, String message) {
        if (!holds) throw new AssertionError(message);
    }
}
