import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.fge.jackson.JsonLoader;
import com.github.fge.jsonschema.core.exceptions.InvalidSchemaException;
import com.github.fge.jsonschema.core.exceptions.ProcessingException;
import com.github.fge.jsonschema.core.load.configuration.LoadingConfiguration;
import com.github.fge.jsonschema.core.load.configuration.LoadingConfigurationBuilder;
import com.github.fge.jsonschema.core.report.LogLevel;
import com.github.fge.jsonschema.core.report.ProcessingMessage;
import com.github.fge.jsonschema.core.report.ProcessingReport;
import com.github.fge.jsonschema.main.JsonSchemaFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

/**
 * Reads cases.json and writes what the validator says of each schema and each of its documents, a line a case. A schema's
 * answer is its syntax errors, where it has some: {"invalid": [[pointer, message], …]}. A document's is the list of errors,
 * {"loop": true} for a schema that applies itself to the same value again, or {"unreadable": true} for what is no JSON.
 */
public class Record {
    private static final JsonNodeFactory json = JsonNodeFactory.instance;

    public static void main(String[] arguments) throws Exception {
        JsonNode input = JsonLoader.fromString(Files.readString(Path.of("cases.json")));
        LoadingConfigurationBuilder loading = LoadingConfiguration.newBuilder();
        for (Iterator<Map.Entry<String, JsonNode>> models = input.get("models").fields(); models.hasNext(); ) {
            Map.Entry<String, JsonNode> model = models.next();
            loading.preloadSchema(model.getKey(), model.getValue());
        }
        JsonSchemaFactory factory =
            JsonSchemaFactory.newBuilder().setLoadingConfiguration(loading.freeze()).freeze();
        try (PrintWriter out = new PrintWriter("answers.json", "UTF-8")) {
            out.print("[\n");
            for (Iterator<JsonNode> cases = input.get("cases").elements(); cases.hasNext(); ) {
                JsonNode each = cases.next();
                out.print("  " + answer(factory, each) + (cases.hasNext() ? ",\n" : "\n"));
            }
            out.print("]\n");
        }
    }

    private static JsonNode answer(JsonSchemaFactory factory, JsonNode each) throws Exception {
        JsonNode schema = JsonLoader.fromString(each.get("schema").textValue());
        ArrayNode problems = json.arrayNode();
        for (ProcessingMessage message : factory.getSyntaxValidator().validateSchema(schema)) {
            if (message.getLogLevel().compareTo(LogLevel.ERROR) < 0) continue;
            JsonNode details = message.asJson();
            String pointer = details.path("schema").path("pointer").asText();
            if (details.has("keyword")) pointer += "/" + details.get("keyword").asText();
            problems.add(json.arrayNode().add(pointer).add(message.getMessage()));
        }
        if (problems.size() > 0) {
            ObjectNode invalid = json.objectNode();
            invalid.set("invalid", problems);
            return invalid;
        }
        ArrayNode answers = json.arrayNode();
        for (JsonNode document : each.get("documents")) answers.add(errors(factory, schema, document.textValue()));
        return answers;
    }

    private static JsonNode errors(JsonSchemaFactory factory, JsonNode schema, String document) {
        JsonNode instance;
        try {
            instance = JsonLoader.fromString(document);
        } catch (IOException e) {
            return json.objectNode().put("unreadable", true);
        }
        try {
            ProcessingReport report = factory.getJsonSchema(schema).validate(instance);
            ArrayNode messages = json.arrayNode();
            for (ProcessingMessage message : report)
                if (message.getLogLevel().compareTo(LogLevel.ERROR) >= 0) messages.add(message.getMessage());
            return messages;
        } catch (InvalidSchemaException e) {
            return json.objectNode().put("refused", true);
        } catch (ProcessingException e) {
            return json.objectNode().put(e.getMessage().contains("validation loop") ? "loop" : "refused", true);
        }
    }
}
