package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.lora.LoraNetwork;
import dev.atelier.runtime.model.lora.LoraWriter;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Low-rank adapters on the denoiser, and on the text encoder or the whole text encoder where asked
 * for. Saved as {@code pytorch_lora_weights.safetensors} in the diffusers layout, with the alpha in
 * the header.
 */
public final class LoraTuning implements TuningMethod {

  /** The adapters' file. */
  public static final String FILE = "pytorch_lora_weights.safetensors";

  /** The folder of a text encoder that was trained as a whole. */
  public static final String TEXT_FOLDER = "text_encoder";

  static final String UNET = "unet.";
  static final String TEXT = "text_encoder.";

  /**
   * The shape of the adapters.
   *
   * @param targets which layers of the denoiser
   */
  public record Shape(int rank, double alpha, Set<LoraTarget> targets) {
    public Shape {
      targets = Set.copyOf(targets);
    }
  }

  private final ClipTextModel text;
  private final boolean wholeText;
  private final LoraAdapters unetAdapters;
  private final Optional<LoraAdapters> textAdapters;
  private final List<ParameterGroup> groups = new ArrayList<>();

  /** Puts the adapters on the networks and marks what is trained. */
  public LoraTuning(
      Torch torch,
      Networks networks,
      Shape shape,
      TextEncoderTraining textTraining,
      LearningRate unetRate,
      LearningRate textRate,
      long seed) {
    this.text = networks.text();
    this.wholeText = textTraining == TextEncoderTraining.Full;
    unetAdapters =
        LoraAdapters.attach(
            torch,
            networks.unet().modules(),
            layer -> shape.targets().stream().anyMatch(target -> target.test(layer)),
            shape.rank(),
            shape.alpha(),
            seed);
    textAdapters =
        textTraining == TextEncoderTraining.Adapter
            ? Optional.of(
                LoraAdapters.attach(
                    torch,
                    text.modules(),
                    LoraTarget.TextAttention,
                    shape.rank(),
                    shape.alpha(),
                    seed + 1))
            : Optional.empty();
    groups.add(new ParameterGroup(unetAdapters.parameters(UNET), unetRate));
    textAdapters.ifPresent(
        adapters -> groups.add(new ParameterGroup(adapters.parameters(TEXT), textRate)));
    if (wholeText) {
      groups.add(new ParameterGroup(Trained.all(TEXT, text.modules()), textRate));
    }
  }

  /** Every target that the API's list names. */
  public static Set<LoraTarget> targets(List<String> names) {
    var targets = EnumSet.noneOf(LoraTarget.class);
    names.forEach(name -> targets.add(LoraTarget.valueOf(name)));
    return targets;
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.copyOf(groups);
  }

  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    var files = new ArrayList<Path>();
    Files.createDirectories(folder);
    var adapters = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    adapters.put(LoraNetwork.UNET, unetAdapters.byLayer());
    textAdapters.ifPresent(own -> adapters.put(LoraNetwork.TEXT_ENCODER, own.byLayer()));
    new LoraWriter(adapters).diffusers(folder.resolve(FILE), metadata);
    files.add(Path.of(FILE));
    if (wholeText) {
      var target =
          Files.createDirectories(folder.resolve(TEXT_FOLDER)).resolve("model.safetensors");
      var plain = new LinkedHashMap<>(metadata);
      plain.put("format", "pt");
      SafeTensorsWriter.write(target, text.modules().parameters(), plain);
      files.add(Path.of(TEXT_FOLDER, "model.safetensors"));
    }
    return files;
  }

  @Override
  public void close() {
    unetAdapters.close();
    textAdapters.ifPresent(LoraAdapters::close);
  }
}
