import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import net.minidev.json.JSONArray;
import net.minidev.json.parser.JSONParser;
import net.minidev.json.JSONValue;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.runtime.resource.util.StringResourceRepository;

/** Renders every template of a case file with the Velocity on the class path and writes what came out, or where it failed. */
public class Render {
    public static void main(String[] args) throws Exception {
        String version = args[0];
        String data = text(args[1]);
        for (int i = 2; i + 1 < args.length; i += 2) {
            JSONArray cases = (JSONArray) read(text(args[i]));
            List<String> lines = new ArrayList<>();
            for (Object each : cases) {
                Map<String, Object> one = (Map<String, Object>) each;
                Map<String, Object> answer = new LinkedHashMap<>();
                Object own = one.get("context");
                Object context = own == null ? read(data) : own;
                render(version, (String) one.get("template"), (Map<String, Object>) context, answer);
                lines.add(strict(answer));
            }
            String text = "[\n  " + String.join(",\n  ", lines) + "\n]\n";
            Files.write(Paths.get(args[i + 1]), text.getBytes(StandardCharsets.UTF_8));
            System.out.println(version + ": " + lines.size() + " answers to " + args[i]);
        }
    }

    static String text(String file) throws IOException {
        return new String(Files.readAllBytes(Paths.get(file)), StandardCharsets.UTF_8);
    }

    /** JSON as Jayway's default provider reads it for API Gateway's `$input.path`: arrays that print as JSON, maps in order. */
    static Object read(String text) throws Exception {
        return new JSONParser(JSONParser.MODE_PERMISSIVE).parse(text, JSONValue.defaultReader.DEFAULT_ORDERED);
    }

    static String strict(Map<String, Object> answer) {
        StringBuilder text = new StringBuilder("{ ");
        boolean first = true;
        for (Map.Entry<String, Object> field : answer.entrySet()) {
            if (!first) text.append(", ");
            first = false;
            text.append(quoted(field.getKey())).append(": ").append(quoted((String) field.getValue()));
        }
        return text.append(" }").toString();
    }

    /** Velocity 2 stumbles over its own log lines, where it names a value that it has let go of. */
    static boolean isFault(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        return cause instanceof NullPointerException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().startsWith("org.apache.velocity.");
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\t') out.append("\\t");
            else if (c < ' ' || c > '~') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    static void render(String version, String source, Map<String, Object> context, Map<String, Object> answer) throws Exception {
        VelocityEngine engine = new VelocityEngine();
        boolean old = version.startsWith("1");
        engine.setProperty(old ? "resource.loader" : "resource.loaders", "string");
        String loader = old ? "string.resource.loader." : "resource.loader.string.";
        engine.setProperty(loader + "class", StringResourceLoader.class.getName());
        engine.setProperty(loader + "repository.static", "false");
        if (old) {
            engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
            engine.setProperty("input.encoding", "UTF-8");
            engine.setProperty("output.encoding", "UTF-8");
        }
        engine.init();
        StringResourceRepository repository =
                (StringResourceRepository) engine.getApplicationAttribute(StringResourceLoader.REPOSITORY_NAME_DEFAULT);
        repository.putStringResource("case", source, "UTF-8");
        StringWriter writer = new StringWriter();
        boolean prepared = false;
        try {
            Template template = engine.getTemplate("case", "UTF-8");
            prepared = true;
            VelocityContext scope = new VelocityContext();
            for (Map.Entry<String, Object> each : context.entrySet()) scope.put(each.getKey(), each.getValue());
            template.merge(scope, writer);
            answer.put("output", writer.toString());
        } catch (Throwable error) {
            // Both kinds of failure come in many classes: what tells them apart is whether there was a template by then.
            answer.put("error", !prepared ? "syntax" : isFault(error) ? "fault" : "render");
        }
    }
}
