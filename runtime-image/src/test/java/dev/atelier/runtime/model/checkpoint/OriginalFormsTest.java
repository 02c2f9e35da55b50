package dev.atelier.runtime.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.model.autoencoder.AutoencoderKL;
import dev.atelier.runtime.model.clip.ClipTextModel;
import dev.atelier.runtime.model.layer.Modules;
import dev.atelier.runtime.model.unet.UNet2DConditionModel;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small models saved in the original form come back as they were. */
class OriginalFormsTest {
  private static Torch torch;

  @TempDir private Path folder;

  @BeforeAll
  static void startTheEngine() {
    torch = Torch.start();
  }

  @AfterAll
  static void stopTheEngine() {
    torch.close();
  }

  @Test
  void denoiserAutoencoderAndTextEncoderOfVersion1AreTheSameWeights() throws IOException {
    Path base = fixture("pipelines/sd15_tiny");
    try (Scope scope = Scope.open();
        var unet = UNet2DConditionModel.load(torch, base.resolve("unet"), Storage.MAPPED);
        var vae = (AutoencoderKL) Autoencoder.load(torch, base.resolve("vae"), Storage.MAPPED);
        var text = ClipTextModel.load(torch, base.resolve("text_encoder"), Storage.MAPPED)) {
      var tensors = SmallCheckpoint.versionOne(unet, vae, text.modules());

      var checkpoint =
          SingleFileCheckpoint.open(
              written(tensors), unet.config(), vae.config(), List.of(text.config()));

      try (var sameUnet = checkpoint.unet(torch, Storage.MAPPED);
          var sameVae = checkpoint.autoencoder(torch, Storage.COPIED);
          var sameText = checkpoint.texts(torch, Storage.MAPPED).get(0)) {
        assertSame(sameUnet.modules(), unet.modules());
        assertSame(sameVae.modules(), vae.modules());
        assertSame(sameText.modules(), text.modules());
      }
    }
  }

  @Test
  void openClipsJointAndTransposedMatricesAreTakenApart() throws IOException {
    try (Scope scope = Scope.open();
        var unet = UNet2DConditionModel.load(torch, fixture("models/unet_sd15"), Storage.MAPPED);
        var vae =
            (AutoencoderKL)
                Autoencoder.load(torch, fixture("models/autoencoder_kl"), Storage.MAPPED);
        var text =
            ClipTextModel.load(torch, fixture("models/clip_text_projection"), Storage.MAPPED)) {
      var checkpoint =
          SingleFileCheckpoint.open(
              written(openClip(text.modules().parameters())),
              unet.config(),
              vae.config(),
              List.of(text.config(), text.config()));

      try (var same =
          new ClipTextModel(text.config(), checkpoint.textWeights(torch, 1, Storage.MAPPED))) {
        assertSame(same.modules(), text.modules());
      }
    }
  }

  /** The parameters as OpenCLIP keeps them, as SDXL's second encoder. */
  private static Map<String, Tensor> openClip(Map<String, Tensor> parameters) {
    var tensors = new TreeMap<String, Tensor>();
    String at = "conditioner.embedders.1.model.";
    var names = new OpenClipNames();
    for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
      String name = entry.getKey();
      if (name.contains("q_proj")) {
        tensors.put(
            at + names.apply(name).name(),
            Ops.concat(
                0,
                entry.getValue(),
                Objects.requireNonNull(parameters.get(name.replace("q_proj", "k_proj"))),
                Objects.requireNonNull(parameters.get(name.replace("q_proj", "v_proj")))));
      } else if (name.equals("text_projection.weight")) {
        tensors.put(at + "text_projection", entry.getValue().permute(1, 0).contiguous());
      } else if (!name.contains("k_proj") && !name.contains("v_proj")) {
        tensors.put(at + names.apply(name).name(), entry.getValue());
      }
    }
    return tensors;
  }

  private static void assertSame(Modules actual, Modules expected) {
    var found = actual.parameters();
    assertThat(found.keySet()).isEqualTo(expected.parameters().keySet());
    expected
        .parameters()
        .forEach(
            (name, value) ->
                assertThat(Objects.requireNonNull(found.get(name)).toFloats())
                    .as(name)
                    .isEqualTo(value.toFloats()));
  }

  private Path written(Map<String, Tensor> tensors) throws IOException {
    Path file = folder.resolve("small.safetensors");
    SafeTensorsWriter.write(file, tensors, Map.of());
    return file;
  }

  private static Path fixture(String name) {
    var resource = OriginalFormsTest.class.getResource("/fixtures/" + name);
    return Path.of(URI.create(Objects.requireNonNull(resource).toString()));
  }
}
