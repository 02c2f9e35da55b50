package dev.atelier.runtime.pretrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.train.LearningRate.Schedule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** A run of some hundred weights in a folder of its own, and what it said. */
final class TinyRun {

  static final int CLIP_STEPS = 60;
  static final int AUTOENCODER_STEPS = 40;
  static final int DENOISER_STEPS = 40;

  final Path folder;
  private final StringBuilder said = new StringBuilder();
  private Consumer<String> hears = line -> {};

  TinyRun(Path folder) {
    this.folder = folder;
  }

  static Recipe recipe() {
    return new Recipe(
        3,
        new Recipe.World(12, 2, 2, 32),
        new Recipe.Text(16, 32, 1, 2, 32),
        new Recipe.Steps(CLIP_STEPS, 12, 1e-3, Schedule.Cosine, 5, 0, 0.9, 30),
        new Recipe.Autoencoder(
            4,
            8,
            List.of(0, 1, 1),
            8,
            List.of(1, 1, 0),
            16,
            new Recipe.Steps(AUTOENCODER_STEPS, 8, 5e-3, Schedule.Cosine, 5, 0, 0.9, 20),
            new Recipe.Steps(20, 8, 2e-3, Schedule.Cosine, 5, 0, 0.9, 10)),
        new Recipe.Denoiser(
            List.of(16, 16),
            2,
            4,
            0.1,
            new Recipe.Steps(DENOISER_STEPS, 8, 3e-3, Schedule.WarmupStableDecay, 5, 0.01, 0.9, 40),
            List.of(
                new Recipe.Refinement(
                    "detail", 2, new Recipe.Steps(20, 8, 1e-3, Schedule.Cosine, 5, 0, 0.9, 20)))));
  }

  /** Somebody listens to every line that the run says. */
  TinyRun heardBy(Consumer<String> listener) {
    hears = listener;
    return this;
  }

  /** Trains the model; gives itself when all is done. */
  TinyRun model(StopRequest stop, Recipe recipe) throws IOException {
    Pretraining.model(run(stop), recipe);
    return this;
  }

  TinyRun model() throws IOException {
    return model(new StopRequest(), recipe());
  }

  Pretraining.Run run(StopRequest stop) {
    var clock = Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC);
    return new Pretraining.Run(
        folder, new ComputeDevice(false, 1), stop, new PrintStream(new Lines(), true), clock);
  }

  String said() {
    return said.toString();
  }

  List<LossCurve.Point> curve(String phase) {
    return new LossCurve(new RunFolder(folder).curve(phase)).points();
  }

  JsonNode record() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("model/pretraining.json").toFile());
  }

  byte[] weights(String part, String stem) {
    try {
      return Files.readAllBytes(folder.resolve("model/" + part + "/" + stem + ".safetensors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Lines extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      var text = new String(bytes, from, count, StandardCharsets.UTF_8);
      said.append(text);
      hears.accept(text);
    }
  }
}
