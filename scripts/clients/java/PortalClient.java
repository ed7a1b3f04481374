import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A portal in Java's standard library: reads the stream of changes to its end, a page at a time, and goes on from its cursor.
 *
 * <p>GATEWAY=http://127.0.0.1:4000 java PortalClient.java
 *
 * <p>The standard library reads no JSON, so patterns stand here for the reader that a program has.
 */
class PortalClient {
  static final String GATEWAY = System.getenv().getOrDefault("GATEWAY", "http://127.0.0.1:4000");
  static final String CHANGES =
      "query ($since: String) { dossierChanges(since: $since, first: 10) "
          + "{ nodes { cursor dossier { code state } } pageInfo { hasNextPage endCursor } } }";
  // without TLS the default asks for HTTP/2 by an upgrade, which the gateway has for WebSocket alone
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  record Page(List<String> cursors, boolean hasNext, String end) {}

  public static void main(String[] arguments) throws Exception {
    String token = text(send(HttpRequest.newBuilder(uri("/dev/token?persona=portal"))), "access_token");
    List<String> read = new ArrayList<>();
    String since = null;
    boolean hasNext = true;
    while (hasNext) {
      Page page = changesAfter(since, token);
      read.addAll(page.cursors());
      since = page.end();
      hasNext = page.hasNext();
    }
    int later = changesAfter(since, token).cursors().size();
    System.out.printf(
        "{\"changes\":%d,\"distinct\":%d,\"later\":%d}%n", read.size(), new HashSet<>(read).size(), later);
  }

  static Page changesAfter(String since, String token) throws Exception {
    String variables = since == null ? "{}" : "{\"since\":\"" + since + "\"}";
    String body = "{\"query\":\"" + CHANGES + "\",\"variables\":" + variables + "}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/graphql"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String answer = send(request);
    if (answer.contains("\"errors\"")) throw new IllegalStateException(answer);
    List<String> cursors =
        Pattern.compile("\"cursor\":\"([^\"]+)\"").matcher(answer).results().map(each -> each.group(1)).toList();
    String end = answer.contains("\"endCursor\":null") ? since : text(answer, "endCursor");
    return new Page(cursors, answer.contains("\"hasNextPage\":true"), end);
  }

  static String send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString()).body();
  }

  static URI uri(String path) {
    return URI.create(GATEWAY + path);
  }

  /** Text of a field of the answer. */
  static String text(String answer, String field) {
    var found = Pattern.compile("\"" + field + "\":\\s*\"([^\"]*)\"").matcher(answer);
    if (!found.find()) throw new IllegalStateException("No " + field + " in " + answer);
    return found.group(1);
  }
}
