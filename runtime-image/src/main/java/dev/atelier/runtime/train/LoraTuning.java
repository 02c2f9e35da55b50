package dev.atelier.runtime.train;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.Adaptable;
import dev.atelier.runtime.model.layer.LowRank;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.lora.LoraFile;
import dev.atelier.runtime.model.lora.LoraNetwork;
import dev.atelier.runtime.model.lora.LoraTargets;
import dev.atelier.runtime.model.lora.LoraWriter;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Low-rank adapters on the denoiser, and on the text encoder or the whole text encoder where asked
 * for. Saved in each {@link LoraForm} that is asked for, always with the alpha.
 */
public final class LoraTuning implements TuningMethod {

  /** The adapters' file in the form of diffusers. */
  public static final String FILE = LoraForm.Diffusers.place();

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

    Predicate<Adaptable> onDenoiser() {
      return layer -> targets.stream().anyMatch(target -> target.test(layer));
    }
  }

  private static final List<String> OF_KOHYA = List.of("ss_", "modelspec.");

  private static final List<LoraNetwork> TEXTS =
      List.of(LoraNetwork.TEXT_ENCODER, LoraNetwork.TEXT_ENCODER_2);

  private final Torch torch;
  private final Networks networks;
  private final boolean wholeText;
  private final Set<LoraForm> forms;
  private final Map<LoraNetwork, LoraAdapters> trained = new EnumMap<>(LoraNetwork.class);
  private final List<ParameterGroup> groups = new ArrayList<>();

  /** Adapters that are saved in the form of diffusers. */
  public LoraTuning(
      Torch torch,
      Networks networks,
      Shape shape,
      TextEncoderTraining textTraining,
      LearningRate unetRate,
      LearningRate textRate,
      long seed) {
    this(
        torch,
        networks,
        shape,
        textTraining,
        unetRate,
        textRate,
        seed,
        EnumSet.of(LoraForm.Diffusers));
  }

  /**
   * Puts the adapters on the networks and marks what is trained.
   *
   * @param forms that they are saved in
   */
  public LoraTuning(
      Torch torch,
      Networks networks,
      Shape shape,
      TextEncoderTraining textTraining,
      LearningRate unetRate,
      LearningRate textRate,
      long seed,
      Set<LoraForm> forms) {
    this.forms = EnumSet.copyOf(forms);
    this.torch = torch;
    this.networks = networks;
    this.wholeText = textTraining == TextEncoderTraining.Full;
    var unet = networks.unet().modules();
    attach(LoraNetwork.UNET, unet, shape.onDenoiser(), shape, seed, unetRate);
    for (int i = 0; i < networks.texts().size(); i++) {
      var modules = networks.texts().get(i).modules();
      if (textTraining == TextEncoderTraining.Adapter) {
        attach(TEXTS.get(i), modules, LoraTarget.TextAttention, shape, seed + 1 + i, textRate);
      } else if (wholeText) {
        groups.add(new ParameterGroup(Trained.all(textFolder(i) + ".", modules), textRate));
      }
    }
  }

  private void attach(
      LoraNetwork network,
      Modules modules,
      Predicate<Adaptable> target,
      Shape shape,
      long seed,
      LearningRate rate) {
    var adapters = LoraAdapters.attach(torch, modules, target, shape.rank(), shape.alpha(), seed);
    trained.put(network, adapters);
    groups.add(new ParameterGroup(adapters.parameters(network.field() + "."), rate));
  }

  /** The folder of a text encoder: {@code text_encoder}, {@code text_encoder_2}. */
  static String textFolder(int index) {
    return TEXTS.get(index).field();
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

  /**
   * {@inheritDoc}
   *
   * <p>Pairs of kohya's and of ModelSpec go into files of kohya's form alone.
   */
  @Override
  public List<Path> export(Path folder, Map<String, String> metadata) throws IOException {
    var files = new ArrayList<Path>();
    Files.createDirectories(folder);
    var plain = new TreeMap<>(metadata);
    plain.keySet().removeIf(name -> OF_KOHYA.stream().anyMatch(name::startsWith));
    for (var form : forms) {
      files.addAll(write(form, folder, form == LoraForm.Kohya ? metadata : plain));
    }
    files.addAll(wholeTexts().write(folder, plain));
    return files;
  }

  private List<Path> write(LoraForm form, Path folder, Map<String, String> metadata)
      throws IOException {
    var place = folder.resolve(form.place());
    var writer = new LoraWriter(adapters());
    switch (form) {
      case Diffusers -> writer.diffusers(place, metadata);
      case Kohya -> writer.kohya(place, targets(), metadata);
      case Peft -> {
        return writer.peft(place, metadata).stream().map(folder::relativize).toList();
      }
    }
    return List.of(Path.of(form.place()));
  }

  @Override
  public Optional<Path> difference(Path folder) {
    return forms.stream()
        .map(form -> Path.of(form.place()))
        .filter(place -> !isEqual(folder.resolve(place)))
        .findFirst()
        .or(() -> wholeTexts().difference(folder));
  }

  private boolean isEqual(Path place) {
    try (var read = LoraFile.read(torch, place, targets())) {
      return isEqual(read);
    }
  }

  private boolean isEqual(LoraFile read) {
    return read.adapters().keySet().equals(trained.keySet())
        && trained.entrySet().stream()
            .allMatch(own -> own.getValue().isEqual(read.adapters().get(own.getKey())));
  }

  private Map<LoraNetwork, SortedMap<String, LowRank>> adapters() {
    var adapters = new EnumMap<LoraNetwork, SortedMap<String, LowRank>>(LoraNetwork.class);
    trained.forEach((network, own) -> adapters.put(network, own.byLayer()));
    return adapters;
  }

  private LoraTargets targets() {
    return new LoraTargets(networks.unet(), networks.texts());
  }

  private TrainedFiles wholeTexts() {
    var none = new TrainedFiles();
    return wholeText ? withTexts(none, networks.texts()) : none;
  }

  /** Adds whole text encoders in the layout of a diffusers pipeline. */
  static TrainedFiles withTexts(TrainedFiles files, List<ClipTextModel> texts) {
    for (int i = 0; i < texts.size(); i++) {
      var file = Path.of(textFolder(i), ClipTextModel.STEM + ".safetensors");
      files.with(file, texts.get(i).modules().parameters());
    }
    return files;
  }

  @Override
  public void close() {
    trained.values().forEach(LoraAdapters::close);
  }
}
