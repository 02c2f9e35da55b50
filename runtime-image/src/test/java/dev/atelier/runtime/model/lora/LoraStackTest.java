package dev.atelier.runtime.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.Adaptable;
import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several adapter files on one model, each with its own weight. */
class LoraStackTest {

  private static final Path MODEL = Path.of("src/test/resources/fixtures/pipelines/sd15_tiny");
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);
  private static final double FIRST = 0.7;
  private static final double SECOND = -0.4;

  @TempDir private Path folder;
  private Torch torch;
  private Scope scope;
  private UNet2DConditionModel unet;
  private ClipTextModel text;
  private LoraTargets targets;
  private LoraFile style;
  private LoraFile person;

  @BeforeEach
  void load() throws IOException {
    torch = Torch.start(1);
    scope = Scope.open();
    unet = ModelFiles.of(MODEL).unet(torch, Storage.MAPPED);
    text = ModelFiles.of(MODEL).text(torch, Storage.MAPPED);
    targets = new LoraTargets(unet, List.of(text));
    var texts = List.of(text);
    style = read(RandomAdapters.diffusers(folder.resolve("a.safetensors"), unet, texts, 1));
    person = read(RandomAdapters.kohya(folder.resolve("b.safetensors"), unet, texts, 2));
  }

  @AfterEach
  void close() {
    style.close();
    person.close();
    unet.close();
    text.close();
    scope.close();
    torch.close();
  }

  @Test
  void fusedWithTheirWeightsTheirChangesAddUp() {
    var before = weights();
    style.fuse(targets, FIRST);
    var styled = weights();
    style.fuse(targets, -FIRST);
    person.fuse(targets, SECOND);
    var personal = weights();
    person.fuse(targets, -SECOND);

    style.fuse(targets, FIRST);
    person.fuse(targets, SECOND);

    weights()
        .forEach(
            (name, both) -> {
              var sum = of(styled, name).clone();
              for (int i = 0; i < sum.length; i++) {
                sum[i] += of(personal, name)[i] - of(before, name)[i];
              }
              assertThat(both).as(name).containsExactly(sum, ROUNDING);
            });
  }

  @Test
  void attachedOrFusedTheyPredictTheSame() {
    var plain = hidden();
    style.attach(targets, FIRST);
    person.attach(targets, SECOND);
    var attached = hidden();
    adaptable().forEach(Adaptable::removeAdapters);
    assertThat(hidden()).as("taken off").containsExactly(plain);

    style.fuse(targets, FIRST);
    person.fuse(targets, SECOND);

    assertThat(hidden()).containsExactly(attached, Offset.offset(1e-3f)).isNotEqualTo(plain);
  }

  @Test
  void theWeightOfAFileMatters() {
    style.attach(targets, FIRST);
    var weak = hidden();
    adaptable().forEach(Adaptable::removeAdapters);
    style.attach(targets, 1);

    assertThat(hidden()).isNotEqualTo(weak);
  }

  @Test
  void takenOutAgainTheWeightsAreThoseOfTheBaseModel() {
    var before = weights();
    style.fuse(targets, FIRST);
    person.fuse(targets, 1);
    weights().forEach((name, weight) -> assertThat(weight).as(name).isNotEqualTo(of(before, name)));

    person.fuse(targets, -1);
    style.fuse(targets, -FIRST);

    weights()
        .forEach(
            (name, weight) ->
                assertThat(weight).as(name).containsExactly(of(before, name), ROUNDING));
  }

  private LoraFile read(Path file) {
    return LoraFile.read(torch, file, targets);
  }

  private static float[] of(Map<String, float[]> weights, String name) {
    return Objects.requireNonNull(weights.get(name));
  }

  private List<Adaptable> adaptable() {
    return Stream.of(unet.modules(), text.modules())
        .flatMap(modules -> modules.adaptable().stream())
        .toList();
  }

  private Map<String, float[]> weights() {
    var weights = new TreeMap<String, float[]>();
    unet.modules().adaptable().forEach(l -> weights.put("unet." + l.name(), l.weight().toFloats()));
    text.modules().adaptable().forEach(l -> weights.put("text." + l.name(), l.weight().toFloats()));
    return weights;
  }

  /** What the text encoder reads, and the denoiser predicts from it. */
  private float[] hidden() {
    try (Scope own = Scope.open();
        var random = torch.generator(5)) {
      var ids = new long[77];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = i % 90;
      }
      var states = text.forward(torch.tensor(ids, 1, ids.length)).last();
      var conditions = Conditions.of(states);
      return unet.forward(random.randn(1, 4, 8, 8), torch.tensor(new float[] {500}, 1), conditions)
          .toFloats();
    }
  }
}
