package dev.atelier.e2e;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.LosslessClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Little films of a square that crosses a pattern, and a VideoGenerator that prepares them. */
final class Footage {

  private static final int WIDTH = 128;
  private static final int HEIGHT = 72;

  private Footage() {}

  /** Three good films, one that stands still, one that is none. */
  static void film(Path folder) throws IOException {
    write(folder.resolve("red_square_moves_right.mkv"), 3, 0);
    write(folder.resolve("blue_square_moves_right.mkv"), 3, 2);
    write(folder.resolve("red_square_moves_fast.mkv"), 4, 1);
    write(folder.resolve("nothing_moves_at_all.mkv"), 0, 1);
    Files.writeString(folder.resolve("not_a_film.mp4"), "text");
  }

  /** Prepares the films of a claim in two shares, with the runtime of the portraits. */
  static String clips(String name, String claim) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: %s, namespace: default}
        spec:
          runtimeRef: {name: tiny-portrait}
          dataset:
            videos: {source: {pvc: {claimName: %s}}}
            clip: {seconds: 1, width: 128, height: 64}
            filter: {minSharpness: "10", minMotion: "0.05", safety: false}
            captions: {from: FileName}
            shards: 2
          limits: {retries: 2}
        """
        .formatted(name, claim);
  }

  /** A Wan of some thousand random weights, in a claim of its own. */
  static String runtime(String name, String claim) {
    return Portraits.runtime(
        name,
        yaml ->
            yaml.replace("family: StableDiffusion", "family: Wan")
                .replace(
                    "{claimName: models, path: tiny-portrait}",
                    "{claimName: %s}".formatted(claim)));
  }

  /** Copies that model. */
  static void model(Path folder) throws IOException {
    var from = Path.of("../runtime-image/src/test/resources/fixtures/pipelines/wan21_tiny");
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      }
    }
  }

  /** Prepares the films of a claim in two sizes, and tunes a model on them for so many steps. */
  static String tuning(String name, String runtime, String claim, int steps) {
    return clips(name, claim)
        .replace("name: tiny-portrait", "name: " + runtime)
        .replace(
            "  limits:",
            """
              training:
                stages:
                  - {name: low, width: 64, height: 32, frames: 9, steps: %d}
                  - {name: high, width: 128, height: 64, frames: 17, steps: 6}
                batchSize: 2
                lora: {rank: 2, alpha: 2}
                checkpoint: {everySteps: 5}
                autoStop: {everySteps: 3}
              limits:"""
                .indent(2)
                .stripTrailing()
                .formatted(steps));
  }

  private static void write(Path file, int speed, int colour) throws IOException {
    var frames = new ArrayList<RgbImage>();
    for (int i = 0; i < 25; i++) {
      frames.add(frame(4 + i * speed, colour));
    }
    LosslessClip.write(file, List.copyOf(frames), 24);
  }

  private static RgbImage frame(int left, int colour) {
    var values = new float[WIDTH * HEIGHT * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean square = x >= left && x < left + 24 && y >= 24 && y < 48;
        for (int channel = 0; channel < 3; channel++) {
          float ground = 60 + 100 * ((x / (10 + 9 * colour) + y / (20 - 6 * colour)) % 2);
          values[(y * WIDTH + x) * 3 + channel] = square ? (channel == colour ? 240 : 30) : ground;
        }
      }
    }
    return new RgbImage(WIDTH, HEIGHT, values);
  }
}
