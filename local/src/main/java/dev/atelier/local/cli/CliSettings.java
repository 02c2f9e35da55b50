package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Terminal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What the launcher and the environment say about the place where the command runs.
 *
 * @param terminal of the standard output
 * @param here the caller's directory
 * @param home the folder of the launcher
 * @param display whether a desktop is there to open files on
 * @param plugin whether it runs as {@code kubectl atelier}, which is always about a cluster
 */
public record CliSettings(
    Terminal terminal, Path here, Path home, boolean display, boolean plugin) {

  /** Reads them from this process. */
  public static CliSettings fromProcess() {
    return of(System.getProperties(), System.getenv());
  }

  static CliSettings of(Properties properties, Map<String, String> environment) {
    int columns = Integer.parseInt(properties.getProperty("atelier.columns", "0"));
    boolean live = columns > 0 && !environment.getOrDefault("TERM", "").equals("dumb");
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    var charset =
        properties.getProperty(
            "stdout.encoding",
            properties.getProperty("sun.stdout.encoding", charset(properties, environment)));
    boolean unicode = charset.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
    var here = Path.of(properties.getProperty("user.dir", "")).toAbsolutePath();
    var home = Path.of(properties.getProperty("atelier.home", here.toString()));
    return new CliSettings(
        new Terminal(live ? columns : Terminal.PLAIN.columns(), live, colour, unicode),
        here,
        home,
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY"),
        Boolean.parseBoolean(properties.getProperty("atelier.plugin")));
  }

  private static String charset(Properties properties, Map<String, String> environment) {
    return properties.getProperty(
        "native.encoding", environment.getOrDefault("LANG", Charset.defaultCharset().name()));
  }
}
