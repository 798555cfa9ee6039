import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;

/**
 * Reads cases.json and writes what Jayway's JsonPath makes of each case, a line a case: {"value": …}, {"missing": true}
 * where it throws PathNotFoundException, {"syntax": true} where it refuses the path, or the name of another exception as
 * {"error": …}; with "definite" where the path compiles.
 */
public class Record {
    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> input = (Map<String, Object>) read(Files.readString(Path.of("cases.json")));
        Map<String, Object> documents = (Map<String, Object>) input.get("documents");
        List<List<String>> cases = (List<List<String>>) input.get("cases");
        try (PrintWriter out = new PrintWriter(arguments[0], "UTF-8")) {
            out.print("[\n");
            for (int n = 0; n < cases.size(); n++) {
                Object document = documents.get(cases.get(n).get(0));
                out.print("  " + answer(cases.get(n).get(1), JSONValue.toJSONString(document)));
                out.print(n + 1 < cases.size() ? ",\n" : "\n");
            }
            out.print("]\n");
        }
    }

    /** The path is compiled and the document read anew for each case: both keep what an evaluation leaves in them. */
    private static String answer(String text, String document) throws Exception {
        JsonPath path;
        try {
            path = JsonPath.compile(text);
        } catch (InvalidPathException | IllegalArgumentException e) {
            return "{\"syntax\":true}";
        }
        // Whether a path is definite is asked last: the answer is kept in it, and would change what its functions do.
        String outcome;
        try {
            Object value = path.read(read(document));
            outcome = "\"value\":" + JSONValue.toJSONString(value);
        } catch (com.jayway.jsonpath.PathNotFoundException e) {
            outcome = "\"missing\":true";
        } catch (RuntimeException e) {
            outcome = "\"error\":\"" + e.getClass().getSimpleName() + "\"";
        }
        return "{\"definite\":" + path.isDefinite() + "," + outcome + "}";
    }

    private static Object read(String json) throws Exception {
        return new JSONParser(JSONParser.MODE_PERMISSIVE).parse(json, JSONValue.defaultReader.DEFAULT_ORDERED);
    }
}
