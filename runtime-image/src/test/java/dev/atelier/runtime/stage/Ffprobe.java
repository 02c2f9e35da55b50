package dev.atelier.runtime.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The ffprobe of this machine: a build of FFmpeg that the runtime did not write with. */
final class Ffprobe {

  private Ffprobe() {}

  static boolean installed() {
    try {
      return run(List.of("ffprobe", "-version")).startsWith("ffprobe version");
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** What it says of a file's pictures, every frame decoded. */
  static Map<String, String> of(Path file) throws IOException, InterruptedException {
    var said =
        run(
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v:0",
                "-show_streams",
                "-of",
                "default=noprint_wrappers=1",
                file.toString()));
    var values = new LinkedHashMap<String, String>();
    for (var line : said.split("\n", -1)) {
      int at = line.indexOf('=');
      if (at > 0) {
        values.put(line.substring(0, at), line.substring(at + 1).strip());
      }
    }
    return values;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("ffprobe does not end");
      }
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
