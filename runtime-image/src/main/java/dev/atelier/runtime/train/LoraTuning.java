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

  private final List<ClipTextModel> texts;
  private final boolean wholeText;
  private final LoraAdapters unetAdapters;
  private final List<LoraAdapters> textAdapters = new ArrayList<>();
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
    this.texts = networks.texts();
    this.wholeText = textTraining == TextEncoderTraining.Full;
    unetAdapters =
        LoraAdapters.attach(
            torch,
            networks.unet().modules(),
            layer -> shape.targets().stream().anyMatch(target -> target.test(layer)),
            shape.rank(),
            shape.alpha(),
            seed);
    groups.add(new ParameterGroup(unetAdapters.parameters(UNET), unetRate));
    for (int i = 0; i < texts.size(); i++) {
      var modules = texts.get(i).modules();
      if (textTraining == TextEncoderTraining.Adapter) {
        var adapters =
            LoraAdapters.attach(
                torch,
                modules,
                LoraTarget.TextAttention,
                shape.rank(),
                shape.alpha(),
                seed + 1 + i);
        textAdapters.add(adapters);
        groups.add(new ParameterGroup(adapters.parameters(textFolder(i) + "."), textRate));
      } else if (wholeText) {
        groups.add(new ParameterGroup(Trained.all(textFolder(i) + ".", modules), textRate));
      }
    }
  }

  /** The folder of a text encoder: {@code text_encoder}, {@code text_encoder_2}. */
  static String textFolder(int index) {
    return index == 0 ? TEXT_FOLDER : TEXT_FOLDER + "_" + (index + 1);
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
    var networks = List.of(LoraNetwork.TEXT_ENCODER, LoraNetwork.TEXT_ENCODER_2);
    for (int i = 0; i < textAdapters.size(); i++) {
      adapters.put(networks.get(i), textAdapters.get(i).byLayer());
    }
    new LoraWriter(adapters).diffusers(folder.resolve(FILE), metadata);
    files.add(Path.of(FILE));
    if (wholeText) {
      files.addAll(writeTexts(texts, folder, metadata));
    }
    return files;
  }

  /** Writes whole text encoders in the layout of a diffusers pipeline. */
  static List<Path> writeTexts(List<ClipTextModel> texts, Path folder, Map<String, String> metadata)
      throws IOException {
    var files = new ArrayList<Path>();
    var header = new LinkedHashMap<>(metadata);
    header.put("format", "pt");
    for (int i = 0; i < texts.size(); i++) {
      var file = Path.of(textFolder(i), ClipTextModel.STEM + ".safetensors");
      Files.createDirectories(folder.resolve(textFolder(i)));
      SafeTensorsWriter.write(folder.resolve(file), texts.get(i).modules().parameters(), header);
      files.add(file);
    }
    return files;
  }

  @Override
  public void close() {
    unetAdapters.close();
    textAdapters.forEach(LoraAdapters::close);
  }
}
