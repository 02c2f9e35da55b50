package dev.atelier.runtime.model.lora;

import dev.atelier.runtime.model.checkpoint.OriginalUNetNames;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.Adaptable;
import dev.atelier.runtime.model.layer.Layer;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.model.unet.UNetConfig;
import dev.atelier.runtime.model.wan.WanTransformer3DModel;
import dev.atelier.runtime.tensor.NearestName;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers of a pipeline that adapters can join, by every name that files know them by. */
public final class LoraTargets {
  private final Map<LoraNetwork, Modules> modules = new EnumMap<>(LoraNetwork.class);
  private final Map<LoraNetwork, Map<String, String>> flat = new EnumMap<>(LoraNetwork.class);
  private final Optional<OriginalUNetNames> original;
  private final boolean namesAsOriginal;

  /** The layers of a denoiser and its text encoders, in the pipeline's order. */
  public LoraTargets(UNet2DConditionModel unet, List<ClipTextModel> texts) {
    this(unet.config(), unet.modules(), texts.stream().map(ClipTextModel::modules).toList());
  }

  /** The layers of a video denoiser. */
  public LoraTargets(WanTransformer3DModel denoiser) {
    this(denoiser.modules());
  }

  /** The layers of a video denoiser, or of a part of it. */
  public LoraTargets(Modules denoiser) {
    original = Optional.empty();
    namesAsOriginal = false;
    put(LoraNetwork.TRANSFORMER, denoiser);
  }

  LoraTargets(UNetConfig config, Modules unet, List<Modules> texts) {
    original = Optional.of(new OriginalUNetNames(config));
    namesAsOriginal = texts.size() > 1;
    put(LoraNetwork.UNET, unet);
    for (int i = 0; i < texts.size(); i++) {
      put(i == 0 ? LoraNetwork.TEXT_ENCODER : LoraNetwork.TEXT_ENCODER_2, texts.get(i));
    }
  }

  private LoraTargets(LoraTargets all, LoraNetwork network) {
    original = all.original;
    namesAsOriginal = all.namesAsOriginal;
    modules.put(network, all.modules(network));
    flat.put(network, all.flat(network));
  }

  /** The layers of one network: both text encoders have layers of the same names. */
  LoraTargets only(LoraNetwork network) {
    return new LoraTargets(this, network);
  }

  /** The layer of a network by its diffusers name. */
  Adaptable layer(LoraNetwork network, String name) {
    return modules(network).adaptable(name);
  }

  boolean has(LoraNetwork network, String name) {
    return modules.containsKey(network) && flat(network).containsValue(name);
  }

  /**
   * The diffusers name of a layer whose name was written with underscores for dots, which loses
   * where the dots were.
   */
  String unflattened(LoraNetwork network, String name) {
    return Optional.ofNullable(flat(network).get(name))
        .orElseThrow(
            () ->
                new LoraException(
                    "the %s has no layer %s; the nearest is %s"
                        .formatted(
                            network.field(),
                            name,
                            NearestName.of(name, flat(network).keySet()).orElse("none"))));
  }

  /** The name of a layer in kohya's files: without dots, and of XL in the original naming. */
  String flattened(LoraNetwork network, String name) {
    boolean asOriginal = namesAsOriginal && network == LoraNetwork.UNET;
    return (asOriginal ? originalName(name) : name).replace('.', '_');
  }

  /** Whether there are two text encoders, which then are numbered. */
  boolean hasTwoTextEncoders() {
    return modules.containsKey(LoraNetwork.TEXT_ENCODER_2);
  }

  private void put(LoraNetwork network, Modules layers) {
    modules.put(network, layers);
    var names = new HashMap<String, String>();
    for (String name : layers.adaptable().stream().map(Layer::name).toList()) {
      names.put(name.replace('.', '_'), name);
      if (network == LoraNetwork.UNET) {
        names.put(originalName(name).replace('.', '_'), name);
      }
    }
    flat.put(network, names);
  }

  /** Names of layers are not followed by a dot as names of tensors are. */
  private String originalName(String layer) {
    String today = layer + ".weight";
    String tensor = original.map(names -> names.apply(today)).orElse(today);
    return tensor.substring(0, tensor.length() - ".weight".length());
  }

  private Modules modules(LoraNetwork network) {
    return Optional.ofNullable(modules.get(network)).orElseThrow(() -> lacks(network));
  }

  private Map<String, String> flat(LoraNetwork network) {
    return Optional.ofNullable(flat.get(network)).orElseThrow(() -> lacks(network));
  }

  private static LoraException lacks(LoraNetwork network) {
    return new LoraException(
        "it holds adapters for %s, which this model does not have; it was made for another family"
            .formatted(network.field()));
  }
}
