package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Colour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints logs, of each one only what it has not printed yet. */
final class LogPrinter {

  private final Console console;
  private final int tail;
  private final Map<Path, Long> printed = new HashMap<>();
  private String last = "";

  /**
   * @param tail so many last lines of what is there at first; all if negative
   */
  LogPrinter(Console console, int tail) {
    this.console = console;
    this.tail = tail;
  }

  /** Prints whole lines that were added since the last time, below a title where pods change. */
  void show(PodLog log) {
    if (!Files.exists(log.file())) {
      return;
    }
    boolean first = !printed.containsKey(log.file());
    var lines = next(log.file()).lines().toList();
    if (!lines.isEmpty()) {
      title(log);
      console.say(first && tail >= 0 ? last(lines) : lines);
    }
  }

  private void title(PodLog log) {
    if (!last.equals(log.title())) {
      console.say(console.terminal().paint(Colour.STRONG, "==> " + log.title() + " <=="));
      last = log.title();
    }
  }

  private List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - tail), lines.size());
  }

  /** What follows what was printed, up to its last complete line; empty if there is none. */
  private String next(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = printed.getOrDefault(file, 0L);
      var bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, channel.size() - from)));
      int end = Math.max(0, channel.read(bytes, from));
      while (end > 0 && bytes.get(end - 1) != '\n') {
        end--;
      }
      printed.put(file, from + end);
      return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the log " + file, e);
    }
  }
}
